//! The vendor's command line.

use serde_json::Value;

use crate::call::Checked;
use crate::error::Error;
use crate::json;
use crate::language::Language;
use crate::text::{is_plain, shell};
use crate::typed::{Member, Typed};

pub(super) fn print(call: &Checked<'_>) -> Result<String, Error> {
    check(call)?;
    let package = match call.suffix(true) {
        "" => "tccli",
        suffix => &format!("tccli{suffix}"),
    };
    let mut command = format!(
        "# pip install {package}\ntccli {} {}",
        call.spec.service, call.action
    );
    let mut add = |argument: String| {
        command.push_str(" \\\n    ");
        command.push_str(&argument);
    };
    add(format!("--version {}", call.spec.version));
    if let Some(region) = call.region {
        add(format!("--region {region}"));
    }
    if let Some(host) = call.sdk_host() {
        add(format!("--endpoint {}", shell(host)));
    }
    let is_plain = |member: &Member<'_>| match &member.value {
        Typed::String(text) => text.chars().all(is_plain),
        _ => true,
    };
    if call.request.members.iter().all(is_plain) {
        for member in &call.request.members {
            let name = &member.field.name;
            let value = match &member.value {
                Typed::Boolean(true) => "True".to_owned(),
                Typed::Boolean(false) => "False".to_owned(),
                Typed::String(text) => (*text).to_owned(),
                Typed::Integer(text) | Typed::Float(_, text) => text.clone(),
                Typed::List(_) | Typed::Structure(_) | Typed::Json(_) => {
                    json::text(&call.parameters[name])
                }
            };
            // With a space, tccli would take a value that begins with `-` for an option.
            let separator = if value.starts_with('-') { "=" } else { " " };
            add(format!("--{name}{separator}{}", shell(&value)));
        }
        command.push('\n');
    } else {
        add("--cli-input-json file:///dev/stdin <<'JSON'".to_owned());
        command.push('\n');
        command.push_str(&json::object(call.parameters));
        command.push_str("\nJSON\n");
    }
    Ok(command)
}

/// Checks that tccli can send all values.
fn check(call: &Checked<'_>) -> Result<(), Error> {
    let unsupported = |what: &str| Err(Error::unsupported(Language::Tccli, what));
    if call.is_http {
        return unsupported("requests over http");
    }
    if !call.request.is_documented() {
        return unsupported("undocumented parameters and values of the wrong type");
    }
    for (name, value) in call.parameters {
        if json::any(value, &Value::is_null) {
            return unsupported(&format!("null, as in `{name}`"));
        }
    }
    Ok(())
}
