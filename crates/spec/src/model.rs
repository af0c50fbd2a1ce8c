//! What a spec holds. The order of fields is the order of keys in the file.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::access::Access;
use crate::pagination::Pagination;
use crate::type_ref::TypeRef;

/// The format of spec files, the number at their top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "u64", try_from = "u64")]
pub struct Format;

impl Format {
    /// The one format that this crate reads and writes.
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

/// One version of a service: everything that its documentation says of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spec {
    /// The format of the file.
    pub format: Format,
    /// The service's short name, the first label of its domain and the service in a credential scope: `organization`.
    pub service: String,
    /// The version of the API, a date: `2021-03-31`.
    pub version: String,
    /// The domain name that requests go to.
    pub endpoint: String,
    /// The actions by name.
    pub actions: BTreeMap<String, Action>,
    /// The data types by name.
    pub types: BTreeMap<String, DataType>,
    /// The codes of the service's error-code page, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ErrorCode>,
    /// The pages of data types and of error codes; an action has its own.
    #[serde(default, skip_serializing_if = "Sources::is_empty")]
    pub sources: Sources,
    /// The package of metadata that said what no page says, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub imported: Option<Imported>,
}

/// A package of the vendor's metadata.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Imported {
    /// Its name: `tccli-intl-en`.
    pub package: String,
    /// Its version, `3.1.193.1`; nothing where the package does not tell. Then its name is `tccli`, which all begin with.
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

/// One action of a service: one documentation page, or what the vendor's metadata says of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Action {
    /// What the action does: the paragraphs of the page's first section, one to a line.
    pub description: String,
    /// How many requests a second the documentation allows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate_limit: Option<u32>,
    /// Whether the action takes the common parameter Region; absent where the page has no row for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub region: Option<Region>,
    /// Whether the action only reads; where it is absent, the action's name tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access: Option<Access>,
    /// How the response comes in pages; where it is absent, the action's tables tell.
    #[serde(
        default,
        deserialize_with = "present",
        skip_serializing_if = "Option::is_none"
    )]
    pub pagination: Option<Pagination>,
    /// Whether the vendor advises against its use.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// The input parameters in the page's order, without Action, Version and Region.
    pub request: Vec<Field>,
    /// The output parameters in the page's order, without RequestId.
    pub response: Vec<Field>,
    /// The action's own error codes in the page's order.
    pub errors: Vec<ErrorCode>,
    /// The page's examples in its order.
    pub examples: Vec<Example>,
    /// The page that says so; absent where it is metadata that does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// What an action does with the common parameter Region.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Region {
    /// A request without it is refused.
    Required,
    /// It may be given.
    Optional,
    /// The action has no use for it.
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
    /// Which integers an `Integer` holds, where a source tells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub format: Option<IntegerFormat>,
    /// Whether a request without it is refused.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether the documentation says that the service may answer null.
    #[serde(default, skip_serializing_if = "is_false")]
    pub nullable: bool,
    /// Whether the documentation advises against its use.
    #[serde(default, skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// The description, one paragraph or list item to a line; links as Markdown.
    pub description: String,
}

impl Field {
    /// Whether a parameter is the token by which the service recognizes a call that it had before. The runtime fills it
    /// in, so nobody has to give it, whatever the documentation says.
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
    /// The code as the service sends it: `FailedOperation.EmailAlreadyUsed`.
    pub code: String,
    /// What it means; empty where the page does not say.
    pub description: String,
}

/// A documented request and the response to it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The title, without its number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The sentence under the title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The parameters, whichever way the page wrote them; absent where they cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Value>,
    /// What stands inside `Response`; absent where it cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response: Option<Value>,
}

/// The page that facts come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The path of the page, relative to the folder of the spec file, with `/` between its parts; that of the fixups where
    /// one of them added the action.
    pub page: String,
    /// When the page says that it was last updated, as it writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<String>,
    /// The address that the page was fetched from; absent where it came to its folder in another way.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// When it was fetched from there, in RFC 3339: `2026-03-20T08:15:30Z`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fetched: Option<String>,
}

/// Where those facts of a version come from that belong to no action. What the vendor's metadata adds is from no page.
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

/// A structure that parameters are made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataType {
    /// What the structure is.
    pub description: String,
    /// Its fields in the page's order.
    pub fields: Vec<Field>,
}

fn is_false(flag: &bool) -> bool {
    !*flag
}

/// Reads a key that is not `null` where it stands, so that no `null` is taken for an absent key and lost.
pub(crate) fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}
