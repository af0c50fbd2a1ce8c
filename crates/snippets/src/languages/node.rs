//! The vendor's SDK for Node.js.

use serde_json::Value;
use tc3_spec::Site;

use crate::call::Checked;
use crate::code::Code;
use crate::json;
use crate::literal::Syntax;
use crate::text::javascript as string;

pub(super) fn print(call: &Checked<'_>) -> String {
    let (service, action) = (&call.spec.service, call.action);
    let mut code = Code::new("  ");
    let open = match call.site {
        Site::Mainland => {
            let member = member(service);
            code.lines("// npm install tencentcloud-sdk-nodejs");
            code.comment("//", call.other_label());
            code.lines("const tencentcloud = require(\"tencentcloud-sdk-nodejs\");");
            code.blank();
            code.lines(format!(
                "const Client = tencentcloud{member}.v{}.Client;",
                call.digits()
            ));
            "new Client(".to_owned()
        }
        // The package for the international site rounds integers beyond 2^53.
        Site::Intl => {
            let [host, version] = [&*call.host, &call.spec.version].map(string);
            code.lines("// npm install tencentcloud-sdk-nodejs-common");
            code.comment("//", call.other_label());
            code.lines("const { CommonClient } = require(\"tencentcloud-sdk-nodejs-common\");");
            code.blank();
            format!("new CommonClient({host}, {version}, ")
        }
    };
    code.open(format!("const client = {open}{{"));
    code.open("credential: {");
    code.lines("secretId: process.env.TENCENTCLOUD_SECRET_ID,");
    code.lines("secretKey: process.env.TENCENTCLOUD_SECRET_KEY,");
    code.close("},");
    if let Some(region) = call.region {
        code.lines(format!("region: {},", string(region)));
    }
    let protocol = call.is_http.then(|| "protocol: \"http://\"".to_owned());
    let endpoint = call.sdk_host().filter(|_| call.site == Site::Mainland);
    let endpoint = endpoint.map(|host| format!("endpoint: {}", string(host)));
    let settings: Vec<String> = protocol.into_iter().chain(endpoint).collect();
    if !settings.is_empty() {
        let settings = settings.join(", ");
        code.lines(format!("profile: {{ httpProfile: {{ {settings} }} }},"));
    }
    code.close("});");
    code.blank();
    let is_lossy = is_lossy(&Value::Object(call.parameters.clone()));
    if is_lossy {
        let parameters = string(&json::object(call.parameters));
        code.lines("// As a buffer, because the SDK omits null values.");
        code.lines(format!("const parameters = Buffer.from({parameters});"));
    } else {
        code.lines(format!(
            "const parameters = {};",
            SYNTAX.object(call.parameters)
        ));
    }
    code.open("client");
    code.lines(match call.site {
        Site::Mainland if !is_lossy => format!(".{action}(parameters)"),
        _ => format!(".request({}, parameters)", string(action)),
    });
    code.lines(".then((response) => console.log(JSON.stringify(response, null, 2)))");
    code.open(".catch((error) => {");
    code.lines("console.error(error);");
    code.lines("process.exitCode = 1;");
    code.close("});");
    code.finish()
}

/// Returns the expression that accesses a member of an object, without the object.
fn member(name: &str) -> String {
    if name.contains('-') || name.starts_with(|c: char| c.is_ascii_digit()) {
        format!("[{}]", string(name))
    } else {
        format!(".{name}")
    }
}

/// Whether JavaScript objects, or the SDK's copies of them, would lose a part of the value.
fn is_lossy(value: &Value) -> bool {
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

/// Returns a number. An integer that JavaScript would round is a `BigInt`, which the SDK sends exactly.
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
