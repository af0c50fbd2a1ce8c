//! What is generated, with every name decided: each item has the name that stands on the wire and the one in Rust.
//!
//! [`resolve`](crate::resolve) makes it from a spec; the emitters read nothing else.

use proc_macro2::Ident;

use crate::docs::Docs;
use crate::undefined::UndefinedType;

/// One version of a service: a module.
#[derive(Debug)]
pub(crate) struct Version {
    /// The service's short name.
    pub(crate) service: String,
    /// The version, a date.
    pub(crate) version: String,
    /// The domain name that requests go to.
    pub(crate) endpoint: String,
    /// The module: `v20210331`.
    pub(crate) module: Ident,
    pub(crate) actions: Vec<Action>,
    pub(crate) types: Vec<Message>,
    /// The codes that the service may answer with, whatever the action; none where nobody lists them.
    pub(crate) errors: Option<ErrorCodes>,
    /// The data types that fields are made of and that the spec does not define.
    pub(crate) undefined: Vec<UndefinedType>,
}

/// An action: a module with a request, a response, a builder and an enum of its error codes.
#[derive(Debug)]
pub(crate) struct Action {
    pub(crate) wire: String,
    /// Its module.
    pub(crate) module: Ident,
    /// The client's method.
    pub(crate) method: Ident,
    /// What the action does.
    pub(crate) docs: Docs,
    /// What there is to know besides: rate, region, access, source.
    pub(crate) facts: Docs,
    pub(crate) deprecated: bool,
    pub(crate) rate_limit: Option<u32>,
    pub(crate) region: tc3_spec::Region,
    pub(crate) access: tc3_spec::Access,
    /// Whether the runtime fills in the parameter `ClientToken`.
    pub(crate) client_token: bool,
    /// None where all of the response comes at once.
    pub(crate) pagination: Option<Pagination>,
    pub(crate) request: Message,
    pub(crate) response: Message,
    /// None where no code is documented.
    pub(crate) errors: Option<ErrorCodes>,
}

/// How the response of an action comes in pages.
#[derive(Debug)]
pub(crate) struct Pagination {
    pub(crate) paging: tc3_spec::Pagination,
    /// The field of the response with the items, behind the structures that it lies in.
    pub(crate) path: Vec<Field>,
    pub(crate) item: Type,
    /// The builder's method for the pages.
    pub(crate) pages: Ident,
    /// The builder's method for the items.
    pub(crate) items: Ident,
}

/// A struct described by a field table: a request, a response or a data type.
#[derive(Debug)]
pub(crate) struct Message {
    pub(crate) wire: String,
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    pub(crate) fields: Vec<Field>,
    pub(crate) role: Role,
    /// None for a response without fields, whose type is the runtime's.
    pub(crate) builder: Option<Builder>,
}

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// The parameters of an action.
    Request,
    /// The response to it.
    Response,
    /// A data type that requests are made of, and maybe responses too.
    Sent,
    /// A data type that only responses are made of.
    Answered,
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
    /// The field, and the builder's method that sets it.
    pub(crate) ident: Ident,
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
    /// Whether it always holds a value: no `Option`.
    pub(crate) plain: bool,
    /// Whether it would hold its own type, and so needs a `Box`.
    pub(crate) boxed: bool,
    pub(crate) deprecated: bool,
    /// The builder's type parameter that tells whether it is set, if it must be.
    pub(crate) state: Option<Ident>,
}

/// The type of a field, without the `Option` and `Box` around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    Bool,
    I64,
    U64,
    F64,
    String,
    /// JSON of any shape.
    Json,
    /// A data type.
    Data(Ident),
    List(Box<Type>),
}

/// The builder of a message.
#[derive(Debug)]
pub(crate) struct Builder {
    pub(crate) ident: Ident,
    /// The module of the traits that the compiler's messages about missing values hang on; that of a request, which has a
    /// module to itself, is always called the same.
    pub(crate) required: Ident,
}

/// The error codes of an action, or of a whole service: an enum.
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
    /// The data type that it is made of.
    pub(crate) fn data(&self) -> Option<&Ident> {
        match self {
            Self::Data(ident) => Some(ident),
            Self::List(element) => element.data(),
            _ => None,
        }
    }
}

impl Message {
    /// The fields that a builder asks for, each with its type parameter.
    pub(crate) fn required(&self) -> impl Iterator<Item = (&Field, &Ident)> {
        self.fields
            .iter()
            .filter_map(|field| Some((field, field.state.as_ref()?)))
    }
}
