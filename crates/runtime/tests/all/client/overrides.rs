//! Settings of a single call, other hosts, and calls by action name.

use std::time::Duration;

use serde_json::json;
use tc3::{
    Client, ClientBuilder, ErrorKind, Json, Language, Phase, Retry, Site, testing::MockTransport,
};

use super::api::{Get, SERVICE, Update, UpdateInRegion, credential};

fn mock() -> MockTransport {
    let transport = MockTransport::new();
    for action in [
        "UpdateMember",
        "UpdateMemberInRegion",
        "GetMember",
        "NewAction",
    ] {
        transport.respond(action, r#"{"Uin": 7}"#);
    }
    transport
}

fn client(transport: &MockTransport) -> ClientBuilder {
    Client::builder(&SERVICE)
        .credential(credential())
        .transport(transport.clone())
}

#[tokio::test]
async fn call_overrides_region() {
    let transport = mock();
    let client = client(&transport).build().unwrap();
    client
        .send(&UpdateInRegion::new("Ada"))
        .region("ap-singapore")
        .await
        .unwrap();
    assert_eq!(
        transport.requests()[0].region.as_deref(),
        Some("ap-singapore")
    );
    let error = client.send(&UpdateInRegion::new("Ada")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn call_overrides_endpoint() {
    let transport = mock();
    let client = client(&transport).build().unwrap();
    client
        .send(&Update::new("Ada"))
        .endpoint("localhost:8443")
        .await
        .unwrap();
    client.send(&Update::new("Ada")).await.unwrap();
    let hosts: Vec<String> = transport
        .requests()
        .into_iter()
        .map(|request| request.host)
        .collect();
    assert_eq!(hosts, ["localhost:8443", "member.tencentcloudapi.com"]);
}

#[tokio::test]
async fn site_selects_host() {
    for (site, host) in [
        (Site::International, "member.intl.tencentcloudapi.com"),
        (Site::Mainland, "member.tencentcloudapi.com"),
        (Site::Regional, "member.ap-guangzhou.tencentcloudapi.com"),
    ] {
        let transport = mock();
        let client = client(&transport)
            .site(site)
            .region("ap-guangzhou")
            .build()
            .unwrap();
        assert_eq!(client.endpoint(), format!("https://{host}"));
        client.send(&Update::new("Ada")).await.unwrap();
        client
            .send(&Update::new("Ada"))
            .region("eu-frankfurt")
            .await
            .unwrap();
        client
            .send(&Update::new("Ada"))
            .endpoint("a.b")
            .region("eu-frankfurt")
            .await
            .unwrap();
        let requests = transport.requests();
        assert_eq!(requests[0].host, host);
        assert_eq!(
            requests[1].host,
            host.replace("ap-guangzhou", "eu-frankfurt")
        );
        assert_eq!(requests[2].host, "a.b");
    }
}

#[tokio::test]
async fn invalid_call_settings_fail_when_awaited() {
    let transport = mock();
    let client = client(&transport).build().unwrap();
    let update = || client.send(&Update::new("Ada"));
    for (call, problem) in [
        (
            update().region("a b"),
            "UpdateMember: setting `region`: `a b` is invalid; use letters, digits, hyphens and underscores only",
        ),
        (
            update().endpoint("https://a/b"),
            "UpdateMember: setting `endpoint`: ",
        ),
        (
            update().timeout(Duration::ZERO),
            "UpdateMember: setting `timeout`: ",
        ),
        (
            update().retry(Retry::new().max_attempts(0)),
            "UpdateMember: setting `retry`: ",
        ),
        (
            update().region("").timeout(Duration::ZERO),
            "UpdateMember: setting `region`: ",
        ),
    ] {
        let error = call.await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Setting);
        assert_eq!((error.phase(), error.attempts()), (Phase::NotConnected, 0));
        assert!(error.to_string().starts_with(problem), "{error}");
    }
    assert!(transport.requests().is_empty());
}

#[tokio::test]
async fn call_overrides_retry() {
    let transport = MockTransport::new();
    transport.fail("GetMember", Phase::SentWhole);
    let client = client(&transport).build().unwrap();
    client
        .send(&Get::new("Ada"))
        .retry(Retry::never())
        .await
        .unwrap_err();
    assert_eq!(transport.requests().len(), 1);
    client
        .send(&Get::new("Ada"))
        .retry(Retry::new().max_attempts(2))
        .await
        .unwrap_err();
    assert_eq!(transport.requests().len(), 3);
}

#[tokio::test]
async fn action_is_called_by_name() {
    let transport = mock();
    let client = client(&transport).region("ap-guangzhou").build().unwrap();
    let parameters: Json = r#"{"Ids": [1, 2], "Deep": {"x": 1.50}}"#.parse().unwrap();
    let response = client.call("NewAction", parameters.clone()).await.unwrap();
    assert_eq!(response.extra.get("Uin").map(Json::text), Some("7"));
    assert!(!response.request_id.is_empty());
    let request = &transport.requests()[0];
    assert_eq!(
        (&*request.action, &*request.version),
        ("NewAction", "2021-03-31")
    );
    assert_eq!(request.region.as_deref(), Some("ap-guangzhou"));
    assert_eq!(Json::from(request.parameters.clone()), parameters);

    client.call("NewAction", json!({})).await.unwrap();
    for (action, parameters) in [
        ("New\r\nX-Evil: 1", Json::from(json!({}))),
        ("", Json::from(json!({}))),
        ("NewAction", Json::from("text")),
    ] {
        let error = client.call(action, parameters).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{error}");
        assert!(!error.to_string().contains('\n'));
    }
    assert_eq!(transport.requests().len(), 2);
}

#[tokio::test]
async fn call_by_name_is_a_write() {
    let transport = MockTransport::new();
    transport.fail("NewAction", Phase::SentWhole);
    let client = client(&transport).build().unwrap();
    client.call("NewAction", json!({})).await.unwrap_err();
    assert_eq!(transport.requests().len(), 1);
    client
        .call("NewAction", json!({}))
        .idempotent()
        .await
        .unwrap_err();
    assert_eq!(transport.requests().len(), 5);
}

#[test]
fn invalid_sites_are_refused() {
    let builder = || client(&mock());
    for (builder, problem) in [
        (
            builder().site(Site::Regional),
            "setting `site`: a regional site needs a region",
        ),
        (
            builder().site(Site::Mainland).endpoint("a.b"),
            "setting `site`: cannot be combined with `endpoint`",
        ),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Setting);
        assert!(error.to_string().starts_with(problem), "{error}");
    }
    builder().language(Language::Chinese).build().unwrap();
}
