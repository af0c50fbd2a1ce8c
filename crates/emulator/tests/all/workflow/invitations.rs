//! Invitations.

use serde_json::json;
use tc3_emulator::state::{About, Invitation, Joined, Member, Organization};
use tc3_emulator::{State, Visit, Visited};

use super::world::{HOUR, OUTSIDER, World};

async fn invite(world: &World) {
    let call = world
        .invitations()
        .send_organization_invitation()
        .invite_uin(OUTSIDER)
        .name("Outsider")
        .remark("from outside")
        .send();
    call.await.expect("the invitation is sent");
}

#[tokio::test]
async fn accepted_invitation_adds_member() {
    let world = World::new().await;
    invite(&world).await;
    let message = world.last();
    assert_eq!(message.to, OUTSIDER.to_string());
    assert_eq!(message.about, About::Invitation { organization: 7 });
    let link = message.link.expect("the invitation has a link");
    assert_eq!(world.visit(&link, &Visit::new()), Ok(Visited::Joined));

    let state = world.0.state();
    let member = state.organizations[0].members.last();
    let member = member.expect("there are members");
    assert_eq!((member.uin, member.joined), (OUTSIDER, Joined::Invited));
    assert_eq!(
        (member.name.as_str(), member.remark.as_str()),
        ("Outsider", "from outside")
    );
    let again = world
        .call_as_admin("SendOrganizationInvitation", json!({}))
        .await;
    let joined = "FailedOperation.UserInOrganization".to_owned();
    assert_eq!(again, Err(joined));
    let duplicate = world.visit(&link, &Visit::new());
    assert_eq!(
        duplicate,
        Err("FailedOperation.BindEmailLinkInvalid".to_owned())
    );
    // An invited member has its own mailbox.
    let bound = world.add(OUTSIDER, "outsider@example.com").await;
    assert_eq!(bound, Err("UnsupportedOperation".to_owned()));
}

#[tokio::test]
async fn expired_invitation_can_be_resent() {
    let world = World::new().await;
    invite(&world).await;
    let first = world.link();
    world.pass(15 * 24 * HOUR);
    let expired = world.visit(&first, &Visit::new());
    assert_eq!(
        expired,
        Err("FailedOperation.BindEmailLinkExpired".to_owned())
    );
    invite(&world).await;
    assert_eq!(
        world.visit(&world.link(), &Visit::new()),
        Ok(Visited::Joined)
    );
}

/// Two organizations may invite the same account, which can join only one.
#[tokio::test]
async fn account_joins_only_one_organization() {
    let world = World::new().await;
    invite(&world).await;
    let token = "of-the-other".to_owned();
    let other = Organization {
        id: 8,
        admin: 31,
        invitations: vec![Invitation {
            uin: OUTSIDER,
            name: "Outsider".to_owned(),
            sent: world.0.now(),
            token: token.clone(),
            ..Invitation::default()
        }],
        ..Organization::default()
    };
    let added = world.0.change(|state| state.organizations.push(other));
    added.expect("the state changes");
    assert_eq!(
        world.visit(&world.link(), &Visit::new()),
        Ok(Visited::Joined)
    );
    let void = world.visit(&format!("/links/{token}"), &Visit::new());
    assert_eq!(void, Err("FailedOperation.BindEmailLinkInvalid".to_owned()));
    let state = world.0.state();
    let members = state.organizations.iter().flat_map(|of| &of.members);
    assert_eq!(members.filter(|of| of.uin == OUTSIDER).count(), 1);
}

#[tokio::test]
async fn invitation_is_checked_on_acceptance() {
    for (change, code) in [
        (
            (|state| {
                let mut accounts = state.accounts.iter_mut();
                let outsider = accounts.find(|account| account.uin == OUTSIDER);
                outsider.expect("it has an account").closed = true;
            }) as fn(&mut State),
            "ResourceNotFound.UserNotExist",
        ),
        (
            |state| {
                let admin = OUTSIDER;
                let (id, rest) = (8, Organization::default());
                state.organizations.push(Organization { id, admin, ..rest });
            },
            "FailedOperation.UserInOrganization",
        ),
        (
            |state| {
                let members = (31..40).map(|uin| Member {
                    uin,
                    ..Member::default()
                });
                state.organizations[0].members.extend(members);
            },
            "LimitExceeded.Members",
        ),
    ] {
        let world = World::limited(|limits| limits.members = 10).await;
        invite(&world).await;
        world.0.change(change).expect("the state changes");
        let visited = world.visit(&world.link(), &Visit::new());
        assert_eq!(visited, Err(code.to_owned()));
    }
}

#[tokio::test]
async fn inconsistent_state_is_rejected() {
    let world = World::new().await;
    let before = world.0.state();
    let refused = world.0.change(|state| {
        let duplicate = state.organizations[0].members[0].clone();
        state.organizations[0].members.push(duplicate);
    });
    let message = refused.expect_err("duplicate member").to_string();
    assert!(
        message.contains("belongs to more than one organization"),
        "{message}"
    );
    assert_eq!(world.0.state(), before);
}
