//! The documented examples of the five actions with pages, and lists without examples.

use tc3_emulator::{Fault, Visit};
use tencentcloud_organization::tc3::{CommonError, Credential, Phase, Retry};
use tencentcloud_organization::{v20181225, v20210331};

use crate::organization::emulated::{
    MEMBER, arrived, both, client, client_with, example, with_binding, with_documented_binding,
};

#[tokio::test]
async fn add_organization_member_email() {
    const ACTION: &str = "AddOrganizationMemberEmail";
    for emulator in both().await {
        let added = client(v20210331::Client::builder(), &emulator)
            .add_organization_member_email()
            .phone("18***11")
            .country_code("86")
            .email("12***@qq.com")
            .member_uin(MEMBER)
            .send()
            .await
            .expect("the service answers");
        let (_, response) = example("2021-03-31", ACTION);
        assert_eq!(added.bind_id, response["BindId"].as_u64());
        arrived(&emulator, "2021-03-31", ACTION);
        let requests = emulator.requests();
        assert_eq!(added.request_id, requests[0].request_id);
    }
}

#[tokio::test]
async fn describe_organization_member_email_bind() {
    const ACTION: &str = "DescribeOrganizationMemberEmailBind";
    for emulator in both().await {
        with_documented_binding(&emulator);
        let client = client(v20210331::Client::builder(), &emulator);
        let request = v20210331::DescribeOrganizationMemberEmailBindRequest::builder()
            .member_uin(123)
            .build();
        // A prebuilt request can be sent repeatedly.
        for _ in 0..2 {
            let bind = client.send(&request).await.expect("the service answers");
            let (_, mut documented) = example("2021-03-31", ACTION);
            documented["RequestId"] = bind.request_id.as_str().into();
            assert_eq!(serde_json::to_value(&bind).expect("it is JSON"), documented);
            arrived(&emulator, "2021-03-31", ACTION);
        }
    }
}

#[tokio::test]
async fn send_org_member_account_bind_email() {
    for emulator in both().await {
        with_binding(&emulator, 12);
        let call = client(v20210331::Client::builder(), &emulator)
            .send_org_member_account_bind_email()
            .member_uin(MEMBER)
            .bind_id(12)
            .send();
        call.await.expect("the service answers");
        arrived(&emulator, "2021-03-31", "SendOrgMemberAccountBindEmail");
        assert_eq!(emulator.outbox().len(), 1, "a mail was sent");
    }
}

#[tokio::test]
async fn update_organization_member_email_bind() {
    for emulator in both().await {
        with_binding(&emulator, 12);
        let client = client(v20210331::Client::builder(), &emulator);
        let call = client
            .update_organization_member_email_bind()
            .member_uin(MEMBER)
            .bind_id(12)
            .email("12***@qq.com")
            .country_code("86")
            .phone("wrong")
            .phone("18***32")
            .send();
        call.await.expect("the service answers");
        arrived(&emulator, "2021-03-31", "UpdateOrganizationMemberEmailBind");
        let call = client.describe_organization_member_email_bind();
        let bind = call.member_uin(MEMBER).send().await;
        let bind = bind.expect("the member exists");
        assert_eq!(bind.email.as_deref(), Some("12***@qq.com"));
        assert_eq!(bind.phone.as_deref(), Some("18***32"));
    }
}

#[tokio::test]
async fn send_organization_invitation() {
    for emulator in both().await {
        let call = client(v20181225::Client::builder(), &emulator)
            .send_organization_invitation()
            .invite_uin(123)
            .name("test")
            .remark("test")
            .send();
        call.await.expect("the service answers");
        arrived(&emulator, "2018-12-25", "SendOrganizationInvitation");
        let link = emulator.outbox().pop().and_then(|message| message.link);
        let joined = emulator.visit(&link.expect("a link was sent"), &Visit::new());
        joined.expect("the invitation is accepted");
    }
}

/// These actions have no example: the emulator returns one item and no further page.
#[tokio::test]
async fn lists_without_examples_end() {
    for emulator in both().await {
        let client = client(v20210331::Client::builder(), &emulator);
        let nodes = client.describe_organization_nodes();
        let mut nodes = nodes.limit(10).offset(0).items();
        let node = nodes.next().await.expect("there is a node");
        let node = node.expect("the service answers");
        assert_eq!(node.name.as_deref(), Some("Root"));
        assert!(nodes.next().await.is_none());

        let mut groups = client.list_groups().zone_id("z-1").items();
        let group = groups.next().await.expect("there is a group");
        let group = group.expect("the service answers");
        assert_eq!(group.group_name.as_deref(), Some("GroupName"));
        assert!(groups.next().await.is_none());

        assert_eq!(emulator.requests().len(), 2, "each list is one page");
    }
}

