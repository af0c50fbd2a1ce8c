//! Invitations to join an organization: version 2018-12-25.

use serde_json::Map;

use super::binding::is_expired;
use super::{ActionResult, Request, codes, links};
use crate::service_error::ServiceError;
use crate::state::{About, Invitation, Message, State};

/// `SendOrganizationInvitation`: invites an account.
pub(super) fn send(state: &mut State, request: &Request<'_>) -> ActionResult {
    if request.caller.sub_account {
        return Err(ServiceError::new(
            codes::USER_NOT_REGISTER,
            "Only a primary account can send invitations; the caller is a sub-account user.",
        ));
    }
    let organization = request.organization(state)?;
    let uin = request.parameters.number("InviteUin")?;
    let name = request.parameters.text("Name")?;
    let remark = request.parameters.text("Remark")?;
    let account = state.account(uin).ok_or_else(|| {
        ServiceError::new(
            codes::USER_NOT_EXIST,
            format_args!("Account {uin} does not exist."),
        )
    })?;
    let site = state.account(organization.admin).map(|admin| admin.site);
    if site.is_some_and(|site| site != account.site) {
        return Err(ServiceError::new(
            codes::NOT_SAME_REGION,
            format_args!("Account {uin} is registered at the other site."),
        ));
    }
    if state.belongs(uin) {
        return Err(ServiceError::new(
            codes::USER_IN_ORGANIZATION,
            format_args!("Account {uin} already belongs to an organization."),
        ));
    }
    let lifetime = request.limits.invitation_seconds;
    let is_open = |invitation: &&Invitation| !is_expired(invitation.sent, lifetime, request.now);
    let open = || organization.invitations.iter().filter(is_open);
    if open().any(|invitation| invitation.uin == uin) {
        return Err(ServiceError::new(
            codes::RE_SENT_INVITATION,
            format_args!("Account {uin} already has a pending invitation."),
        ));
    }
    let is_taken = organization
        .members
        .iter()
        .any(|member| member.name == name)
        || open().any(|invitation| invitation.name == name);
    if is_taken {
        return Err(ServiceError::new(
            codes::MEMBER_NAME_USED,
            format_args!("The name `{name}` is already in use."),
        ));
    }
    if organization.members.len() + open().count() >= request.limits.members {
        return Err(ServiceError::new(
            codes::MEMBERS,
            format_args!(
                "The organization has {} members and open invitations.",
                request.limits.members
            ),
        ));
    }

    let (id, token) = (organization.id, links::token());
    let link = links::path(&token);
    let invitation = Invitation {
        id: state.last_invitation_id().saturating_add(1),
        uin,
        name: name.to_owned(),
        remark: remark.to_owned(),
        sent: request.now,
        token,
    };
    if let Some(organization) = state
        .organizations
        .iter_mut()
        .find(|organization| organization.id == id)
    {
        // Replaces an expired invitation.
        organization
            .invitations
            .retain(|invitation| invitation.uin != uin);
        organization.invitations.push(invitation);
    }
    state.send(Message {
        to: uin.to_string(),
        sent: request.now,
        about: About::Invitation { organization: id },
        link: Some(link),
        code: None,
    });
    Ok(Map::new())
}
