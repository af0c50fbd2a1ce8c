//! The data model of a spec. The order of fields is the order of keys in the file.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::access::Access;
use crate::pagination::Pagination;
use crate::type_ref::TypeRef;

/// The format version of spec files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u64", try_from = "u64")]
pub struct Format;

impl Format {
    /// The only format that this crate reads and writes.
    pub const CURRENT: u64 = 1;
}

impl From<Format> for u64 {
    fn from(_: Format) -> u64 {
        Format::CURRENT
    }
}

impl TryFrom<u64> for Format {
    type Error = String;

    fn try_from(number: u64) -> Result<Self, Self::Error> {
        if number == Format::CURRENT {
            Ok(Format)
        } else {
            Err(format!(
                "format {number} is not supported: this program reads format {}",
                Format::CURRENT
            ))
        }
    }
}

/// One version of a service, as documented.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// The format of the file.
    pub format: Format,
    /// The service's short name, such as `organization`: the first label of its domain and part of the credential scope.
    pub service: String,
    /// The API version, a date such as `2021-03-31`.
    pub version: String,
    /// The domain name of requests.
    pub endpoint: String,
    /// The actions by name.
    pub actions: BTreeMap<String, Action>,
    /// The data types by name.
    pub types: BTreeMap<String, DataType>,
    /// The codes of the service's error-code page, in page order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorCode>,
    /// The pages of data types and error codes; actions have their own source.
    #[serde(default, skip_serializing_if = "Sources::is_empty")]
    pub sources: Sources,
    /// The metadata package that supplies facts missing from the pages, if any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<Imported>,
}

/// A package of the vendor's metadata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imported {
    /// The package name: `tccli-intl-en`.
    pub package: String,
    /// The package version, such as `3.1.193.1`. If unknown, `package` is `tccli`, the common prefix of all names.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub version: Option<String>,
}

impl fmt::Display for Imported {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.package)?;
        match &self.version {
            Some(version) => write!(f, " {version}"),
            None => Ok(()),
        }
    }
}

/// One action of a service, from a documentation page or the vendor's metadata.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// The description: the paragraphs of the page's first section, one per line.
    pub description: String,
    /// The documented rate limit, in requests per second.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<u32>,
    /// Whether the action takes the common parameter Region; absent if the page has no row for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// Read or write access. If absent, it is derived from the action's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// The pagination of the response. If absent, it is derived from the action's tables.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub pagination: Option<Pagination>,
    /// Whether the action is deprecated.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// The input parameters in page order, without Action, Version and Region.
    pub request: Vec<Field>,
    /// The output parameters in page order, without RequestId.
    pub response: Vec<Field>,
    /// The action's own error codes in page order.
    pub errors: Vec<ErrorCode>,
    /// The examples in page order.
    pub examples: Vec<Example>,
    /// The source page; absent if the action comes from metadata.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// Use of the common parameter Region by an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Region {
    /// Requests must have it.
    Required,
    /// Requests may have it.
    Optional,
    /// The action ignores it.
    Unused,
}

/// A parameter of a request or response, or a field of a data type: one row of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// The type in the documentation's notation.
    #[serde(rename = "type")]
    pub type_ref: TypeRef,
    /// The range of an `Integer`, if a source states it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<IntegerFormat>,
    /// Whether requests must have it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether the value may be null in responses, according to the documentation.
    #[serde(default, skip_serializing_if = "is_false")]
    pub nullable: bool,
    /// Whether it is deprecated.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// Whether `Debug` hides the value, if the rule for names is wrong about it. Only for Strings and arrays of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<bool>,
    /// The description, one paragraph or list item per line, with Markdown links.
    pub description: String,
}

impl Field {
    /// Whether the parameter is the idempotency token. The runtime fills it in, so it is never required.
    pub fn is_client_token(&self) -> bool {
        self.name == "ClientToken" && self.type_ref == TypeRef::String
    }
}

/// The range of an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum IntegerFormat {
    /// 64 bits, signed.
    Int64,
    /// 64 bits, unsigned.
    Uint64,
}

/// An error code and its documented meaning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorCode {
    /// The code, such as `FailedOperation.EmailAlreadyUsed`.
    pub code: String,
    /// The meaning; empty if not documented.
    pub description: String,
}

/// A documented request with its response.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The title, without its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The sentence under the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The parameters; absent if they cannot be parsed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Value>,
    /// The content of `Response`; absent if it cannot be parsed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Value>,
}

/// The source page of facts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The path of the page relative to the spec's folder, with `/` separators. For an action added by a fixup, the fixups
    /// file.
    pub page: String,
    /// The page's last-updated text, verbatim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// The URL that the page was fetched from; absent if it was added in another way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The fetch time in RFC 3339, such as `2026-03-20T08:15:30Z`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
}

/// Pages of a version's facts that do not belong to an action. Facts from the vendor's metadata have no page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sources {
    /// The pages of data types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub types: Vec<Source>,
    /// The pages of error codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Source>,
}

impl Sources {
    fn is_empty(&self) -> bool {
        self.types.is_empty() && self.errors.is_empty()
    }
}

/// A structure used by parameters.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataType {
    /// The description.
    pub description: String,
    /// The fields in page order.
    pub fields: Vec<Field>,
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

/// Deserializes a key that must not be `null` if present, so that `null` is not treated as absent.
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
