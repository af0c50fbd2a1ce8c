//! Types of the shape that generated code has, for tests and benchmarks.

/// Writes types as generated code does, from an index, a wire name, a name in Rust and a type for each field.
macro_rules! records {
    ($(
        $(#[$note:meta])*
        $([$kind:ident])? $name:ident { $($index:literal $wire:literal $field:ident: $type:ty,)* }
    )*) => {$(
        $(#[$note])*
        #[derive(Clone)]
        pub(crate) struct $name {
            $(pub(crate) $field: $type,)*
            pub(crate) extra: tc3::Extra,
        }

        impl tc3::record::Record for $name {
            fn table(&self) -> &'static tc3::record::Table {
                const TABLE: tc3::record::Table =
                    tc3::record::Table::new(stringify!($name), &[$($wire),*]);
                &TABLE
            }

            fn empty() -> Self {
                Self {
                    $($field: Default::default(),)*
                    extra: tc3::Extra::new(),
                }
            }

            fn get(&self, index: usize) -> tc3::record::Item<'_> {
                match index {
                    $($index => tc3::record::Field::as_item(&self.$field),)*
                    _ => tc3::record::Item::Absent,
                }
            }

            fn slot(&mut self, index: usize) -> tc3::record::Slot<'_> {
                match index {
                    $($index => tc3::record::Field::as_slot(&mut self.$field),)*
                    _ => tc3::record::Slot::Absent,
                }
            }

            fn extra(&self) -> &tc3::Extra {
                &self.extra
            }

            fn extra_mut(&mut self) -> &mut tc3::Extra {
                &mut self.extra
            }
        }

        impl Default for $name {
            fn default() -> Self {
                tc3::record::Record::empty()
            }
        }

        tc3::record::impls!($($kind)? $name);
    )*};
}

pub(crate) mod kinds;
