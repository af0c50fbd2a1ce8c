//! The five actions, with the requests and responses that their pages give as examples.

use std::io::Write as _;

use serde_json::{Value, json};
use tencentcloud_organization::tc3::{CommonError, Credential, Phase};
use tencentcloud_organization::{v20181225, v20210331};

use crate::api::{SECRET_ID, SECRET_KEY};
use crate::server::{Connection, Server, envelope};
use crate::verify::verify;

/// A service of one version that expects one request and answers it, if the signature is right.
pub(crate) fn service(
    action: &'static str,
    version: &'static str,
    request: Value,
    response: Value,
) -> Server {
    Server::requests(move |received, stream| {
        let host = stream.local_addr().expect("an address").to_string();
        let problem = verify(received, &host, "organization").err();
        let header = |name: &str| received.header(name).unwrap_or_default().to_owned();
        let body: Value = serde_json::from_slice(&received.body).expect("the body is JSON");
        assert_eq!(
            (
                header("x-tc-action").as_str(),
                header("x-tc-version").as_str()
            ),
            (action, version)
        );
        assert_eq!(
            received.header("x-tc-region").ok(),
            None,
            "the actions take no region"
        );
        assert_eq!(body, request);
        let answer = match problem {
            None => response.clone(),
            Some(problem) => json!({
                "Error": { "Code": "AuthFailure.SignatureFailure", "Message": problem }, "RequestId": "refused",
            }),
        };
        // The client may have gone, which is its right.
        let _ = stream.write_all(envelope(&answer.to_string()).as_bytes());
        Connection::KeepAlive
    })
}

