//! How a generated crate depends on the runtime.

/// Where a generated crate takes the runtime, the crate `tc3`, from.
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
