//! Visits of confirmation and invitation links.

use super::binding::{EXPIRED, is_expired};
use super::codes;
use super::form::{Visit, Visited};
use super::parameters::is_email;
use crate::Limits;
use crate::service_error::ServiceError;
use crate::state::{
    About, Binding, Code, Invitation, Joined, Member, Message, Organization, Outcome, State,
    is_same,
};

/// A visit of a link.
pub(crate) struct LinkVisit<'a> {
    /// The token at the end of the link.
    pub(crate) token: &'a str,
    pub(crate) form: &'a Visit,
    pub(crate) limits: &'a Limits,
    /// Unix time in seconds.
    pub(crate) now: u64,
}

impl LinkVisit<'_> {
    /// Confirms the binding or accepts the invitation.
    ///
    /// # Errors
    /// Fails with the documented error code if the link or the form is invalid.
    pub(crate) fn run(&self, state: &mut State) -> Result<Visited, ServiceError> {
        if let Some(joined) = self.join(state) {
            return joined;
        }
        let (member, binding) = state
            .members()
            .flat_map(|member| member.bindings.iter().map(move |binding| (member, binding)))
            .find(|(_, binding)| binding.links.iter().any(|link| link.token == self.token))
            .ok_or_else(unknown_link)?;
        let uin = member.uin;
        let checked = self.check(state, member, binding);
        let mut binding = binding.clone();
        if let Err(error) = checked {
            // Permanent failures are stored, so that `Describe…` reports them.
            let is_pending = binding.outcome == Outcome::Pending;
            if is_pending
                && matches!(
                    error.code.as_str(),
                    codes::ACCOUNT_ALREADY_REGISTER | codes::EMAIL_ALREADY_USED
                )
            {
                binding.outcome = Outcome::Failed(error.message.clone());
                state.put_binding(uin, binding);
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
        state.put_binding(uin, binding);
        Ok(visited)
    }

    /// Accepts an invitation, if the link belongs to one.
    fn join(&self, state: &mut State) -> Option<Result<Visited, ServiceError>> {
        let matches =
            |invitation: &Invitation| !self.token.is_empty() && invitation.token == self.token;
        let (organization, invitation) = state.organizations.iter().find_map(|organization| {
            let invitation = organization
                .invitations
                .iter()
                .find(|invitation| matches(invitation))?;
            Some((organization, invitation.clone()))
        })?;
        if let Err(error) = self.check_invitation(state, organization, &invitation) {
            return Some(Err(error));
        }
        let id = organization.id;
        for organization in &mut state.organizations {
            // An account belongs to one organization, so its other invitations become void.
            organization
                .invitations
                .retain(|other| other.uin != invitation.uin);
        }
        if let Some(organization) = state
            .organizations
            .iter_mut()
            .find(|organization| organization.id == id)
        {
            organization.members.push(Member {
                uin: invitation.uin,
                name: invitation.name,
                remark: invitation.remark,
                joined: Joined::Invited,
                since: self.now,
                node: organization.nodes.first().map_or(0, |root| root.id),
                bindings: Vec::new(),
            });
        }
        Some(Ok(Visited::Joined))
    }

    /// Checks that an invitation can still be accepted.
    fn check_invitation(
        &self,
        state: &State,
        organization: &Organization,
        invitation: &Invitation,
    ) -> Result<(), ServiceError> {
        let uin = invitation.uin;
        if is_expired(invitation.sent, self.limits.invitation_seconds, self.now) {
            return Err(ServiceError::new(
                codes::BIND_EMAIL_LINK_EXPIRED,
                "The invitation has expired.",
            ));
        }
        if state.account(uin).is_none() {
            return Err(ServiceError::new(
                codes::USER_NOT_EXIST,
                format_args!("Account {uin} was closed."),
            ));
        }
        if state.belongs(uin) {
            return Err(ServiceError::new(
                codes::USER_IN_ORGANIZATION,
                format_args!("Account {uin} already belongs to an organization."),
            ));
        }
        if organization.members.len() >= self.limits.members {
            return Err(ServiceError::new(
                codes::MEMBERS,
                format_args!(
                    "The organization already has {} members.",
                    self.limits.members
                ),
            ));
        }
        Ok(())
    }

    /// Checks that this visit can confirm the binding.
    fn check(&self, state: &State, member: &Member, binding: &Binding) -> Result<(), ServiceError> {
        let mut links = binding.links.iter();
        let link = links
            .find(|link| link.token == self.token)
            .ok_or_else(unknown_link)?;
        let is_current = member
            .binding()
            .is_some_and(|current| current.id == binding.id);
        let is_failed = matches!(binding.outcome, Outcome::Failed(_));
        if !is_current || is_failed || !is_same(&link.email, &binding.email) {
            return Err(ServiceError::new(
                codes::EMAIL_BIND_RECORD_INVALID,
                format_args!(
                    "The link belongs to a binding of {} that failed or was replaced.",
                    link.email
                ),
            ));
        }
        let is_bound = |binding: &Binding| matches!(binding.outcome, Outcome::Bound(_));
        if !is_bound(binding) && is_expired(link.sent, self.limits.link_seconds, self.now) {
            return Err(ServiceError::new(codes::BIND_EMAIL_LINK_EXPIRED, EXPIRED));
        }
        if state.account(member.uin).is_none() {
            return Err(ServiceError::new(
                codes::USER_NOT_EXIST,
                format_args!("Account {} was closed.", member.uin),
            ));
        }
        let email = binding.email.as_str();
        if state.is_registered(email) {
            return Err(ServiceError::new(
                codes::ACCOUNT_ALREADY_REGISTER,
                format_args!("An account has since been registered with {email}."),
            ));
        }
        let mut others = state.members().filter(|other| other.uin != member.uin);
        let has_email = |other: &Binding| is_bound(other) && is_same(&other.email, email);
        if others.any(|other| other.binding().is_some_and(has_email)) {
            return Err(ServiceError::new(
                codes::EMAIL_ALREADY_USED,
                format_args!("{email} has since been bound to another member."),
            ));
        }
        self.check_form(binding)
    }

    /// Checks the form.
    fn check_form(&self, binding: &Binding) -> Result<(), ServiceError> {
        let refused = |code, problem: &str| Err(ServiceError::new(code, problem));
        if let Some(email) = &self.form.email
            && !(is_email(email) && is_same(email, &binding.email))
        {
            return refused(
                codes::INVALID_EMAIL,
                "The address does not match the recipient of the link.",
            );
        }
        if let Some(password) = &self.form.password
            && !is_password(password)
        {
            return refused(
                codes::PASSWORD_ILLEGAL,
                "The password must have 8 to 20 characters, including letters and digits.",
            );
        }
        let Some(digits) = &self.form.code else {
            return Ok(());
        };
        match &binding.code {
            Some(code) if code.digits != *digits => refused(
                codes::CODE_ERROR,
                "The code does not match the one sent to the phone.",
            ),
            Some(code) if is_expired(code.sent, self.limits.code_seconds, self.now) => {
                refused(codes::CODE_EXPIRED, "The phone code has expired.")
            }
            Some(_) => Ok(()),
            None => refused(codes::CODE_ERROR, "No code was sent to the phone."),
        }
    }
}

fn is_password(text: &str) -> bool {
    (8..=20).contains(&text.chars().count())
        && text.chars().any(char::is_alphabetic)
        && text.chars().any(char::is_numeric)
}

/// Creates a phone code and its text message.
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

/// Creates the error for an unknown link.
fn unknown_link() -> ServiceError {
    ServiceError::new(codes::BIND_EMAIL_LINK_INVALID, "The link does not exist.")
}
