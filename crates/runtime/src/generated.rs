//! The macros that generated code is written with, so that it says each thing once.

/// Makes a struct a [`Record`](crate::record::Record) by the table of its fields, and gives it `Clone`, `Debug`,
/// `PartialEq` and, with this crate's feature `serde`, serde's `Serialize` and `Deserialize`.
///
/// Each row has the field's index, its name in Rust and its name on the wire, in the documentation's order. Besides
/// these, the struct has the field `extra: Extra`, and nothing else. A request says so, so that it can't be
/// deserialized without its required parameters, which are its fields that are no `Option`.
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
#[macro_export]
macro_rules! record {
    (request $name:ident $table:tt) => {
        $crate::__record_table!($name $table);
        $crate::record_impls!(request $name);
    };
    ($name:ident $table:tt) => {
        $crate::__record_table!($name $table);
        $crate::record_impls!($name);
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __record_table {
    ($name:ident { $($index:literal => $field:ident: $wire:literal,)* }) => {
        // A field that callers are advised against is a field all the same.
        #[allow(deprecated)]
        impl $crate::record::Record for $name {
            const TABLE: $crate::record::Table = $crate::record::table!($name: $($wire),*);

            #[inline]
            fn empty() -> Self {
                Self {
                    $($field: $crate::record::Field::vacant(),)*
                    extra: $crate::Extra::new(),
                }
            }

            fn get(&self, index: usize) -> $crate::record::Item<'_> {
                match index {
                    $($index => $crate::record::Field::as_item(&self.$field),)*
                    _ => $crate::record::Item::Extra(&self.extra),
                }
            }

            fn slot(&mut self, index: usize) -> $crate::record::Slot<'_> {
                match index {
                    $($index => $crate::record::Field::as_slot(&mut self.$field),)*
                    _ => $crate::record::Slot::Extra(&mut self.extra),
                }
            }
        }

        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self {
                $crate::record::clone(self)
            }
        }
    };
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
