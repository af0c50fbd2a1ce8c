//! The vendor's SDK for Ruby.

use serde_json::Value;

use crate::call::Checked;
use crate::code::{Code, UNTYPED};
use crate::json;
use crate::literal::Syntax;
use crate::text::ruby as string;

pub(super) fn print(call: &Checked<'_>) -> String {
    let (service, action) = (&call.spec.service, call.action);
    let module = format!("TencentCloud::{}::V{}", call.class(), call.digits());
    let mut code = Code::new("  ");
    code.lines(format!(
        "# Gems tencentcloud-sdk-common and tencentcloud-sdk-{service}, built from the vendor's repository"
    ));
    code.lines("require 'tencentcloud-sdk-common'");
    code.lines(format!("require 'tencentcloud-sdk-{service}'"));
    code.blank();
    code.open("credential = TencentCloud::Common::Credential.new(");
    code.lines("ENV.fetch('TENCENTCLOUD_SECRET_ID'),");
    code.lines("ENV.fetch('TENCENTCLOUD_SECRET_KEY')");
    code.close(")");
    code.lines("profile = TencentCloud::Common::ClientProfile.new");
    if let Some(host) = call.sdk_host() {
        code.lines("profile.http_profile = TencentCloud::Common::HttpProfile.new");
        code.lines(format!("profile.http_profile.endpoint = {}", string(host)));
        if call.is_http {
            code.lines("profile.http_profile.scheme = 'http'");
        }
    }
    let region = call.region.map_or("nil".to_owned(), string);
    code.lines(format!(
        "client = {module}::Client.new(credential, {region}, profile)"
    ));
    code.blank();
    code.lines(format!("parameters = {}", SYNTAX.object(call.parameters)));
    if call.request.is_documented() && !is_lost(&Value::Object(call.parameters.clone())) {
        code.lines(format!("request = {module}::{action}Request.new"));
        code.lines("request.deserialize(parameters)");
        code.lines(format!("puts client.{action}(request).serialize"));
    } else {
        code.lines(format!("# {UNTYPED}"));
        code.lines(format!(
            "puts client.send_request({}, parameters)",
            string(action)
        ));
    }
    code.finish()
}

/// Whether the SDK's models lose a part of the value.
fn is_lost(value: &Value) -> bool {
    json::any(value, &|value| {
        value.is_null() || *value == Value::Bool(false) || json::is_empty(value)
    })
}

const SYNTAX: Syntax = Syntax {
    null: "nil",
    booleans: ["false", "true"],
    number: str::to_owned,
    string,
    object: ["{", "}"],
    arrow: " => ",
    empty_object: "{}",
    unit: "  ",
};
