//! The vendor's SDK for Node.js.

use serde_json::Value;

use crate::call::Checked;
use crate::code::Code;
use crate::json;
use crate::literal::Syntax;
use crate::text::javascript as string;

pub(super) fn print(call: &Checked<'_>) -> String {
    let (service, action) = (&call.spec.service, call.action);
    let mut code = Code::new("  ");
    let package = format!("tencentcloud-sdk-nodejs{}", call.suffix());
    code.lines(format!("// npm install {package}"));
    code.lines(format!("const tencentcloud = require({});", string(&package)));
    code.blank();
    let member = member(service);
    code.lines(format!("const Client = tencentcloud{member}.v{}.Client;", call.digits()));
    code.open("const client = new Client({");
    code.open("credential: {");
    code.lines("secretId: process.env.TENCENTCLOUD_SECRET_ID,");
    code.lines("secretKey: process.env.TENCENTCLOUD_SECRET_KEY,");
    code.close("},");
    if let Some(region) = call.region {
        code.lines(format!("region: {},", string(region)));
    }
    if let Some(host) = call.sdk_host() {
        let protocol = if call.is_http { "protocol: \"http://\", " } else { "" };
        let endpoint = string(host);
        code.lines(format!("profile: {{ httpProfile: {{ {protocol}endpoint: {endpoint} }} }},"));
    }
    code.close("});");
    code.blank();
    let is_lost = |value: &Value| is_lost(value);
    if is_lost(&Value::Object(call.parameters.clone())) {
        let parameters = string(&json::object(call.parameters));
        let action = string(action);
        code.lines("// As a buffer, because the SDK would leave out what is null.");
        code.open("client");
        code.lines(format!(".request({action}, Buffer.from({parameters}))"));
    } else {
        let parameters = SYNTAX.object(call.parameters);
        code.lines(format!("const parameters = {parameters};"));
        code.open("client");
        // A method of this name exists only for actions that begin with a capital letter.
        code.lines(format!(".{action}(parameters)"));
    }
    code.lines(".then((response) => console.log(JSON.stringify(response, null, 2)))");
    code.open(".catch((error) => {");
    code.lines("console.error(error);");
    code.lines("process.exitCode = 1;");
    code.close("});");
    code.finish()
}

/// Returns the access to a member of an object.
fn member(name: &str) -> String {
    if name.contains('-') || name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("[{}]", string(name))
    } else {
        format!(".{name}")
    }
}

/// Whether objects of JavaScript, or the SDK's copies of them, lose a part of the value.
fn is_lost(value: &Value) -> bool {
    json::any(value, &|value| {
        let Value::Object(members) = value else {
            return false;
        };
        let mut members = members.iter();
        members.any(|(name, value)| value.is_null() || name == "__proto__")
    })
}

const SYNTAX: Syntax = Syntax {
    null: "null",
    booleans: ["false", "true"],
    number,
    string,
    object: ["{", "}"],
    arrow: ": ",
    empty_object: "{}",
    unit: "  ",
};

/// Returns a number, as a `BigInt` if it is an integer that is not exact otherwise. The SDK sends these exactly.
fn number(text: &str) -> String {
    const EXACT: u64 = 1 << 53;
    let digits = text.strip_prefix('-').unwrap_or(text);
    let is_integer = digits.bytes().all(|byte| byte.is_ascii_digit());
    let is_exact = digits.parse().is_ok_and(|number: u64| number <= EXACT);
    if is_integer && !is_exact {
        format!("{text}n")
    } else {
        text.to_owned()
    }
}
