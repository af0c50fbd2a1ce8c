//! Member mailboxes: version 2021-03-31.

use serde_json::{Map, json};

use super::binding::{EXPIRED, Status, is_expired};
use super::request::object;
use super::{ActionResult, Request, codes, links};
use crate::clock::timestamp;
use crate::service_error::ServiceError;
use crate::state::{About, Binding, Joined, Link, Member, Message, Outcome, State, is_same};

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// `AddOrganizationMemberEmail`: adds a mailbox to a member.
pub(super) fn add(state: &mut State, request: &Request<'_>) -> ActionResult {
    let (limits, now) = (request.limits, request.now);
    let (organization, member) = request.member(state)?;
    let email = request.parameters.email("Email")?;
    let country_code = request.parameters.country_code("CountryCode")?;
    let phone = request.parameters.phone("Phone")?;
    check_supported(member)?;
    if member.status(limits, now).is_active() {
        return Err(ServiceError::new(
            codes::MEMBER_EMAIL_EXIST,
            format_args!("Member {} already has a mailbox.", member.uin),
        ));
    }
    check_unused(state, email, member.uin, request)?;
    let sharing = state.members().filter(|other| {
        let shares =
            |binding: &Binding| binding.country_code == country_code && binding.phone == phone;
        other.status(limits, now).is_active() && other.binding().is_some_and(shares)
    });
    if sharing.count() >= limits.members_a_phone {
        return Err(ServiceError::new(
            codes::PHONE_NUM_BOUND,
            format_args!(
                "The phone number +{country_code} {phone} is already used by {} members.",
                limits.members_a_phone
            ),
        ));
    }
    let bindings = organization
        .members
        .iter()
        .flat_map(|member| &member.bindings);
    let today = bindings.filter(|binding| !is_expired(binding.applied, DAY, now));
    if today.count() >= limits.bindings_a_day {
        return Err(ServiceError::new(
            codes::EMAIL_BIND_OVER_LIMIT,
            format_args!(
                "The organization already added {} mailboxes within 24 hours.",
                limits.bindings_a_day
            ),
        ));
    }

    let (uin, id) = (member.uin, state.last_bind_id.saturating_add(1));
    state.last_bind_id = id;
    let mut binding = Binding {
        id,
        email: email.to_owned(),
        country_code: country_code.to_owned(),
        phone: phone.to_owned(),
        applied: now,
        ..Binding::default()
    };
    let mail = add_link(&mut binding, uin, now);
    state.put_binding(uin, binding);
    state.send(mail);
    Ok(object(json!({ "BindId": id })))
}

/// `DescribeOrganizationMemberEmailBind`: returns a member's mailbox binding.
pub(super) fn describe(state: &State, request: &Request<'_>) -> ActionResult {
    let (_, member) = request.member(state)?;
    if state.account(member.uin).is_none() {
        return Err(ServiceError::new(
            codes::USER_NOT_EXIST,
            format_args!("Account {} was closed.", member.uin),
        ));
    }
    let unbound = Binding::default();
    let binding = member.binding().unwrap_or(&unbound);
    let status = member.status(request.limits, request.now);
    let applied = match status {
        Status::Unbound => String::new(),
        _ => timestamp(binding.applied),
    };
    let (bound, description) = match &binding.outcome {
        Outcome::Bound(since) => (timestamp(*since), "success"),
        Outcome::Failed(reason) => (String::new(), reason.as_str()),
        Outcome::Pending if status == Status::Failed => (String::new(), EXPIRED),
        Outcome::Pending => (String::new(), ""),
    };
    Ok(object(json!({
        "BindId": binding.id,
        "ApplyTime": applied,
        "Email": binding.email,
        "Phone": binding.phone,
        "BindStatus": status.as_str(),
        "BindTime": bound,
        "Description": description,
        "PhoneBind": u8::from(binding.phone_bound),
        "CountryCode": binding.country_code,
    })))
}

