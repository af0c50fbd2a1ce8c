use std::marker::PhantomData;

use super::Caller;
use super::parameters::Parameters;
use crate::client::Attempts;
use crate::pages::Paginated;
use crate::record::{self, Element, Given, Record, Slots as _, Table, Values as _};
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
        unsent: Unsent::of(client, R::LAYOUT.table()),
        state: PhantomData,
    }
}

impl<C, S> Draft<C, S> {
    /// A record with nothing in it.
    pub fn of<R: Record>(client: C) -> Self {
        Self {
            unsent: Unsent::new(client, R::LAYOUT.table()),
            state: PhantomData,
        }
    }

    /// The same with a value for the field of this index, in a state that the caller vouches for.
    #[inline]
    pub fn set<T>(self, index: usize, value: impl Into<Given>) -> Draft<C, T> {
        Draft {
            unsent: self.unsent.with(index, value),
            state: PhantomData,
        }
    }

    /// [`set`](Self::set) for a String.
    #[inline]
    pub fn text<T>(self, index: usize, value: impl Into<String>) -> Draft<C, T> {
        self.set(index, Text(value))
    }

    /// [`set`](Self::set) for JSON.
    #[inline]
    pub fn json<T>(self, index: usize, value: impl Into<Value>) -> Draft<C, T> {
        self.set(index, Json(value))
    }

    /// [`set`](Self::set) for an array.
    #[inline]
    pub fn list<T>(
        self,
        index: usize,
        items: impl IntoIterator<Item = impl Element>,
    ) -> Draft<C, T> {
        self.set(index, Array(items))
    }

    /// [`set`](Self::set) for an array of Strings.
    #[inline]
    pub fn texts<T>(
        self,
        index: usize,
        items: impl IntoIterator<Item = impl Into<String>>,
    ) -> Draft<C, T> {
        self.set(index, Texts(items))
    }

    /// [`set`](Self::set) for an array of JSON.
    #[inline]
    pub fn jsons<T>(
        self,
        index: usize,
        items: impl IntoIterator<Item = impl Into<Value>>,
    ) -> Draft<C, T> {
        self.set(index, Jsons(items))
    }

    /// The record that this is the draft of.
    ///
    /// It is a copy: to move what was given into its fields would take code for each type of a list.
    pub fn build<R: Record>(self) -> R {
        let mut record = R::empty();
        record::copy(self.unsent.parameters.fields(), record.places());
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

    /// The same with a value for the field of this index.
    ///
    /// The conversion happens here, and this is dropped here if it panics: so a call that sets a value is a call of this
    /// function and no more, which is compiled once for each type of value that is given.
    #[inline(never)]
    fn with<V: Into<Given>>(mut self: Box<Self>, index: usize, value: V) -> Box<Self> {
        self.parameters.set(index, value.into());
        self
    }

    #[inline(never)]
    #[expect(
        clippy::boxed_local,
        reason = "it is dropped here, and not in the code of each call"
    )]
    fn plan(self: Box<Self>, action: &'static Action) -> Box<Attempts>
    where
        C: Caller,
    {
        self.client.client().plan(action, &self.parameters)
    }
}

/// What is to become a String.
struct Text<V>(V);

impl<V: Into<String>> From<Text<V>> for Given {
    fn from(Text(value): Text<V>) -> Self {
        Self::Str(value.into())
    }
}

/// What is to become JSON.
struct Json<V>(V);

impl<V: Into<Value>> From<Json<V>> for Given {
    fn from(Json(value): Json<V>) -> Self {
        Self::Value(value.into())
    }
}

/// What is to become an array.
struct Array<I>(I);

impl<T: Element, I: IntoIterator<Item = T>> From<Array<I>> for Given {
    fn from(Array(items): Array<I>) -> Self {
        let mut list = Vec::new();
        for item in items {
            list.push(item);
        }
        list.into()
    }
}

/// What is to become an array of Strings.
struct Texts<I>(I);

impl<V: Into<String>, I: IntoIterator<Item = V>> From<Texts<I>> for Given {
    fn from(Texts(items): Texts<I>) -> Self {
        let mut list = Vec::<String>::new();
        for item in items {
            list.push(item.into());
        }
        list.into()
    }
}

/// What is to become an array of JSON.
struct Jsons<I>(I);

impl<V: Into<Value>, I: IntoIterator<Item = V>> From<Jsons<I>> for Given {
    fn from(Jsons(items): Jsons<I>) -> Self {
        Vec::from_iter(items.into_iter().map(Into::<Value>::into)).into()
    }
}
