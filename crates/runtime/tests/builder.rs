//! Builders of the shape that generated code has: what they build and send.

use tc3::testing::MockTransport;
use tc3::{Client, Credential, ErrorKind, Extra, Service, Value};

static SERVICE: Service = Service::new("shop", "2021-03-31", "shop.tencentcloudapi.com");

/// An action with a parameter of each kind.
mod order {
    use tc3::builder::Set;
    use tc3::{Acknowledged, Client, Extra, Value};

    use super::SERVICE;

    pub(crate) struct OrderRequest {
        pub(crate) goods: String,
        pub(crate) count: Option<i64>,
        pub(crate) serial: Option<u64>,
        pub(crate) price: Option<f64>,
        pub(crate) urgent: Option<bool>,
        pub(crate) note: Option<Value>,
        pub(crate) tags: Option<Vec<Tag>>,
        pub(crate) names: Option<Vec<String>>,
        pub(crate) notes: Option<Vec<Value>>,
        pub(crate) grid: Option<Vec<Vec<i64>>>,
        pub(crate) tag: Option<Tag>,
        pub(crate) parent: Option<Box<Tag>>,
        pub(crate) client_token: Option<String>,
        pub(crate) extra: Extra,
    }

    tc3::record!(request OrderRequest {
        0 => goods: "Goods",
        1 => count: "Count",
        2 => serial: "Serial",
        3 => price: "Price",
        4 => urgent: "Urgent",
        5 => note: "Note",
        6 => tags: "Tags",
        7 => names: "Names",
        8 => notes: "Notes",
        9 => grid: "Grid",
        10 => tag: "Tag",
        11 => parent: "Parent",
        12 => client_token: "ClientToken",
    });

    tc3::action!("Order" of SERVICE {
        request: OrderRequest,
        response: Acknowledged,
        region: Unused,
        client_token: true,
    });

    tc3::builder::request!(OrderBuilder of OrderRequest {
        sends "Order" => Acknowledged;
        Goods => "`Order` needs the parameter `Goods`", "call `.goods(…)` before this";
    });

    pub(crate) fn order(client: &Client) -> OrderBuilder<Client> {
        OrderBuilder(tc3::builder::start::<OrderRequest, _>(client))
    }

    impl<C, Goods> OrderBuilder<C, Goods> {
        pub(crate) fn goods(self, value: impl Into<String>) -> OrderBuilder<C, Set> {
            OrderBuilder(self.0.text(0, value))
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

        pub(crate) fn note(self, value: impl Into<Value>) -> Self {
            Self(self.0.json(5, value))
        }

        pub(crate) fn tags(self, value: impl IntoIterator<Item = Tag>) -> Self {
            Self(self.0.list(6, value))
        }

        pub(crate) fn names(self, value: impl IntoIterator<Item = impl Into<String>>) -> Self {
            Self(self.0.texts(7, value))
        }

        pub(crate) fn notes(self, value: impl IntoIterator<Item = impl Into<Value>>) -> Self {
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
            Self(self.0.text(12, value))
        }
    }

    pub(crate) struct Tag {
        pub(crate) key: Option<String>,
        pub(crate) weight: Option<f64>,
        pub(crate) extra: Extra,
    }

    tc3::record!(Tag {
        0 => key: "Key",
        1 => weight: "Weight",
    });

    tc3::builder::data!(TagBuilder of Tag, tag_required {});

    impl TagBuilder {
        pub(crate) fn key(self, value: impl Into<String>) -> Self {
            Self(self.0.text(0, value))
        }

