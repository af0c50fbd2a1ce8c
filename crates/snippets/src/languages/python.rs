//! The vendor's SDK for Python.

use serde_json::Value;

use crate::call::{Checked, capitalized};
use crate::code::{Code, UNTYPED};
use crate::json;
use crate::literal::Syntax;
use crate::text::python as string;

pub(super) fn print(call: &Checked<'_>) -> String {
    let (service, action) = (&call.spec.service, call.action);
    // `as` is a keyword, so the package of this service has another name.
    let module = if service == "as" {
        "autoscaling"
    } else {
        service
    };
    let package = format!("tencentcloud.{module}.v{}", call.digits());
    let has_null = call
        .parameters
        .values()
        .any(|value| json::any(value, &Value::is_null));
    let is_typed = call.request.is_documented() && !has_null;
    let mut code = Code::new("    ");
    code.lines(format!(
        "# pip install tencentcloud-sdk-python{}",
        call.suffix(true)
    ));
    if is_typed {
        code.lines("import json");
    }
    code.lines("import os");
    code.blank();
    code.lines("from tencentcloud.common import credential");
    if call.sdk_host().is_some() {
        code.lines("from tencentcloud.common.profile.client_profile import ClientProfile");
        code.lines("from tencentcloud.common.profile.http_profile import HttpProfile");
    }
    let models = if is_typed { ", models" } else { "" };
    code.lines(format!("from {package} import {module}_client{models}"));
    code.blank();
    code.open("cred = credential.Credential(");
    code.lines("os.environ[\"TENCENTCLOUD_SECRET_ID\"],");
    code.lines("os.environ[\"TENCENTCLOUD_SECRET_KEY\"],");
    code.close(")");
    if let Some(host) = call.sdk_host() {
        let protocol = if call.is_http {
            "protocol=\"http\", "
        } else {
            ""
        };
        let endpoint = string(host);
        code.lines(format!(
            "profile = ClientProfile(httpProfile=HttpProfile({protocol}endpoint={endpoint}))"
        ));
    }
    let region = call.region.map_or("None".to_owned(), string);
    let profile = if call.sdk_host().is_some() {
        ", profile"
    } else {
        ""
    };
    let parameters = SYNTAX.object(call.parameters);
    let class = capitalized(module);
    code.lines(format!(
        "client = {module}_client.{class}Client(cred, {region}{profile})"
    ));
    code.blank();
    if is_typed {
        code.lines(format!("request = models.{action}Request()"));
        code.lines(format!(
            "request.from_json_string(json.dumps({parameters}))"
        ));
        code.lines(format!("response = client.{action}(request)"));
        code.lines("print(response.to_json_string(indent=2))");
    } else {
        code.lines(format!("# {UNTYPED}"));
        code.lines(format!(
            "response = client.call_json({}, {parameters})",
            string(action)
        ));
        code.lines("print(response)");
    }
    code.finish()
}

const SYNTAX: Syntax = Syntax {
    null: "None",
    booleans: ["False", "True"],
    number: str::to_owned,
    string,
    object: ["{", "}"],
    arrow: ": ",
    empty_object: "{}",
    unit: "    ",
};
