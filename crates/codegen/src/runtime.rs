//! Dependency of a generated crate on the runtime.

/// Source of the runtime, the crate `tc3`, for a generated crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Runtime {
    /// A folder, as a path from the crate's folder.
    Path(String),
    /// A git repository.
    Git {
        /// The URL.
        url: String,
        /// The commit, or a name of one; `None` for the newest one.
        revision: Option<String>,
    },
    /// A registry, by a version requirement such as `0.1`.
    Version(String),
}
