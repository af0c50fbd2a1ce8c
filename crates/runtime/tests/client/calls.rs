use tc3::{Client, ClientBuilder, CommonError, ErrorCode as _, ErrorKind, Language, Phase, Retry};

use crate::{
    api::{Elsewhere, Find, FindAnywhere, FindError, FindNear, SERVICE, TOKEN, credential},
    server::{Server, answer, envelope},
};

const FOUND: &str = r#"{"Uin":7,"RequestId":"id-1"}"#;

fn builder(server: &Server) -> ClientBuilder {
    Client::builder(&SERVICE)
        .credential(credential())
        .endpoint(server.endpoint())
        .no_proxy()
}

#[tokio::test]
async fn a_signed_call_is_answered() {
    let server = Server::answering(envelope(FOUND));
    let client = builder(&server).build().unwrap();

    let response = client.send(&Find::new("Ada")).await.unwrap();

    assert_eq!(response.uin, Some(7));
    assert_eq!(response.request_id, "id-1");
    let [request] = &server.received()[..] else {
        panic!("one call is one request");
    };
    assert_eq!(request.body, br#"{"Name":"Ada"}"#);
    assert_eq!(request.header("x-tc-action").unwrap(), "FindMember");
    assert_eq!(request.header("x-tc-version").unwrap(), "2021-03-31");
    assert_eq!(request.header("content-type").unwrap(), "application/json");
    assert_eq!(request.header("host").unwrap(), server.host());
    assert!(request.header("x-tc-region").is_err());
    assert!(request.header("x-tc-token").is_err());
}

#[tokio::test]
async fn the_service_in_the_scope_is_never_taken_from_the_endpoint() {
    // The server takes no other service than `member` and no other host than its own, port included.
    let server = Server::answering(envelope(FOUND));
    let client = builder(&server).build().unwrap();
    client.send(&Find::new("Ada")).await.unwrap();

    let request = &server.received()[0];
    let authorization = request.header("authorization").unwrap();
    // Secret id, date and service stand before the slashes.
    assert_eq!(authorization.split('/').nth(2), Some("member"));
    assert_eq!(request.header("host").unwrap(), server.host());
}

#[tokio::test]
async fn connections_are_kept_and_shared_by_clones() {
    let server = Server::answering(envelope(FOUND));
    let client = builder(&server).build().unwrap();
    for _ in 0..3 {
        client.clone().send(&Find::new("Ada")).await.unwrap();
    }
    assert_eq!(server.received().len(), 3);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn the_token_of_a_temporary_credential_is_sent() {
    let server = Server::answering(envelope(FOUND));
    let client = builder(&server)
        .credential(credential().with_token(TOKEN))
        .build()
        .unwrap();
    client.send(&Find::new("Ada")).await.unwrap();
    assert_eq!(server.received()[0].header("x-tc-token").unwrap(), TOKEN);
}

#[tokio::test]
async fn a_region_goes_where_it_is_wanted() {
    let server = Server::answering(envelope(FOUND));
    let client = builder(&server).region("ap-guangzhou").build().unwrap();
    client.send(&Find::new("Ada")).await.unwrap();
    client.send(&FindNear::new("Ada")).await.unwrap();
    client.send(&FindAnywhere::new("Ada")).await.unwrap();
    let regions: Vec<_> = server
        .received()
        .iter()
        .map(|request| request.header("x-tc-region").ok().map(str::to_owned))
        .collect();
    let region = Some("ap-guangzhou".to_owned());
    assert_eq!(regions, [region.clone(), region, None]);
}

#[tokio::test]
async fn a_call_that_cannot_succeed_is_not_made() {
    let server = Server::answering(envelope(FOUND));
    let client = builder(&server).build().unwrap();

    let no_region = client.send(&FindNear::new("Ada")).await.unwrap_err();
    assert_eq!(
        no_region.to_string(),
        "FindNearMember: action requires a region but none is set; set one with `region`"
    );
    let elsewhere = client.send(&Elsewhere::new("Ada")).await.unwrap_err();
    assert_eq!(
        elsewhere.to_string(),
        "FindInstance: action belongs to service `cvm` but the client calls `member`"
    );
    let too_large = client
        .send(&Find::new("x".repeat(10 * 1024 * 1024)))
        .await
        .unwrap_err();
    assert_eq!(
        too_large.to_string(),
        "FindMember: request body has 10485771 bytes; services accept at most 10485760"
    );
    for error in [no_region, elsewhere, too_large] {
        assert_eq!(error.kind(), ErrorKind::Request);
        assert_eq!(error.phase(), Phase::NotConnected);
    }
    assert_eq!(server.connections(), 0);
}

#[tokio::test]
async fn a_body_of_the_largest_size_is_sent_whole() {
    let server = Server::answering(envelope(FOUND));
    let client = builder(&server).build().unwrap();
    let size = 10 * 1024 * 1024 - r#"{"Name":""}"#.len();
    client.send(&Find::new("x".repeat(size))).await.unwrap();
    assert_eq!(server.received()[0].body.len(), 10 * 1024 * 1024);
}

#[tokio::test]
async fn parameters_that_no_table_knows_are_sent() {
    let server = Server::answering(envelope(FOUND));
    let client = builder(&server).build().unwrap();
    let mut request = Find::new("Ada");
    request.extra.insert("Depth", 3);
    client.send(&request).await.unwrap();
    assert_eq!(server.received()[0].body, br#"{"Name":"Ada","Depth":3}"#);
}

#[tokio::test]
async fn an_error_of_the_service_tells_all() {
    let server = Server::answering(envelope(
        r#"{"Error":{"Code":"FailedOperation.NoMember","Message":"no such\nmember"},"RequestId":"id-2"}"#,
    ));
    let client = builder(&server).build().unwrap();

    let error = client.send(&Find::new("Ada")).await.unwrap_err();

    assert_eq!(
        error.to_string(),
        "FindMember: FailedOperation.NoMember: no such member \
         (request id id-2, HTTP 200, documented as: The member is not in the organization.)"
    );
    assert_eq!(error.kind(), ErrorKind::Service);
    assert_eq!(error.phase(), Phase::Answered);
    assert_eq!(error.action(), Some("FindMember"));
    assert_eq!(error.code(), Some("FailedOperation.NoMember"));
    assert_eq!(error.message(), "no such member");
    assert_eq!(error.request_id(), Some("id-2"));
    assert_eq!(error.http_status(), Some(200));
    assert_eq!(
        error.meaning(),
        Some("The member is not in the organization.")
    );
    assert!(error.is(FindError::NoMember));
    assert!(!error.is(CommonError::FailedOperation));
    assert_eq!(error.code_as(), Some(FindError::NoMember));
    assert!(!error.is_timeout() && !error.is_connect() && !error.is_throttled());
}

#[tokio::test]
async fn codes_are_explained_by_the_action_then_by_what_is_common() {
    for (code, meaning) in [
        // The action's own table wins over the common meaning.
        ("InternalError", Some("The directory is down.")),
        ("MissingParameter", Some("A required parameter is missing.")),
        // An undocumented code is explained by its first part.
        ("InternalError.Db", Some("The directory is down.")),
        (
            "UnsupportedRegion.Moon",
            Some("The service is not offered in this region."),
        ),
        ("Surprise", None),
    ] {
        let server = Server::answering(envelope(&format!(
            r#"{{"Error":{{"Code":"{code}","Message":"m"}},"RequestId":"id"}}"#
        )));
        let client = builder(&server).build().unwrap();
        let error = client.send(&Find::new("Ada")).await.unwrap_err();
        assert_eq!(error.code(), Some(code));
        assert_eq!(error.meaning(), meaning, "{code}");
        let unknown = error.code_as::<FindError>().unwrap();
        assert!(matches!(unknown, FindError::Unknown(_)));
        assert_eq!(unknown.as_str(), code);
    }
}

#[tokio::test]
async fn predicates_tell_sorts_of_codes() {
    for (code, throttled, auth) in [
        ("RequestLimitExceeded", true, false),
        ("RequestLimitExceeded.UinLimitExceeded", true, false),
        ("LimitExceeded", false, false),
        ("AuthFailure.SignatureExpire", false, true),
        ("AuthFailures", false, false),
    ] {
        let server = Server::answering(envelope(&format!(
            r#"{{"Error":{{"Code":"{code}","Message":"m"}},"RequestId":"id"}}"#
        )));
        let client = builder(&server).build().unwrap();
        let call = client.send(&Find::new("Ada")).retry(Retry::never());
        let error = call.await.unwrap_err();
        assert_eq!(
            (error.is_throttled(), error.is_auth_failure()),
            (throttled, auth),
            "{code}"
        );
    }
}

#[tokio::test]
async fn errors_of_the_old_form_are_understood() {
    for (body, text) in [
        (
            r#"{"code":4100,"codeDesc":"AuthFailure","message":"(100020) who are you"}"#,
            "FindMember: AuthFailure: (100020) who are you (HTTP 200)",
        ),
        (
            r#"{"code":4100,"message":"who are you"}"#,
            "FindMember: 4100: who are you (HTTP 200)",
        ),
        (
            r#"{"code":"InternalError","message":"oh"}"#,
            "FindMember: InternalError: oh (HTTP 200, documented as: The directory is down.)",
        ),
    ] {
        let server = Server::answering(answer("200 OK", "", body));
        let client = builder(&server).build().unwrap();
        let error = client.send(&Find::new("Ada")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Service);
        assert_eq!(error.to_string(), text);
    }
}

#[tokio::test]
async fn an_error_without_request_id_is_still_the_services() {
    let server = Server::answering(envelope(r#"{"Error":{"Code":"Surprise","Message":"boo"}}"#));
    let client = builder(&server).build().unwrap();
    let error = client.send(&Find::new("Ada")).await.unwrap_err();
    assert_eq!(error.to_string(), "FindMember: Surprise: boo (HTTP 200)");
    assert_eq!(error.request_id(), None);
}

#[tokio::test]
async fn an_error_with_another_status_is_still_the_services() {
    let server = Server::answering(answer(
        "503 Service Unavailable",
        "",
        r#"{"Response":{"Error":{"Code":"ServiceUnavailable","Message":"later"},"RequestId":"id-3"}}"#,
    ));
    let client = builder(&server).build().unwrap();
    let error = client.send(&Find::new("Ada")).await.unwrap_err();
    assert!(error.is(CommonError::ServiceUnavailable));
    assert_eq!(error.http_status(), Some(503));
    assert_eq!(error.request_id(), Some("id-3"));
}

#[test]
fn an_error_is_one_pointer_wide() {
    assert_eq!(size_of::<tc3::Error>(), size_of::<usize>());
    assert_eq!(size_of::<Result<(), tc3::Error>>(), size_of::<usize>());
}

#[test]
fn what_goes_between_threads_may() {
    fn shared<T: Send + Sync + 'static>(_: &T) {}
    fn sent<T: Send>(_: &T) {}

    let client = Client::builder(&SERVICE)
        .credential(credential())
        .build()
        .unwrap();
    shared(&client);
    sent(&client.send(&Find::new("Ada")));
    fn error<T: std::error::Error + Send + Sync + 'static>() {}
    error::<tc3::Error>();
}

#[test]
fn the_future_of_a_call_is_small() {
    let client = Client::builder(&SERVICE)
        .credential(credential())
        .build()
        .unwrap();
    let request = Find::new("Ada");
    let size = size_of_val(&client.send(&request));
    assert!(size <= 64, "{size} bytes");
}

#[tokio::test]
async fn the_service_is_told_the_language_of_its_messages() {
    let server = Server::answering(envelope(FOUND));
    for language in [Language::English, Language::Chinese] {
        let client = builder(&server).language(language).build().unwrap();
        client.send(&Find::new("Ada")).await.unwrap();
    }
    let client = builder(&server).build().unwrap();
    client.send(&Find::new("Ada")).await.unwrap();
    let languages: Vec<_> = server
        .received()
        .iter()
        .map(|request| request.header("x-tc-language").map(str::to_owned).ok())
        .collect();
    let sent = |language: &str| Some(language.to_owned());
    assert_eq!(languages, [sent("en-US"), sent("zh-CN"), None]);
}
