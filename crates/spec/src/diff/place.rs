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

/// The sort of a [`Place`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
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
    /// Returns the sort.
    pub fn sort(&self) -> Sort {
        match self {
            Place::Version => Sort::Version,
            Place::Action(_) => Sort::Action,
            Place::Parameter { .. } => Sort::Parameter,
            Place::ResponseField { .. } => Sort::ResponseField,
            Place::ErrorCode { .. } => Sort::ErrorCode,
            Place::Example { .. } => Sort::Example,
            Place::Type(_) => Sort::Type,
            Place::TypeField { .. } => Sort::TypeField,
            Place::ServiceCode(_) => Sort::ServiceCode,
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

impl Sort {
    /// All sorts.
    pub const ALL: [Sort; 9] = [
        Sort::Version,
        Sort::Action,
        Sort::Parameter,
        Sort::ResponseField,
        Sort::ErrorCode,
        Sort::Example,
        Sort::Type,
        Sort::TypeField,
        Sort::ServiceCode,
    ];

    /// Returns the possible kinds of changes.
    pub fn kinds(self) -> &'static [Kind] {
        use Kind::*;
        match self {
            Sort::Version => &[Added, Removed, Endpoint, FirstCode, LastCode],
            Sort::Action => &[
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
            Sort::Parameter | Sort::ResponseField => &[
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
            Sort::TypeField => &[
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
            Sort::ErrorCode | Sort::ServiceCode => &[Added, Removed, Renamed, Reworded, Moved],
            Sort::Example => &[Added, Removed, Example, Reworded, Moved],
            Sort::Type => &[
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
            Sort::Version => "version",
            Sort::Action => "action",
            Sort::Parameter => "parameter",
            Sort::ResponseField => "response_field",
            Sort::ErrorCode => "error_code",
            Sort::Example => "example",
            Sort::Type => "type",
            Sort::TypeField => "type_field",
            Sort::ServiceCode => "service_code",
        }
    }
}
