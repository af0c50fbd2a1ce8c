//! Changes of whole versions.

use serde_json::json;

use super::Add;
use super::shop::{LISTS, ORDER, none, same, set, unset};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        none,
        same,
        &["addition: the version: added: its module is added"],
    );
    case(
        same,
        none,
        &["breaking: the version: removed: its module is removed"],
    );
    case(
        same,
        |spec| set(spec, "", "endpoint", "shop.tencentcloudapi.com"),
        &["documentation: the version: endpoint: requests go to another host"],
    );
    case(
        |spec| unset(spec, "", "errors"),
        same,
        &[
            "addition: the version: first_code: its error enum is added",
            "addition: error code InternalError of the service: added: a variant is added to a non-exhaustive enum",
            "addition: error code AuthFailure.Expired of the service: added: a variant is added to a non-exhaustive enum",
        ],
    );
    case(
        same,
        |spec| unset(spec, "", "errors"),
        &[
            "breaking: the version: last_code: its error enum is removed",
            "breaking: error code InternalError of the service: removed: its variant is removed",
            "breaking: error code AuthFailure.Expired of the service: removed: its variant is removed",
        ],
    );
    // Sources of facts, and explicit facts that equal the derived ones, are not changes.
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
