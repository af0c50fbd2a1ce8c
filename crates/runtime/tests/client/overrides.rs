//! Settings of one call, other hosts, and calls by name.

use std::time::Duration;

use serde_json::json;
use tc3::{
    Client, ClientBuilder, ErrorKind, Json, Language, Phase, Retry, Site, testing::MockTransport,
};

use crate::api::{Find, FindNear, Look, SERVICE, credential};

fn mock() -> MockTransport {
    let transport = MockTransport::new();
    for action in ["FindMember", "FindNearMember", "LookAtMember", "NewAction"] {
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
async fn a_call_has_a_region_of_its_own() {
    let transport = mock();
    let client = client(&transport).build().unwrap();
    client
        .send(&FindNear::new("Ada"))
        .region("ap-singapore")
        .await
        .unwrap();
    assert_eq!(
        transport.requests()[0].region.as_deref(),
        Some("ap-singapore")
    );
    let error = client.send(&FindNear::new("Ada")).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert_eq!(transport.requests().len(), 1);
}

#[tokio::test]
async fn a_call_goes_elsewhere() {
    let transport = mock();
    let client = client(&transport).build().unwrap();
    client
        .send(&Find::new("Ada"))
        .endpoint("localhost:8443")
        .await
        .unwrap();
    client.send(&Find::new("Ada")).await.unwrap();
    let hosts: Vec<String> = transport
        .requests()
        .into_iter()
        .map(|asked| asked.host)
        .collect();
    assert_eq!(hosts, ["localhost:8443", "member.tencentcloudapi.com"]);
}

#[tokio::test]
async fn a_site_is_a_host_of_the_service() {
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
        client.send(&Find::new("Ada")).await.unwrap();
        client
            .send(&Find::new("Ada"))
            .region("eu-frankfurt")
            .await
            .unwrap();
        client
            .send(&Find::new("Ada"))
            .endpoint("a.b")
            .region("eu-frankfurt")
            .await
            .unwrap();
        let asked = transport.requests();
        assert_eq!(asked[0].host, host);
        assert_eq!(asked[1].host, host.replace("ap-guangzhou", "eu-frankfurt"));
        assert_eq!(asked[2].host, "a.b");
    }
}

#[tokio::test]
async fn what_a_call_cannot_be_given_is_told_when_it_is_awaited() {
    let transport = mock();
    let client = client(&transport).build().unwrap();
    let find = || client.send(&Find::new("Ada"));
    for (call, problem) in [
        (
            find().region("a b"),
            "FindMember: setting `region`: `a b` is invalid; use letters, digits, hyphens and underscores only",
        ),
        (
            find().endpoint("https://a/b"),
            "FindMember: setting `endpoint`: ",
        ),
        (
            find().timeout(Duration::ZERO),
            "FindMember: setting `timeout`: ",
        ),
        (
            find().retry(Retry::new().max_attempts(0)),
            "FindMember: setting `retry`: ",
        ),
        (
            find().region("").timeout(Duration::ZERO),
            "FindMember: setting `region`: ",
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
async fn a_call_is_repeated_as_it_says() {
    let transport = MockTransport::new();
    transport.fail("LookAtMember", Phase::SentWhole);
    let client = client(&transport).build().unwrap();
    client
        .send(&Look::new("Ada"))
        .retry(Retry::never())
        .await
        .unwrap_err();
    assert_eq!(transport.requests().len(), 1);
    client
        .send(&Look::new("Ada"))
        .retry(Retry::new().max_attempts(2))
        .await
        .unwrap_err();
    assert_eq!(transport.requests().len(), 3);
}

#[tokio::test]
async fn an_action_without_a_spec_is_called_by_its_name() {
    let transport = mock();
    let client = client(&transport).region("ap-guangzhou").build().unwrap();
    let parameters: Json = r#"{"Ids": [1, 2], "Deep": {"x": 1.50}}"#.parse().unwrap();
    let answer = client.call("NewAction", parameters.clone()).await.unwrap();
    assert_eq!(answer.extra.get("Uin").map(Json::text), Some("7"));
    assert!(!answer.request_id.is_empty());
    let asked = &transport.requests()[0];
    assert_eq!(
        (&*asked.action, &*asked.version),
        ("NewAction", "2021-03-31")
    );
    assert_eq!(asked.region.as_deref(), Some("ap-guangzhou"));
    assert_eq!(Json::from(asked.parameters.clone()), parameters);

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
async fn a_call_by_name_counts_as_a_write() {
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
fn sites_and_languages_that_cannot_be_are_refused() {
    let builder = || client(&mock());
    for (builder, problem) in [
        (
            builder().site(Site::Regional),
            "setting `site`: a regional site needs a region",
        ),
        (
            builder().site(Site::Mainland).endpoint("a.b"),
            "setting `site`: excludes `endpoint`",
        ),
    ] {
        let error = builder.build().unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Setting);
        assert!(error.to_string().starts_with(problem), "{error}");
    }
    builder().language(Language::Chinese).build().unwrap();
}
