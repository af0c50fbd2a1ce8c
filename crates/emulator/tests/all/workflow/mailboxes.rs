//! The life cycle of a mailbox.

use std::time::Duration;

use tc3_emulator::state::About;
use tc3_emulator::{Visit, Visited};
use tencentcloud_organization::v20210331::{
    Client, DescribeOrganizationMemberEmailBindResponse as Bind,
};

use super::world::{ADA, HOUR, World};

async fn describe(client: &Client) -> Bind {
    let call = client
        .describe_organization_member_email_bind()
        .member_uin(ADA as i64)
        .send();
    call.await.expect("the member exists")
}

async fn add(client: &Client, email: &str) -> u64 {
    let call = client
        .add_organization_member_email()
        .member_uin(ADA as i64)
        .email(email)
        .country_code("86")
        .phone("18***11")
        .send();
    let added = call.await.expect("the mailbox is added");
    added.bind_id.expect("a binding has an id")
}

async fn update(client: &Client, id: u64, email: &str, phone: &str) {
    let call = client
        .update_organization_member_email_bind()
        .member_uin(ADA as i64)
        .bind_id(id as i64)
        .email(email)
        .country_code("86")
        .phone(phone)
        .send();
    call.await.expect("the mailbox is changed");
}

async fn send(client: &Client, id: u64) {
    let call = client
        .send_org_member_account_bind_email()
        .member_uin(ADA as i64)
        .bind_id(id as i64)
        .send();
    call.await.expect("the mail is sent");
}

#[track_caller]
fn status(bind: &Bind, expect: &str) {
    assert_eq!(bind.bind_status.as_deref(), Some(expect), "{bind:?}");
}

#[tokio::test]
async fn member_without_mailbox_is_unbound() {
    let world = World::new().await;
    let bind = describe(&world.mailboxes()).await;
    status(&bind, "Unbound");
    assert_eq!((bind.bind_id, bind.phone_bind), (Some(0), Some(0)));
    for text in [
        bind.apply_time,
        bind.email,
        bind.phone,
        bind.bind_time,
        bind.description,
        bind.country_code,
    ] {
        assert_eq!(text.as_deref(), Some(""), "every documented field is there");
    }
}

#[tokio::test]
async fn mailbox_is_valid_until_link_visit() {
    let world = World::new().await;
    let client = world.mailboxes();
    let id = add(&client, "ada@example.com").await;
    let bind = describe(&client).await;
    status(&bind, "Valid");
    assert_eq!(bind.bind_id, Some(id));
    assert_eq!(bind.email.as_deref(), Some("ada@example.com"));
    assert_eq!(bind.phone.as_deref(), Some("18***11"));
    assert_eq!(bind.country_code.as_deref(), Some("86"));
    assert_eq!(bind.apply_time.as_deref(), Some("2024-02-29 12:00:00"));
    assert_eq!(bind.bind_time.as_deref(), Some(""));

    let mail = world.last();
    assert_eq!(mail.to, "ada@example.com");
    let about = About::Mailbox {
        member: ADA,
        bind_id: id,
    };
    assert_eq!(mail.about, about);
    let link = mail.link.expect("the mail has a link");
    assert!(link.starts_with(world.0.endpoint()), "{link}");

    world.pass(HOUR);
    assert_eq!(world.visit(&link, &Visit::new()), Ok(Visited::Mailbox));
    let bind = describe(&client).await;
    status(&bind, "Success");
    assert_eq!(bind.bind_time.as_deref(), Some("2024-02-29 13:00:00"));
    assert_eq!(bind.description.as_deref(), Some("success"));
    assert_eq!(bind.phone_bind, Some(0));

    // A bound mailbox stays bound when its link is visited again.
    world.pass(1000 * HOUR);
    assert_eq!(world.visit(&link, &Visit::new()), Ok(Visited::Mailbox));
    status(&describe(&client).await, "Success");
}

#[tokio::test]
async fn text_message_code_binds_phone() {
    let world = World::new().await;
    let client = world.mailboxes();
    add(&client, "ada@example.com").await;
    let link = world.link();
    assert_eq!(world.visit(&link, &Visit::new()), Ok(Visited::Mailbox));
    let text = world.last();
    assert_eq!(text.to, "+86 18***11");
    let form = Visit::new()
        .code(text.code.expect("the text message has a code"))
        .email("ada@example.com")
        .password("passw0rd-of-ada");
    assert_eq!(world.visit(&link, &form), Ok(Visited::Telephone));
    assert_eq!(describe(&client).await.phone_bind, Some(1));
    // A code can be used once.
    let again = world.visit(&link, &form);
    assert_eq!(again, Err("InvalidParameter.CodeError".to_owned()));
}

