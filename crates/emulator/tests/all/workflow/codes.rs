//! Reaches every documented error code of the five actions, by a workflow step or else by a fault.

use std::path::Path;
use std::time::Duration;

use serde_json::json;
use tc3_emulator::Visit;
use tc3_spec::Spec;

use super::world::{ADA, As, GRACE, HOUR, INVITED, MAINLANDER, OUTSIDER, World};

const ADD: &str = "AddOrganizationMemberEmail";
const DESCRIBE: &str = "DescribeOrganizationMemberEmailBind";
const UPDATE: &str = "UpdateOrganizationMemberEmailBind";
const SEND: &str = "SendOrgMemberAccountBindEmail";
const INVITE: &str = "SendOrganizationInvitation";

/// The codes that no workflow step can cause, because they report failures of other services.
const BY_FAULT: [(&str, &str); 9] = [
    (ADD, "FailedOperation.CheckAccountPhoneBindLimit"),
    (ADD, "FailedOperation.CheckMailAccount"),
    (ADD, "InternalError"),
    (DESCRIBE, "FailedOperation.MemberBindEmailError"),
    (DESCRIBE, "FailedOperation.MemberBindPhoneError"),
    (DESCRIBE, "InternalError"),
    (SEND, "InternalError"),
    (UPDATE, "FailedOperation.CheckMailAccount"),
    (UPDATE, "InternalError"),
];

#[tokio::test]
async fn every_documented_code() {
    let mut by_fault = Vec::new();
    let mut count = 0;
    for version in ["2018-12-25", "2021-03-31"] {
        let path = format!("../../specs/organization/{version}.json");
        let spec = Spec::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
        for (action, of) in spec.expect("the spec is valid").actions {
            for code in of.errors.into_iter().map(|error| error.code) {
                match step(&action, &code).await {
                    Some(reached) => assert_eq!(reached, Err(code.clone()), "{action}"),
                    None => by_fault.push((action.clone(), code.clone())),
                }
                // Even if the step is elsewhere, such as at a link, a fault makes the action return the code.
                let injected = World::new().await.fault(&action, &code).await;
                assert_eq!(injected, Err(code), "{action}");
                count += 1;
            }
        }
    }
    assert_eq!(count, 53, "the number of rows of codes in the five pages");
    let expected = BY_FAULT.map(|(action, code)| (action.to_owned(), code.to_owned()));
    assert_eq!(by_fault, expected);
}

/// Causes an error code and returns the result; `None` if the workflow has no such step.
async fn step(action: &str, code: &str) -> Option<Result<(), String>> {
    Some(match (action, code) {
        (INVITE, code) => invite(code).await?,
        (_, "ResourceNotFound.OrganizationNotExist") => {
            let world = World::new().await;
            let parameters = json!({ "MemberUin": ADA, "BindId": 1, "Email": "a@b.c", "CountryCode": "1", "Phone": "12345" });
            let fields = match action {
                ADD => vec!["MemberUin", "Email", "CountryCode", "Phone"],
                DESCRIBE => vec!["MemberUin"],
                SEND => vec!["MemberUin", "BindId"],
                _ => vec!["MemberUin", "BindId", "Email", "CountryCode", "Phone"],
            };
            let taken = fields
                .iter()
                .map(|name| (name.to_string(), parameters[name].clone()));
            world.call(As::Outsider, action, taken.collect()).await
        }
        (_, "ResourceNotFound.OrganizationMemberNotExist") => {
            let world = World::new().await;
            world
                .call_as_admin(action, json!({ "MemberUin": OUTSIDER }))
                .await
        }
        (_, "InvalidParameter") => {
            let world = World::new().await;
            world
                .call_as_admin(action, json!({ "MemberUin": -1 }))
                .await
        }
        (ADD | UPDATE, "UnsupportedOperation") => {
            let world = World::new().await;
            world
                .call_as_admin(action, json!({ "MemberUin": INVITED }))
                .await
        }
        (ADD, code) => add(code).await?,
        (DESCRIBE, code) => visit(code).await?,
        (UPDATE, code) => update(code).await?,
        (SEND, code) => send(code).await?,
        _ => return None,
    })
}

