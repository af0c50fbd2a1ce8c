use tc3::{CommonError, ErrorCode as _, ErrorKind, Language, Phase, Retry};

use super::{
    api::{
        MEMBER, TOKEN, Update, UpdateError, UpdateGlobally, UpdateInRegion, UpdateInstance,
        credential,
    },
    server::{Server, envelope, http_response},
};

#[tokio::test]
async fn call_polled_after_its_completion_fails() {
    let server = Server::responding(envelope(MEMBER));
    let client = server.client().build().unwrap();
    let mut call = client.send(&Update::new("Ada"));

    assert_eq!((&mut call).await.unwrap().uin, Some(7));
    let error = (&mut call).await.unwrap_err();

    assert_eq!(error.to_string(), "call was polled after its completion");
    assert_eq!(server.received().len(), 1);
}

#[tokio::test]
async fn signed_call_succeeds() {
    let server = Server::responding(envelope(MEMBER));
    let client = server.client().build().unwrap();

    let response = client.send(&Update::new("Ada")).await.unwrap();

    assert_eq!(response.uin, Some(7));
    assert_eq!(response.request_id, "id-1");
    let [request] = &server.received()[..] else {
        panic!("expected one request");
    };
    assert_eq!(request.body, br#"{"Name":"Ada"}"#);
    assert_eq!(request.header("x-tc-action").unwrap(), "UpdateMember");
    assert_eq!(request.header("x-tc-version").unwrap(), "2021-03-31");
    assert_eq!(request.header("content-type").unwrap(), "application/json");
    assert_eq!(request.header("host").unwrap(), server.host());
    assert!(request.header("x-tc-region").is_err());
    assert!(request.header("x-tc-token").is_err());
}

#[tokio::test]
async fn scope_does_not_depend_on_endpoint() {
    // The server requires the service `member`, and its own host and port.
    let server = Server::responding(envelope(MEMBER));
    let client = server.client().build().unwrap();
    assert_eq!(client.endpoint(), server.endpoint());
    client.send(&Update::new("Ada")).await.unwrap();

    let request = &server.received()[0];
    let authorization = request.header("authorization").unwrap();
    // The scope is `{secret ID}/{date}/{service}/tc3_request`.
    assert_eq!(authorization.split('/').nth(2), Some("member"));
    assert_eq!(request.header("host").unwrap(), server.host());
}

#[tokio::test]
async fn clones_share_connections() {
    let server = Server::responding(envelope(MEMBER));
    let client = server.client().build().unwrap();
    for _ in 0..3 {
        client.clone().send(&Update::new("Ada")).await.unwrap();
    }
    assert_eq!(server.received().len(), 3);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn token_is_sent() {
    let server = Server::responding(envelope(MEMBER));
    let client = server
        .client()
        .credential(credential().with_token(TOKEN))
        .build()
        .unwrap();
    client.send(&Update::new("Ada")).await.unwrap();
    assert_eq!(server.received()[0].header("x-tc-token").unwrap(), TOKEN);
}

#[tokio::test]
async fn region_is_sent_if_the_action_uses_it() {
    let server = Server::responding(envelope(MEMBER));
    let client = server.client().region("ap-guangzhou").build().unwrap();
    client.send(&Update::new("Ada")).await.unwrap();
    client.send(&UpdateInRegion::new("Ada")).await.unwrap();
    client.send(&UpdateGlobally::new("Ada")).await.unwrap();
    let regions: Vec<_> = server
        .received()
        .iter()
        .map(|request| request.header("x-tc-region").ok().map(str::to_owned))
        .collect();
    let region = Some("ap-guangzhou".to_owned());
    assert_eq!(regions, [region.clone(), region, None]);
}

#[tokio::test]
async fn invalid_call_is_not_sent() {
    let server = Server::responding(envelope(MEMBER));
    let client = server.client().build().unwrap();

    let no_region = client.send(&UpdateInRegion::new("Ada")).await.unwrap_err();
    assert_eq!(
        no_region.to_string(),
        "UpdateMemberInRegion: action requires a region but none is set; set one with `region`"
    );
    let other_service = client.send(&UpdateInstance::new("Ada")).await.unwrap_err();
    assert_eq!(
        other_service.to_string(),
        "UpdateInstance: action belongs to service `cvm` but the client calls `member`; use a client of `cvm`"
    );
    let too_large = client
        .send(&Update::new("x".repeat(10 * 1024 * 1024)))
        .await
        .unwrap_err();
    assert_eq!(
        too_large.to_string(),
        "UpdateMember: request body has 10485771 bytes; services accept at most 10485760"
    );
    for error in [no_region, other_service, too_large] {
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(error.phase(), Phase::NotConnected);
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn body_of_maximum_size_is_sent() {
    let server = Server::responding(envelope(MEMBER));
    let client = server.client().build().unwrap();
    let size = 10 * 1024 * 1024 - r#"{"Name":""}"#.len();
    client.send(&Update::new("x".repeat(size))).await.unwrap();
    assert_eq!(server.received()[0].body.len(), 10 * 1024 * 1024);
}

#[tokio::test]
async fn unknown_parameters_are_sent() {
    let server = Server::responding(envelope(MEMBER));
    let client = server.client().build().unwrap();
    let mut request = Update::new("Ada");
    request.extra.insert("Depth", 3);
    client.send(&request).await.unwrap();
    assert_eq!(server.received()[0].body, br#"{"Name":"Ada","Depth":3}"#);
}

#[tokio::test]
async fn service_error_has_all_details() {
    let server = Server::responding(envelope(
        r#"{"Error":{"Code":"FailedOperation.NoMember","Message":"no such\nmember"},"RequestId":"id-2"}"#,
    ));
    let client = server.client().build().unwrap();

    let error = client.send(&Update::new("Ada")).await.unwrap_err();

    assert_eq!(
        error.to_string(),
        "UpdateMember: FailedOperation.NoMember: no such member \
         (request id id-2, HTTP 200, documented as: The member is not in the organization.)"
    );
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.phase(), Phase::Answered);
    assert_eq!(error.action(), Some("UpdateMember"));
    assert_eq!(error.code(), Some("FailedOperation.NoMember"));
    assert_eq!(error.message(), "no such member");
    assert_eq!(error.request_id(), Some("id-2"));
    assert_eq!(error.http_status(), Some(200));
    assert_eq!(
        error.meaning(),
        Some("The member is not in the organization.")
    );
    assert!(error.is(UpdateError::NoMember));
    assert!(!error.is(CommonError::FailedOperation));
    assert_eq!(error.code_as(), Some(UpdateError::NoMember));
    assert!(!error.is_timeout() && !error.is_connect() && !error.is_throttled());
}

#[tokio::test]
async fn action_meaning_precedes_common_meaning() {
    for (code, meaning) in [
        // The action's meaning has priority over the common one.
        ("InternalError", Some("The directory is down.")),
        ("MissingParameter", Some("A required parameter is missing.")),
        // An undocumented code has the meaning of its first part.
        ("InternalError.Db", Some("The directory is down.")),
        (
            "UnsupportedRegion.Moon",
            Some("The service is not offered in this region."),
        ),
        ("Surprise", None),
    ] {
        let server = Server::responding(envelope(&format!(
            r#"{{"Error":{{"Code":"{code}","Message":"m"}},"RequestId":"id"}}"#
        )));
        let client = server.client().build().unwrap();
        let error = client.send(&Update::new("Ada")).await.unwrap_err();
        assert_eq!(error.code(), Some(code));
        assert_eq!(error.meaning(), meaning, "{code}");
        let unknown = error.code_as::<UpdateError>().unwrap();
        assert!(matches!(unknown, UpdateError::Unknown(_)));
        assert_eq!(unknown.as_str(), code);
    }
}

#[tokio::test]
async fn error_explains_a_missing_region() {
    for (code, message, is_explained) in [
        (
            "MissingParameter",
            "The parameter `Region` is missing.",
            true,
        ),
        ("UnsupportedRegion", "m", true),
        (
            "MissingParameter",
            "The parameter `TargetRegion` is missing.",
            false,
        ),
    ] {
        let server = Server::responding(envelope(&format!(
            r#"{{"Error":{{"Code":"{code}","Message":"{message}"}},"RequestId":"id"}}"#
        )));
        let client = server.client().build().unwrap();
        let explanation = "no region was sent; set `region`, `TENCENTCLOUD_REGION`, or the region of the profile)";
        let error = client.send(&Update::new("Ada")).await.unwrap_err();
        assert_eq!(
            error.to_string().ends_with(explanation),
            is_explained,
            "{error}"
        );
        let call = client.send(&Update::new("Ada")).region("ap-guangzhou");
        let error = call.await.unwrap_err();
        assert!(!error.to_string().contains("no region was sent"), "{error}");
    }
}

#[tokio::test]
async fn predicates_classify_codes() {
    for (code, throttled, auth) in [
        ("RequestLimitExceeded", true, false),
        ("RequestLimitExceeded.UinLimitExceeded", true, false),
        ("LimitExceeded", false, false),
        ("AuthFailure.SignatureExpire", false, true),
        ("AuthFailures", false, false),
    ] {
        let server = Server::responding(envelope(&format!(
            r#"{{"Error":{{"Code":"{code}","Message":"m"}},"RequestId":"id"}}"#
        )));
        let client = server.client().build().unwrap();
        let call = client.send(&Update::new("Ada")).retry(Retry::never());
        let error = call.await.unwrap_err();
        assert_eq!(
            (error.is_throttled(), error.is_auth_failure()),
            (throttled, auth),
            "{code}"
        );
    }
}

#[tokio::test]
async fn legacy_error_format_is_read() {
    for (body, text) in [
        (
            r#"{"code":4100,"codeDesc":"AuthFailure","message":"(100020) who are you"}"#,
            "UpdateMember: AuthFailure: (100020) who are you (HTTP 200)",
        ),
        (
            r#"{"code":4100,"message":"who are you"}"#,
            "UpdateMember: 4100: who are you (HTTP 200)",
        ),
        (
            r#"{"code":"InternalError","message":"oh"}"#,
            "UpdateMember: InternalError: oh (HTTP 200, documented as: The directory is down.)",
        ),
    ] {
        let server = Server::responding(http_response("200 OK", "", body));
        let client = server.client().build().unwrap();
        let error = client.send(&Update::new("Ada")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service);
        assert_eq!(error.to_string(), text);
    }
}

#[tokio::test]
async fn error_without_request_id_is_read() {
    let server = Server::responding(envelope(r#"{"Error":{"Code":"Surprise","Message":"boo"}}"#));
    let client = server.client().build().unwrap();
    let error = client.send(&Update::new("Ada")).await.unwrap_err();
    assert_eq!(error.to_string(), "UpdateMember: Surprise: boo (HTTP 200)");
    assert_eq!(error.request_id(), None);
}

#[tokio::test]
async fn error_with_http_status_503_is_read() {
    let server = Server::responding(http_response(
        "503 Service Unavailable",
        "",
        r#"{"Response":{"Error":{"Code":"ServiceUnavailable","Message":"later"},"RequestId":"id-3"}}"#,
    ));
    let client = server.client().build().unwrap();
    let error = client.send(&Update::new("Ada")).await.unwrap_err();
    assert!(error.is(CommonError::ServiceUnavailable));
    assert_eq!(error.http_status(), Some(503));
    assert_eq!(error.request_id(), Some("id-3"));
}

#[test]
fn error_is_one_pointer_wide() {
    assert_eq!(size_of::<tc3::Error>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), tc3::Error>>(), size_of::<usize>());
}

#[tokio::test]
async fn language_is_sent() {
    let server = Server::responding(envelope(MEMBER));
    for language in [Language::English, Language::Chinese] {
        let client = server.client().language(language).build().unwrap();
        client.send(&Update::new("Ada")).await.unwrap();
    }
    let client = server.client().build().unwrap();
    client.send(&Update::new("Ada")).await.unwrap();
    let languages: Vec<_> = server
        .received()
        .iter()
        .map(|request| request.header("x-tc-language").map(str::to_owned).ok())
        .collect();
    let sent = |language: &str| Some(language.to_owned());
    assert_eq!(languages, [sent("en-US"), sent("zh-CN"), None]);
}
