/// Implements `Debug` and `PartialEq` of a [`Record`](crate::record::Record) over its table and, with this crate's
/// feature `serde`, serde's `Serialize` and `Deserialize`.
///
/// `impls!(Name)` reads what is there; `impls!(request Name)` refuses to deserialize a request that lacks one of its
/// plain fields, which are its required parameters.
#[macro_export]
macro_rules! record_impls {
    (request $name:ident) => {
        $crate::record_impls!(@always $name);
        $crate::__record_serde!($name, deserialize_request);
    };
    ($name:ident) => {
        $crate::record_impls!(@always $name);
        $crate::__record_serde!($name, deserialize);
    };
    (@always $name:ident) => {
        impl ::core::fmt::Debug for $name {
            // Compiled where it is called, if it is at all: of most types nobody asks it.
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::record::debug(self, f)
            }
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::record::eq(self, other)
            }
        }
    };
}

#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __record_serde {
    ($name:ident, $deserialize:ident) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error>
            where
                S: $crate::serde::Serializer,
            {
                $crate::record::serialize(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D>(deserializer: D) -> ::core::result::Result<Self, D::Error>
            where
                D: $crate::serde::Deserializer<'de>,
            {
                $crate::record::$deserialize(deserializer)
            }
        }
    };
}

#[cfg(not(feature = "serde"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __record_serde {
    ($name:ident, $deserialize:ident) => {};
}
