//! The macros that generated code is written with, so that it says each thing once.

/// Makes a struct a [`Record`](crate::record::Record) by the table of its fields, and gives it `Clone`, `Debug`,
/// `PartialEq` and, with this crate's feature `serde`, serde's `Serialize` and `Deserialize`.
///
/// Each row has the field's index, its name in Rust and its name on the wire, in the documentation's order. Besides
/// these, the struct has the field `extra: Extra`, and nothing else. A request says so, so that it can't be
/// deserialized without its required parameters, which are its fields that are no `Option`.
///
/// A name on the wire is not empty, and has no line feed, quotation mark or backslash in it, as the names of a spec have
/// none. What reads and writes JSON relies on it; the compiler would take a quarter longer over a crate to check it.
///
/// ```
/// # mod demo {
/// /// A member of an organization.
/// #[non_exhaustive]
/// pub struct Member {
///     /// Member uin.
///     pub uin: Option<i64>,
///     /// Members below this one.
///     pub members: Option<Vec<Member>>,
///     /// What has no field here.
///     pub extra: tc3::Extra,
/// }
///
/// tc3::record!(Member {
///     0 => uin: "Uin",
///     1 => members: "Members",
/// });
/// # }
/// ```
///
/// A struct with a field that has no row does not compile. The compiler then says that the field is inaccessible, since it
/// is the macro that does not know it:
///
/// ```compile_fail
/// # mod demo {
/// pub struct Member {
///     pub uin: Option<i64>,
///     pub name: Option<String>,
///     pub extra: tc3::Extra,
/// }
///
/// tc3::record!(Member { 0 => uin: "Uin", });
/// # }
/// ```
///
/// Nor does one that drops itself, or is packed:
///
/// ```compile_fail,E0119
/// # mod demo {
/// pub struct Member {
///     pub extra: tc3::Extra,
/// }
///
/// impl Drop for Member {
///     fn drop(&mut self) {}
/// }
///
/// tc3::record!(Member {});
/// # }
/// ```
///
/// ```compile_fail,E0080
/// # mod demo {
/// #[repr(packed)]
/// pub struct Member {
///     pub extra: tc3::Extra,
/// }
///
/// tc3::record!(Member {});
/// # fn table() -> tc3::record::Table { <Member as tc3::record::Record>::LAYOUT.table() }
/// # }
/// ```
#[macro_export]
macro_rules! record {
    (request $name:ident $rows:tt) => {
        $crate::__record_layout!($name $rows);
        $crate::__record_impls!($name deserialize_request);
    };
    ($name:ident $rows:tt) => {
        $crate::__record_layout!($name $rows);
        $crate::__record_impls!($name deserialize);
    };
}

/// Makes a struct a record, and no more.
#[doc(hidden)]
#[macro_export]
macro_rules! __record_layout {
    ($name:ident { $($index:literal => $field:ident: $wire:literal,)* }) => {
        // A field that callers are advised against is a field all the same.
        #[allow(deprecated)]
        // SAFETY: the rows are made of the fields, and of all of them.
        unsafe impl $crate::record::Record for $name {
            const LAYOUT: &'static $crate::record::Layout = &{
                let record = ::core::mem::MaybeUninit::<Self>::uninit();
                let record = record.as_ptr();
                // SAFETY: nothing is read. A field without a row would not compile, nor would one with two.
                let rows = unsafe {
                    let Self { $($field: _,)* extra: _ } = *record;
                    [
                        $($crate::record::Row::of(record, &raw const (*record).$field),)*
                        $crate::record::Row::extra(record, &raw const (*record).extra),
                    ]
                };
                let lines = ::core::concat!(
                    $($wire, "\n",)* "\n", ::core::stringify!($name), "\n\n\n\n\n\n\n\n\n"
                );
                $crate::record::Layout::of::<Self>($crate::record::Table::new(lines), rows)
            };
        }
    };
}

/// What a record implements besides.
#[doc(hidden)]
#[macro_export]
macro_rules! __record_impls {
    ($name:ident $deserialize:ident) => {
        impl $crate::record::WithoutDrop for $name {}

        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::record::clone(self)
            }
        }

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

        $crate::__record_serde!($name $deserialize);
    };
}

