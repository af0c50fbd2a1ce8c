//! Message types in the form of generated code, for tests and benchmarks.

/// Declares message types. A field has a wire name, a name, `optional`, `required` or `boxed`, a type and a kind. The
/// literals after a type's name are the wire names of its required parameters.
macro_rules! messages {
    ($(
        $name:ident $([$($required:literal),*])? {
            $($wire:literal $field:ident: $how:ident $type:ty = $kind:expr;)*
        }
    )*) => {$(
        pub(crate) struct $name {
            $(pub(crate) $field: messages!(@type $how $type),)*
            pub(crate) extra: tc3_protocol::message::UnknownFields,
        }

        impl tc3_protocol::message::Message for $name {
            const TABLE: &'static tc3_protocol::message::Table = &tc3_protocol::message::Table {
                name: stringify!($name),
                fields: {
                    #[allow(unused_imports, reason = "not every type has fields")]
                    use tc3_protocol::message::{Field, Kind};
                    #[allow(unused_imports, reason = "only structures need it")]
                    use tc3_protocol::message::Message as _;
                    &[$(Field($wire, $kind)),*]
                },
            };
            const REQUIRED: &'static [&'static str] = &[$($($required),*)?];

            fn read(fields: &mut tc3_protocol::message::FieldReader<'_>) -> Self {
                Self {
                    $($field: messages!(@take $how fields),)*
                    extra: fields.take_unknown(),
                }
            }

            fn write<'a>(&'a self, fields: &mut tc3_protocol::message::FieldWriter<'a>) {
                fields.put_unknown(&self.extra);
                messages!(@put self fields [] $($how $field,)*);
            }
        }

        impl Clone for $name {
            fn clone(&self) -> Self {
                tc3_protocol::message::clone(self)
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                tc3_protocol::message::debug(self, f)
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                tc3_protocol::message::eq(self, other)
            }
        }

        impl Default for $name {
            fn default() -> Self {
                tc3_protocol::message::default()
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                tc3_protocol::message::serialize(self, serializer)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                tc3_protocol::message::deserialize(deserializer)
            }
        }
    )*};
    (@type optional $type:ty) => { Option<$type> };
    (@type required $type:ty) => { $type };
    (@type boxed $type:ty) => { Option<Box<$type>> };
    (@take optional $fields:ident) => { $fields.take() };
    (@take required $fields:ident) => { $fields.take_or_default() };
    (@take boxed $fields:ident) => { $fields.take().map(Box::new) };
    (@put $self:ident $fields:ident [$($before:ident)*]) => {
        $fields.put(&[$(&$self.$before),*])
    };
    (@put $self:ident $fields:ident [$($before:ident)*] boxed $field:ident, $($rest:tt)*) => {
        $fields.put(&[$(&$self.$before),*]);
        $fields.put_boxed(&$self.$field);
        messages!(@put $self $fields [] $($rest)*)
    };
    (@put $self:ident $fields:ident [$($before:ident)*] $how:ident $field:ident, $($rest:tt)*) => {
        messages!(@put $self $fields [$($before)* $field] $($rest)*)
    };
}
