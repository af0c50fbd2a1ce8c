//! What the builders of generated code stand on.
//!
//! A builder has a type parameter for each value that must be given: [`Unset`] at first, [`Set`] once it is. Its
//! `build` and `send` ask for one trait for each of them, which only [`Set`] implements; so a builder that lacks a
//! value does not compile, and the compiler's message is the one that the trait has for this case.

use std::fmt;
use std::marker::PhantomData;

use crate::pages::Paginated;
use crate::record::Record;
use crate::{Call, Client, Items, Pages, Request};

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

impl Client {
    /// A record in the making that `send` can be called on. Generated clients call it.
    #[doc(hidden)]
    pub fn draft<R: Record, S>(&self) -> Draft<Self, R, S> {
        Draft::new(self.clone())
    }
}

/// A record in the making. Generated builders are made of one.
#[doc(hidden)]
pub struct Draft<C, R, S> {
    client: C,
    pub record: R,
    state: PhantomData<fn() -> S>,
}

impl<C, R: Record, S> Draft<C, R, S> {
    /// A record with nothing in it.
    pub fn new(client: C) -> Self {
        Self {
            client,
            record: R::empty(),
            state: PhantomData,
        }
    }

    /// The same, in a state that the caller vouches for.
    pub fn into_state<T>(self) -> Draft<C, R, T> {
        Draft {
            client: self.client,
            record: self.record,
            state: PhantomData,
        }
    }

    /// Calls the action whose request this is.
    pub fn send(self) -> Call<R::Response>
    where
        C: Caller,
        R: Request,
    {
        self.client.client().send(&self.record)
    }

    /// The pages of what the action lists.
    pub fn pages(self) -> Pages<R>
    where
        C: Caller,
        R: Paginated,
    {
        self.client.client().pages(self.record)
    }

    /// What the action lists.
    pub fn items(self) -> Items<R>
    where
        C: Caller,
        R: Paginated,
    {
        self.client.client().items(self.record)
    }
}

impl<C, R: Record, S> fmt::Debug for Draft<C, R, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        crate::record::debug(&self.record, f)
    }
}

/// Defines a module of traits, one for each value that a builder must be given, with the compiler's message for the
/// case that it was not.
#[doc(hidden)]
#[macro_export]
macro_rules! __required {
    (mod $module:ident { $($name:ident => $message:literal, $label:literal;)* }) => {
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

pub use crate::__required as required;

/// A list of what a setter was given.
#[doc(hidden)]
pub fn list<T>(items: impl IntoIterator<Item = impl Into<T>>) -> Vec<T> {
    items.into_iter().map(Into::into).collect()
}
