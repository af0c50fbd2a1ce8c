//! Makes a call and returns its result.

use std::time::Instant;

use hyper::StatusCode;
use serde_json::{Map, Value, json};
use tc3::{Access, Error, ErrorKind, Json};
use tc3_calls::{Record, Recorder};
use tc3_spec::Direction;

use super::body::Call;
use super::problems::listed;
use super::{next, request};
use crate::calls::Target;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::settings::Account;
use crate::shared::Shared;

pub(super) async fn respond(shared: &Shared, call: Call) -> Result<Reply, Problem> {
    let action = shared.calls.action(&call.subject);
    let is_emulated = matches!(call.target, Target::Emulator);
    call.check_write(shared)?;
    let record = Record::of(action.name);
    let mut builder = call.client(shared).await?;
    if is_emulated {
        builder = builder.no_proxy();
    }
    let recorded = record.clone();
    let builder = builder.layer(move |inner| Recorder {
        inner,
        record: recorded,
    });
    let client = builder.build().map_err(Problem::bad_request)?;
    if let Target::Service(account) = &call.target
        && action.access == Access::Write
    {
        let host = client.endpoint();
        match &call.confirmed {
            None => return confirmation(shared, &call, account, &host).await,
            Some(confirmed) => check_host(confirmed, &host)?,
        }
    }
    let parameters = Json::from(Value::Object(call.parameters.clone()));
    let start = Instant::now();
    let result = client.call_described(action, parameters).await;
    let elapsed = start.elapsed();
    // If the call itself was not sent, the record is of a credential provider that calls the same action.
    let was_sent = result
        .as_ref()
        .map_or_else(|error| error.attempts() > 0, |_| true);
    let exchange = record.take().filter(|_| was_sent);
    // Every result has these members, even without a response.
    let mut members = Map::from_iter([
        ("headers".to_owned(), json!([])),
        ("body".to_owned(), "".into()),
        ("deviations".to_owned(), listed(&[])),
    ]);
    let mut set = |name: &str, value: Value| members.insert(name.to_owned(), value);
    set("emulated", is_emulated.into());
    set("milliseconds", json!(elapsed.as_micros() as f64 / 1000.0));
    set("attempts", record.sent().into());
    match &result {
        Ok(response) => set("request_id", json!(response.request_id)),
        Err(error) => {
            set("request_id", json!(error.request_id()));
            set("error", json!(failure(shared, &call, error)))
        }
    };
    if let Some(response) = exchange.and_then(|exchange| exchange.response) {
        let headers = response.headers().iter();
        let headers = headers
            .map(|(name, value)| json!([name.as_str(), String::from_utf8_lossy(value.as_bytes())]));
        set("status", response.status().as_u16().into());
        set("headers", headers.collect());
        let body = String::from_utf8_lossy(response.body()).into_owned();
        let content = result.is_ok().then(|| content(&body)).flatten();
        set("body", body.into());
        if let Some(content) = content {
            analyze(&call, &content, set);
        }
    }
    members.retain(|_, value| !value.is_null());
    Ok(Reply::json(&Value::Object(members)))
}

/// Refuses a write to a host that the user did not confirm.
fn check_host(confirmed: &str, host: &str) -> Result<(), Problem> {
    if confirmed == host {
        return Ok(());
    }
    Err(Problem::new(
        StatusCode::CONFLICT,
        format!(
            "nothing was sent, because the call was confirmed for `{confirmed}` but would go to `{host}`; call again and check the host"
        ),
    ))
}

/// Returns the facts that the user must confirm: account, host and parameters of the call.
async fn confirmation(
    shared: &Shared,
    call: &Call,
    account: &Account,
    host: &str,
) -> Result<Reply, Problem> {
    let signed = request::signed(shared, call).await;
    // If the credential must be fetched first, only the name of the account is known.
    let known = signed.ok();
    let known = known.as_ref();
    let region = known.map(|exchange| request::header(exchange, "x-tc-region"));
    let confirm = json!({
        "account": account.name,
        "secret_id": known.and_then(request::secret_id),
        "host": host,
        "region": region.or(call.region.as_deref()).filter(|region| !region.is_empty()),
        "service": call.subject.of.service,
        "action": call.subject.action,
        "parameters": Value::Object(call.parameters.clone()).to_string(),
    });
    Ok(Reply::json(&json!({ "confirm": confirm })).with_status(StatusCode::CONFLICT))
}

/// Returns the members of a response without its request ID.
fn content(body: &str) -> Option<Map<String, Value>> {
    let envelope: Value = serde_json::from_str(body).ok()?;
    match envelope {
        Value::Object(mut envelope) => match envelope.remove("Response")? {
            Value::Object(mut members) => {
                members.remove("RequestId");
                Some(members)
            }
            _ => None,
        },
        _ => None,
    }
}

/// Adds the deviations of a response from its documentation, the path of its list, and the parameters of the next page.
fn analyze<T>(call: &Call, members: &Map<String, Value>, mut set: impl FnMut(&str, Value) -> T) {
    let found = call.subject.deviations(Direction::Response, members);
    set("deviations", listed(&found));
    let described = call.subject.described();
    let pagination = described
        .action
        .pagination_or_derived(described.name, described.types);
    set("items", json!(pagination.items()));
    let next = next::parameters(&pagination, &call.parameters, members);
    let next = next.map(|next| Value::Object(next).to_string());
    set("next", json!(next));
}

/// Returns an error for the page.
fn failure(shared: &Shared, call: &Call, error: &Error) -> Value {
    // The parts of the service's error are shown separately. Other errors have their cause and remedy in their text.
    let message = match error.kind() {
        ErrorKind::Service => error.message().to_owned(),
        _ => error.to_string(),
    };
    json!({
        "code": error.code(),
        "message": message,
        "meaning": meaning(shared, call, error),
        "try": remedy(error),
        "may_have_acted": error.may_have_acted(),
        "client_token": error.client_token(),
    })
}

/// Returns the remedy, as a key of the scripts' texts.
fn remedy(error: &Error) -> Option<&'static str> {
    let code = error.code().unwrap_or_default();
    match error.kind() {
        ErrorKind::Credential => Some("credential"),
        ErrorKind::Service if error.is_auth_failure() => Some("authorization"),
        ErrorKind::Service if error.is_throttled() => Some("later"),
        ErrorKind::Service if code.starts_with("UnsupportedRegion") => Some("region"),
        ErrorKind::Transport => Some("network"),
        _ => None,
    }
}

/// Returns the documented meaning of an error code.
fn meaning(shared: &Shared, call: &Call, error: &Error) -> Option<String> {
    let mut spec = call.subject.spec.clone();
    crate::subject::describe(
        &mut spec,
        call.subject.of.site,
        shared.settings.texts.as_deref(),
    );
    let action = &spec.actions[&call.subject.action];
    let documented = action.errors.iter().chain(&spec.errors);
    let mut documented = documented.filter(|of| Some(&*of.code) == error.code());
    let documented = documented.find(|of| !of.description.is_empty());
    let documented = documented.map(|of| of.description.as_str());
    documented.or(error.meaning()).map(str::to_owned)
}
