//! Builders of the shape that generated code has: what they build and send.

use std::time::Duration;

use tc3::__private::{Field, FieldReader, FieldWriter, Kind, Message, RawBuilder, Table};
use tc3::builder::{NoClient, Set, Unset};
use tc3::testing::MockTransport;
use tc3::{
    Action, Client, Credential, EmptyResponse, ErrorKind, Json, Region, Request, Service,
    UnknownFields,
};

use crate::kinds::{Kinds, Tag};

static SERVICE: Service = Service::new("shop", "2021-03-31", "shop.tencentcloudapi.com");

#[derive(Clone, Debug, PartialEq)]
struct Order {
    goods: String,
    kinds: Option<Kinds>,
    tags: Option<Vec<Tag>>,
    names: Option<Vec<String>>,
    notes: Option<Vec<Json>>,
    price: Option<f64>,
    client_token: Option<String>,
    extra: UnknownFields,
}

impl Message for Order {
    const TABLE: &'static Table = &Table {
        name: "Order",
        fields: &[
            Field("Goods", Kind::String),
            Field("Kinds", Kind::Message(Kinds::table)),
            Field("Tags", Kind::List(&Kind::Message(Tag::table))),
            Field("Names", Kind::List(&Kind::String)),
            Field("Notes", Kind::List(&Kind::Json)),
            Field("Price", Kind::F64),
            Field("ClientToken", Kind::String),
        ],
        required: &["Goods"],
    };

    fn read(fields: &mut FieldReader<'_>) -> Self {
        Self {
            goods: fields.take().unwrap_or_default(),
            kinds: fields.take(),
            tags: fields.take(),
            names: fields.take(),
            notes: fields.take(),
            price: fields.take(),
            client_token: fields.take(),
            extra: fields.take_unknown(),
        }
    }

    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>) {
        fields.put(&[
            &self.goods,
            &self.kinds,
            &self.tags,
            &self.names,
            &self.notes,
            &self.price,
            &self.client_token,
            &self.extra,
        ]);
    }
}

impl Request for Order {
    type Response = EmptyResponse;

    const ACTION: &'static Action = &Action::new("Order", &SERVICE)
        .region(Region::Unused)
        .client_token(true);
}

struct OrderBuilder<C = NoClient, Goods = Unset>(RawBuilder<C, (Goods,)>);

fn order<C>(client: C) -> OrderBuilder<C> {
    OrderBuilder(RawBuilder::of::<Order>(client))
}

impl<C, Goods> OrderBuilder<C, Goods> {
    fn goods(self, value: impl Into<String>) -> OrderBuilder<C, Set> {
        OrderBuilder(self.0.string(0, value))
    }

    fn kinds(self, value: Kinds) -> Self {
        Self(self.0.set(1, value))
    }

    fn tags(self, value: impl IntoIterator<Item = Tag>) -> Self {
        Self(self.0.list(2, value))
    }

    fn names(self, value: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self(self.0.strings(3, value))
    }

    fn notes(self, value: impl IntoIterator<Item = impl Into<Json>>) -> Self {
        Self(self.0.jsons(4, value))
    }

    fn price(self, value: f64) -> Self {
        Self(self.0.set(5, value))
    }

    fn client_token(self, value: impl Into<String>) -> Self {
        Self(self.0.string(6, value))
    }
}

fn client(transport: &MockTransport) -> Client {
    Client::builder(&SERVICE)
        .credential(Credential::new("id", "key"))
        .transport(transport.clone())
        .timeout(Duration::from_secs(5))
        .build()
        .unwrap()
}

fn mock() -> MockTransport {
    let transport = MockTransport::new();
    transport.respond("Order", "{}");
    transport
}

fn tag(key: &str) -> Tag {
    Tag {
        tag_key: Some(key.to_owned()),
        ..Tag::default()
    }
}

fn full<C>(client: C) -> OrderBuilder<C, Set> {
    let kinds: Kinds = crate::read(r#"{"Count":1,"Members":[{"Name":"x"}],"New":1.5}"#);
    order(client)
        .names(["a", "b"])
        .notes([Json::from(1), Json::from("x")])
        .tags([tag("k"), tag("l")])
        .kinds(kinds)
        .goods("first")
        .goods("tea")
}

const FULL: &str = r#"{"Goods":"tea","Kinds":{"Count":1,"Members":[{"Name":"x"}],"New":1.5},"Tags":[{"TagKey":"k"},{"TagKey":"l"}],"Names":["a","b"],"Notes":[1,"x"],"ClientToken":"t"}"#;

#[tokio::test]
async fn builder_sends_what_it_was_given() {
    let transport = mock();
    let call = full(client(&transport)).client_token("t");
    call.0.send::<Order>().await.unwrap();
    let parameters = &transport.requests()[0].parameters;
    assert_eq!(
        *parameters,
        serde_json::from_str::<serde_json::Value>(FULL).unwrap()
    );
}

#[tokio::test]
async fn built_request_is_sent_alike() {
    let transport = mock();
    let request: Order = full(NoClient).client_token("t").0.build();
    assert_eq!(request.goods, "tea");
    assert_eq!(request.tags.as_ref().unwrap().len(), 2);
    assert_eq!(request.kinds.as_ref().unwrap().count, Some(1));
    client(&transport).send(&request).await.unwrap();
    let parameters = &transport.requests()[0].parameters;
    assert_eq!(
        *parameters,
        serde_json::from_str::<serde_json::Value>(FULL).unwrap()
    );
}

#[tokio::test]
async fn client_token_is_filled_in_unless_it_is_set() {
    let transport = mock();
    let client = client(&transport);
    for _ in 0..2 {
        order(client.clone())
            .goods("tea")
            .0
            .send::<Order>()
            .await
            .unwrap();
    }
    let mut request: Order = order(NoClient).goods("tea").0.build();
    request.extra.insert("ClientToken", "from extra");
    client.send(&request).await.unwrap();
    let requests = transport.requests();
    let token = |index: usize| requests[index].parameters["ClientToken"].as_str().unwrap();
    assert_eq!(token(0).len(), 36);
    assert_ne!(token(0), token(1));
    assert_eq!(token(2), "from extra");
}

#[tokio::test]
async fn numbers_that_json_lacks_are_refused() {
    let transport = mock();
    let client = client(&transport);
    let members = vec![
        Kinds::default(),
        Kinds {
            ratios: Some(vec![1.0, f64::NEG_INFINITY]),
            ..Kinds::default()
        },
    ];
    let kinds = Kinds {
        members: Some(members),
        ..Kinds::default()
    };
    for (builder, path) in [
        (
            order(client.clone()).goods("tea").price(f64::NAN),
            "`Price` is NaN",
        ),
        (
            order(client.clone()).goods("tea").kinds(kinds),
            "`Kinds.Members[1].Ratios[1]` is -inf",
        ),
    ] {
        let error = builder.0.send::<Order>().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.starts_with(path), "{source}");
    }
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn too_large_a_request_is_refused() {
    let transport = mock();
    let goods = "x".repeat(11 << 20);
    let call = order(client(&transport)).goods(goods).0.send::<Order>();
    let error = call.await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(
        error.to_string().contains("accept at most 10485760"),
        "{error}"
    );
}
