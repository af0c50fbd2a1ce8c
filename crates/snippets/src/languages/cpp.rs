//! The vendor's SDK for C++.

use tc3_spec::{Field, IntegerFormat, TypeRef};

use crate::call::{Checked, capitalized};
use crate::code::{Code, UNTYPED};
use crate::json;
use crate::text::cpp as string;
use crate::typed::{Structure, Typed};
use crate::variables::{Variables, data_types};

pub(super) fn print(call: &Checked<'_>) -> String {
    let (service, action) = (&call.spec.service, call.action);
    let namespace = format!("TencentCloud::{}::V{}", call.class(), call.digits());
    let folder = format!("tencentcloud/{service}/v{}", call.digits());
    let is_typed = call.request.is_documented();
    let mut code = Code::new("    ");
    let repository = format!("tencentcloud-sdk-cpp{}", call.suffix(is_typed));
    code.lines(match is_typed {
        true => format!(
            "// Libraries tencentcloud-sdk-cpp-core and tencentcloud-sdk-cpp-{service}, of {repository}"
        ),
        false => format!("// Library tencentcloud-sdk-cpp-core, of {repository}"),
    });
    code.comment("//", call.other_label());
    for header in ["cstdint", "cstdlib", "iostream", "string", "vector"] {
        code.lines(format!("#include <{header}>"));
    }
    code.blank();
    let mut headers = vec!["Credential", "TencentCloud", "profile/ClientProfile"];
    headers.extend((!is_typed).then_some("CommonClient"));
    headers.extend(call.sdk_host().map(|_| "profile/HttpProfile"));
    headers.sort_unstable();
    for header in headers {
        code.lines(format!("#include <tencentcloud/core/{header}.h>"));
    }
    if is_typed {
        code.lines(format!("#include <{folder}/{}Client.h>", call.class()));
        let types = data_types(&call.request);
        let types = types.into_iter().map(capitalized);
        let messages = ["Request", "Response"].map(|role| format!("{action}{role}"));
        for name in types.chain(messages) {
            code.lines(format!("#include <{folder}/model/{name}.h>"));
        }
        code.blank();
        code.lines(format!("namespace model = {namespace}::Model;"));
    }
    code.blank();
    code.open("int main()\n{");
    code.lines("const char *id = std::getenv(\"TENCENTCLOUD_SECRET_ID\");");
    code.lines("const char *key = std::getenv(\"TENCENTCLOUD_SECRET_KEY\");");
    code.open("if (!id || !key)\n{");
    code.lines(
        "std::cerr << \"Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY.\" << std::endl;",
    );
    code.lines("return 1;");
    code.close("}");
    code.blank();
    code.lines("TencentCloud::InitAPI();");
    code.lines("TencentCloud::Credential credential(id, key);");
    code.lines("TencentCloud::ClientProfile profile;");
    if let Some(host) = call.sdk_host() {
        code.lines("TencentCloud::HttpProfile http;");
        code.lines(format!("http.SetEndpoint({});", string(host)));
        if call.is_http {
            code.lines("http.SetProtocol(TencentCloud::HttpProfile::Scheme::HTTP);");
        }
        code.lines("profile.SetHttpProfile(http);");
    }
    let region = string(call.region.unwrap_or_default());
    if is_typed {
        let class = format!("{namespace}::{}Client", call.class());
        code.lines(format!("{class} client(credential, {region}, profile);"));
        code.blank();
        code.lines(format!("model::{action}Request request;"));
        set(
            &mut code,
            &mut Variables::default(),
            "request",
            &call.request,
        );
        code.lines(format!("auto outcome = client.{action}(request);"));
    } else {
        let [service, version, action] = [service, &call.spec.version, action].map(string);
        let parameters = string(&json::object(call.parameters));
        code.lines(format!(
            "TencentCloud::CommonClient client({service}, {version}, credential, {region}, profile);"
        ));
        code.blank();
        code.lines(format!("// {UNTYPED}"));
        code.lines(format!(
            "auto outcome = client.MakeRequestJson({action}, {parameters});"
        ));
    }
    code.lines("int status = outcome.IsSuccess() ? 0 : 1;");
    code.open("if (outcome.IsSuccess())\n{");
    code.lines(match is_typed {
        true => "std::cout << outcome.GetResult().ToJsonString() << std::endl;",
        false => {
            "std::cout << std::string(outcome.GetResult().Body(), outcome.GetResult().BodySize()) << std::endl;"
        }
    });
    code.close("}");
    code.open("else\n{");
    code.lines("std::cerr << outcome.GetError().PrintAll() << std::endl;");
    code.close("}");
    code.lines("TencentCloud::ShutdownAPI();");
    code.lines("return status;");
    code.close("}");
    code.finish()
}

/// Adds the statements that set the members of a structure.
fn set(code: &mut Code, variables: &mut Variables, to: &str, structure: &Structure<'_>) {
    for member in &structure.members {
        let value = value(
            code,
            variables,
            &member.value,
            member.field,
            &member.field.type_ref,
        );
        let name = capitalized(&member.field.name);
        code.lines(format!("{to}.Set{name}({value});"));
    }
}

/// Returns a value, after the statements that create the structures in it.
fn value(
    code: &mut Code,
    variables: &mut Variables,
    of: &Typed<'_>,
    field: &Field,
    type_ref: &TypeRef,
) -> String {
    match of {
        Typed::String(text) => string(text),
        Typed::Integer(text) if field.format == Some(IntegerFormat::Uint64) => format!("{text}ULL"),
        // `-9223372036854775808` would negate a literal that is out of range.
        Typed::Integer(text) if *text == i64::MIN.to_string() => "INT64_MIN".to_owned(),
        Typed::Integer(text) => format!("{text}LL"),
        Typed::Float(number, _) => format!("{number:?}"),
        Typed::Boolean(value) => value.to_string(),
        Typed::List(values) => {
            let element = match type_ref {
                TypeRef::Array(element) => element,
                of => of,
            };
            let values = values.iter();
            let values = values.map(|of| value(code, variables, of, field, element));
            let values: Vec<_> = values.collect();
            format!("{}{{{}}}", type_name(type_ref, field), values.join(", "))
        }
        Typed::Structure(structure) => {
            let name = variables.claim(structure.name);
            code.lines(format!("model::{} {name};", capitalized(structure.name)));
            set(code, variables, &name, structure);
            name
        }
        Typed::Json(_) => String::new(),
    }
}

fn type_name(of: &TypeRef, field: &Field) -> String {
    let scalar = match of {
        TypeRef::Array(element) => return format!("std::vector<{}>", type_name(element, field)),
        TypeRef::Named(name) => return format!("model::{}", capitalized(name)),
        TypeRef::Integer => match field.format {
            Some(IntegerFormat::Uint64) => "uint64_t",
            Some(IntegerFormat::Int64) | None => "int64_t",
        },
        TypeRef::Float | TypeRef::Double => "double",
        TypeRef::Boolean => "bool",
        _ => "std::string",
    };
    scalar.to_owned()
}
