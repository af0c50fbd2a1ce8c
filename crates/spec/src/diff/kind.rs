//! Kinds of changes.

/// The kind of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Added.
    Added,
    /// Removed.
    Removed,
    /// Renamed in Rust but not in the documentation.
    Renamed,
    /// Became deprecated.
    Deprecated,
    /// No longer deprecated.
    Undeprecated,
    /// Became required.
    Required,
    /// Became optional.
    Optional,
    /// The type changed.
    Type,
    /// The integer format changed.
    Format,
    /// Its data type became documented.
    Typed,
    /// Its data type is no longer documented.
    Untyped,
    /// Its data type became recursive, so the field is boxed.
    Boxed,
    /// Its data type is no longer recursive.
    Unboxed,
    /// Became nullable.
    Nullable,
    /// No longer documented as nullable.
    NotNullable,
    /// Became secret, or no longer secret.
    Secret,
    /// Only the description, title or meaning changed.
    Reworded,
    /// Only the position in its table changed.
    Moved,
    /// An example's request or response changed.
    Example,
    /// The domain name changed.
    Endpoint,
    /// The rate limit changed.
    RateLimit,
    /// The use of the common parameter Region changed.
    Region,
    /// The access changed to read or write.
    Access,
    /// Became paginated.
    PagesAdded,
    /// No longer paginated.
    PagesRemoved,
    /// The pagination changed.
    Pages,
    /// The response got its first field besides RequestId.
    FirstField,
    /// The first error codes were added.
    FirstCode,
    /// The last error codes were removed.
    LastCode,
    /// The data type can be built without the feature `testing`: it is part of requests, or unused.
    BuilderAdded,
    /// The data type can be built only with the feature `testing`: only responses use it.
    BuilderRemoved,
}

impl Kind {
    /// Returns the machine-readable name.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Added => "added",
            Kind::Removed => "removed",
            Kind::Renamed => "renamed",
            Kind::Deprecated => "deprecated",
            Kind::Undeprecated => "undeprecated",
            Kind::Required => "required",
            Kind::Optional => "optional",
            Kind::Type => "type",
            Kind::Format => "format",
            Kind::Typed => "typed",
            Kind::Untyped => "untyped",
            Kind::Boxed => "boxed",
            Kind::Unboxed => "unboxed",
            Kind::Nullable => "nullable",
            Kind::NotNullable => "not_nullable",
            Kind::Secret => "secret",
            Kind::Reworded => "reworded",
            Kind::Moved => "moved",
            Kind::Example => "example",
            Kind::Endpoint => "endpoint",
            Kind::RateLimit => "rate_limit",
            Kind::Region => "region",
            Kind::Access => "access",
            Kind::PagesAdded => "pages_added",
            Kind::PagesRemoved => "pages_removed",
            Kind::Pages => "pages",
            Kind::FirstField => "first_field",
            Kind::FirstCode => "first_code",
            Kind::LastCode => "last_code",
            Kind::BuilderAdded => "builder_added",
            Kind::BuilderRemoved => "builder_removed",
        }
    }
}
