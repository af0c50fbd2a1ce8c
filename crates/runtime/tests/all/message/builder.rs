//! Builders in the form of generated code.

use tc3::testing::MockTransport;
use tc3::{Client, Credential, ErrorKind, Json, Service, UnknownFields};
use tracing::subscriber::NoSubscriber;

use super::written;

static SERVICE: Service = Service::new("shop", "2021-03-31", "shop.tencentcloudapi.com");

/// Action with a parameter of each kind.
mod order {
    use tc3::__private::RawBuilder;
    use tc3::builder::{Caller, NoClient, Set, Unset};
    use tc3::{Action, Call, Client, EmptyResponse, Json, Region, Request};

    use super::SERVICE;

    messages! {
        OrderRequest ["Goods"] {
            "Goods" goods: required String = Kind::String;
            "Count" count: optional i64 = Kind::I64;
            "Serial" serial: optional u64 = Kind::U64;
            "Price" price: optional f64 = Kind::F64;
            "Urgent" urgent: optional bool = Kind::Bool;
            "Note" note: optional Json = Kind::Json;
            "Tags" tags: optional Vec<Tag> = Kind::List(&Kind::Message(Tag::table));
            "Names" names: optional Vec<String> = Kind::List(&Kind::String);
            "Notes" notes: optional Vec<Json> = Kind::List(&Kind::Json);
            "Grid" grid: optional Vec<Vec<i64>> = Kind::List(&Kind::List(&Kind::I64));
            "Tag" tag: optional Tag = Kind::Message(Tag::table);
            "Parent" parent: boxed Tag = Kind::Message(Tag::table);
            "ClientToken" client_token: optional String = Kind::String;
        }

        Tag {
            "Key" key: optional String = Kind::String;
            "Weight" weight: optional f64 = Kind::F64;
        }
    }

    impl Request for OrderRequest {
        type Response = EmptyResponse;
        const ACTION: &'static Action = &Action::new("Order", &SERVICE)
            .region(Region::Unused)
            .client_token(true);
    }

    pub(crate) struct OrderBuilder<C = NoClient, Goods = Unset>(RawBuilder<C, (Goods,)>);

    pub(crate) fn order(client: &Client) -> OrderBuilder<Client> {
        OrderBuilder(RawBuilder::of::<OrderRequest>(client.clone()))
    }

    impl OrderRequest {
        pub(crate) fn builder() -> OrderBuilder {
            OrderBuilder(RawBuilder::of::<Self>(NoClient))
        }
    }

    impl<C> OrderBuilder<C, Set> {
        pub(crate) fn build(self) -> OrderRequest {
            self.0.build()
        }

        pub(crate) fn send(self) -> Call<EmptyResponse>
        where
            C: Caller,
        {
            self.0.send::<OrderRequest>()
        }
    }

    impl<C, Goods> OrderBuilder<C, Goods> {
        pub(crate) fn goods(self, value: impl Into<String>) -> OrderBuilder<C, Set> {
            OrderBuilder(self.0.string(0, value))
        }

        pub(crate) fn count(self, value: i64) -> Self {
            Self(self.0.set(1, value))
        }

        pub(crate) fn serial(self, value: u64) -> Self {
            Self(self.0.set(2, value))
        }

        pub(crate) fn price(self, value: f64) -> Self {
            Self(self.0.set(3, value))
        }

        pub(crate) fn urgent(self, value: bool) -> Self {
            Self(self.0.set(4, value))
        }

        pub(crate) fn note(self, value: impl Into<Json>) -> Self {
            Self(self.0.json(5, value))
        }

        pub(crate) fn tags(self, value: impl IntoIterator<Item = Tag>) -> Self {
            Self(self.0.list(6, value))
        }

        pub(crate) fn names(self, value: impl IntoIterator<Item = impl Into<String>>) -> Self {
            Self(self.0.strings(7, value))
        }

