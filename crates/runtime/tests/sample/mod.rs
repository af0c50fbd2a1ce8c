//! Types of the shape that generated code has, for tests and benchmarks.

/// Writes types as generated code does, from an index, a wire name, a name in Rust and a type for each field.
macro_rules! records {
    ($(
        $([$kind:ident])? $name:ident { $($index:literal $wire:literal $field:ident: $type:ty,)* }
    )*) => {$(
        pub(crate) struct $name {
            $(pub(crate) $field: $type,)*
            pub(crate) extra: tc3::Extra,
        }

        tc3::record!($($kind)? $name { $($index => $field: $wire,)* });
    )*};
}

pub(crate) mod kinds;
