//! The intermediate representation with all names decided: each item has its wire name and its Rust name.
//!
//! [`resolve`](crate::resolve) creates it from a spec; the emitters read nothing else.

use proc_macro2::Ident;

use crate::docs::Docs;
use crate::undefined::UndefinedType;

/// A service version: a module.
#[derive(Debug)]
pub(crate) struct Version {
    /// The service's short name.
    pub(crate) service: String,
    /// The version, a date.
    pub(crate) version: String,
    /// The domain name of the service.
    pub(crate) endpoint: String,
    /// The module: `v20210331`.
    pub(crate) module: Ident,
    pub(crate) actions: Vec<Action>,
    pub(crate) types: Vec<Message>,
    /// The error codes of the service, independent of the action; `None` if not listed.
    pub(crate) errors: Option<ErrorCodes>,
    /// The data types that fields use but the spec does not define.
    pub(crate) undefined: Vec<UndefinedType>,
}

/// An action: a module with request, response, builder and error enum.
#[derive(Debug)]
pub(crate) struct Action {
    pub(crate) wire: String,
    /// Its module.
    pub(crate) module: Ident,
    /// The client's method.
    pub(crate) method: Ident,
    /// The description.
    pub(crate) docs: Docs,
    /// Other facts: rate limit, region, access, source.
    pub(crate) facts: Docs,
    pub(crate) deprecated: bool,
    pub(crate) rate_limit: Option<u32>,
    pub(crate) region: tc3_spec::Region,
    pub(crate) access: tc3_spec::Access,
    /// Whether the runtime generates the parameter `ClientToken`.
    pub(crate) client_token: bool,
    /// `None` if the response is not paginated.
    pub(crate) pagination: Option<Pagination>,
    pub(crate) request: Message,
    pub(crate) response: Message,
    /// `None` if no code is documented.
    pub(crate) errors: Option<ErrorCodes>,
}

/// The pagination of an action.
#[derive(Debug)]
pub(crate) struct Pagination {
    pub(crate) paging: tc3_spec::Pagination,
    /// The response field with the items, after the structures around it.
    pub(crate) path: Vec<Field>,
    pub(crate) item: Type,
    /// The builder's method for pages.
    pub(crate) pages: Ident,
    /// The builder's method for items.
    pub(crate) items: Ident,
}

/// A struct with a field table: a request, a response or a data type.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) wire: String,
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    pub(crate) fields: Vec<Field>,
    pub(crate) role: Role,
    /// `None` for a response without fields of its own, whose type is the runtime's.
    pub(crate) builder: Option<Builder>,
}

/// The role of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The parameters of an action.
    Request,
    /// The response of an action.
    Response,
    /// A data type that requests use, and possibly responses.
    Sent,
    /// A data type that only responses use.
    Received,
}

impl Role {
    /// Whether callers send it.
    pub(crate) fn is_sent(self) -> bool {
        matches!(self, Self::Request | Self::Sent)
    }
}

/// A field of a message.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) wire: String,
    /// The name of the field and of its setter.
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
    /// Whether it is an `Option`.
    pub(crate) is_option: bool,
    /// Whether the type is recursive and needs a `Box`.
    pub(crate) boxed: bool,
    pub(crate) deprecated: bool,
    /// Whether it is a secret, if the rule for names is wrong about it.
    pub(crate) secret: Option<bool>,
    /// The builder's type parameter that says whether it is set, for a required field.
    pub(crate) state: Option<Ident>,
}

/// The type of a field, without `Option` and `Box`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Bool,
    I64,
    U64,
    F64,
    String,
    /// Any JSON.
    Json,
    /// A data type.
    Data(Ident),
    List(Box<Type>),
}

/// The builder of a message.
#[derive(Debug)]
pub(crate) struct Builder {
    pub(crate) ident: Ident,
    /// The module of the traits in compiler errors about missing values. For a request, which has its own module, the
    /// name is fixed.
    pub(crate) required: Ident,
}

/// The error codes of an action or a service: an enum.
#[derive(Debug)]
pub(crate) struct ErrorCodes {
    pub(crate) ident: Ident,
    pub(crate) codes: Vec<ErrorCode>,
}

/// An error code: a variant.
#[derive(Debug)]
pub(crate) struct ErrorCode {
    pub(crate) wire: String,
    pub(crate) ident: Ident,
    pub(crate) meaning: String,
    pub(crate) docs: Docs,
}

impl Type {
    /// Returns the data type that it contains.
    pub(crate) fn data(&self) -> Option<&Ident> {
        match self {
            Self::Data(ident) => Some(ident),
            Self::List(element) => element.data(),
            _ => None,
        }
    }
}

impl Message {
    /// Returns the required fields, each with its type parameter.
    pub(crate) fn required(&self) -> impl Iterator<Item = (&Field, &Ident)> {
        self.fields
            .iter()
            .filter_map(|field| Some((field, field.state.as_ref()?)))
    }
}
