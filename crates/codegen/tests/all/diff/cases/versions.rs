//! Versions as a whole.

use serde_json::json;

use super::Add;
use super::shop::{LISTS, ORDER, none, same, set, unset};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        none,
        same,
        &["addition: the version: added: its module comes"],
    );
    case(
        same,
        none,
        &["breaking: the version: removed: its module goes"],
    );
    case(
        same,
        |spec| set(spec, "", "endpoint", "shop.tencentcloudapi.com"),
        &["documentation: the version: endpoint: calls go to another host"],
    );
    case(
        |spec| unset(spec, "", "errors"),
        same,
        &[
            "addition: the version: first_code: the enum of its codes comes",
            "addition: error code InternalError of the service: added: a variant more, in an enum that may grow",
            "addition: error code AuthFailure.Expired of the service: added: a variant more, in an enum that may grow",
        ],
    );
    case(
        same,
        |spec| unset(spec, "", "errors"),
        &[
            "breaking: the version: last_code: the enum of its codes goes",
            "breaking: error code InternalError of the service: removed: its variant goes",
            "breaking: error code AuthFailure.Expired of the service: removed: its variant goes",
        ],
    );
    // Where facts come from, and derived facts that are written down, are no change.
    case(
        same,
        |spec| {
            set(spec, ORDER, "source", json!({"page": "pages/Order.txt"}));
            set(
                spec,
                "",
                "imported",
                json!({"package": "tccli", "version": "1"}),
            );
            set(spec, ORDER, "access", "write");
            let pages = json!({"by": "offset", "items": "Items", "total": "TotalCount"});
            set(spec, LISTS, "pagination", pages);
        },
        &[],
    );
}
