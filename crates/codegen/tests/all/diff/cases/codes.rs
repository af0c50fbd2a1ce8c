//! Changes of error codes of actions and of the service.

use super::Add;
use super::shop::{code, list, push, same, set};

pub(super) fn cases(case: &mut Add<'_>) {
    case(
        same,
        |spec| push(spec, "/actions/Order/errors", code("FailedOperation")),
        &[
            "addition: error code FailedOperation of Order: added: a variant is added to a non-exhaustive enum",
        ],
    );
    case(
        same,
        |spec| drop(list(spec, "/actions/Order/errors").pop()),
        &["breaking: error code LimitExceeded of Order: removed: its variant is removed"],
    );
    case(
        same,
        |spec| {
            set(
                spec,
                "/actions/Order/errors/0",
                "description",
                "It is closed.",
            )
        },
        &[
            "documentation: error code FailedOperation.Closed of Order: reworded: only the wording changes",
        ],
    );
    case(
        same,
        |spec| list(spec, "/actions/Order/errors").swap(0, 1),
        &[
            "documentation: error code FailedOperation.Closed of Order: moved: the order of variants does not matter",
        ],
    );
    case(
        same,
        |spec| push(spec, "/errors", code("FailedOperation")),
        &[
            "addition: error code FailedOperation of the service: added: a variant is added to a non-exhaustive enum",
        ],
    );
    case(
        same,
        |spec| drop(list(spec, "/errors").pop()),
        &[
            "breaking: error code AuthFailure.Expired of the service: removed: its variant is removed",
        ],
    );
    case(
        same,
        |spec| set(spec, "/errors/0", "description", "It broke."),
        &[
            "documentation: error code InternalError of the service: reworded: only the wording changes",
        ],
    );
    case(
        same,
        |spec| list(spec, "/errors").swap(0, 1),
        &[
            "documentation: error code InternalError of the service: moved: the order of variants does not matter",
        ],
    );
}
