//! Actions that list things, as generated code would describe them.

use tc3::__private::{Field, FieldReader, FieldWriter, Kind, Message, Table};
use tc3::pages::{Paginated, Paging};
use tc3::{Access, Action, Request, Service, UnknownFields};

static SERVICE: Service = Service::new("club", "2021-03-31", "club.tencentcloudapi.com");

pub(crate) fn service() -> &'static Service {
    &SERVICE
}

macro_rules! request {
    ($name:ident { $($field:ident: $wire:literal of $type:ty = $kind:expr,)* } $paging:expr) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        #[non_exhaustive]
        pub(crate) struct $name {
            $(pub(crate) $field: Option<$type>,)*
            pub(crate) extra: UnknownFields,
        }

        impl Message for $name {
            const TABLE: &'static Table = &Table {
                name: stringify!($name),
                fields: &[$(Field($wire, $kind)),*],
                required: &[],
            };

            fn read(fields: &mut FieldReader<'_>) -> Self {
                Self {
                    $($field: fields.take(),)*
                    extra: fields.take_unknown(),
                }
            }

            fn write<'a>(&'a self, fields: &mut FieldWriter<'a>) {
                fields.put_unknown(&self.extra);
                fields.put(&[$(&self.$field,)*]);
            }
        }

        impl Request for $name {
            type Response = Names;

            const ACTION: &'static Action =
                &Action::new(stringify!($name), &SERVICE).access(Access::Read);
        }

        impl Paginated for $name {
            type Item = String;

            const PAGING: Paging = $paging;
            const ITEMS: &'static str = "Names";

            fn items(page: Names) -> Option<Vec<String>> {
                page.names
            }
        }
    };
}

const BY_TOTAL: Paging = Paging::Offset {
    total: Some("Total"),
};

request!(ByTotal {
    limit: "Limit" of i64 = Kind::I64,
    offset: "Offset" of i64 = Kind::I64,
} BY_TOTAL);

request!(Unsigned {
    offset: "Offset" of u64 = Kind::U64,
} BY_TOTAL);

request!(WithoutTotal {
    limit: "Limit" of i64 = Kind::I64,
    offset: "Offset" of i64 = Kind::I64,
} Paging::Offset { total: None });

request!(ByToken {
    max_results: "MaxResults" of i64 = Kind::I64,
    next_token: "NextToken" of String = Kind::String,
} Paging::Token);

request!(Broken {
    limit: "Limit" of i64 = Kind::I64,
} BY_TOTAL);

#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub(crate) struct Names {
    pub(crate) names: Option<Vec<String>>,
    pub(crate) total: Option<i64>,
    pub(crate) next_token: Option<String>,
    pub(crate) request_id: String,
    pub(crate) extra: UnknownFields,
}

impl Message for Names {
    const TABLE: &'static Table = &Table {
        name: "Names",
        fields: &[
            Field("Names", Kind::List(&Kind::String)),
            Field("Total", Kind::I64),
            Field("NextToken", Kind::String),
            Field("RequestId", Kind::String),
        ],
        required: &[],
    };

    fn read(fields: &mut FieldReader<'_>) -> Self {
        Self {
            names: fields.take(),
            total: fields.take(),
            next_token: fields.take(),
            request_id: fields.take().unwrap_or_default(),
            extra: fields.take_unknown(),
        }
    }

    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>) {
        fields.put_unknown(&self.extra);
        fields.put(&[&self.names, &self.total, &self.next_token, &self.request_id]);
    }
}
