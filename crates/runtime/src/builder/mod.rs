//! What the builders of generated code stand on.
//!
//! A builder has a type parameter for each value that must be given: [`Unset`] at first, [`Set`] once it is. Its
//! `build` and `send` ask for one trait for each of them, which only [`Set`] implements; so a builder that lacks a
//! value does not compile, and the compiler's message is the one that the trait has for this case.

mod draft;
mod parameters;

pub use self::draft::{Draft, start};
#[doc(hidden)]
pub use self::parameters::Parameters;
use crate::Client;

/// The state of a value that is still to be given.
#[derive(Debug)]
pub enum Unset {}

/// The state of a value that was given.
#[derive(Debug)]
pub enum Set {}

/// Stands where a builder has no client: what it builds is not sent from here.
#[derive(Clone, Copy, Debug)]
pub struct NoClient;

/// The client that a builder was got from, and that `send` uses.
#[diagnostic::on_unimplemented(
    message = "this builder has no client to send its request with",
    label = "start with the client's method, or give what `build()` returns to the client's `send`"
)]
pub trait Caller {
    /// The client.
    fn client(&self) -> &Client;
}

#[diagnostic::do_not_recommend]
impl Caller for Client {
    fn client(&self) -> &Client {
        self
    }
}

/// Defines the builder of a request, but for its setters, and the functions that start and end it.
///
/// The builder has a type parameter for each required parameter, and the traits of the module tell the compiler what to
/// say of one that was not given. Where the response comes in pages, the names of the methods for these stand there too.
///
/// ```text
/// ::tc3::builder::request!(AddTagBuilder of AddTagRequest {
///     sends "AddTag" => AddTagResponse;
///     TagKey => "`AddTag` needs the parameter `TagKey`", "call `.tag_key(…)` before this";
/// });
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __request_builder {
    ($builder:ident of $request:ident {
        sends $action:literal => $response:ident;
        lists $pages:ident, $items:ident;
        $($state:ident => $message:literal, $label:literal;)*
    }) => {
        $crate::builder::request!($builder of $request {
            sends $action => $response;
            $($state => $message, $label;)*
        });

        impl<C, $($state),*> $builder<C, $($state),*> {
            #[doc = concat!("Calls `", $action, "` for page after page, from the one on that this asks for.")]
            pub fn $pages(self) -> $crate::Pages<$request>
            where
                C: $crate::builder::Caller,
                $($state: required::$state,)*
            {
                self.0.pages::<$request>()
            }

            #[doc = concat!("What `", $action, "` lists, in as many calls as it takes.")]
            pub fn $items(self) -> $crate::Items<$request>
            where
                C: $crate::builder::Caller,
                $($state: required::$state,)*
            {
                self.0.items::<$request>()
            }
        }
    };
    ($builder:ident of $request:ident {
        sends $action:literal => $response:ident;
        $($state:ident => $message:literal, $label:literal;)*
    }) => {
        #[doc = concat!("Puts the parameters of `", $action, "` together.")]
        #[must_use = "a request does nothing until it is sent"]
        pub struct $builder<C = $crate::builder::NoClient, $($state = $crate::builder::Unset),*>(
            $crate::builder::Draft<C, ($($state,)*)>,
        );

        impl $request {
            /// Starts a request that is to be sent later.
            #[inline]
            pub fn builder() -> $builder {
                $builder($crate::builder::Draft::of::<$request>($crate::builder::NoClient))
            }
        }

        impl<C, $($state),*> $builder<C, $($state),*> {
            /// The request, to be kept or given to a client's `send`.
            pub fn build(self) -> $request
            where
                $($state: required::$state,)*
            {
                self.0.build()
            }

            #[doc = concat!("Calls `", $action, "`.")]
            #[inline]
            pub fn send(self) -> $crate::Call<$response>
            where
                C: $crate::builder::Caller,
                $($state: required::$state,)*
            {
                self.0.send::<$request>()
            }
        }

        $crate::__required!(required { $($state => $message, $label;)* });
    };
}

/// Defines the builder of a data type, as [`request!`](crate::builder::request) does that of a request.
#[doc(hidden)]
#[macro_export]
macro_rules! __data_builder {
    ($builder:ident of $record:ident, $module:ident {
        $($state:ident => $message:literal, $label:literal;)*
    }) => {
        #[doc = concat!("Puts the fields of `", stringify!($record), "` together.")]
        #[must_use = "nothing is built without `build()`"]
        pub struct $builder<$($state = $crate::builder::Unset),*>(
            $crate::builder::Draft<$crate::builder::NoClient, ($($state,)*)>,
        );

        impl $record {
            /// Starts with no field set.
            #[inline]
            pub fn builder() -> $builder {
                $builder($crate::builder::Draft::of::<$record>($crate::builder::NoClient))
            }
        }

        impl<$($state),*> $builder<$($state),*> {
            /// What was put together.
            pub fn build(self) -> $record
            where
                $($state: $module::$state,)*
            {
                self.0.build()
            }
        }

        $crate::__required!($module { $($state => $message, $label;)* });
    };
}

/// Defines a module of traits, one for each value that a builder must be given, with the compiler's message for the
/// case that it was not.
#[doc(hidden)]
#[macro_export]
macro_rules! __required {
    ($module:ident {}) => {};
    ($module:ident { $($name:ident => $message:literal, $label:literal;)* }) => {
        mod $module {
            $(
                #[diagnostic::on_unimplemented(message = $message, label = $label)]
                pub trait $name {}

                #[diagnostic::do_not_recommend]
                impl $name for $crate::builder::Set {}
            )*
        }
    };
}

pub use crate::__data_builder as data;
pub use crate::__request_builder as request;
