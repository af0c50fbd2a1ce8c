//! What happens when somebody visits a link that was sent to them.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::binding::{EXPIRED, is_over};
use super::codes;
use super::parameters::is_email;
use crate::Limits;
use crate::service_error::ServiceError;
use crate::state::{
    About, Binding, Code, Invitation, Joined, Member, Message, Organization, Outcome, State,
    is_same,
};

/// The path of links, before their tokens.
pub(crate) const PATH: &str = "/links/";

/// The path of a link.
pub(super) fn path(token: &str) -> String {
    format!("{PATH}{token}")
}

/// What a person fills in at a link. A mailbox is confirmed without any of it; a telephone is by its code.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[non_exhaustive]
pub struct Visit {
    /// The address once more.
    pub email: Option<String>,
    /// A password for the new account: 8 to 20 characters, letters and digits among them.
    pub password: Option<String>,
    /// The code that the telephone received once the mailbox was confirmed.
    pub code: Option<String>,
}

impl Visit {
    /// A visit that fills nothing in.
    pub fn new() -> Self {
        Self::default()
    }

    /// Fills in the address.
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// Fills in a password.
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(password.into());
        self
    }

    /// Fills in the code of the text message.
    pub fn code(mut self, code: impl Into<String>) -> Self {
        self.code = Some(code.into());
        self
    }
}

impl fmt::Debug for Visit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Visit")
            .field("email", &self.email)
            .field("code", &self.code)
            .finish_non_exhaustive()
    }
}

/// What a visit led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Visited {
    /// The mailbox is bound.
    Mailbox,
    /// The mailbox is bound, and the telephone too.
    Telephone,
    /// The account has joined the organization.
    Joined,
}

/// Somebody visits a link.
pub(crate) struct Visiting<'a> {
    /// The end of the link's path.
    pub(crate) token: &'a str,
    pub(crate) form: &'a Visit,
    pub(crate) limits: &'a Limits,
    /// Unix time in seconds.
    pub(crate) now: u64,
}

