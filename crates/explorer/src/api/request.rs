//! The request of a call, which is not sent, and the steps of its signature.

use serde_json::{Value, json};
use tc3::{ErrorKind, Json, Retry};
use tc3_calls::{DryRun, Exchange, Record};
use tc3_verify::Steps;

use super::body::Call;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::shared::Shared;

pub(super) async fn respond(shared: &Shared, call: Call) -> Result<Reply, Problem> {
    // A signed request is as good as the call: anyone who has it can send it.
    call.check_write(shared)?;
    let exchange = signed(shared, &call).await?;
    let signature = signature(&exchange).ok_or_else(|| {
        Problem::internal("the request has no TC3-HMAC-SHA256 signature; report this as a bug")
    })?;
    Ok(Reply::json(&json!({
        "request": request(&exchange),
        "signature": signature,
    })))
}

/// Returns the signed request of a call, which is not sent.
pub(super) async fn signed(shared: &Shared, call: &Call) -> Result<Exchange, Problem> {
    let action = shared.calls.action(&call.subject);
    let record = Record::of(action.name);
    let transport = DryRun {
        record: record.clone(),
    };
    let builder = call.client(shared).await?;
    let builder = builder.transport(transport).retry(Retry::never());
    let client = builder.build().map_err(Problem::bad_request)?;
    let parameters = Json::from(Value::Object(call.parameters.clone()));
    match (
        client.call_described(action, parameters).await,
        record.take(),
    ) {
        // The recorded request may be of the credential provider, if it calls the same action.
        (Err(error), _) if error.kind() == ErrorKind::Credential => {
            Err(Problem::bad_request(error))
        }
        (_, Some(exchange)) => Ok(exchange),
        (Err(error), None) => Err(Problem::bad_request(error)),
        (Ok(_), None) => Err(Problem::internal(
            "the client made no request; report this as a bug",
        )),
    }
}

/// Returns a header of a request.
pub(super) fn header<'e>(exchange: &'e Exchange, name: &str) -> &'e str {
    let value = exchange.request.headers().get(name);
    value
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

/// Returns the secret ID in the signature of a request.
pub(super) fn secret_id(exchange: &Exchange) -> Option<&str> {
    let (_, rest) = header(exchange, "authorization").split_once("Credential=")?;
    rest.split('/').next()
}

/// Returns a request without the session token of the credential.
fn request(exchange: &Exchange) -> Value {
    let request = &exchange.request;
    let headers = request.headers().iter().map(|(name, value)| {
        let value = match name.as_str() {
            "x-tc-token" => "[redacted]".into(),
            _ => String::from_utf8_lossy(value.as_bytes()),
        };
        json!([name.as_str(), value])
    });
    json!({
        "line": format!("{} {}", request.method(), request.uri()),
        "headers": headers.collect::<Vec<_>>(),
        "body": String::from_utf8_lossy(request.body()),
    })
}

/// Returns the steps of the signature, without the secret key and the keys derived from it.
fn signature(exchange: &Exchange) -> Option<Value> {
    let steps = Steps::of(&exchange.request)?;
    let mut scope = steps.scope.split('/');
    let [day, service] = [(); 2].map(|()| scope.next().unwrap_or_default());
    Some(json!({
        "canonical_request": steps.canonical_request,
        "string_to_sign": steps.string_to_sign,
        "day": day,
        "service": service,
        "scope": steps.scope,
        "signed_headers": steps.signed_headers,
        "signature": steps.signature,
        "authorization": header(exchange, "authorization"),
        "secret_id": secret_id(exchange),
        "timestamp": header(exchange, "x-tc-timestamp"),
    }))
}
