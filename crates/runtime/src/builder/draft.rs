use std::fmt;
use std::marker::PhantomData;

use super::Caller;
use super::parameters::Parameters;
use crate::client::Flight;
use crate::pages::Paginated;
use crate::record::{self, Element, Given, Record, Table};
use crate::{Action, Call, Client, Items, Pages, Request, Value};

/// A record in the making, in the state `S`. Generated builders are made of one.
///
/// It knows what was given and not the record's type, so that a program which sends a request without keeping it has no
/// code for its type.
#[doc(hidden)]
pub struct Draft<C, S> {
    unsent: Box<Unsent<C>>,
    state: PhantomData<fn() -> S>,
}

struct Unsent<C> {
    client: C,
    parameters: Parameters,
}

/// A request in the making that `send` can be called on.
#[doc(hidden)]
#[inline]
pub fn start<R: Request, S>(client: &Client) -> Draft<Client, S> {
    Draft {
        unsent: Unsent::of(client, R::TABLE),
        state: PhantomData,
    }
}

impl<C, S> Draft<C, S> {
    /// A record with nothing in it.
    pub fn of<R: Record>(client: C) -> Self {
        Self {
            unsent: Unsent::new(client, R::TABLE),
            state: PhantomData,
        }
    }

    /// The same with a value for the field of this index, in a state that the caller vouches for.
    #[inline]
    pub fn set<T>(mut self, index: usize, value: impl Into<Given>) -> Draft<C, T> {
        self.unsent.parameters.set(index, value.into());
        Draft {
            unsent: self.unsent,
            state: PhantomData,
        }
    }

    /// [`set`](Self::set) for a String.
    #[inline]
    pub fn text<T>(self, index: usize, value: impl Into<String>) -> Draft<C, T> {
        self.set(index, value.into())
    }

    /// [`set`](Self::set) for JSON.
    #[inline]
    pub fn json<T>(self, index: usize, value: impl Into<Value>) -> Draft<C, T> {
        self.set(index, value.into())
    }

    /// [`set`](Self::set) for an array.
    #[inline]
    pub fn list<T>(
        self,
        index: usize,
        items: impl IntoIterator<Item = impl Element>,
    ) -> Draft<C, T> {
        self.set(index, Vec::from_iter(items))
    }

    /// [`set`](Self::set) for an array of Strings.
    #[inline]
    pub fn texts<T>(
        self,
        index: usize,
        items: impl IntoIterator<Item = impl Into<String>>,
    ) -> Draft<C, T> {
        self.list(index, items.into_iter().map(Into::<String>::into))
    }

    /// [`set`](Self::set) for an array of JSON.
    #[inline]
    pub fn jsons<T>(
        self,
        index: usize,
        items: impl IntoIterator<Item = impl Into<Value>>,
    ) -> Draft<C, T> {
        self.list(index, items.into_iter().map(Into::<Value>::into))
    }

    /// The record that this is the draft of.
    pub fn build<R: Record>(self) -> R {
        let mut record = R::empty();
        record::copy(&self.unsent.parameters, &mut record);
        record
    }

    /// Calls the action whose request this is.
    #[inline]
    pub fn send<R: Request>(self) -> Call<R::Response>
    where
        C: Caller,
    {
        Call::new(self.unsent.plan(R::ACTION))
    }

    /// The pages of what the action lists.
    pub fn pages<R: Paginated>(self) -> Pages<R>
    where
        C: Caller,
    {
        let client = self.unsent.client.client().clone();
        client.pages(self.build())
    }

    /// What the action lists.
    pub fn items<R: Paginated>(self) -> Items<R>
    where
        C: Caller,
    {
        Items::new(self.pages())
    }
}

impl Unsent<Client> {
    /// What a call begins with, which is compiled once.
    #[inline(never)]
    fn of(client: &Client, table: Table) -> Box<Self> {
        Self::new(client.clone(), table)
    }
}

impl<C> Unsent<C> {
    fn new(client: C, table: Table) -> Box<Self> {
        Box::new(Self {
            client,
            parameters: Parameters::new(table),
        })
    }

    #[inline(never)]
    #[expect(
        clippy::boxed_local,
        reason = "it is dropped here, and not in the code of each call"
    )]
    fn plan(self: Box<Self>, action: &'static Action) -> Box<Flight>
    where
        C: Caller,
    {
        self.client.client().plan(action, &self.parameters)
    }
}

impl<C, S> fmt::Debug for Draft<C, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        record::debug(&self.unsent.parameters, f)
    }
}
