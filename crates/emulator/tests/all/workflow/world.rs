//! A test organization.

use std::time::Duration;

use serde_json::{Value, json};
use tc3_emulator::state::{Account, Joined, Member, Message, Organization, Site};
use tc3_emulator::{Caller, Clock, Emulator, Fault, Limits, Seed, ServiceError, Visit, Visited};
use tencentcloud_organization::tc3::{Client, Credential, RateLimit, Retry, Service};
use tencentcloud_organization::{v20181225, v20210331};

/// The account that administers the organization.
pub(crate) const ADMIN: u64 = 1;
/// Members whose accounts the organization created.
pub(crate) const ADA: u64 = 11;
pub(crate) const GRACE: u64 = 12;
/// An invited member.
pub(crate) const INVITED: u64 = 13;
/// An account without an organization.
pub(crate) const OUTSIDER: u64 = 21;
/// An account of the other site.
pub(crate) const MAINLANDER: u64 = 22;

/// 2024-02-29 12:00:00 UTC.
pub(crate) const NOON: u64 = 1_709_208_000;

pub(crate) const HOUR: Duration = Duration::from_secs(3600);

/// The caller.
#[derive(Clone, Copy)]
pub(crate) enum As {
    Admin,
    /// A sub-account user of the administrator.
    User,
    /// An account that administers no organization.
    Outsider,
}

impl As {
    fn secret_id(self) -> &'static str {
        match self {
            As::Admin => "AKIDADMIN",
            As::User => "AKIDUSER",
            As::Outsider => "AKIDOUTSIDER",
        }
    }
}

const KEY: &str = "key-of-the-tests";

pub(crate) struct World(pub(crate) Emulator);

impl World {
    pub(crate) async fn new() -> Self {
        Self::limited(|_| {}).await
    }

    /// Creates a world with changed limits.
    pub(crate) async fn limited(limit: impl FnOnce(&mut Limits)) -> Self {
        let mut seed = seed();
        limit(&mut seed.limits);
        let emulator = Emulator::builder().seed(seed).start().await;
        Self(emulator.expect("the emulator starts"))
    }

    /// A typed client of version 2021-03-31.
    pub(crate) fn mailboxes(&self) -> v20210331::Client {
        v20210331::Client::from(self.client(&v20210331::SERVICE, As::Admin))
    }

    /// A typed client of version 2018-12-25.
    pub(crate) fn invitations(&self) -> v20181225::Client {
        v20181225::Client::from(self.client(&v20181225::SERVICE, As::Admin))
    }

    fn client(&self, service: &'static Service, caller: As) -> Client {
        // The emulator's clock is in another year. Each client corrects its clock after the first rejection, and the
        // second attempt succeeds.
        Client::builder(service)
            .credential(Credential::new(caller.secret_id(), KEY))
            .endpoint(self.0.endpoint())
            .no_proxy()
            .rate_limit(RateLimit::off())
            .retry(Retry::new().max_attempts(2))
            .build()
            .expect("valid settings")
    }

    /// Calls an action by name; fails with the error code.
    pub(crate) async fn call(
        &self,
        caller: As,
        action: &str,
        parameters: Value,
    ) -> Result<(), String> {
        let service = match action {
            "SendOrganizationInvitation" => &v20181225::SERVICE,
            _ => &v20210331::SERVICE,
        };
        match self.client(service, caller).call(action, parameters).await {
            Ok(_) => Ok(()),
            Err(error) => Err(error.code().expect("an error of the service").to_owned()),
        }
    }

    /// Calls an action as the administrator, with documented example values for missing parameters.
    pub(crate) async fn call_as_admin(
        &self,
        action: &str,
        parameters: Value,
    ) -> Result<(), String> {
        self.call(As::Admin, action, filled(action, parameters))
            .await
    }

    /// Adds a mailbox to a member.
    pub(crate) async fn add(&self, member: u64, email: &str) -> Result<(), String> {
        let parameters = json!({ "MemberUin": member, "Email": email });
        self.call_as_admin("AddOrganizationMemberEmail", parameters)
            .await
    }

    /// Injects an error code into an action and calls it.
    pub(crate) async fn fault(&self, action: &str, code: &str) -> Result<(), String> {
        self.0
            .inject(Fault::code(code).on(action))
            .expect("the action exists");
        let refused = self.call_as_admin(action, json!({})).await;
        self.0.clear_faults();
        refused
    }

    pub(crate) fn pass(&self, time: Duration) {
        self.0.advance(time).expect("the clock moves");
    }

    /// Returns the last message.
    pub(crate) fn last(&self) -> Message {
        self.0.outbox().pop().expect("something was sent")
    }

    /// Returns the last sent link.
    pub(crate) fn link(&self) -> String {
        let mut outbox = self.0.outbox();
        outbox.reverse();
        outbox
            .into_iter()
            .find_map(|message| message.link)
            .expect("a link was sent")
    }

    pub(crate) fn visit(&self, link: &str, form: &Visit) -> Result<Visited, String> {
        let visited = self.0.visit(link, form);
        visited.map_err(|refusal: ServiceError| refusal.code)
    }
}

/// Adds default values for missing parameters of an action.
fn filled(action: &str, parameters: Value) -> Value {
    let mut filled = match action {
        "AddOrganizationMemberEmail" => {
            json!({ "MemberUin": ADA, "Email": "ada@example.com", "CountryCode": "86", "Phone": "13000000000" })
        }
        "DescribeOrganizationMemberEmailBind" => json!({ "MemberUin": ADA }),
        "UpdateOrganizationMemberEmailBind" => {
            json!({ "MemberUin": ADA, "BindId": 1, "Email": "new@example.com", "CountryCode": "86", "Phone": "13000000000" })
        }
        "SendOrgMemberAccountBindEmail" => json!({ "MemberUin": ADA, "BindId": 1 }),
        _ => json!({ "InviteUin": OUTSIDER, "Name": "Outsider", "Remark": "" }),
    };
    let parameters = parameters.as_object().expect("an object").clone();
    let defaults = filled.as_object_mut().expect("an object");
    defaults.extend(parameters);
    filled
}

fn seed() -> Seed {
    let caller = |of: As, uin| Caller::new(of.secret_id(), KEY, uin);
    let member = |uin, name: &str, joined| Member {
        uin,
        name: name.to_owned(),
        joined,
        ..Member::default()
    };
    let account = |uin, site| Account {
        uin,
        site,
        ..Account::default()
    };
    let organization = Organization {
        id: 7,
        admin: ADMIN,
        members: vec![
            member(ADA, "Ada", Joined::Created),
            member(GRACE, "Grace", Joined::Created),
            member(INVITED, "Invited", Joined::Invited),
        ],
        ..Organization::default()
    };
    let mut seed = Seed::empty()
        .caller(caller(As::Admin, ADMIN))
        .caller(caller(As::User, ADMIN).sub_account())
        .caller(caller(As::Outsider, OUTSIDER))
        .account(account(OUTSIDER, Site::International))
        .account(account(MAINLANDER, Site::Mainland))
        .organization(organization);
    seed.clock = Clock::Stopped(NOON);
    seed
}