        pub(crate) fn notes(self, value: impl IntoIterator<Item = impl Into<Json>>) -> Self {
            Self(self.0.jsons(8, value))
        }

        pub(crate) fn grid(self, value: impl IntoIterator<Item = Vec<i64>>) -> Self {
            Self(self.0.list(9, value))
        }

        pub(crate) fn tag(self, value: Tag) -> Self {
            Self(self.0.set(10, value))
        }

        pub(crate) fn parent(self, value: Tag) -> Self {
            Self(self.0.set(11, value))
        }

        pub(crate) fn client_token(self, value: impl Into<String>) -> Self {
            Self(self.0.string(12, value))
        }
    }
}

use order::{OrderBuilder, OrderRequest, Tag, order};

fn tag(key: &str) -> Tag {
    Tag {
        key: Some(key.to_owned()),
        ..Tag::default()
    }
}

/// Returns a client whose calls get this response, and its transport.
fn client(response: &str) -> (Client, MockTransport) {
    let transport = MockTransport::new();
    transport.respond("Order", response);
    let client = Client::builder(&SERVICE)
        .credential(Credential::new("id", "key"))
        .transport(transport.clone())
        .build();
    (client.expect("valid settings"), transport)
}

/// Sets all parameters but the required one and the token.
fn with_all<C, Goods>(order: OrderBuilder<C, Goods>) -> OrderBuilder<C, Goods> {
    let mut heavy = tag("heavy");
    heavy.weight = Some(2.5);
    heavy.extra.insert("Colour", "red");
    order
        .count(-3)
        .serial(u64::MAX)
        .price(0.5)
        .urgent(true)
        .note(())
        .tags([tag("a"), heavy.clone()])
        .names(["x", ""])
        .notes([Json::from(1), Json::from("n")])
        .grid([vec![1, 2], vec![]])
        .tag(heavy)
        .parent(tag("p"))
}

const ALL: &str = r#"{"Goods":"tea","Count":-3,"Serial":18446744073709551615,"Price":0.5,"Urgent":true,"Note":null,"Tags":[{"Key":"a"},{"Key":"heavy","Weight":2.5,"Colour":"red"}],"Names":["x",""],"Notes":[1,"n"],"Grid":[[1,2],[]],"Tag":{"Key":"heavy","Weight":2.5,"Colour":"red"},"Parent":{"Key":"p"},"ClientToken":"t"}"#;

#[tokio::test]
async fn set_fields_are_built_and_sent() {
    let (client, transport) = client("{}");
    let built = with_all(OrderRequest::builder().goods("tea")).client_token("t");
    let built = built.build();
    assert_eq!(written(&built), ALL);
    let sent = with_all(order(&client).goods("tea")).client_token("t");
    sent.send().await.expect("a response");
    client.send(&built).await.expect("a response");
    let expected: serde_json::Value = ALL.parse().expect("JSON");
    let requests = transport
        .requests()
        .into_iter()
        .map(|request| request.parameters);
    assert_eq!(Vec::from_iter(requests), [expected.clone(), expected]);
    assert_eq!(built.parent, Some(Box::new(tag("p"))));
    assert_eq!(built.grid, Some(vec![vec![1, 2], vec![]]));
    let extra = &built.tags.expect("tags")[1].extra;
    assert_eq!(extra.get("Colour"), Some(&Json::from("red")));
}

