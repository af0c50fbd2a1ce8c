//! What is wrong with parameters.

use serde_json::{Value, json};
use tc3_spec::{Deviation, DeviationKind, Direction};

use super::asked::Call;
use crate::problem::Problem;
use crate::reply::Reply;

pub(super) fn answer(call: &Call) -> Result<Reply, Problem> {
    let found = call
        .subject
        .deviations(Direction::Request, &call.parameters);
    let problems: Vec<Value> = found.iter().map(problem).collect();
    Ok(Reply::json(&json!({ "problems": problems })))
}

/// Returns a deviation for scripts.
fn problem(deviation: &Deviation) -> Value {
    let similar = match &deviation.kind {
        DeviationKind::Unknown(similar) => &**similar,
        _ => &[],
    };
    json!({
        "path": deviation.path,
        "message": deviation.to_string(),
        "similar": similar,
    })
}