async fn invite(code: &str) -> Option<Result<(), String>> {
    let world = World::limited(|limits| limits.members = 4).await;
    Some(match code {
        "FailedOperation.MemberNameUsed" => {
            world.call_as_admin(INVITE, json!({ "Name": "Ada" })).await
        }
        "FailedOperation.NotSameRegion" => {
            world
                .call_as_admin(INVITE, json!({ "InviteUin": MAINLANDER }))
                .await
        }
        "FailedOperation.ReSentInvitation" => {
            world
                .call_as_admin(INVITE, json!({}))
                .await
                .expect("it is sent");
            world
                .call_as_admin(INVITE, json!({ "Name": "Another" }))
                .await
        }
        "FailedOperation.UserInOrganization" => {
            world
                .call_as_admin(INVITE, json!({ "InviteUin": ADA }))
                .await
        }
        "FailedOperation.UserNotRegister" => {
            let parameters = json!({ "InviteUin": OUTSIDER, "Name": "Outsider", "Remark": "" });
            world.call(As::User, INVITE, parameters).await
        }
        "LimitExceeded.Members" => {
            let change = world.0.change(|state| {
                let account = state.accounts[0].clone();
                state.accounts.extend((31..34).map(|uin| {
                    let mut account = account.clone();
                    account.uin = uin;
                    account
                }));
            });
            change.expect("the state changes");
            let invited = world
                .call_as_admin(INVITE, json!({ "InviteUin": 31, "Name": "31" }))
                .await;
            invited.expect("there is room for one");
            world
                .call_as_admin(INVITE, json!({ "InviteUin": 32, "Name": "32" }))
                .await
        }
        "ResourceNotFound.OrganizationNotExist" => {
            let parameters = json!({ "InviteUin": OUTSIDER, "Name": "Outsider", "Remark": "" });
            world.call(As::Outsider, INVITE, parameters).await
        }
        "ResourceNotFound.UserNotExist" => {
            world
                .call_as_admin(INVITE, json!({ "InviteUin": 404 }))
                .await
        }
        _ => return None,
    })
}

/// Adds a mailbox as a setup step.
async fn added(world: &World, member: u64, email: &str) {
    world.add(member, email).await.expect("it is added");
}

async fn add(code: &str) -> Option<Result<(), String>> {
    let world = World::limited(|limits| match code {
        "LimitExceeded.EmailBindOverLimit" => limits.bindings_a_day = 1,
        _ => limits.members_a_phone = 1,
    })
    .await;
    let known = [
        "FailedOperation.EmailAlreadyUsed",
        "FailedOperation.MemberEmailExist",
        "LimitExceeded.EmailBindOverLimit",
        "LimitExceeded.PhoneNumBound",
    ];
    if !known.contains(&code) {
        return None;
    }
    added(&world, ADA, "ada@example.com").await;
    Some(match code {
        // Addresses are case-insensitive.
        "FailedOperation.EmailAlreadyUsed" => world.add(GRACE, "ADA@example.com").await,
        "FailedOperation.MemberEmailExist" => world.add(ADA, "second@example.com").await,
        _ => world.add(GRACE, "grace@example.com").await,
    })
}

