//! Sample API in the form of generated code.

use tc3::{Access, Action, Credential, ErrorCode, Region, Request, Service, UnknownCode};

pub(crate) const SECRET_ID: &str = "AKIDplantedid";
pub(crate) const SECRET_KEY: &str = "planted-key";
pub(crate) const TOKEN: &str = "planted-token";

/// Response of all actions, as the JSON inside `Response`.
pub(crate) const MEMBER: &str = r#"{"Uin":7,"RequestId":"id-1"}"#;

pub(crate) static SERVICE: Service =
    Service::new("member", "2021-03-31", "member.tencentcloudapi.com");
pub(crate) static OTHER_SERVICE: Service =
    Service::new("cvm", "2017-03-12", "cvm.tencentcloudapi.com");

pub(crate) fn credential() -> Credential {
    Credential::new(SECRET_ID, SECRET_KEY)
}

macro_rules! request {
    ($name:ident, $action:expr) => {
        messages! {
            $name ["Name"] {
                "Name" name: required String = Kind::String;
                "ClientToken" client_token: optional String = Kind::String;
            }
        }

        impl $name {
            pub(crate) fn new(name: impl Into<String>) -> Self {
                Self {
                    name: name.into(),
                    ..Self::default()
                }
            }
        }

        impl Request for $name {
            type Response = MemberResponse;
            const ACTION: &'static Action = &$action;
        }
    };
}

// A write, like all actions whose access is not documented.
request!(
    Update,
    Action::new("UpdateMember", &SERVICE).errors(&[
        (
            "FailedOperation.NoMember",
            "The member is not in the organization."
        ),
        ("InternalError", "The directory is down."),
    ])
);
request!(
    UpdateInRegion,
    Action::new("UpdateMemberInRegion", &SERVICE).region(Region::Required)
);
request!(
    UpdateGlobally,
    Action::new("UpdateMemberGlobally", &SERVICE).region(Region::Unused)
);
request!(
    UpdateInstance,
    Action::new("UpdateInstance", &OTHER_SERVICE)
);

request!(Get, Action::new("GetMember", &SERVICE).access(Access::Read));
request!(
    Add,
    Action::new("AddMember", &SERVICE)
        .rate_limit(20)
        .client_token(true)
);

messages! {
    MemberResponse {
        "Uin" uin: optional i64 = Kind::I64;
        "RequestId" request_id: required String = Kind::String;
    }
}

/// Error codes of `UpdateMember`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum UpdateError {
    NoMember,
    Unknown(UnknownCode),
}

impl ErrorCode for UpdateError {
    const DOCUMENTED: &'static [(&'static str, &'static str)] = &[(
        "FailedOperation.NoMember",
        "The member is not in the organization.",
    )];

    const VARIANTS: &'static [Self] = &[Self::NoMember];

    fn from_unknown(code: UnknownCode) -> Self {
        Self::Unknown(code)
    }

    fn as_unknown(&self) -> Option<&UnknownCode> {
        match self {
            Self::NoMember => None,
            Self::Unknown(code) => Some(code),
        }
    }
}
