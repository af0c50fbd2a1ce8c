//! Paginated actions in the form of generated code.

use tc3::pages::{Flag, Paginated, Paging};
use tc3::{Access, Action, Request, Service};

pub(crate) static SERVICE: Service = Service::new("club", "2021-03-31", "club.tencentcloudapi.com");

macro_rules! paginated {
    ($name:ident, $paging:expr) => {
        paginated!($name, $paging, Names, "Names", |page: Names| page.names);
    };
    ($name:ident, $paging:expr, $response:ident, $items:literal, $take:expr) => {
        impl Request for $name {
            type Response = $response;

            const ACTION: &'static Action =
                &Action::new(stringify!($name), &SERVICE).access(Access::Read);
        }

        impl Paginated for $name {
            type Item = String;

            const PAGING: Paging = $paging;
            const ITEMS: &'static str = $items;

            fn items(page: $response) -> Option<Vec<String>> {
                ($take)(page)
            }
        }
    };
}

const fn by_offset(total: Option<&'static str>, multiple: bool) -> Paging {
    Paging::Offset { total, multiple }
}

const fn by_number(total: Option<&'static str>) -> Paging {
    Paging::Number {
        number: "PageNumber",
        first: 1,
        size: Some("PageSize"),
        total,
    }
}

const fn by_token(token: &'static str, next: &'static str, last: Option<Flag>) -> Paging {
    Paging::Token { token, next, last }
}

const LIST_OVER: Flag = Flag {
    field: "ListOver",
    value: true,
};

const HAS_MORE: Flag = Flag {
    field: "HasMore",
    value: false,
};

const TOTAL: Option<&str> = Some("Total");

paginated!(ByTotal, by_offset(TOTAL, false));
paginated!(ByMultiple, by_offset(TOTAL, true));
paginated!(UnsignedOffset, by_offset(TOTAL, false));
paginated!(WithoutOffset, by_offset(TOTAL, false));
paginated!(TextOffset, by_offset(TOTAL, false));
paginated!(RequiredOffset, by_offset(TOTAL, false));
paginated!(WithoutTotal, by_offset(None, false));
paginated!(ByNumber, by_number(TOTAL));
paginated!(ByNumberWithoutTotal, by_number(None));
paginated!(ByToken, by_token("NextToken", "NextToken", None));
paginated!(ByContext, by_token("Context", "Context", Some(LIST_OVER)));
paginated!(ByCursor, by_token("Cursor", "NextCursor", Some(HAS_MORE)));
paginated!(
    Nested,
    by_offset(Some("Data.Total"), false),
    NestedNames,
    "Data.Names",
    |page: NestedNames| page.data.unwrap_or_default().names
);

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

    ByMultiple {
        "Limit" limit: optional i64 = Kind::I64;
        "Offset" offset: optional i64 = Kind::I64;
    }

    TextOffset {
        "Limit" limit: optional String = Kind::String;
        "Offset" offset: optional String = Kind::String;
    }

    RequiredOffset ["Offset"] {
        "Limit" limit: optional i64 = Kind::I64;
        "Offset" offset: required i64 = Kind::I64;
    }

    Nested {
        "Limit" limit: optional i64 = Kind::I64;
        "Offset" offset: optional i64 = Kind::I64;
    }

    ByNumber {
        "PageNumber" page_number: optional i64 = Kind::I64;
        "PageSize" page_size: optional i64 = Kind::I64;
    }

    ByNumberWithoutTotal {
        "PageNumber" page_number: optional i64 = Kind::I64;
        "PageSize" page_size: optional i64 = Kind::I64;
    }

    ByContext {
        "Context" context: optional String = Kind::String;
    }

    ByCursor {
        "Cursor" cursor: optional i64 = Kind::I64;
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
        "Context" context: optional String = Kind::String;
        "NextCursor" next_cursor: optional i64 = Kind::I64;
        "ListOver" list_over: optional bool = Kind::Bool;
        "HasMore" has_more: optional bool = Kind::Bool;
        "RequestId" request_id: required String = Kind::String;
    }

    NestedNames {
        "Data" data: optional Data = Kind::Message(Data::table);
        "RequestId" request_id: required String = Kind::String;
    }

    Data {
        "Names" names: optional Vec<String> = Kind::List(&Kind::String);
        "Total" total: optional i64 = Kind::I64;
    }
}