impl Visiting<'_> {
    /// Does what the link is for.
    ///
    /// # Errors
    /// With the codes that the documentation has for what can be wrong with a link.
    pub(crate) fn visit(&self, state: &mut State) -> Result<Visited, ServiceError> {
        if let Some(joined) = self.join(state) {
            return joined;
        }
        let (member, binding) = state
            .members()
            .flat_map(|member| member.bindings.iter().map(move |binding| (member, binding)))
            .find(|(_, binding)| binding.links.iter().any(|link| link.token == self.token))
            .ok_or_else(unknown)?;
        let uin = member.uin;
        let checked = self.check(state, member, binding);
        let mut binding = binding.clone();
        if let Err(error) = checked {
            // What can never come right any more is noted, so that it can be asked for.
            let pends = binding.outcome == Outcome::Pending;
            if pends
                && matches!(
                    error.code.as_str(),
                    codes::ACCOUNT_ALREADY_REGISTER | codes::EMAIL_ALREADY_USED
                )
            {
                binding.outcome = Outcome::Failed(error.message.clone());
                state.keep(uin, binding);
            }
            return Err(error);
        }
        if self.form.code.is_some() {
            binding.phone_bound = true;
            binding.code = None;
        } else if !binding.phone_bound {
            state.send(text_message(&mut binding, uin, self.now));
        }
        if binding.outcome == Outcome::Pending {
            binding.outcome = Outcome::Bound(self.now);
        }
        let visited = if binding.phone_bound {
            Visited::Telephone
        } else {
            Visited::Mailbox
        };
        state.keep(uin, binding);
        Ok(visited)
    }

    /// Accepts an invitation, if the link is that of one.
    fn join(&self, state: &mut State) -> Option<Result<Visited, ServiceError>> {
        let is_meant = |of: &Invitation| !self.token.is_empty() && of.token == self.token;
        let (organization, invitation) = state.organizations.iter().find_map(|organization| {
            let invitation = organization.invitations.iter().find(|of| is_meant(of))?;
            Some((organization, invitation.clone()))
        })?;
        if let Err(error) = self.check_invitation(state, organization, &invitation) {
            return Some(Err(error));
        }
        let id = organization.id;
        for organization in &mut state.organizations {
            // Invitations to other organizations are void: an account belongs to one.
            organization
                .invitations
                .retain(|of| of.uin != invitation.uin);
        }
        if let Some(organization) = state.organizations.iter_mut().find(|of| of.id == id) {
            organization.members.push(Member {
                uin: invitation.uin,
                name: invitation.name,
                remark: invitation.remark,
                joined: Joined::Invited,
                bindings: Vec::new(),
            });
        }
        Some(Ok(Visited::Joined))
    }

    /// Whether an invitation can still be accepted: much may have happened since it was sent.
    fn check_invitation(
        &self,
        state: &State,
        organization: &Organization,
        invitation: &Invitation,
    ) -> Result<(), ServiceError> {
        let uin = invitation.uin;
        if is_over(invitation.sent, self.limits.invitation_seconds, self.now) {
            return Err(ServiceError::new(
                codes::BIND_EMAIL_LINK_EXPIRED,
                "The invitation has expired.",
            ));
        }
        if state.account(uin).is_none() {
            return Err(ServiceError::new(
                codes::USER_NOT_EXIST,
                format_args!("The account {uin} was closed."),
            ));
        }
        if state.belongs(uin) {
            return Err(ServiceError::new(
                codes::USER_IN_ORGANIZATION,
                format_args!("Account {uin} belongs to an organization."),
            ));
        }
        if organization.members.len() >= self.limits.members {
            return Err(ServiceError::new(
                codes::MEMBERS,
                format_args!("The organization has {} members.", self.limits.members),
            ));
        }
        Ok(())
    }

    /// Whether the binding of a member can be confirmed by this visit.
    fn check(&self, state: &State, member: &Member, binding: &Binding) -> Result<(), ServiceError> {
        let mut links = binding.links.iter();
        let link = links
            .find(|link| link.token == self.token)
            .ok_or_else(unknown)?;
        let counts = member.binding().is_some_and(|of| of.id == binding.id);
        let failed = matches!(binding.outcome, Outcome::Failed(_));
        if !counts || failed || !is_same(&link.email, &binding.email) {
            return Err(ServiceError::new(
                codes::EMAIL_BIND_RECORD_INVALID,
                format_args!(
                    "The link belongs to a binding of {} that failed or was replaced.",
                    link.email
                ),
            ));
        }
        let is_bound = |of: &Binding| matches!(of.outcome, Outcome::Bound(_));
        if !is_bound(binding) && is_over(link.sent, self.limits.link_seconds, self.now) {
            return Err(ServiceError::new(codes::BIND_EMAIL_LINK_EXPIRED, EXPIRED));
        }
        if state.account(member.uin).is_none() {
            return Err(ServiceError::new(
                codes::USER_NOT_EXIST,
                format_args!("The account {} was closed.", member.uin),
            ));
        }
        let email = binding.email.as_str();
        if state.is_registered(email) {
            return Err(ServiceError::new(
                codes::ACCOUNT_ALREADY_REGISTER,
                format_args!("An account was registered with {email} since."),
            ));
        }
        let mut others = state.members().filter(|other| other.uin != member.uin);
        let has_it = |of: &Binding| is_bound(of) && is_same(&of.email, email);
        if others.any(|other| other.binding().is_some_and(has_it)) {
            return Err(ServiceError::new(
                codes::EMAIL_ALREADY_USED,
                format_args!("{email} was bound to another member since."),
            ));
        }
        self.filled_in(binding)
    }

    /// Whether what the visitor filled in is right.
    fn filled_in(&self, binding: &Binding) -> Result<(), ServiceError> {
        let refused = |code, problem: &str| Err(ServiceError::new(code, problem));
        if let Some(email) = &self.form.email
            && !(is_email(email) && is_same(email, &binding.email))
        {
            return refused(
                codes::INVALID_EMAIL,
                "The address is not the one that the link was sent to.",
            );
        }
        if let Some(password) = &self.form.password
            && !is_password(password)
        {
            return refused(
                codes::PASSWORD_ILLEGAL,
                "The password must have 8 to 20 characters, letters and digits among them.",
            );
        }
        let Some(digits) = &self.form.code else {
            return Ok(());
        };
        match &binding.code {
            Some(code) if code.digits != *digits => refused(
                codes::CODE_ERROR,
                "The code is not the one that was sent to the telephone.",
            ),
            Some(code) if is_over(code.sent, self.limits.code_seconds, self.now) => refused(
                codes::CODE_EXPIRED,
                "The code of the telephone has expired.",
            ),
            Some(_) => Ok(()),
            None => refused(codes::CODE_ERROR, "No code was sent to the telephone."),
        }
    }
}

fn is_password(text: &str) -> bool {
    (8..=20).contains(&text.chars().count())
        && text.chars().any(char::is_alphabetic)
        && text.chars().any(char::is_numeric)
}

/// The text message with the code that confirms the telephone.
fn text_message(binding: &mut Binding, uin: u64, now: u64) -> Message {
    let digits = format!("{:06}", uuid::Uuid::new_v4().as_u128() % 1_000_000);
    binding.code = Some(Code {
        digits: digits.clone(),
        sent: now,
    });
    Message {
        to: format!("+{} {}", binding.country_code, binding.phone),
        sent: now,
        about: About::Phone {
            member: uin,
            bind_id: binding.id,
        },
        link: None,
        code: Some(digits),
    }
}

fn unknown() -> ServiceError {
    ServiceError::new(
        codes::BIND_EMAIL_LINK_INVALID,
        "No such link was sent to anybody.",
    )
}
