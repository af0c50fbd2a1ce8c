//! A macro-generated client calls a mock transport.

use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use tc3::transport::{Bytes, Limits, Sending, Sleeping, Transport, http};
use tc3::{CommonError, Credential};

mod organization {
    tc3_macros::client! {
        spec: "tests/specs/organization.json",
        actions: [AddOrganizationMemberEmail, ListOrganizationIdentity],
    }
}

use organization::{AddOrganizationMemberEmailError, Client, Tag};

/// A transport that records requests and returns a fixed body.
struct FixedResponse {
    body: &'static str,
    requests: Mutex<Vec<http::Request<Bytes>>>,
}

impl Transport for FixedResponse {
    fn send(&self, request: http::Request<Bytes>, _limits: Limits) -> Sending<'_> {
        self.requests.lock().unwrap().push(request);
        Box::pin(async {
            Ok(http::Response::new(Bytes::from_static(
                self.body.as_bytes(),
            )))
        })
    }

    // Nothing is retried here, so nobody waits.
    fn sleep(&self, _duration: Duration) -> Sleeping<'_> {
        Box::pin(async {})
    }
}

fn client(body: &'static str) -> (Client, Arc<FixedResponse>) {
    let service = Arc::new(FixedResponse {
        body,
        requests: Mutex::default(),
    });
    let client = Client::builder()
        .credential(Credential::new("AKIDEXAMPLE", "secret"))
        .transport(Arc::clone(&service))
        .build()
        .unwrap();
    (client, service)
}

/// Runs a future that is always ready.
fn run<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("nothing here waits"),
    }
}

#[test]
fn call_sends_parameters_and_decodes_response() {
    let (client, service) = client(r#"{"Response":{"BindId":7,"RequestId":"id-1"}}"#);
    let tag = Tag::builder().tag_key("team").tag_value("a").build();
    let call = client
        .add_organization_member_email()
        .tags([tag])
        .email("old@example.com")
        .email("ada@example.com")
        .member_uin(1)
        .send();
    let response = run(call).unwrap();
    assert_eq!(response.bind_id, Some(7));
    assert_eq!(response.request_id, "id-1");

    let requests = service.requests.lock().unwrap();
    let [request] = requests.as_slice() else {
        panic!("{} requests", requests.len());
    };
    assert_eq!(
        request.headers()["x-tc-action"],
        "AddOrganizationMemberEmail"
    );
    assert_eq!(request.headers()["x-tc-version"], "2021-03-31");
    assert_eq!(
        request.body().as_ref(),
        br#"{"MemberUin":1,"Email":"ada@example.com","Tags":[{"TagKey":"team","TagValue":"a"}]}"#
    );
}

#[test]
fn prebuilt_request_is_sent_unchanged() {
    let (client, service) = client(r#"{"Response":{"Items":[{"Name":"n"}],"RequestId":"id-2"}}"#);
    let request = organization::ListOrganizationIdentityRequest::builder().build();
    let response = run(client.send(&request)).unwrap();
    let items = response.items.unwrap();
    assert_eq!(items[0].name.as_deref(), Some("n"));
    assert_eq!(service.requests.lock().unwrap()[0].body().as_ref(), b"{}");
}

#[test]
fn error_codes_match_the_action_enum() {
    let (client, _) = client(
        r#"{"Response":{"Error":{"Code":"FailedOperation.EmailAlreadyUsed","Message":"no"},"RequestId":"id-3"}}"#,
    );
    let call = client
        .add_organization_member_email()
        .member_uin(1)
        .email("ada@example.com")
        .send();
    let error = run(call).unwrap_err();
    assert!(error.is(AddOrganizationMemberEmailError::FailedOperationEmailAlreadyUsed));
    assert!(!error.is(CommonError::FailedOperation));
    assert_eq!(error.meaning(), Some("The email has been used."));
    assert!(matches!(
        error.code_as(),
        Some(AddOrganizationMemberEmailError::FailedOperationEmailAlreadyUsed)
    ));
}
