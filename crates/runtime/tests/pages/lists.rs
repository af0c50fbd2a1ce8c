//! Actions that list things, as generated code would describe them.

use tc3::{Extra, Service};

static SERVICE: Service = Service::new("club", "2021-03-31", "club.tencentcloudapi.com");

pub(crate) fn service() -> &'static Service {
    &SERVICE
}

macro_rules! request {
    ($name:ident { $($index:literal => $field:ident: $wire:literal of $type:ty,)* }) => {
        #[non_exhaustive]
        pub(crate) struct $name {
            $(pub(crate) $field: Option<$type>,)*
            pub(crate) extra: Extra,
        }

        impl Default for $name {
            fn default() -> Self {
                tc3::record::Record::empty()
            }
        }

        tc3::record!(request $name { $($index => $field: $wire,)* });
    };
}

request!(ByTotal {
    0 => limit: "Limit" of i64,
    1 => offset: "Offset" of i64,
});

request!(Unsigned {
    0 => offset: "Offset" of u64,
});

request!(WithoutTotal {
    0 => limit: "Limit" of i64,
    1 => offset: "Offset" of i64,
});

request!(ByToken {
    0 => max_results: "MaxResults" of i64,
    1 => next_token: "NextToken" of String,
});

request!(Broken {
    0 => limit: "Limit" of i64,
});

#[non_exhaustive]
pub(crate) struct Names {
    pub(crate) names: Option<Vec<String>>,
    pub(crate) total: Option<i64>,
    pub(crate) next_token: Option<String>,
    pub(crate) request_id: String,
    pub(crate) extra: Extra,
}

tc3::record!(Names {
    0 => names: "Names",
    1 => total: "Total",
    2 => next_token: "NextToken",
    3 => request_id: "RequestId",
});

tc3::action!("ByTotal" of SERVICE { request: ByTotal, response: Names, access: Read, });
tc3::action!("Unsigned" of SERVICE { request: Unsigned, response: Names, access: Read, });
tc3::action!("WithoutTotal" of SERVICE { request: WithoutTotal, response: Names, access: Read, });
tc3::action!("ByToken" of SERVICE { request: ByToken, response: Names, access: Read, });
tc3::action!("Broken" of SERVICE { request: Broken, response: Names, access: Read, });

tc3::paginated!(ByTotal by Offset { items: names of String, total: "Total", });
tc3::paginated!(Unsigned by Offset { items: names of String, total: "Total", });
tc3::paginated!(WithoutTotal by Offset { items: names of String, });
tc3::paginated!(ByToken by Token { items: names of String, });
tc3::paginated!(Broken by Offset { items: names of String, total: "Total", });
