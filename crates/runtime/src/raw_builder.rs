use std::marker::PhantomData;

use tc3_protocol::message::{FieldReader, FieldType, FieldValue, Json, Message, Table, Values};

use crate::builder::Caller;
use crate::pages::Paginated;
use crate::{Action, Call, Items, Pages, Request, client::Attempts};

/// The values that a builder was given, and in its type `S` which of the required ones are among them.
///
/// It does not know the message's type, so that a program which sends a request without keeping it compiles no code for
/// that type.
pub struct RawBuilder<C, S> {
    content: Box<Content<C>>,
    state: PhantomData<fn() -> S>,
}

struct Content<C> {
    client: C,
    table: &'static Table,
    /// By the fields' indexes, and one for the unknown fields, which builders do not set.
    values: Vec<FieldValue>,
}

impl<C, S> RawBuilder<C, S> {
    /// A builder of messages of this type.
    pub fn of<T: Message>(client: C) -> Self {
        Self::new(Content::new(client, T::TABLE))
    }

    fn new(content: Box<Content<C>>) -> Self {
        let state = PhantomData;
        Self { content, state }
    }

    /// Sets the value of the field with this index.
    pub fn set<V: FieldType, T>(mut self, index: usize, value: V) -> RawBuilder<C, T> {
        self.content.set(index, value.into_value());
        RawBuilder::new(self.content)
    }

    /// Sets a String.
    pub fn string<T>(self, index: usize, value: impl Into<String>) -> RawBuilder<C, T> {
        self.set(index, value.into())
    }

    /// Sets JSON.
    pub fn json<T>(self, index: usize, value: impl Into<Json>) -> RawBuilder<C, T> {
        self.set(index, value.into())
    }

    /// Sets an array.
    pub fn list<V: FieldType, T>(
        self,
        index: usize,
        values: impl IntoIterator<Item = V>,
    ) -> RawBuilder<C, T> {
        self.set(index, Vec::from_iter(values))
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

    /// The message.
    pub fn build<T: Message>(mut self) -> T {
        T::read(&mut FieldReader::new(&mut self.content.values))
    }
}

impl<C: Caller, S> RawBuilder<C, S> {
    /// Calls the action that this is the request of.
    pub fn send<R: Request>(self) -> Call<R::Response> {
        Call::new(self.content.plan(R::ACTION, R::Response::TABLE))
    }

    /// The pages of what the action lists.
    pub fn pages<R: Paginated>(self) -> Pages<R> {
        let Content { client, values, .. } = *self.content;
        Pages::new(client.client().clone(), values)
    }

    /// The items that the action lists.
    pub fn items<R: Paginated>(self) -> Items<R> {
        Items::new(self.pages())
    }
}

/// What does not depend on the message's type is compiled once for all of them.
impl<C> Content<C> {
    fn new(client: C, table: &'static Table) -> Box<Self> {
        let values = vec![FieldValue::Absent; table.width()];
        Box::new(Self {
            client,
            table,
            values,
        })
    }

    fn set(&mut self, index: usize, value: FieldValue) {
        self.values[index] = value;
    }
}

impl<C: Caller> Content<C> {
    #[expect(clippy::boxed_local, reason = "dropping the box is compiled here once")]
    fn plan(self: Box<Self>, action: &'static Action, response: &'static Table) -> Box<Attempts> {
        let (client, parameters) = (self.client.client(), Values(&self.values));
        client.plan(action, self.table, &parameters, response)
    }
}
