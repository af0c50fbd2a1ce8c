//! Places of changes.

use std::fmt;

use super::kind::Kind;

/// The place of a change, by documented names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// A version of the service.
    Version,
    /// An action.
    Action(String),
    /// A parameter of an action's request.
    Parameter {
        /// The action.
        action: String,
        /// The parameter.
        name: String,
    },
    /// A field of an action's response.
    ResponseField {
        /// The action.
        action: String,
        /// The field.
        name: String,
    },
    /// An error code of an action.
    ErrorCode {
        /// The action.
        action: String,
        /// The code.
        code: String,
    },
    /// An example of an action.
    Example {
        /// The action.
        action: String,
        /// The title, or an empty text.
        title: String,
    },
    /// A data type.
    Type(String),
    /// A field of a data type.
    TypeField {
        /// The data type.
        data_type: String,
        /// The field.
        name: String,
    },
    /// An error code of the service.
    ServiceCode(String),
}

/// The kind of a [`Place`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PlaceKind {
    /// A version of the service.
    Version,
    /// An action.
    Action,
    /// A parameter of an action's request.
    Parameter,
    /// A field of an action's response.
    ResponseField,
    /// An error code of an action.
    ErrorCode,
    /// An example of an action.
    Example,
    /// A data type.
    Type,
    /// A field of a data type.
    TypeField,
    /// An error code of the service.
    ServiceCode,
}

impl Place {
    /// Returns the kind.
    pub fn kind(&self) -> PlaceKind {
        match self {
            Place::Version => PlaceKind::Version,
            Place::Action(_) => PlaceKind::Action,
            Place::Parameter { .. } => PlaceKind::Parameter,
            Place::ResponseField { .. } => PlaceKind::ResponseField,
            Place::ErrorCode { .. } => PlaceKind::ErrorCode,
            Place::Example { .. } => PlaceKind::Example,
            Place::Type(_) => PlaceKind::Type,
            Place::TypeField { .. } => PlaceKind::TypeField,
            Place::ServiceCode(_) => PlaceKind::ServiceCode,
        }
    }

    /// Returns the action that it is or belongs to.
    pub fn action(&self) -> Option<&str> {
        match self {
            Place::Action(action)
            | Place::Parameter { action, .. }
            | Place::ResponseField { action, .. }
            | Place::ErrorCode { action, .. }
            | Place::Example { action, .. } => Some(action),
            Place::Version | Place::Type(_) | Place::TypeField { .. } | Place::ServiceCode(_) => {
                None
            }
        }
    }

    /// Returns the data type that it is or belongs to.
    pub fn data_type(&self) -> Option<&str> {
        match self {
            Place::Type(name) => Some(name),
            Place::TypeField { data_type, .. } => Some(data_type),
            _ => None,
        }
    }

    /// Returns the name of a row, code or example in its table.
    pub fn row(&self) -> Option<&str> {
        match self {
            Place::Version | Place::Action(_) | Place::Type(_) => None,
            Place::Parameter { name, .. }
            | Place::ResponseField { name, .. }
            | Place::TypeField { name, .. } => Some(name),
            Place::ErrorCode { code, .. } | Place::ServiceCode(code) => Some(code),
            Place::Example { title, .. } => Some(title),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Place::Version => f.write_str("the version"),
            Place::Action(name) => write!(f, "action {name}"),
            Place::Parameter { action, name } => write!(f, "parameter {action}.{name}"),
            Place::ResponseField { action, name } => write!(f, "response field {action}.{name}"),
            Place::ErrorCode { action, code } => write!(f, "error code {code} of {action}"),
            Place::Example { action, title } if title.is_empty() => {
                write!(f, "an example of {action}")
            }
            Place::Example { action, title } => write!(f, "example `{title}` of {action}"),
            Place::Type(name) => write!(f, "type {name}"),
            Place::TypeField { data_type, name } => write!(f, "field {data_type}.{name}"),
            Place::ServiceCode(code) => write!(f, "error code {code} of the service"),
        }
    }
}

impl PlaceKind {
    /// All kinds of places.
    pub const ALL: [PlaceKind; 9] = [
        PlaceKind::Version,
        PlaceKind::Action,
        PlaceKind::Parameter,
        PlaceKind::ResponseField,
        PlaceKind::ErrorCode,
        PlaceKind::Example,
        PlaceKind::Type,
        PlaceKind::TypeField,
        PlaceKind::ServiceCode,
    ];

    /// Returns the possible kinds of changes.
    pub fn kinds(self) -> &'static [Kind] {
        use Kind::*;
        match self {
            PlaceKind::Version => &[Added, Removed, Endpoint, FirstCode, LastCode],
            PlaceKind::Action => &[
                Added,
                Removed,
                Renamed,
                Deprecated,
                Undeprecated,
                Reworded,
                RateLimit,
                Region,
                Access,
                PagesAdded,
                PagesRemoved,
                Pages,
                FirstField,
                FirstCode,
                LastCode,
            ],
            PlaceKind::Parameter | PlaceKind::ResponseField => &[
                Added,
                Removed,
                Renamed,
                Deprecated,
                Undeprecated,
                Required,
                Optional,
                Type,
                Format,
                Typed,
                Untyped,
                Nullable,
                NotNullable,
                Secret,
                Reworded,
                Moved,
            ],
            PlaceKind::TypeField => &[
                Added,
                Removed,
                Renamed,
                Deprecated,
                Undeprecated,
                Required,
                Optional,
                Type,
                Format,
                Typed,
                Untyped,
                Boxed,
                Unboxed,
                Nullable,
                NotNullable,
                Secret,
                Reworded,
                Moved,
            ],
            PlaceKind::ErrorCode | PlaceKind::ServiceCode => {
                &[Added, Removed, Renamed, Reworded, Moved]
            }
            PlaceKind::Example => &[Added, Removed, Example, Reworded, Moved],
            PlaceKind::Type => &[
                Added,
                Removed,
                Renamed,
                Reworded,
                BuilderAdded,
                BuilderRemoved,
            ],
        }
    }

    /// Returns the machine-readable name.
    pub fn name(self) -> &'static str {
        match self {
            PlaceKind::Version => "version",
            PlaceKind::Action => "action",
            PlaceKind::Parameter => "parameter",
            PlaceKind::ResponseField => "response_field",
            PlaceKind::ErrorCode => "error_code",
            PlaceKind::Example => "example",
            PlaceKind::Type => "type",
            PlaceKind::TypeField => "type_field",
            PlaceKind::ServiceCode => "service_code",
        }
    }
}