#[tokio::test]
async fn error_matches_action_and_common_codes() {
    for emulator in both().await {
        let client = client(v20210331::Client::builder(), &emulator);
        let add = |member| {
            client
                .add_organization_member_email()
                .member_uin(member)
                .email("a@b.c")
                .country_code("86")
                .phone("13000000000")
                .send()
        };
        add(MEMBER).await.expect("the address is free");
        let error = add(100_000_000_002).await.expect_err("the address is used");
        assert!(
            error.is(v20210331::AddOrganizationMemberEmailError::FailedOperationEmailAlreadyUsed)
        );
        assert!(!error.is(v20210331::AddOrganizationMemberEmailError::InternalError));
        assert_eq!(error.code(), Some("FailedOperation.EmailAlreadyUsed"));
        let requests = emulator.requests();
        let id = &requests.last().expect("there was a request").request_id;
        assert_eq!(error.request_id(), Some(id.as_str()));
        assert_eq!(error.meaning(), Some("The email has been used."));
        assert_eq!(error.phase(), Phase::Answered);
        let shown = error.to_string();
        for part in [
            "FailedOperation.EmailAlreadyUsed",
            "The address a@b.c is already in use.",
            id,
            "200",
            "The email has been used.",
        ] {
            assert!(shown.contains(part), "{shown}");
        }

        emulator
            .inject(Fault::code("RequestLimitExceeded"))
            .expect("the action exists");
        let call = add(100_000_000_002).retry(Retry::never());
        let error = call.await.expect_err("a fault was injected");
        assert!(error.is(CommonError::RequestLimitExceeded));
        assert!(error.is_throttled());
    }
}

/// If the response is lost, a retry does not add a second mailbox.
#[tokio::test]
async fn lost_response_of_write_acts_once() {
    for emulator in both().await {
        for fault in [
            Fault::drop_after(),
            Fault::cut(20),
            Fault::status(502, "").acting(),
        ] {
            emulator.clear_requests();
            emulator.inject(fault.times(1)).expect("the action exists");
            let call = client(v20210331::Client::builder(), &emulator)
                .add_organization_member_email()
                .member_uin(MEMBER)
                .email("a@b.c")
                .country_code("86")
                .phone("13000000000")
                .send();
            call.await.expect_err("the answer is lost");
            assert_eq!(emulator.requests().len(), 1, "nothing is sent again");
            let added = emulator
                .change(|state| std::mem::take(&mut state.organizations[0].members[0].bindings));
            assert_eq!(added.expect("the state changes").len(), 1);
        }
    }
}

/// If the response is lost, a read is retried.
#[tokio::test]
async fn lost_response_of_read_is_retried() {
    for emulator in both().await {
        for fault in [Fault::drop_before(), Fault::drop_after(), Fault::cut(20)] {
            emulator.clear_requests();
            emulator.inject(fault.times(1)).expect("the action exists");
            let call = client(v20210331::Client::builder(), &emulator)
                .describe_organization_member_email_bind()
                .member_uin(MEMBER)
                .send();
            call.await.expect("the second answer arrives");
            assert_eq!(emulator.requests().len(), 2);
        }
    }
}

/// The first request fails because of its time, so the fault applies to the second.
#[tokio::test]
async fn fault_applies_after_clock_correction() {
    for emulator in both().await {
        let hour = std::time::Duration::from_secs(3600);
        emulator.advance(hour).expect("the clock moves");
        emulator
            .inject(Fault::drop_after().times(1))
            .expect("the action exists");
        let call = client(v20181225::Client::builder(), &emulator)
            .send_organization_invitation()
            .invite_uin(123)
            .name("test")
            .remark("test")
            .send();
        call.await.expect_err("the answer is lost");
        assert_eq!(emulator.outbox().len(), 1, "the invitation was sent");
    }
}

#[tokio::test]
async fn wrong_clock_is_corrected() {
    for emulator in both().await {
        let hour = std::time::Duration::from_secs(3600);
        emulator.advance(hour).expect("the clock moves");
        let call = client(v20210331::Client::builder(), &emulator)
            .describe_organization_member_email_bind()
            .member_uin(MEMBER)
            .send();
        call.await.expect("the client learns the time");
        let codes: Vec<_> = emulator.requests().into_iter().map(|of| of.code).collect();
        let expired = "AuthFailure.SignatureExpire".to_owned();
        assert_eq!(codes, [Some(expired), None]);
    }
}

#[tokio::test]
async fn wrong_key_is_reported() {
    for emulator in both().await {
        let wrong = Credential::new(tc3_emulator::Seed::SECRET_ID, "another-key-altogether");
        let call = client_with(v20210331::Client::builder(), &emulator, wrong)
            .describe_organization_member_email_bind()
            .member_uin(MEMBER)
            .send();
        let error = call.await.expect_err("the signature is wrong");
        assert!(
            error.is(CommonError::AuthFailureSignatureFailure),
            "{error}"
        );
    }
}
