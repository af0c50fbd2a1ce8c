//! A small API, as generated code would describe it.

use tc3::{Access, Action, CommonError, Credential, ErrorCode, Extra, Region, Request, Service};

pub(crate) const SECRET_ID: &str = "AKIDplantedid";
pub(crate) const SECRET_KEY: &str = "planted-key";
pub(crate) const TOKEN: &str = "planted-token";

pub(crate) static SERVICE: Service =
    Service::new("member", "2021-03-31", "member.tencentcloudapi.com");
pub(crate) static OTHER_SERVICE: Service =
    Service::new("cvm", "2017-03-12", "cvm.tencentcloudapi.com");

pub(crate) fn credential() -> Credential {
    Credential::new(SECRET_ID, SECRET_KEY)
}

macro_rules! request {
    ($name:ident, $action:expr) => {
        pub(crate) struct $name {
            pub(crate) name: String,
            pub(crate) extra: Extra,
        }

        impl $name {
            pub(crate) fn new(name: impl Into<String>) -> Self {
                Self {
                    name: name.into(),
                    extra: Extra::new(),
                }
            }
        }

        tc3::record!(request $name {
            0 => name: "Name",
        });

        impl Request for $name {
            type Response = FindResponse;
            const ACTION: &'static Action = &$action;
        }
    };
}

request!(
    Find,
    Action::new("FindMember", &SERVICE).errors(&[
        (
            "FailedOperation.NoMember",
            "The member is not in the organization."
        ),
        ("InternalError", "The directory is down."),
    ])
);
request!(
    FindNear,
    Action::new("FindNearMember", &SERVICE).region(Region::Required)
);
request!(
    FindAnywhere,
    Action::new("FindMemberAnywhere", &SERVICE).region(Region::Unused)
);
request!(Elsewhere, Action::new("FindInstance", &OTHER_SERVICE));

request!(
    Look,
    Action::new("LookAtMember", &SERVICE).access(Access::Read)
);
request!(
    Add,
    Action::new("AddMember", &SERVICE)
        .rate_limit(20)
        .client_token(true)
);

pub(crate) struct FindResponse {
    pub(crate) uin: Option<i64>,
    pub(crate) request_id: String,
    pub(crate) extra: Extra,
}

tc3::record!(FindResponse {
    0 => uin: "Uin",
    1 => request_id: "RequestId",
});

/// The error codes of `FindMember`.
#[derive(Debug, PartialEq)]
pub(crate) enum FindError {
    NoMember,
    Unknown(CommonError),
}

impl ErrorCode for FindError {
    fn as_str(&self) -> &str {
        match self {
            Self::NoMember => "FailedOperation.NoMember",
            Self::Unknown(code) => code.as_str(),
        }
    }

    fn from_code(code: &str) -> Self {
        match code {
            "FailedOperation.NoMember" => Self::NoMember,
            code => Self::Unknown(CommonError::from_code(code)),
        }
    }
}