        pub(crate) fn weight(self, value: f64) -> Self {
            Self(self.0.set(1, value))
        }
    }
}

use order::{OrderBuilder, OrderRequest, Tag, order};

fn tag(key: &str) -> Tag {
    Tag::builder().key(key).build()
}

/// A client that gets this answer, and what it is asked.
fn client(response: &str) -> (Client, MockTransport) {
    let transport = MockTransport::new();
    transport.respond("Order", response);
    let client = Client::builder(&SERVICE)
        .credential(Credential::new("id", "key"))
        .transport(transport.clone())
        .build();
    (client.expect("the settings are right"), transport)
}

/// Everything but the required parameter, which stands for itself.
fn with_all<C, Goods>(order: OrderBuilder<C, Goods>) -> OrderBuilder<C, Goods> {
    let mut heavy = tag("heavy");
    heavy.weight = Some(2.5);
    heavy.extra.insert("Colour", "red");
    order
        .count(-3)
        .serial(u64::MAX)
        .price(0.5)
        .urgent(true)
        .note(Value::Null)
        .tags([tag("a"), heavy.clone()])
        .names(["x", ""])
        .notes([Value::from(1), Value::from("n")])
        .grid([vec![1, 2], vec![]])
        .tag(heavy)
        .parent(tag("p"))
}

const ALL: &str = r#"{"Goods":"tea","Count":-3,"Serial":18446744073709551615,"Price":0.5,"Urgent":true,"Note":null,"Tags":[{"Key":"a"},{"Key":"heavy","Weight":2.5,"Colour":"red"}],"Names":["x",""],"Notes":[1,"n"],"Grid":[[1,2],[]],"Tag":{"Key":"heavy","Weight":2.5,"Colour":"red"},"Parent":{"Key":"p"},"ClientToken":"t"}"#;

fn asked(transport: &MockTransport) -> Vec<String> {
    let asked = transport.requests().into_iter();
    asked.map(|asked| asked.parameters.to_string()).collect()
}

#[tokio::test]
async fn what_was_set_is_built_and_sent() {
    let (client, transport) = client("{}");
    let built = with_all(OrderRequest::builder().goods("tea"))
        .client_token("t")
        .build();
    assert_eq!(
        String::from_utf8(tc3::json::write(&built).unwrap()).unwrap(),
        ALL
    );
    let sent = with_all(order(&client).goods("tea")).client_token("t");
    sent.send().await.expect("it is answered");
    client.send(&built).await.expect("it is answered");
    assert_eq!(asked(&transport), [ALL, ALL]);
    // What was built has a type, and what it holds is where its fields are.
    assert_eq!(built.parent, Some(Box::new(tag("p"))));
    assert_eq!(built.grid, Some(vec![vec![1, 2], vec![]]));
    let extra = &built.tags.expect("they were set")[1].extra;
    assert_eq!(extra.get("Colour"), Some(&Value::from("red")));
}

#[test]
fn what_was_not_set_is_absent() {
    let built = OrderRequest::builder().goods("tea").build();
    let text = tc3::json::write(&built).unwrap();
    assert_eq!(text, br#"{"Goods":"tea"}"#);
    assert_eq!(built.extra, Extra::new());
    // An array without elements is one all the same.
    let built = OrderRequest::builder().goods("").tags([]).names([""; 0]);
    let built = built.build();
    assert_eq!((built.tags, built.names), (Some(vec![]), Some(vec![])));
}

#[test]
fn the_last_value_counts() {
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
    let tag = built.tag.expect("it was set");
    assert_eq!((tag.key.as_deref(), tag.weight), (Some("new"), None));
    assert_eq!(tag.extra, Extra::new());
}

#[tokio::test]
async fn a_number_that_json_cannot_write_is_not_sent() {
    let (client, transport) = client("{}");
    for wrong in [f64::NAN, f64::INFINITY] {
        let deep = Tag::builder().weight(wrong).build();
        for order in [
            order(&client).goods("tea").price(wrong),
            order(&client).goods("tea").tags([tag("a"), deep.clone()]),
            order(&client).goods("tea").parent(deep),
        ] {
            let error = order.send().await.expect_err("it cannot be written");
            assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        }
    }
    assert!(asked(&transport).is_empty());
}

/// An empty response is not dropped where a call fails: so nothing may be left in it by then.
#[test]
fn a_call_that_fails_leaks_nothing() {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.expect("it needs nothing");
    // How many allocations stay. Some do: the transport keeps what it was asked.
    let kept = |response: &str| {
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
    let (is_ok, good) = kept(r#"{"RequestId":"1","Deep":[1,{"a":"b"}]}"#);
    assert!(is_ok);
    let wrong = r#"{"RequestId":"1","Deep":[1,{"a":"b"}],"Error":{"Code":"InternalError"}}"#;
    assert_eq!(kept(wrong), (false, good));
}

#[tokio::test]
async fn a_client_token_is_made_where_none_was_set() {
    let (client, transport) = client("{}");
    for token in [None, None, Some("own"), Some("")] {
        let order = order(&client).goods("tea");
        let order = match token {
            Some(token) => order.client_token(token),
            None => order,
        };
        order.send().await.expect("it is answered");
    }
    let asked = transport.requests();
    let tokens: Vec<&str> = asked
        .iter()
        .map(|asked| {
            let Value::Object(parameters) = &asked.parameters else {
                panic!("{asked:?}");
            };
            let token = parameters.get("ClientToken").expect("there is one");
            token.as_str().expect("a text")
        })
        .collect();
    assert_eq!(tokens[2..], ["own", ""]);
    assert_eq!((tokens[0].len(), tokens[1].len()), (36, 36));
    assert_ne!(tokens[0], tokens[1]);
}
