use std::marker::PhantomData;

use tc3_protocol::message::{FieldReader, FieldType, FieldValue, Json, Message, Table, Values};

use crate::builder::Caller;
use crate::pages::Paginated;
use crate::{Action, Call, Items, Pages, Request, client::Attempts};

/// Values that were set in a builder. Its type `S` records which required values are among them.
///
/// It does not know the message's type, so that a program which sends a request without keeping it compiles no code for
/// that type.
pub struct RawBuilder<C, S> {
    inner: Box<Inner<C>>,
    state: PhantomData<fn() -> S>,
}

struct Inner<C> {
    client: C,
    fields: Fields,
}

/// Values without the message's type. Their code is compiled once, with this crate.
struct Fields {
    table: &'static Table,
    /// Values by field index, and one for the unknown fields, which builders do not set.
    values: Vec<FieldValue>,
}

impl<C, S> RawBuilder<C, S> {
    /// Creates a builder of messages of this type.
    pub fn of<T: Message>(client: C) -> Self {
        Self::new(Inner::new(client, T::TABLE))
    }

    fn new(inner: Box<Inner<C>>) -> Self {
        let state = PhantomData;
        Self { inner, state }
    }

    /// Sets the value of the field with this index.
    pub fn set<V: FieldType, T>(self, index: usize, value: V) -> RawBuilder<C, T> {
        RawBuilder::new(self.inner.with(index, value))
    }

    /// Sets a String.
    pub fn string<T>(self, index: usize, value: impl Into<String>) -> RawBuilder<C, T> {
        RawBuilder::new(self.inner.with_into::<String>(index, value))
    }

    /// Sets JSON.
    pub fn json<T>(self, index: usize, value: impl Into<Json>) -> RawBuilder<C, T> {
        RawBuilder::new(self.inner.with_into::<Json>(index, value))
    }

    /// Sets an array.
    pub fn list<V: FieldType, T>(
        self,
        index: usize,
        values: impl IntoIterator<Item = V>,
    ) -> RawBuilder<C, T> {
        RawBuilder::new(self.inner.with_list(index, values))
    }

    /// Sets an array of Strings.
    pub fn strings<T>(
        self,
        index: usize,
        values: impl IntoIterator<Item = impl Into<String>>,
    ) -> RawBuilder<C, T> {
        self.list(index, values.into_iter().map(Into::<String>::into))
    }

    /// Sets an array of JSON.
    pub fn jsons<T>(
        self,
        index: usize,
        values: impl IntoIterator<Item = impl Into<Json>>,
    ) -> RawBuilder<C, T> {
        self.list(index, values.into_iter().map(Into::<Json>::into))
    }

    /// Builds the message.
    pub fn build<T: Message>(mut self) -> T {
        T::read(&mut FieldReader::new(&mut self.inner.fields.values))
    }
}

impl<C: Caller, S> RawBuilder<C, S> {
    /// Returns the call, which sends the request when it is awaited.
    pub fn send<R: Request>(self) -> Call<R::Response> {
        Call::new(self.inner.plan(R::ACTION, R::Response::TABLE))
    }

    /// Returns the pages of the list.
    pub fn pages<R: Paginated>(self) -> Pages<R> {
        let Inner { client, fields } = *self.inner;
        Pages::new(client.client().clone(), fields.values)
    }

    /// Returns the items of the list.
    pub fn items<R: Paginated>(self) -> Items<R> {
        Items::new(self.pages())
    }
}

impl Fields {
    fn new(table: &'static Table) -> Self {
        let values = vec![FieldValue::Absent; table.width()];
        Self { table, values }
    }

    fn set(&mut self, index: usize, value: FieldValue) {
        self.values[index] = value;
    }
}

/// Code that does not depend on the message's type, compiled once. Methods take the box, so that their callers, which
/// are compiled for each action, need no code to release it.
impl<C> Inner<C> {
    fn new(client: C, table: &'static Table) -> Box<Self> {
        let fields = Fields::new(table);
        Box::new(Self { client, fields })
    }

    fn with<V: FieldType>(mut self: Box<Self>, index: usize, value: V) -> Box<Self> {
        self.fields.set(index, value.into_value());
        self
    }

    fn with_into<V: FieldType>(self: Box<Self>, index: usize, value: impl Into<V>) -> Box<Self> {
        self.with(index, value.into())
    }

    fn with_list<V: FieldType>(
        mut self: Box<Self>,
        index: usize,
        values: impl IntoIterator<Item = V>,
    ) -> Box<Self> {
        self.fields.set(index, V::list_into_value(values));
        self
    }
}

impl<C: Caller> Inner<C> {
    #[expect(clippy::boxed_local, reason = "dropping the box is compiled here once")]
    fn plan(self: Box<Self>, action: &'static Action, response: &'static Table) -> Box<Attempts> {
        let Fields { table, values } = &self.fields;
        let client = self.client.client();
        client.plan(action, table, &Values(values), response)
    }
}
