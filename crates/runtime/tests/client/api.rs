//! A small API, as generated code would describe it.

use tc3::__private::{Field, FieldReader, FieldWriter, Kind, Message, Table};
use tc3::{
    Access, Action, Credential, ErrorCode, Region, Request, Service, UnknownCode, UnknownFields,
};

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
            pub(crate) client_token: Option<String>,
            pub(crate) extra: UnknownFields,
        }

        impl $name {
            pub(crate) fn new(name: impl Into<String>) -> Self {
                Self {
                    name: name.into(),
                    client_token: None,
                    extra: UnknownFields::new(),
                }
            }
        }

        impl Message for $name {
            const TABLE: &'static Table = &Table {
                name: stringify!($name),
                fields: &[
                    Field("Name", Kind::String),
                    Field("ClientToken", Kind::String),
                ],
                required: &["Name"],
            };

            fn read(fields: &mut FieldReader<'_>) -> Self {
                Self {
                    name: fields.take().unwrap_or_default(),
                    client_token: fields.take(),
                    extra: fields.take_unknown(),
                }
            }

            fn write<'a>(&'a self, fields: &mut FieldWriter<'a>) {
                fields.put_unknown(&self.extra);
                fields.put(&[&self.name, &self.client_token]);
            }
        }

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

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FindResponse {
    pub(crate) uin: Option<i64>,
    pub(crate) request_id: String,
    pub(crate) extra: UnknownFields,
}

impl Message for FindResponse {
    const TABLE: &'static Table = &Table {
        name: "FindResponse",
        fields: &[Field("Uin", Kind::I64), Field("RequestId", Kind::String)],
        required: &[],
    };

    fn read(fields: &mut FieldReader<'_>) -> Self {
        Self {
            uin: fields.take(),
            request_id: fields.take().unwrap_or_default(),
            extra: fields.take_unknown(),
        }
    }

    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>) {
        fields.put_unknown(&self.extra);
        fields.put(&[&self.uin, &self.request_id]);
    }
}

/// The error codes of `FindMember`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum FindError {
    NoMember,
    Unknown(UnknownCode),
}

impl ErrorCode for FindError {
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
