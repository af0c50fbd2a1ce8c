//! Invitations.

use serde_json::json;
use tc3_emulator::state::{About, Joined};
use tc3_emulator::{Visit, Visited};

use crate::world::{HOUR, OUTSIDER, World};

async fn invite(world: &World) {
    let call = world
        .invitations()
        .send_organization_invitation()
        .invite_uin(OUTSIDER as i64)
        .name("Outsider")
        .remark("from outside")
        .send();
    call.await.expect("the invitation is sent");
}

#[tokio::test]
async fn whoever_accepts_is_a_member() {
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
    let again = world.ask("SendOrganizationInvitation", json!({})).await;
    let joined = "FailedOperation.UserInOrganization".to_owned();
    assert_eq!(again, Err(joined));
    let twice = world.visit(&link, &Visit::new());
    assert_eq!(
        twice,
        Err("FailedOperation.BindEmailLinkInvalid".to_owned())
    );
    // It has a mailbox of its own.
    let bound = world.add(OUTSIDER, "outsider@example.com").await;
    assert_eq!(bound, Err("UnsupportedOperation".to_owned()));
}

#[tokio::test]
async fn an_invitation_that_nobody_accepts_can_be_sent_again() {
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
