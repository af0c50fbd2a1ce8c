//! The vendor's SDK for Ruby.

use serde_json::Value;
use tc3_spec::Site;

use crate::call::Checked;
use crate::code::{Code, UNTYPED};
use crate::json;
use crate::literal::Syntax;
use crate::text::ruby as string;

pub(super) fn print(call: &Checked<'_>) -> String {
    let (service, action) = (&call.spec.service, call.action);
    let module = format!("TencentCloud::{}::V{}", call.class(), call.digits());
    let is_lossy = is_lossy(&Value::Object(call.parameters.clone()));
    let is_typed = call.site == Site::Mainland && call.request.is_documented() && !is_lossy;
    let mut code = Code::new("  ");
    // The international site has no gems for single services.
    let gems = match call.site {
        Site::Mainland => vec!["common", service],
        Site::Intl => vec!["common"],
    };
    let gems: Vec<String> = gems
        .iter()
        .map(|name| format!("tencentcloud-sdk-{name}"))
        .collect();
    code.lines(format!(
        "# gem build and gem install, in the vendor's repository tencentcloud-sdk-ruby: {}",
        gems.join(", ")
    ));
    code.comment("#", call.other_label());
    for gem in &gems {
        code.lines(format!("require {}", string(gem)));
    }
    code.blank();
    code.open("credential = TencentCloud::Common::Credential.new(");
    code.lines("ENV.fetch('TENCENTCLOUD_SECRET_ID'),");
    code.lines("ENV.fetch('TENCENTCLOUD_SECRET_KEY')");
    code.close(")");
    code.lines("profile = TencentCloud::Common::ClientProfile.new");
    let endpoint = call.sdk_host().filter(|_| call.site == Site::Mainland);
    if endpoint.is_some() || call.is_http {
        code.lines("profile.http_profile = TencentCloud::Common::HttpProfile.new");
    }
    if let Some(host) = endpoint {
        code.lines(format!("profile.http_profile.endpoint = {}", string(host)));
    }
    if call.is_http {
        code.lines("profile.http_profile.scheme = 'http'");
    }
    let region = call.region.map_or("nil".to_owned(), string);
    match call.site {
        Site::Mainland => code.lines(format!(
            "client = {module}::Client.new(credential, {region}, profile)"
        )),
        Site::Intl => {
            let [version, host] = [&call.spec.version, &call.host].map(|text| string(text));
            code.open("client = TencentCloud::Common::AbstractClient.new(");
            code.lines(format!(
                "credential, {region}, {version}, {host}, '', profile"
            ));
            code.close(")");
        }
    }
    code.blank();
    code.lines(format!("parameters = {}", SYNTAX.object(call.parameters)));
    if is_typed {
        code.lines(format!("request = {module}::{action}Request.new"));
        code.lines("request.deserialize(parameters)");
        code.lines(format!("puts client.{action}(request).serialize"));
    } else {
        if call.site == Site::Mainland {
            code.lines(format!("# {UNTYPED}"));
        }
        code.lines(format!(
            "puts client.send_request({}, parameters)",
            string(action)
        ));
    }
    code.finish()
}

/// Whether the SDK's models would lose a part of the value.
fn is_lossy(value: &Value) -> bool {
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
