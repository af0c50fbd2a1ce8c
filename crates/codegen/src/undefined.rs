//! Undefined data types.

use std::fmt;

/// A data type that a spec uses but does not define. Its fields have the type `tc3::Json`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct UndefinedType {
    /// The service.
    pub service: String,
    /// The version of the service, such as `2021-03-31`.
    pub version: String,
    /// The data type's name.
    pub name: String,
    /// The first field that uses it, such as `actions.CreateUser.request.Tags`.
    pub at: String,
}

impl fmt::Display for UndefinedType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            service,
            version,
            name,
            at,
        } = self;
        write!(
            f,
            "the spec of `{service}` {version} does not define `{name}`: {at} and other fields of this type are untyped"
        )
    }
}