async fn visit(code: &str) -> Option<Result<(), String>> {
    let world = World::new().await;
    added(&world, ADA, "ada@example.com").await;
    let link = world.link();
    let visit = |form: Visit| world.visit(&link, &form).map(|_| ());
    Some(match code {
        "FailedOperation.AccountAlreadyRegister" => {
            let change = |email: &str| {
                let email = Some(email.to_owned());
                let changed = world.0.change(|state| state.accounts[0].email = email);
                changed.expect("the state changes");
            };
            change("Ada@Example.com");
            visit(Visit::new())
        }
        "FailedOperation.BindEmailLinkExpired" => {
            world.pass(24 * HOUR);
            visit(Visit::new())
        }
        "FailedOperation.BindEmailLinkInvalid" => {
            let unknown = format!("{link}0");
            world.visit(&unknown, &Visit::new()).map(|_| ())
        }
        "FailedOperation.EmailAlreadyUsed" => {
            added(&world, GRACE, "grace@example.com").await;
            world
                .visit(&world.link(), &Visit::new())
                .expect("it is bound");
            let changed = world.0.change(|state| {
                state.organizations[0].members[1].bindings[0].email = "ada@example.com".to_owned();
            });
            changed.expect("the state changes");
            visit(Visit::new())
        }
        "FailedOperation.EmailBindRecordInvalid" => {
            let moved = world
                .call_as_admin(UPDATE, json!({ "Email": "new@example.com" }))
                .await;
            moved.expect("it is changed");
            visit(Visit::new())
        }
        "InvalidParameter.CodeError" => visit(Visit::new().code("no code")),
        "InvalidParameter.CodeExpired" => {
            visit(Visit::new()).expect("it is bound");
            let code = world.last().code.expect("a code was sent");
            world.pass(Duration::from_secs(10 * 60));
            visit(Visit::new().code(code))
        }
        "InvalidParameter.InvalidEmail" => visit(Visit::new().email("nonsense")),
        "InvalidParameter.PasswordIllegal" => visit(Visit::new().password("short")),
        "ResourceNotFound.UserNotExist" => {
            let changed = world.0.change(|state| {
                let mut accounts = state.accounts.iter_mut();
                let ada = accounts.find(|account| account.uin == ADA);
                ada.expect("members have accounts").closed = true;
            });
            changed.expect("the state changes");
            let visited = visit(Visit::new());
            let described = world.call_as_admin(DESCRIBE, json!({})).await;
            assert_eq!(visited, described, "the action returns the same error");
            described
        }
        _ => return None,
    })
}

async fn update(code: &str) -> Option<Result<(), String>> {
    let world = World::limited(|limits| limits.updates = 2).await;
    added(&world, ADA, "ada@example.com").await;
    Some(match code {
        "FailedOperation.EmailAlreadyUsed" => {
            added(&world, GRACE, "grace@example.com").await;
            world
                .call_as_admin(UPDATE, json!({ "Email": "grace@example.com" }))
                .await
        }
        "FailedOperation.EmailBindRecordInvalid" => {
            world.pass(24 * HOUR);
            world.call_as_admin(UPDATE, json!({})).await
        }
        "LimitExceeded.UpdateEmailBindOverLimit" => {
            for email in ["one@example.com", "two@example.com"] {
                let updated = world.call_as_admin(UPDATE, json!({ "Email": email })).await;
                updated.expect("it is changed");
            }
            world
                .call_as_admin(UPDATE, json!({ "Email": "three@example.com" }))
                .await
        }
        "ResourceNotFound.EmailBindRecordNotExist" => {
            world.call_as_admin(UPDATE, json!({ "BindId": 2 })).await
        }
        _ => return None,
    })
}

async fn send(code: &str) -> Option<Result<(), String>> {
    let world = World::limited(|limits| {
        limits.resends = 3;
        limits.resends_an_hour = 2;
    })
    .await;
    added(&world, ADA, "ada@example.com").await;
    let send = || world.call_as_admin(SEND, json!({}));
    Some(match code {
        "FailedOperation.EmailBindRecordInvalid" => {
            world
                .visit(&world.link(), &Visit::new())
                .expect("it is bound");
            send().await
        }
        "LimitExceeded.SendEmailWithinOneHourLimit" => {
            send().await.expect("the first mail is sent");
            send().await.expect("the second mail is sent");
            send().await
        }
        "LimitExceeded.SendEmailLimit" => {
            for _ in 0..3 {
                world.pass(HOUR);
                send().await.expect("a mail an hour is sent");
            }
            world.pass(HOUR);
            send().await
        }
        "ResourceNotFound.EmailBindRecordNotExist" => {
            world.call_as_admin(SEND, json!({ "BindId": 99 })).await
        }
        _ => return None,
    })
}
