//! Paginated actions in the form of generated code.

use tc3::pages::{Paginated, Paging};
use tc3::{Access, Action, Request, Service};

pub(crate) static SERVICE: Service = Service::new("club", "2021-03-31", "club.tencentcloudapi.com");

macro_rules! paginated {
    ($name:ident, $paging:expr) => {
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

paginated!(ByTotal, BY_TOTAL);
paginated!(UnsignedOffset, BY_TOTAL);
paginated!(WithoutOffset, BY_TOTAL);
paginated!(WithoutTotal, Paging::Offset { total: None });
paginated!(ByToken, Paging::Token);

messages! {
    ByTotal {
        "Limit" limit: optional i64 = Kind::I64;
        "Offset" offset: optional i64 = Kind::I64;
    }

    UnsignedOffset {
        "Offset" offset: optional u64 = Kind::U64;
    }

    WithoutOffset {
        "Limit" limit: optional i64 = Kind::I64;
    }

    WithoutTotal {
        "Limit" limit: optional i64 = Kind::I64;
        "Offset" offset: optional i64 = Kind::I64;
    }

    ByToken {
        "MaxResults" max_results: optional i64 = Kind::I64;
        "NextToken" next_token: optional String = Kind::String;
    }

    Names {
        "Names" names: optional Vec<String> = Kind::List(&Kind::String);
        "Total" total: optional i64 = Kind::I64;
        "NextToken" next_token: optional String = Kind::String;
        "RequestId" request_id: required String = Kind::String;
    }
}
