//! Allocations of a call, compared with a plain POST by hyper-util whose response is read with serde's derives.

use http_body_util::{BodyExt as _, Full};
use hyper_util::{client::legacy::Client as PlainClient, rt::TokioExecutor};
use tc3::transport::{Bytes, http::Request};
use tokio::runtime::Runtime;

use super::{
    api::{MEMBER, Update},
    server::{Server, envelope},
};

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope {
    response: Member,
}

#[derive(serde::Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Member {
    uin: Option<i64>,
    request_id: String,
}

/// Headers that the HTTP client does not add.
const HEADERS: [&str; 6] = [
    "content-type",
    "user-agent",
    "authorization",
    "x-tc-action",
    "x-tc-version",
    "x-tc-timestamp",
];

/// Returns the minimum number of allocations of a future, once the connection is open and buffers have grown.
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
fn call_allocates_no_more_than_plain_post() {
    let server = Server::responding(envelope(MEMBER));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let client = server.client().build().unwrap();
    let call = allocations(&runtime, || async {
        let member = client.send(&Update::new(String::new())).await.unwrap();
        assert_eq!((member.uin, &*member.request_id), (Some(7), "id-1"));
    });

    // The same signed request, sent again.
    let received = &server.received()[0];
    let client = PlainClient::builder(TokioExecutor::new()).build_http();
    let plain = allocations(&runtime, || {
        let mut request = Request::post(format!("{}/", server.endpoint()));
        for name in HEADERS {
            request = request.header(name, received.header(name).unwrap());
        }
        let body = Full::new(Bytes::from(received.body.clone()));
        let request = request.body(body).unwrap();
        let client = &client;
        async move {
            let body = client.request(request).await.unwrap().into_body();
            let body = body.collect().await.unwrap().to_bytes();
            let member = serde_json::from_slice::<Envelope>(&body).unwrap().response;
            assert_eq!((member.uin, &*member.request_id), (Some(7), "id-1"));
        }
    });

    println!("a call allocates {call} times, a plain POST {plain} times");
    assert!(call <= plain, "{call} allocations, {plain} of a plain POST");
}
