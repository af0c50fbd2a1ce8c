//! The vendor's SDK for PHP.

use serde_json::Value;

use crate::call::Checked;
use crate::code::{Code, UNTYPED};
use crate::error::Error;
use crate::json;
use crate::language::Language;
use crate::literal::Syntax;
use crate::text::php as string;

pub(super) fn print(call: &Checked<'_>) -> Result<String, Error> {
    check(call)?;
    let action = call.action;
    let namespace = format!("TencentCloud\\{}\\V{}", call.class(), call.digits());
    let client = format!("{}Client", call.class());
    let parameters = Value::Object(call.parameters.clone());
    let is_lossy = is_lossy(&parameters) && !call.parameters.is_empty();
    let is_typed = call.request.is_documented() && !is_lossy;
    let mut code = Code::new("    ");
    code.lines("<?php");
    code.lines(format!(
        "// composer require tencentcloud/tencentcloud-sdk-php{}",
        call.suffix(is_typed)
    ));
    code.comment("//", call.other_label());
    code.lines("require_once __DIR__ . '/vendor/autoload.php';");
    code.blank();
    if !is_typed {
        code.lines("use TencentCloud\\Common\\CommonClient;");
    }
    code.lines("use TencentCloud\\Common\\Credential;");
    code.lines("use TencentCloud\\Common\\Profile\\ClientProfile;");
    if call.sdk_host().is_some() {
        code.lines("use TencentCloud\\Common\\Profile\\HttpProfile;");
    }
    if is_typed {
        code.lines(format!("use {namespace}\\{client};"));
        code.lines(format!("use {namespace}\\Models\\{action}Request;"));
    }
    code.blank();
    code.open("$credential = new Credential(");
    code.lines("getenv('TENCENTCLOUD_SECRET_ID'),");
    code.lines("getenv('TENCENTCLOUD_SECRET_KEY')");
    code.close(");");
    code.lines("$profile = new ClientProfile();");
    if let Some(host) = call.sdk_host() {
        code.lines("$http = new HttpProfile();");
        code.lines(format!("$http->setEndpoint({});", string(host)));
        if call.is_http {
            code.lines("$http->setProtocol(HttpProfile::$REQ_HTTP);");
        }
        code.lines("$profile->setHttpProfile($http);");
    }
    let region = string(call.region.unwrap_or_default());
    if is_typed {
        code.lines(format!(
            "$client = new {client}($credential, {region}, $profile);"
        ));
        code.blank();
        code.lines(format!("$request = new {action}Request();"));
        let parameters = ARRAYS.object(call.parameters);
        code.lines(format!(
            "$request->fromJsonString(json_encode({parameters}));"
        ));
        code.lines(format!("$response = $client->{action}($request);"));
        code.lines("echo $response->toJsonString(), PHP_EOL;");
    } else {
        let [service, version] = [&call.spec.service, &call.spec.version].map(|text| string(text));
        code.lines(format!(
            "$client = new CommonClient({service}, {version}, $credential, {region}, $profile);"
        ));
        code.blank();
        code.lines(format!("// {UNTYPED}"));
        let parameters = OBJECTS.object(call.parameters);
        code.lines(format!(
            "$response = $client->callJson({}, {parameters});",
            string(action)
        ));
        code.lines("echo json_encode($response, JSON_UNESCAPED_UNICODE), PHP_EOL;");
    }
    Ok(code.finish())
}

/// Checks that PHP can represent all values.
fn check(call: &Checked<'_>) -> Result<(), Error> {
    let unsupported = |what: String| Err(Error::unsupported(Language::Php, what));
    for (name, value) in call.parameters {
        let is_beyond = |value: &Value| match value {
            Value::Number(number) => {
                let text = number.to_string();
                text.bytes()
                    .all(|byte| byte.is_ascii_digit() || byte == b'-')
                    && text.parse::<i64>().is_err()
            }
            _ => false,
        };
        if json::any(value, &is_beyond) {
            return unsupported(format!(
                "integers outside the signed 64-bit range, as in `{name}`"
            ));
        }
        let has_nul = |value: &Value| {
            let members = value.as_object().into_iter().flatten();
            members
                .map(|(name, _)| name)
                .any(|name| name.starts_with('\0'))
        };
        if name.starts_with('\0') || json::any(value, &has_nul) {
            return unsupported(format!("names that begin with NUL, as in `{name}`"));
        }
    }
    Ok(())
}

/// Whether the SDK's models, or PHP arrays, would lose a part of the value.
fn is_lossy(value: &Value) -> bool {
    json::any(value, &|value| match value {
        Value::Null => true,
        // PHP turns a name of digits into an index.
        Value::Object(members) => {
            let is_index = |name: &String| name.bytes().all(|byte| byte.is_ascii_digit());
            members.is_empty() || members.keys().any(is_index)
        }
        _ => false,
    })
}

/// Returns a number. The minimum integer has no literal: PHP would negate a literal that is out of range.
fn number(text: &str) -> String {
    if text.parse() == Ok(i64::MIN) {
        return "PHP_INT_MIN".to_owned();
    }
    text.to_owned()
}

/// Writes structures as arrays, which the models accept.
const ARRAYS: Syntax = Syntax {
    null: "null",
    booleans: ["false", "true"],
    number,
    string,
    object: ["[", "]"],
    arrow: " => ",
    empty_object: "new stdClass()",
    unit: "    ",
};

/// Writes structures as objects, which keep empty structures and names of digits.
const OBJECTS: Syntax = Syntax {
    object: ["(object) [", "]"],
    ..ARRAYS
};
