//! How something changed.

/// How something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is called otherwise in Rust, though not in the documentation.
    Renamed,
    /// The documentation advises against its use.
    Deprecated,
    /// It does so no longer.
    Undeprecated,
    /// It must be given.
    Required,
    /// It may be left out.
    Optional,
    /// It is of another type.
    Type,
    /// It holds other integers.
    Format,
    /// The data type that it is made of is documented.
    Typed,
    /// It is documented no longer.
    Untyped,
    /// Its data type came to hold the one that it stands in.
    Boxed,
    /// It holds it no longer.
    Unboxed,
    /// The service may answer null.
    Nullable,
    /// The documentation no longer says so.
    NotNullable,
    /// Another description, title or meaning; nothing else.
    Reworded,
    /// Another row in its table; nothing else.
    Moved,
    /// Another request or response in an example.
    Example,
    /// Another domain name.
    Endpoint,
    /// Another number of requests a second.
    RateLimit,
    /// Another use of the common parameter Region.
    Region,
    /// It reads now, or writes.
    Access,
    /// The response comes in pages.
    PagesAdded,
    /// It does so no longer.
    PagesRemoved,
    /// It comes in other pages.
    Pages,
    /// The response has fields, which had none but RequestId.
    FirstField,
    /// There are error codes, where there were none.
    FirstCode,
    /// There are none any more.
    LastCode,
    /// Callers can build a data type without the feature `testing`: it is part of requests, or of nothing.
    BuilderAdded,
    /// They need the feature `testing` for it: only responses are made of it.
    BuilderRemoved,
}

impl Kind {
    /// Its name, as programs read it.
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
