//! The five actions that have pages, with the requests and responses that these give as examples, and lists that have
//! none.

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
        // A request that was built before can be sent again and again.
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

/// No example tells what these answer: the emulator gives one item, and says that there are no more.
#[tokio::test]
async fn lists_without_an_example_come_to_an_end() {
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
async fn an_error_answers_for_its_action_and_for_all_services() {
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
        let error = call.await.expect_err("a fault was asked for");
        assert!(error.is(CommonError::RequestLimitExceeded));
        assert!(error.is_throttled());
    }
}

/// A mailbox is added once, however the answer is lost.
#[tokio::test]
async fn a_call_whose_answer_is_lost_acts_once() {
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

/// What only reads is asked again.
#[tokio::test]
async fn a_question_whose_answer_is_lost_is_asked_again() {
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

/// The first request is refused for its time, and the fault waits for the second, which acts.
#[tokio::test]
async fn a_fault_waits_for_a_client_that_has_to_learn_the_time() {
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
async fn a_clock_that_is_wrong_is_put_right() {
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
async fn a_wrong_key_is_found_out() {
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
