//! Deviations of parameters from their documentation.

use tc3_spec::Direction;

use super::asked::Call;
use super::problems::listed;
use crate::reply::Reply;

pub(super) fn answer(call: &Call) -> Reply {
    let found = call
        .subject
        .deviations(Direction::Request, &call.parameters);
    Reply::json(&listed(&found))
}