#[test]
fn unset_fields_are_absent() {
    let built = OrderRequest::builder().goods("tea").build();
    assert_eq!(written(&built), r#"{"Goods":"tea"}"#);
    assert_eq!(built.extra, UnknownFields::new());
    // An empty list is present.
    let built = OrderRequest::builder().goods("").tags([]).names([""; 0]);
    let built = built.build();
    assert_eq!((built.tags, built.names), (Some(vec![]), Some(vec![])));
}

#[test]
fn last_value_is_used() {
    let built = with_all(OrderRequest::builder().goods("coffee"))
        .goods(String::from("tea"))
        .count(1)
        .count(2)
        .names(["old", "older"])
        .names(["new"])
        .tag(tag("new"))
        .build();
    assert_eq!((built.goods.as_str(), built.count), ("tea", Some(2)));
    assert_eq!(built.names, Some(vec!["new".to_owned()]));
    let tag = built.tag.expect("a tag");
    assert_eq!((tag.key.as_deref(), tag.weight), (Some("new"), None));
    assert_eq!(tag.extra, UnknownFields::new());
}

#[tokio::test]
async fn nan_and_infinity_are_not_sent() {
    let (client, transport) = client("{}");
    for number in [f64::NAN, f64::INFINITY] {
        let mut deep = tag("deep");
        deep.weight = Some(number);
        for (order, path) in [
            (order(&client).goods("tea").price(number), "`Price`"),
            (
                order(&client).goods("tea").tags([tag("a"), deep.clone()]),
                "`Tags[1].Weight`",
            ),
            (order(&client).goods("tea").parent(deep), "`Parent.Weight`"),
        ] {
            let error = order.send().await.expect_err("NaN or infinity");
            assert_eq!(error.kind(), ErrorKind::Request, "{error}");
            let source = std::error::Error::source(&error).expect("the writer's error");
            assert!(source.to_string().starts_with(path), "{source}");
        }
    }
    assert!(transport.requests().is_empty());
}

#[test]
fn calls_leak_nothing() {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("a runtime");
    // Other tests of this process collect events, which remain.
    let _quiet = tracing::subscriber::set_default(NoSubscriber::default());
    // Number of allocations that remain. The mock transport records requests, so it is not zero.
    let remaining = |response: &str| {
        let (client, _) = client(response);
        let call = || runtime.block_on(order(&client).goods("tea").send()).is_ok();
        let is_ok = call();
        let calls = || {
            for _ in 0..32 {
                assert_eq!(call(), is_ok);
            }
        };
        (is_ok, allocation_counter::measure(calls).count_current)
    };
    let (is_ok, expected) = remaining(r#"{"RequestId":"1","Deep":[1,{"a":"b"}]}"#);
    assert!(is_ok);
    let error = r#"{"RequestId":"1","Deep":[1,{"a":"b"}],"Error":{"Code":"InvalidParameter"}}"#;
    assert_eq!(remaining(error), (false, expected));
}

#[tokio::test]
async fn client_token_is_generated_unless_set() {
    let (client, transport) = client("{}");
    for token in [None, None, Some("own"), Some("")] {
        let order = order(&client).goods("tea");
        let order = match token {
            Some(token) => order.client_token(token),
            None => order,
        };
        order.send().await.expect("a response");
    }
    // An entry in `extra` counts as set, whatever its type.
    let mut request = OrderRequest::builder().goods("tea").build();
    client.send(&request).await.expect("a response");
    request.extra.insert("ClientToken", 7);
    client.send(&request).await.expect("a response");
    let requests = transport.requests();
    let token = |index: usize| &requests[index].parameters["ClientToken"];
    let generated = [0, 1, 4].map(|index| token(index).as_str().expect("a text"));
    assert!(
        generated.iter().all(|token| token.len() == 36),
        "{generated:?}"
    );
    assert!(generated[0] != generated[1] && generated[1] != generated[2]);
    assert_eq!((token(2), token(3)), (&"own".into(), &"".into()));
    assert_eq!(token(5), 7);
    assert_eq!(
        requests[5].parameters.as_object().expect("an object").len(),
        2
    );
}

#[tokio::test]
async fn too_large_request_is_refused() {
    let (client, transport) = client("{}");
    let error = order(&client).goods("x".repeat(11 << 20)).send().await;
    let error = error.expect_err("too large");
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(
        error.to_string().contains("accept at most 10485760"),
        "{error}"
    );
    assert!(transport.requests().is_empty());
}
