//! Checks parameters for deviations from their documentation.

use tc3_spec::Direction;

use super::body::Call;
use super::problems::listed;
use crate::reply::Reply;

pub(super) fn respond(call: &Call) -> Reply {
    let found = call
        .subject
        .deviations(Direction::Request, &call.parameters);
    Reply::json(&listed(&found))
}