#[cfg(feature = "serde")]
#[doc(hidden)]
#[macro_export]
macro_rules! __record_serde {
    ($name:ident $deserialize:ident) => {
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
    ($name:ident $deserialize:ident) => {};
}

/// Makes a request the parameters of an action.
///
/// ```
/// # mod demo {
/// # #[non_exhaustive]
/// # pub struct ListRequest { pub extra: tc3::Extra }
/// # tc3::record!(request ListRequest {});
/// # #[non_exhaustive]
/// # pub struct ListResponse { pub request_id: String, pub extra: tc3::Extra }
/// # tc3::record!(ListResponse { 0 => request_id: "RequestId", });
/// static SERVICE: tc3::Service =
///     tc3::Service::new("organization", "2021-03-31", "organization.intl.tencentcloudapi.com");
///
/// tc3::action!("List" of SERVICE {
///     request: ListRequest,
///     response: ListResponse,
///     rate_limit: 20,
///     region: Unused,
///     access: Read,
/// });
/// # }
/// ```
#[macro_export]
macro_rules! action {
    ($name:literal of $service:ident {
        request: $request:ident,
        response: $response:ident,
        $(errors: $errors:ident,)?
        $(rate_limit: $rate_limit:literal,)?
        $(region: $region:ident,)?
        $(access: $access:ident,)?
        $(client_token: $client_token:literal,)?
    }) => {
        impl $crate::Request for $request {
            type Response = $response;

            const ACTION: &'static $crate::Action = &$crate::Action::new($name, &$service)
                $(.errors($errors::DOCUMENTED))?
                $(.rate_limit($rate_limit))?
                $(.region($crate::Region::$region))?
                $(.access($crate::Access::$access))?
                $(.client_token($client_token))?;
        }
    };
}

/// Makes the request of an action [`Paginated`](crate::pages::Paginated): by `Offset` or by `Token`.
///
/// It names the field of the response that holds the items and their type and, where the response tells how many items
/// there are in all, the wire name of that field.
///
/// ```
/// # mod demo {
/// # #[non_exhaustive]
/// # pub struct ListRequest { pub offset: Option<i64>, pub extra: tc3::Extra }
/// # tc3::record!(request ListRequest { 0 => offset: "Offset", });
/// # #[non_exhaustive]
/// # pub struct ListResponse { pub names: Option<Vec<String>>, pub total: Option<i64>, pub extra: tc3::Extra }
/// # tc3::record!(ListResponse { 0 => names: "Names", 1 => total: "Total", });
/// # static SERVICE: tc3::Service =
/// #     tc3::Service::new("organization", "2021-03-31", "organization.intl.tencentcloudapi.com");
/// tc3::action!("List" of SERVICE {
///     request: ListRequest,
///     response: ListResponse,
///     access: Read,
/// });
///
/// tc3::paginated!(ListRequest by Offset {
///     items: names of String,
///     total: "Total",
/// });
/// # }
/// ```
#[macro_export]
macro_rules! paginated {
    ($request:ident by Offset {
        items: $items:ident of $item:ty,
        $(total: $total:literal,)?
    }) => {
        $crate::__paginated!($request, $items, $item, $crate::pages::Paging::Offset {
            total: $crate::__optional!($($total)?),
        });
    };
    ($request:ident by Token {
        items: $items:ident of $item:ty,
    }) => {
        $crate::__paginated!($request, $items, $item, $crate::pages::Paging::Token);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __paginated {
    ($request:ident, $items:ident, $item:ty, $paging:expr) => {
        impl $crate::pages::Paginated for $request {
            type Item = $item;

            const PAGING: $crate::pages::Paging = $paging;

            // A field that callers are advised against is a field all the same.
            #[allow(deprecated)]
            #[inline]
            fn items(
                response: &mut <Self as $crate::Request>::Response,
            ) -> &mut ::core::option::Option<::std::vec::Vec<$item>> {
                &mut response.$items
            }
        }
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __optional {
    () => {
        ::core::option::Option::None
    };
    ($value:literal) => {
        ::core::option::Option::Some($value)
    };
}

/// Makes an enum the [`ErrorCode`](crate::ErrorCode)s of an action or a service, and gives it `Clone`, `Debug`, `Display`,
/// `Eq` and `PartialEq`.
///
/// Each row has the variant's index, its name, the code and its documented meaning. Besides these, the enum has the
/// variant `Unknown(UnknownCode)`, and nothing else. The enum's `DOCUMENTED` is the table as an
/// [`Action`](crate::Action) has it.
///
/// ```
/// # mod demo {
/// /// The codes of an action.
/// #[non_exhaustive]
/// pub enum BindError {
///     /// The email has been used.
///     FailedOperationEmailAlreadyUsed,
///     /// A code without a variant here.
///     Unknown(tc3::UnknownCode),
/// }
///
/// tc3::error_codes!(BindError {
///     0 => FailedOperationEmailAlreadyUsed: "FailedOperation.EmailAlreadyUsed", "The email has been used.";
/// });
/// # }
/// # use demo::BindError;
/// use tc3::ErrorCode as _;
///
/// let code = BindError::from_code("FailedOperation.EmailAlreadyUsed");
/// assert_eq!(code, BindError::FailedOperationEmailAlreadyUsed);
/// assert_eq!(BindError::from_code("Other").as_str(), "Other");
/// ```
#[macro_export]
macro_rules! error_codes {
    ($name:ident { $($index:literal => $variant:ident: $code:literal, $meaning:literal;)* }) => {
        impl $name {
            /// The documented codes with their meanings.
            pub(crate) const DOCUMENTED: &'static [(&'static str, &'static str)] =
                &[$(($code, $meaning)),*];
        }

        impl $crate::ErrorCode for $name {
            fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $code,)*
                    Self::Unknown(code) => code.as_str(),
                }
            }

            fn from_code(code: &str) -> Self {
                match $crate::error_code::position(Self::DOCUMENTED, code) {
                    $(::core::option::Option::Some($index) => Self::$variant,)*
                    _ => Self::Unknown($crate::error_code::unknown(code)),
                }
            }
        }

        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                <Self as $crate::ErrorCode>::from_code($crate::ErrorCode::as_str(self))
            }
        }

        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::ErrorCode::as_str(self) == $crate::ErrorCode::as_str(other)
            }
        }

        impl ::core::cmp::Eq for $name {}

        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str($crate::ErrorCode::as_str(self))
            }
        }

        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str($crate::ErrorCode::as_str(self))
            }
        }
    };
}
