/// Why nothing was generated.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// There is no spec to generate from.
    #[error("no spec to generate a crate from")]
    NoSpec,
    /// One crate holds the versions of one service.
    #[error("one crate is for one service: this is `{second}`, and the first spec is of `{first}`")]
    TwoServices {
        /// The service of the first spec.
        first: String,
        /// The service of the spec that does not belong to it.
        second: String,
    },
    /// Two specs describe the same version.
    #[error("version {version} of `{service}` is given twice")]
    VersionTwice {
        /// The service.
        service: String,
        /// The version.
        version: String,
    },
    /// A spec contradicts itself.
    #[error("the spec of `{service}` {version} is not valid: {problem}")]
    Invalid {
        /// The service.
        service: String,
        /// The version.
        version: String,
        /// What is wrong with it, and where.
        problem: tc3_spec::Problem,
    },
    /// A selection names an action that the spec does not have.
    #[error("`{service}` {version} has no action `{name}`{}", hint(nearest.as_deref()))]
    UnknownAction {
        /// The service.
        service: String,
        /// The version.
        version: String,
        /// The name that was asked for.
        name: String,
        /// The action whose name is most like it, if one is like it at all.
        nearest: Option<String>,
    },
    /// What was generated is not Rust: a fault of the generator.
    #[error(
        "the generator has a fault: what it made of `{service}` {version} for the module `{module}` is not Rust: {problem}"
    )]
    NotRust {
        /// The service.
        service: String,
        /// The version.
        version: String,
        /// The module's name.
        module: String,
        /// What the parser says.
        problem: String,
    },
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or(String::new(), |name| format!("; it has `{name}`"))
}