/// The example of an action, from the spec.
fn example(version: &str, action: &str) -> (Value, Value) {
    let path = format!(
        "{}/../specs/organization/{version}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let spec = tc3_spec::Spec::load(path.as_ref()).expect("the spec is valid");
    let example = spec.actions[action].examples[0].clone();
    (
        example.request.expect("a request"),
        example.response.expect("a response"),
    )
}

/// Clients of both versions, with the right key.
macro_rules! client {
    ($version:ident, $server:expr) => {
        $version::Client::builder()
            .credential(Credential::new(SECRET_ID, SECRET_KEY))
            .endpoint($server.endpoint())
            .no_proxy()
            .build()
            .expect("the settings are right")
    };
}
pub(crate) use client;

const ID: &str = "b46d2afe-6893-4529-bc96-2c82d9214957";

#[tokio::test]
async fn add_organization_member_email() {
    let (request, response) = example("2021-03-31", "AddOrganizationMemberEmail");
    let server = service(
        "AddOrganizationMemberEmail",
        "2021-03-31",
        request,
        response,
    );
    let added = client!(v20210331, server)
        .add_organization_member_email()
        .phone("18***11")
        .country_code("86")
        .email("12***@qq.com")
        .member_uin(111_111_111_111)
        .send()
        .await
        .expect("the service answers");
    assert_eq!((added.bind_id, added.request_id.as_str()), (Some(1), ID));
}

#[tokio::test]
async fn describe_organization_member_email_bind() {
    let (request, response) = example("2021-03-31", "DescribeOrganizationMemberEmailBind");
    let server = service(
        "DescribeOrganizationMemberEmailBind",
        "2021-03-31",
        request,
        response,
    );
    let client = client!(v20210331, server);
    let request = v20210331::DescribeOrganizationMemberEmailBindRequest::builder()
        .member_uin(123)
        .build();
    // A request that was built before can be sent again and again.
    for _ in 0..2 {
        let bind = client.send(&request).await.expect("the service answers");
        assert_eq!(bind.bind_id, Some(1));
        assert_eq!(bind.apply_time.as_deref(), Some("2022-01-13 12:09:08"));
        assert_eq!(bind.email.as_deref(), Some("123@qq.com"));
        assert_eq!(bind.phone.as_deref(), Some("18***32"));
        assert_eq!(bind.bind_status.as_deref(), Some("Success"));
        assert_eq!(bind.bind_time.as_deref(), Some("2022-01-13 18:09:08"));
        assert_eq!(bind.description.as_deref(), Some("success"));
        assert_eq!(bind.phone_bind, Some(0));
        assert_eq!(bind.country_code.as_deref(), Some("86"));
        assert_eq!(bind.request_id, ID);
    }
    assert_eq!(server.connections(), 1, "the connection is kept");
}

#[tokio::test]
async fn send_org_member_account_bind_email() {
    let (request, response) = example("2021-03-31", "SendOrgMemberAccountBindEmail");
    let server = service(
        "SendOrgMemberAccountBindEmail",
        "2021-03-31",
        request,
        response,
    );
    let client = client!(v20210331, server);
    let call = client
        .send_org_member_account_bind_email()
        .member_uin(111_111_111_111)
        .bind_id(12)
        .send();
    assert_eq!(call.await.expect("the service answers").request_id, ID);
}

#[tokio::test]
async fn update_organization_member_email_bind() {
    let (request, response) = example("2021-03-31", "UpdateOrganizationMemberEmailBind");
    let server = service(
        "UpdateOrganizationMemberEmailBind",
        "2021-03-31",
        request,
        response,
    );
    let call = client!(v20210331, server)
        .update_organization_member_email_bind()
        .member_uin(111_111_111_111)
        .bind_id(12)
        .email("12***@qq.com")
        .country_code("86")
        .phone("wrong")
        .phone("18***32")
        .send();
    assert_eq!(call.await.expect("the service answers").request_id, ID);
}

#[tokio::test]
async fn send_organization_invitation() {
    let (request, response) = example("2018-12-25", "SendOrganizationInvitation");
    let server = service(
        "SendOrganizationInvitation",
        "2018-12-25",
        request,
        response,
    );
    let client = client!(v20181225, server);
    let call = client
        .send_organization_invitation()
        .invite_uin(123)
        .name("test")
        .remark("test")
        .send();
    assert_eq!(call.await.expect("the service answers").request_id, ID);
}

#[tokio::test]
async fn an_error_answers_for_its_action_and_for_all_services() {
    let refusal = |code: &str, message: &str| json!({ "Error": { "Code": code, "Message": message }, "RequestId": "7" });
    let request = json!({ "MemberUin": 1, "Email": "a@b.c", "CountryCode": "86", "Phone": "1" });
    let used = refusal("FailedOperation.EmailAlreadyUsed", "the address is taken");
    let server = service(
        "AddOrganizationMemberEmail",
        "2021-03-31",
        request.clone(),
        used,
    );
    let add = |server: &Server| {
        let client = client!(v20210331, server);
        client
            .add_organization_member_email()
            .member_uin(1)
            .email("a@b.c")
            .country_code("86")
            .phone("1")
            .send()
    };
    let error = add(&server).await.expect_err("the service refuses");
    assert!(error.is(v20210331::AddOrganizationMemberEmailError::FailedOperationEmailAlreadyUsed));
    assert!(!error.is(v20210331::AddOrganizationMemberEmailError::InternalError));
    assert_eq!(
        (error.code(), error.request_id()),
        (Some("FailedOperation.EmailAlreadyUsed"), Some("7"))
    );
    assert_eq!(error.meaning(), Some("The email has been used."));
    assert_eq!(error.phase(), Phase::Answered);
    let shown = error.to_string();
    for part in [
        "FailedOperation.EmailAlreadyUsed",
        "the address is taken",
        "7",
        "200",
        "The email has been used.",
    ] {
        assert!(shown.contains(part), "{shown}");
    }

    let limited = refusal("RequestLimitExceeded", "slow down");
    let server = service("AddOrganizationMemberEmail", "2021-03-31", request, limited);
    let error = add(&server).await.expect_err("the service refuses");
    assert!(error.is(CommonError::RequestLimitExceeded));
    assert!(error.is_throttled());
}

#[tokio::test]
async fn a_wrong_key_is_found_out() {
    let (request, response) = example("2021-03-31", "DescribeOrganizationMemberEmailBind");
    let server = service(
        "DescribeOrganizationMemberEmailBind",
        "2021-03-31",
        request,
        response,
    );
    let client = v20210331::Client::builder()
        .credential(Credential::new(SECRET_ID, "another-key-altogether"))
        .endpoint(server.endpoint())
        .no_proxy()
        .build()
        .expect("the settings are right");
    let call = client
        .describe_organization_member_email_bind()
        .member_uin(123)
        .send();
    let error = call.await.expect_err("the signature is wrong");
    assert!(
        error.is(CommonError::AuthFailureSignatureFailure),
        "{error}"
    );
}
