//! What a call allocates, against a bare POST by hyper-util whose response is read by `serde_json`'s derives.

use http_body_util::{BodyExt as _, Full};
use hyper_util::{client::legacy::Client as Bare, rt::TokioExecutor};
use tc3::{
    Client,
    transport::{Bytes, http::Request},
};
use tokio::runtime::Runtime;

use crate::{
    api::{Find, SERVICE, credential},
    server::{Server, envelope},
};

const FOUND: &str = r#"{"Uin":7,"RequestId":"id-1"}"#;

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope {
    response: Found,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Found {
    uin: Option<i64>,
    request_id: String,
}

/// Headers that are not made by the HTTP client.
const HEADERS: [&str; 6] = [
    "content-type",
    "user-agent",
    "authorization",
    "x-tc-action",
    "x-tc-version",
    "x-tc-timestamp",
];

/// Returns how many allocations a future makes once connections are open and buffers have grown.
fn allocations<F: Future>(runtime: &Runtime, call: impl Fn() -> F) -> u64 {
    let counts = (0..20).map(|_| {
        let call = call();
        let count = allocation_counter::measure(|| {
            runtime.block_on(call);
        });
        count.count_total
    });
    counts.min().unwrap()
}

#[test]
fn call_allocates_little_more_than_a_bare_post() {
    let server = Server::answering(envelope(FOUND));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let client = Client::builder(&SERVICE)
        .credential(credential())
        .endpoint(server.endpoint())
        .no_proxy()
        .build()
        .unwrap();
    let own = allocations(&runtime, || async {
        let found = client.send(&Find::new(String::new())).await.unwrap();
        assert_eq!((found.uin, &*found.request_id), (Some(7), "id-1"));
    });

    // The same request, signed and sent once more.
    let received = &server.received()[0];
    let bare = Bare::builder(TokioExecutor::new()).build_http();
    let least = allocations(&runtime, || {
        let mut request = Request::post(format!("{}/", server.endpoint()));
        for name in HEADERS {
            request = request.header(name, received.header(name).unwrap());
        }
        let body = Full::new(Bytes::from(received.body.clone()));
        let request = request.body(body).unwrap();
        let bare = &bare;
        async move {
            let body = bare.request(request).await.unwrap().into_body();
            let body = body.collect().await.unwrap().to_bytes();
            let found = serde_json::from_slice::<Envelope>(&body).unwrap().response;
            assert_eq!((found.uin, &*found.request_id), (Some(7), "id-1"));
        }
    });

    println!("a call allocates {own} times, a bare POST {least} times");
    assert!(
        own <= least + 6,
        "{own} allocations, {least} of a bare POST"
    );
}