/// `UpdateOrganizationMemberEmailBind`: changes the address and phone of a binding.
pub(super) fn update(state: &mut State, request: &Request<'_>) -> ActionResult {
    let (_, member) = request.member(state)?;
    let email = request.parameters.email("Email")?;
    let country_code = request.parameters.country_code("CountryCode")?;
    let phone = request.parameters.phone("Phone")?;
    check_supported(member)?;
    let binding = current_binding(member, request)?;
    if !binding.status(request.limits, request.now).is_active() {
        return Err(not_pending(binding.id));
    }
    check_unused(state, email, member.uin, request)?;
    if binding.updates >= request.limits.updates {
        return Err(ServiceError::new(
            codes::UPDATE_EMAIL_BIND_OVER_LIMIT,
            format_args!(
                "Binding {} was already changed {} times.",
                binding.id, binding.updates
            ),
        ));
    }

    let uin = member.uin;
    let mut changed = binding.clone();
    changed.updates += 1;
    if (changed.country_code.as_str(), changed.phone.as_str()) != (country_code, phone) {
        country_code.clone_into(&mut changed.country_code);
        phone.clone_into(&mut changed.phone);
        changed.phone_bound = false;
        changed.code = None;
    }
    if changed.email != email {
        email.clone_into(&mut changed.email);
        changed.outcome = Outcome::Pending;
        state.send(add_link(&mut changed, uin, request.now));
    }
    state.put_binding(uin, changed);
    Ok(Map::new())
}

/// `SendOrgMemberAccountBindEmail`: resends the mail.
pub(super) fn send(state: &mut State, request: &Request<'_>) -> ActionResult {
    let (limits, now) = (request.limits, request.now);
    let (_, member) = request.member(state)?;
    let binding = current_binding(member, request)?;
    if binding.status(limits, now) != Status::Valid {
        return Err(not_pending(binding.id));
    }
    if binding.resends.len() >= limits.resends {
        return Err(ServiceError::new(
            codes::SEND_EMAIL_LIMIT,
            format_args!("The mail was already resent {} times.", limits.resends),
        ));
    }
    let within_hour = binding
        .resends
        .iter()
        .filter(|sent| !is_expired(**sent, HOUR, now));
    if within_hour.count() >= limits.resends_an_hour {
        return Err(ServiceError::new(
            codes::SEND_EMAIL_WITHIN_ONE_HOUR_LIMIT,
            format_args!(
                "The mail was already resent {} times within an hour.",
                limits.resends_an_hour
            ),
        ));
    }

    let uin = member.uin;
    let mut changed = binding.clone();
    changed.resends.push(now);
    state.send(add_link(&mut changed, uin, now));
    state.put_binding(uin, changed);
    Ok(Map::new())
}

/// Returns the binding named by the request, which must be the member's current one.
fn current_binding<'a>(
    member: &'a Member,
    request: &Request<'_>,
) -> Result<&'a Binding, ServiceError> {
    let id = request.parameters.number("BindId")?;
    match member.binding() {
        Some(binding) if binding.id == id => Ok(binding),
        _ if member.bindings.iter().any(|binding| binding.id == id) => Err(not_pending(id)),
        _ => Err(ServiceError::new(
            codes::EMAIL_BIND_RECORD_NOT_EXIST,
            format_args!("Member {} has no binding {id}.", member.uin),
        )),
    }
}

/// Creates the error for a binding that is not pending.
fn not_pending(id: u64) -> ServiceError {
    ServiceError::new(
        codes::EMAIL_BIND_RECORD_INVALID,
        format_args!("Binding {id} is no longer pending: it failed, was replaced or is complete."),
    )
}

/// Checks that a mailbox can be bound to the member.
fn check_supported(member: &Member) -> Result<(), ServiceError> {
    match member.joined {
        Joined::Created => Ok(()),
        Joined::Invited => Err(ServiceError::new(
            codes::UNSUPPORTED_OPERATION,
            format_args!("Member {} was invited and has its own mailbox.", member.uin),
        )),
    }
}

/// Rejects an address that belongs to an account or to another member.
fn check_unused(
    state: &State,
    email: &str,
    uin: u64,
    request: &Request<'_>,
) -> Result<(), ServiceError> {
    let of_member = state.members().any(|member| {
        member.uin != uin
            && member.status(request.limits, request.now).is_active()
            && member
                .binding()
                .is_some_and(|binding| is_same(&binding.email, email))
    });
    if of_member || state.is_registered(email) {
        return Err(ServiceError::new(
            codes::EMAIL_ALREADY_USED,
            format_args!("The address {email} is already in use."),
        ));
    }
    Ok(())
}

/// Adds a new link to a binding, and returns the mail for it.
fn add_link(binding: &mut Binding, uin: u64, now: u64) -> Message {
    let token = links::token();
    if binding.links.len() >= Binding::MAX_LINKS {
        binding.links.remove(0);
    }
    let link = Some(links::path(&token));
    binding.links.push(Link {
        token,
        email: binding.email.clone(),
        sent: now,
    });
    Message {
        to: binding.email.clone(),
        sent: now,
        about: About::Mailbox {
            member: uin,
            bind_id: binding.id,
        },
        link,
        code: None,
    }
}
