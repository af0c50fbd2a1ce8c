//! Errors of generating code.

/// Error of generating code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no spec.
    #[error("no spec to generate a crate from: give at least one")]
    NoSpec,
    /// The specs are of several services.
    #[error("specs of two services, `{first}` and `{second}`: generate a crate for each")]
    TwoServices {
        /// The service of the first spec.
        first: String,
        /// The other service.
        second: String,
    },
    /// Two specs are of the same version.
    #[error("duplicate spec of `{service}` {version}: remove one of them")]
    VersionTwice {
        /// The service.
        service: String,
        /// The version.
        version: String,
    },
    /// A spec is invalid.
    #[error("the spec of `{service}` {version} is invalid: {problem}")]
    Invalid {
        /// The service.
        service: String,
        /// The version.
        version: String,
        /// The problem and its place.
        problem: tc3_spec::Problem,
    },
    /// The spec has no action of this name.
    #[error("`{service}` {version} has no action `{name}`{hint}")]
    UnknownAction {
        /// The service.
        service: String,
        /// The version.
        version: String,
        /// The unknown name.
        name: String,
        /// The suggestion at the end of the message: similar names.
        hint: String,
    },
    /// The generated code is not valid Rust: a bug in the generator.
    #[error(
        "bug in the generator: the module `{module}` of `{service}` {version} is not valid Rust; please report it: {problem}"
    )]
    NotRust {
        /// The service.
        service: String,
        /// The version.
        version: String,
        /// The module's name.
        module: String,
        /// The parser's message.
        problem: String,
    },
}