#[tokio::test]
async fn expired_code_is_replaced() {
    let world = World::new().await;
    add(&world.mailboxes(), "ada@example.com").await;
    let link = world.link();
    world
        .visit(&link, &Visit::new())
        .expect("the mailbox is bound");
    world.pass(HOUR);
    world
        .visit(&link, &Visit::new())
        .expect("another code is sent");
    let code = world.last().code.expect("the text message has a code");
    let visited = world.visit(&link, &Visit::new().code(code));
    assert_eq!(visited, Ok(Visited::Telephone));
}

#[tokio::test]
async fn expired_link_fails_the_binding() {
    let world = World::new().await;
    let client = world.mailboxes();
    let first = add(&client, "ada@example.com").await;
    world.pass(24 * HOUR - Duration::from_secs(1));
    status(&describe(&client).await, "Valid");
    world.pass(Duration::from_secs(1));
    let bind = describe(&client).await;
    status(&bind, "Failed");
    let description = "The mailbox binding link has expired.";
    assert_eq!(bind.description.as_deref(), Some(description));

    // A mailbox can be added again, even the same; the failed binding stays invalid.
    let second = add(&client, "ada@example.com").await;
    assert!(second > first);
    status(&describe(&client).await, "Valid");
    let call = client
        .send_org_member_account_bind_email()
        .member_uin(ADA as i64)
        .bind_id(first as i64)
        .send();
    let error = call.await.expect_err("the first binding is invalid");
    assert_eq!(error.code(), Some("FailedOperation.EmailBindRecordInvalid"));
}

#[tokio::test]
async fn resent_mail_extends_the_link() {
    let world = World::new().await;
    let client = world.mailboxes();
    let id = add(&client, "ada@example.com").await;
    let first = world.link();
    world.pass(23 * HOUR);
    send(&client, id).await;
    let second = world.link();
    assert_ne!(first, second);
    assert_eq!(world.0.outbox().len(), 2);
    world.pass(2 * HOUR);
    status(&describe(&client).await, "Valid");
    let expired = world.visit(&first, &Visit::new());
    assert_eq!(
        expired,
        Err("FailedOperation.BindEmailLinkExpired".to_owned())
    );
    assert_eq!(world.visit(&second, &Visit::new()), Ok(Visited::Mailbox));
}

#[tokio::test]
async fn changed_address_needs_confirmation() {
    let world = World::new().await;
    let client = world.mailboxes();
    let id = add(&client, "ada@example.com").await;
    let old = world.link();
    world
        .visit(&old, &Visit::new())
        .expect("the mailbox is bound");
    update(&client, id, "ada@example.org", "18***11").await;
    let bind = describe(&client).await;
    status(&bind, "Valid");
    assert_eq!(bind.bind_id, Some(id));
    assert_eq!(bind.email.as_deref(), Some("ada@example.org"));
    let visited = world.visit(&old, &Visit::new());
    let invalid = "FailedOperation.EmailBindRecordInvalid".to_owned();
    assert_eq!(visited, Err(invalid));
    let mail = world.last();
    assert_eq!(mail.to, "ada@example.org");
    let link = mail.link.expect("the mail has a link");
    assert_eq!(world.visit(&link, &Visit::new()), Ok(Visited::Mailbox));
}

#[tokio::test]
async fn changed_phone_keeps_mailbox_bound() {
    let world = World::new().await;
    let client = world.mailboxes();
    let id = add(&client, "ada@example.com").await;
    let link = world.link();
    world
        .visit(&link, &Visit::new())
        .expect("the mailbox is bound");
    let code = world.last().code.expect("a code was sent");
    world
        .visit(&link, &Visit::new().code(code))
        .expect("the telephone is bound");
    update(&client, id, "ada@example.com", "13900000000").await;
    let bind = describe(&client).await;
    status(&bind, "Success");
    assert_eq!(bind.phone.as_deref(), Some("13900000000"));
    assert_eq!(bind.phone_bind, Some(0), "the new one is not confirmed");
}

#[tokio::test]
async fn link_failure_is_described() {
    let world = World::new().await;
    let client = world.mailboxes();
    add(&client, "ada@example.com").await;
    let registered = |state: &mut tc3_emulator::State| {
        state.accounts[0].email = Some("ada@example.com".to_owned());
    };
    world.0.change(registered).expect("the state changes");
    world
        .visit(&world.link(), &Visit::new())
        .expect_err("the address is taken");
    let bind = describe(&client).await;
    status(&bind, "Failed");
    let description = bind.description.unwrap_or_default();
    assert!(description.contains("registered"), "{description}");
}

#[tokio::test]
async fn daily_limits_reset() {
    let world = World::limited(|limits| limits.bindings_a_day = 1).await;
    let client = world.mailboxes();
    add(&client, "ada@example.com").await;
    let grace = "grace@example.com";
    let refused = world.add(super::world::GRACE, grace).await;
    assert_eq!(refused, Err("LimitExceeded.EmailBindOverLimit".to_owned()));
    world.pass(24 * HOUR);
    assert_eq!(world.add(super::world::GRACE, grace).await, Ok(()));
}
