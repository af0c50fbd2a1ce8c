//! Proxy for the control API of the emulator.

use hyper::StatusCode;
use serde_json::Value;

use crate::problem::Problem;
use crate::query::Query;
use crate::reply::Reply;
use crate::shared::Shared;
use crate::subject::{Version, site};

/// Reads a path of the control API, or posts a change to it. The query names the service version.
pub(super) async fn respond(
    shared: &Shared,
    query: Query<'_>,
    path: &str,
    change: Option<Value>,
) -> Result<Reply, Problem> {
    let value = |name: &str| query.value(name).unwrap_or_default();
    let (service, version) = (value("service"), value("version"));
    let of = Version::find(site(&value("site"))?, &service, Some(&version))?;
    let emulator = shared.calls.emulator(&of).await?;
    match emulator.control(path, change.as_ref()) {
        Ok(value) => Ok(Reply::json(&value)),
        Err((status, message)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            Err(Problem::new(status, message))
        }
    }
}
