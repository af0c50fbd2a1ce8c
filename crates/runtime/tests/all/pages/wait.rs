//! Pages without an async runtime.

use tc3::{Client, Credential, ErrorKind, testing::MockTransport};

use super::{
    mock_service::MockService,
    requests::{ByTotal, SERVICE},
};

const FIRST: &str = r#"{"Names": ["a", "b"], "Total": 3}"#;
const LAST: &str = r#"{"Names": ["c"], "Total": 3}"#;

fn client() -> (Client, MockTransport) {
    let transport = MockTransport::new();
    transport.respond("ByTotal", FIRST).respond("ByTotal", LAST);
    let client = Client::builder(&SERVICE)
        .credential(Credential::new("AKIDtest", "key"))
        .transport(transport.clone())
        .build()
        .unwrap();
    (client, transport)
}

#[test]
fn pages_and_items_are_iterators() {
    let (client, transport) = client();
    let items: Result<Vec<String>, _> = client.items(ByTotal::default()).wait().collect();
    assert_eq!(items.unwrap(), ["a", "b", "c"]);
    assert_eq!(transport.requests().len(), 2);
    let mut pages = client.pages(ByTotal::default()).wait();
    assert!(pages.next().unwrap().is_ok());
    assert_eq!(transport.requests().len(), 3);
}

#[test]
fn async_transport_is_one_error() {
    let client = MockService::new(&[]).client();
    let errors: Vec<_> = client.pages(ByTotal::default()).wait().collect();
    assert_eq!(errors.len(), 1);
    let items: Vec<_> = client.items(ByTotal::default()).wait().collect();
    let [Err(error)] = &items[..] else {
        panic!("expected one error");
    };
    assert_eq!(error.kind(), ErrorKind::Setting);
    assert!(error.to_string().contains("build_blocking"), "{error}");
}
