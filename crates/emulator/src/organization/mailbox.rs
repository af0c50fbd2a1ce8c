//! The mailboxes of members: version 2021-03-31.

use serde_json::{Map, Value, json};

use super::binding::{EXPIRED, Status, is_over};
use super::{ActionResult, Request, codes, token};
use crate::clock::timestamp;
use crate::service_error::ServiceError;
use crate::state::{
    About, Binding, Joined, Link, Member, Message, Organization, Outcome, State, is_same,
};

const HOUR: u64 = 3600;
const DAY: u64 = 24 * HOUR;

/// `AddOrganizationMemberEmail`: adds a mailbox to a member.
pub(super) fn add(state: &mut State, request: &Request<'_>) -> ActionResult {
    let (limits, now) = (request.limits, request.now);
    let (organization, member) = find(state, request)?;
    let email = request.parameters.email("Email")?;
    let country_code = request.parameters.country_code("CountryCode")?;
    let phone = request.parameters.phone("Phone")?;
    supported(member)?;
    if member.status(limits, now).is_alive() {
        return Err(ServiceError::new(
            codes::MEMBER_EMAIL_EXIST,
            format_args!("Member {} has a mailbox.", member.uin),
        ));
    }
    unused(state, email, member.uin, request)?;
    let sharing = state.members().filter(|other| {
        let shares =
            |binding: &Binding| binding.country_code == country_code && binding.phone == phone;
        other.status(limits, now).is_alive() && other.binding().is_some_and(shares)
    });
    if sharing.count() >= limits.members_a_phone {
        return Err(ServiceError::new(
            codes::PHONE_NUM_BOUND,
            format_args!(
                "The telephone +{country_code} {phone} is that of {} members already.",
                limits.members_a_phone
            ),
        ));
    }
    let bindings = organization.members.iter().flat_map(|of| &of.bindings);
    let today = bindings.filter(|binding| !is_over(binding.applied, DAY, now));
    if today.count() >= limits.bindings_a_day {
        return Err(ServiceError::new(
            codes::EMAIL_BIND_OVER_LIMIT,
            format_args!(
                "The organization has added {} mailboxes within 24 hours.",
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
    let mail = mail(&mut binding, uin, now);
    state.keep(uin, binding);
    state.send(mail);
    Ok(object(json!({ "BindId": id })))
}

/// `DescribeOrganizationMemberEmailBind`: what is known of a member's mailbox.
pub(super) fn describe(state: &State, request: &Request<'_>) -> ActionResult {
    let (_, member) = find(state, request)?;
    if state.account(member.uin).is_none() {
        return Err(ServiceError::new(
            codes::USER_NOT_EXIST,
            format_args!("The account {} was closed.", member.uin),
        ));
    }
    let nothing = Binding::default();
    let binding = member.binding().unwrap_or(&nothing);
    let status = member.status(request.limits, request.now);
    let applied = match status {
        Status::Unbound => String::new(),
        _ => timestamp(binding.applied),
    };
    let (bound, description) = match &binding.outcome {
        Outcome::Bound(since) => (timestamp(*since), "success"),
        Outcome::Failed(why) => (String::new(), why.as_str()),
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

/// `UpdateOrganizationMemberEmailBind`: changes address and telephone of a binding.
pub(super) fn update(state: &mut State, request: &Request<'_>) -> ActionResult {
    let (_, member) = find(state, request)?;
    let email = request.parameters.email("Email")?;
    let country_code = request.parameters.country_code("CountryCode")?;
    let phone = request.parameters.phone("Phone")?;
    supported(member)?;
    let binding = counting(member, request)?;
    if !binding.status(request.limits, request.now).is_alive() {
        return Err(invalid(binding.id));
    }
    unused(state, email, member.uin, request)?;
    if binding.updates >= request.limits.updates {
        return Err(ServiceError::new(
            codes::UPDATE_EMAIL_BIND_OVER_LIMIT,
            format_args!(
                "The binding {} was changed {} times.",
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
        state.send(mail(&mut changed, uin, request.now));
    }
    state.keep(uin, changed);
    Ok(Map::new())
}

/// `SendOrgMemberAccountBindEmail`: sends the mail with the link once more.
pub(super) fn send(state: &mut State, request: &Request<'_>) -> ActionResult {
    let (limits, now) = (request.limits, request.now);
    let (_, member) = find(state, request)?;
    let binding = counting(member, request)?;
    if binding.status(limits, now) != Status::Valid {
        return Err(invalid(binding.id));
    }
    if binding.resends.len() >= limits.resends {
        return Err(ServiceError::new(
            codes::SEND_EMAIL_LIMIT,
            format_args!("The mail was sent again {} times.", limits.resends),
        ));
    }
    let of_the_hour = binding
        .resends
        .iter()
        .filter(|sent| !is_over(**sent, HOUR, now));
    if of_the_hour.count() >= limits.resends_an_hour {
        return Err(ServiceError::new(
            codes::SEND_EMAIL_WITHIN_ONE_HOUR_LIMIT,
            format_args!(
                "The mail was sent again {} times within an hour.",
                limits.resends_an_hour
            ),
        ));
    }

    let uin = member.uin;
    let mut changed = binding.clone();
    changed.resends.push(now);
    state.send(mail(&mut changed, uin, now));
    state.keep(uin, changed);
    Ok(Map::new())
}

/// The caller's organization, and its member that the request names.
fn find<'a>(
    state: &'a State,
    request: &Request<'_>,
) -> Result<(&'a Organization, &'a Member), ServiceError> {
    let organization = of_caller(state, request)?;
    let uin = request.parameters.number("MemberUin")?;
    let member = organization.member(uin).ok_or_else(|| {
        ServiceError::new(
            codes::ORGANIZATION_MEMBER_NOT_EXIST,
            format_args!(
                "Account {uin} is no member of organization {}.",
                organization.id
            ),
        )
    })?;
    Ok((organization, member))
}

/// The organization that the caller administers.
pub(super) fn of_caller<'a>(
    state: &'a State,
    request: &Request<'_>,
) -> Result<&'a Organization, ServiceError> {
    let uin = request.caller.uin;
    state.administered_by(uin).ok_or_else(|| {
        ServiceError::new(
            codes::ORGANIZATION_NOT_EXIST,
            format_args!("Account {uin} administers no organization."),
        )
    })
}

/// The binding that the request names, if it is the member's that counts.
fn counting<'a>(member: &'a Member, request: &Request<'_>) -> Result<&'a Binding, ServiceError> {
    let id = request.parameters.number("BindId")?;
    match member.binding() {
        Some(binding) if binding.id == id => Ok(binding),
        _ if member.bindings.iter().any(|binding| binding.id == id) => Err(invalid(id)),
        _ => Err(ServiceError::new(
            codes::EMAIL_BIND_RECORD_NOT_EXIST,
            format_args!("Member {} has no binding {id}.", member.uin),
        )),
    }
}

/// Nothing can be done with the binding any more.
fn invalid(id: u64) -> ServiceError {
    ServiceError::new(
        codes::EMAIL_BIND_RECORD_INVALID,
        format_args!(
            "The binding {id} waits for no mail any more: it failed, was replaced, or is done."
        ),
    )
}

/// Whether a mailbox can be bound to the member.
fn supported(member: &Member) -> Result<(), ServiceError> {
    match member.joined {
        Joined::Created => Ok(()),
        Joined::Invited => Err(ServiceError::new(
            codes::UNSUPPORTED_OPERATION,
            format_args!(
                "Member {} was invited and has a mailbox of its own.",
                member.uin
            ),
        )),
    }
}

/// Refuses an address that belongs to an account or to another member.
fn unused(state: &State, email: &str, uin: u64, request: &Request<'_>) -> Result<(), ServiceError> {
    let of_member = state.members().any(|member| {
        member.uin != uin
            && member.status(request.limits, request.now).is_alive()
            && member.binding().is_some_and(|of| is_same(&of.email, email))
    });
    if of_member || state.is_registered(email) {
        return Err(ServiceError::new(
            codes::EMAIL_ALREADY_USED,
            format_args!("The address {email} is used already."),
        ));
    }
    Ok(())
}

/// Gives a binding a new link, and the mail that brings it.
fn mail(binding: &mut Binding, uin: u64, now: u64) -> Message {
    let token = token();
    if binding.links.len() >= Binding::LINKS {
        binding.links.remove(0);
    }
    let link = Some(super::links::path(&token));
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

/// The object of a `json!` literal.
fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(object) => object,
        _ => Map::new(),
    }
}
