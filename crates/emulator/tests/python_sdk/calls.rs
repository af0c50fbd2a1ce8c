//! The five actions, in every configuration of the SDK.

use std::path::Path;

use serde_json::{Map, Value, json};
use tc3_emulator::{Visit, Visited};
use time::PrimitiveDateTime;
use time::macros::format_description;

use crate::sdk::SdkConfig;
use crate::world::{ADA, GRACE, INVITED, World, changed, invitation, mailbox};

/// Parses a time in the documentation's format, `2022-01-13 12:09:08`.
fn unix_time(text: &Value) -> u64 {
    let text = text.as_str().expect("a time is a text");
    let form = format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");
    let time = PrimitiveDateTime::parse(text, form).expect("a time has the documentation's form");
    u64::try_from(time.assume_utc().unix_timestamp()).expect("a time is after 1970")
}

/// Returns the expected description of a pending mailbox.
fn pending_binding(bind_id: u64, mailbox: &Value, applied: &Value) -> Map<String, Value> {
    let described = json!({
        "BindId": bind_id,
        "ApplyTime": applied,
        "Email": mailbox["Email"],
        "Phone": mailbox["Phone"],
        "BindStatus": "Valid",
        "BindTime": "",
        "Description": "",
        "PhoneBind": 0,
        "CountryCode": mailbox["CountryCode"],
    });
    described.as_object().expect("an object").clone()
}

pub(crate) fn mailbox_is_bound_by_link(python: &Path, config: SdkConfig) {
    let mut world = World::new(python, config);
    let mailbox = mailbox(ADA, "ada@example.com");
    let before = world.emulator.now();
    let added = world.call("AddOrganizationMemberEmail", mailbox.clone());
    let after = world.emulator.now();
    let mut expected = world.describe(ADA);
    let applied = unix_time(&expected["ApplyTime"]);
    assert!((before..=after).contains(&applied), "{expected:?}");
    let bind_id = added["BindId"].as_u64().expect("an id");
    assert_eq!(
        expected,
        pending_binding(bind_id, &mailbox, &expected["ApplyTime"])
    );

    let mail = world.message();
    assert_eq!(mail.to, "ada@example.com");
    let link = mail.link.expect("the mail has a link");
    let visited = world.emulator.visit(&link, &Visit::new());
    assert_eq!(visited, Ok(Visited::Mailbox));
    let described = world.describe(ADA);
    let bound = unix_time(&described["BindTime"]);
    assert!((after..=world.emulator.now()).contains(&bound));
    expected.insert("BindStatus".to_owned(), json!("Success"));
    expected.insert("BindTime".to_owned(), described["BindTime"].clone());
    // As in the documentation's example.
    expected.insert("Description".to_owned(), json!("success"));
    assert_eq!(described, expected);

    let text_message = world.message();
    assert_eq!(text_message.to, "+86 13000000000");
    let code = text_message.code.expect("the text message has a code");
    let visited = world.emulator.visit(&link, &Visit::new().code(code));
    assert_eq!(visited, Ok(Visited::Telephone));
    expected.insert("PhoneBind".to_owned(), json!(1));
    assert_eq!(world.describe(ADA), expected);
}

pub(crate) fn changed_mailbox_needs_confirmation(python: &Path, config: SdkConfig) {
    let mut world = World::new(python, config);
    let added = world.call(
        "AddOrganizationMemberEmail",
        mailbox(ADA, "ada@example.com"),
    );
    let bind_id = added["BindId"].as_u64().expect("an id");
    let link = world.message().link.expect("the mail has a link");
    let visited = world.emulator.visit(&link, &Visit::new());
    assert_eq!(visited, Ok(Visited::Mailbox));
    let applied = world.describe(ADA)["ApplyTime"].clone();

    let changed = changed(bind_id, "countess@example.com");
    world.call("UpdateOrganizationMemberEmailBind", changed.clone());
    assert_eq!(
        world.describe(ADA),
        pending_binding(bind_id, &changed, &applied)
    );
    let mail = world.message();
    assert_eq!(mail.to, "countess@example.com");
    let link = mail.link.expect("the mail has a link");
    let visited = world.emulator.visit(&link, &Visit::new());
    assert_eq!(visited, Ok(Visited::Mailbox));
    assert_eq!(world.describe(ADA)["BindStatus"], "Success");
}

pub(crate) fn mail_is_resent(python: &Path, config: SdkConfig) {
    let mut world = World::new(python, config);
    let added = world.call(
        "AddOrganizationMemberEmail",
        mailbox(ADA, "ada@example.com"),
    );
    let first = world.message();
    let parameters = json!({ "MemberUin": ADA, "BindId": added["BindId"] });
    world.call("SendOrgMemberAccountBindEmail", parameters);
    let second = world.message();
    assert_eq!(world.emulator.outbox().len(), 2);
    assert_eq!((&second.to, second.about), (&first.to, first.about));
    assert_ne!(second.link, first.link);

    assert_eq!(world.describe(ADA)["BindStatus"], "Valid");
    let link = second.link.expect("the mail has a link");
    let visited = world.emulator.visit(&link, &Visit::new());
    assert_eq!(visited, Ok(Visited::Mailbox));
    assert_eq!(world.describe(ADA)["BindStatus"], "Success");
}

pub(crate) fn invited_account_joins(python: &Path, config: SdkConfig) {
    let mut world = World::new(python, config);
    world.call("SendOrganizationInvitation", invitation("Linus"));
    let sent = world.message();
    assert_eq!(sent.to, INVITED.to_string());
    let link = sent.link.expect("an invitation has a link");
    let visited = world.emulator.visit(&link, &Visit::new());
    assert_eq!(visited, Ok(Visited::Joined));
    assert_eq!(world.describe(INVITED)["BindStatus"], "Unbound");
}

pub(crate) fn member_without_mailbox_is_unbound(python: &Path, config: SdkConfig) {
    let mut world = World::new(python, config);
    let expected = json!({
        "BindId": 0,
        "ApplyTime": "",
        "Email": "",
        "Phone": "",
        "BindStatus": "Unbound",
        "BindTime": "",
        "Description": "",
        "PhoneBind": 0,
        "CountryCode": "",
    });
    assert_eq!(Value::Object(world.describe(GRACE)), expected);
}

/// Texts that need escaping in a query or in JSON, and an empty text.
pub(crate) fn texts_arrive_unchanged(python: &Path, config: SdkConfig) {
    let mut world = World::new(python, config);
    let name = "A b+c&d=e%20f/g?h#i~j*k'\"\\;\u{e9}\u{7ec4}\u{7ec7}";
    let parameters = json!({ "InviteUin": INVITED, "Name": name, "Remark": "" });
    world.call("SendOrganizationInvitation", parameters);
    let state = world.emulator.state();
    let invited = &state.organizations[0].invitations[0];
    assert_eq!((invited.name.as_str(), invited.remark.as_str()), (name, ""));
}
