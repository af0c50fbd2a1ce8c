//! The vendor's SDK for .NET.

use tc3_spec::{Field, IntegerFormat, Site, TypeRef};

use super::java::is_float;
use crate::call::{Checked, capitalized};
use crate::code::{Code, UNTYPED};
use crate::json;
use crate::literal::indented;
use crate::text::csharp as string;
use crate::typed::{Structure, Typed};

const UNIT: &str = "    ";

pub(super) fn print(call: &Checked<'_>) -> String {
    let action = call.action;
    let namespace = format!("TencentCloud.{}.V{}", call.class(), call.digits());
    let client = format!("{}Client", call.class());
    let is_typed = is_typed(call);
    let mut code = Code::new(UNIT);
    let package = match (is_typed, call.site) {
        (true, Site::Mainland) => format!("TencentCloudSDK.{}", call.class()),
        (true, Site::Intl) => format!("TencentCloudSDKIntlEN.{}", call.class()),
        (false, _) => "TencentCloudSDK".to_owned(),
    };
    code.lines(format!("// dotnet add package {package}"));
    code.comment("//", call.other_label());
    code.lines("using TencentCloud.Common;");
    code.lines("using TencentCloud.Common.Profile;");
    if is_typed {
        code.lines(format!("using {namespace};"));
        code.lines(format!("using Models = {namespace}.Models;"));
    }
    code.blank();
    code.open("class Program\n{");
    code.open("static void Main()\n{");
    code.open("var credential = new TencentCloud.Common.Credential\n{");
    for (member, variable) in [("SecretId", "SECRET_ID"), ("SecretKey", "SECRET_KEY")] {
        code.lines(format!(
            "{member} = System.Environment.GetEnvironmentVariable(\"TENCENTCLOUD_{variable}\"),"
        ));
    }
    code.close("};");
    code.open("var profile = new ClientProfile\n{");
    code.lines("SignMethod = ClientProfile.SIGN_TC3SHA256,");
    if let Some(host) = call.sdk_host() {
        let protocol = if call.is_http {
            "Protocol = HttpProfile.REQ_HTTP, "
        } else {
            ""
        };
        let endpoint = string(host);
        code.lines(format!(
            "HttpProfile = new HttpProfile {{ {protocol}Endpoint = {endpoint} }},"
        ));
    }
    code.close("};");
    let region = string(call.region.unwrap_or_default());
    if is_typed {
        code.lines(format!(
            "var client = new {client}(credential, {region}, profile);"
        ));
        code.blank();
        code.lines(format!(
            "var request = {};",
            structure(&call.request, &format!("{action}Request"))
        ));
        code.lines(format!("var response = client.{action}Sync(request);"));
        code.lines("System.Console.WriteLine(AbstractModel.ToJsonString(response));");
    } else {
        let [service, version, action] =
            [&call.spec.service, &call.spec.version, action].map(string);
        let parameters = string(&json::object(call.parameters));
        code.lines(format!(
            "var client = new CommonClient({service}, {version}, credential, {region}, profile);"
        ));
        code.blank();
        code.lines(format!("// {UNTYPED}"));
        code.lines(format!("var request = new CommonRequest({parameters});"));
        code.lines(format!(
            "System.Console.WriteLine(client.Call(request, {action}));"
        ));
    }
    code.close("}");
    code.close("}");
    code.finish()
}

/// Whether the SDK's types represent all values exactly. Their numbers are `float`.
fn is_typed(call: &Checked<'_>) -> bool {
    let is_lossy =
        |value: &Typed<'_>| matches!(value, Typed::Float(number, _) if !is_float(*number));
    call.request.is_documented() && !call.request.any_value(&is_lossy)
}

fn structure(of: &Structure<'_>, name: &str) -> String {
    let name = format!("new Models.{}", capitalized(name));
    if of.members.is_empty() {
        return format!("{name}()");
    }
    let members = of.members.iter().map(|member| {
        let value = value(&member.value, member.field, &member.field.type_ref);
        let name = capitalized(&member.field.name);
        format!("{UNIT}{name} = {},\n", indented(&value, UNIT))
    });
    format!("{name}\n{{\n{}}}", members.collect::<String>())
}

fn value(value: &Typed<'_>, field: &Field, of: &TypeRef) -> String {
    match value {
        Typed::String(text) => string(text),
        Typed::Integer(text) => match field.format {
            Some(IntegerFormat::Uint64) => format!("{text}UL"),
            Some(IntegerFormat::Int64) | None => format!("{text}L"),
        },
        Typed::Float(_, text) => format!("{text}F"),
        Typed::Boolean(value) => value.to_string(),
        Typed::List(values) => list(values, field, of),
        Typed::Structure(of) => structure(of, of.name),
        Typed::Json(_) => String::new(),
    }
}

fn list(values: &[Typed<'_>], field: &Field, of: &TypeRef) -> String {
    let TypeRef::Array(element) = of else {
        return String::new();
    };
    let values: Vec<_> = values.iter().map(|of| value(of, field, element)).collect();
    let of = type_name(of, field);
    if values.is_empty() {
        return format!("new {of} {{ }}");
    }
    let line = values.join(", ");
    if !line.contains('\n') {
        return format!("new {of} {{ {line} }}");
    }
    let values = values
        .iter()
        .map(|value| format!("{UNIT}{},\n", indented(value, UNIT)));
    format!("new {of}\n{{\n{}}}", values.collect::<String>())
}

fn type_name(of: &TypeRef, field: &Field) -> String {
    let scalar = match of {
        TypeRef::Array(element) => return format!("{}[]", type_name(element, field)),
        TypeRef::Named(name) => return format!("Models.{}", capitalized(name)),
        TypeRef::Integer => match field.format {
            Some(IntegerFormat::Uint64) => "ulong?",
            Some(IntegerFormat::Int64) | None => "long?",
        },
        TypeRef::Float | TypeRef::Double => "float?",
        TypeRef::Boolean => "bool?",
        _ => "string",
    };
    scalar.to_owned()
}
