//! The vendor's SDK for Go.

use tc3_spec::{Field, IntegerFormat, Site, TypeRef};

use crate::call::{Checked, capitalized};
use crate::code::{Code, UNTYPED};
use crate::json;
use crate::literal::indented;
use crate::text::go as string;
use crate::typed::{Structure, Typed};

const UNIT: &str = "\t";

pub(super) fn print(call: &Checked<'_>) -> String {
    let (service, action) = (&call.spec.service, call.action);
    let is_typed = call.request.is_documented();
    let repository = format!(
        "github.com/tencentcloud/tencentcloud-sdk-go{}",
        call.suffix(is_typed)
    );
    let module = format!("{repository}/tencentcloud");
    let alias = alias(service);
    let mut code = Code::new(UNIT);
    code.lines(match (is_typed, call.site) {
        (true, Site::Mainland) => format!("// go get {module}/common {module}/{service}"),
        (true, Site::Intl) => format!("// go get {repository}"),
        (false, _) => format!("// go get {module}/common"),
    });
    code.lines("package main");
    code.blank();
    code.open("import (");
    code.lines("\"fmt\"");
    code.lines("\"os\"");
    code.blank();
    code.lines(format!("\"{module}/common\""));
    if !is_typed {
        code.lines(format!("tchttp \"{module}/common/http\""));
    }
    code.lines(format!("\"{module}/common/profile\""));
    if is_typed {
        code.lines(format!("{alias} \"{module}/{service}/v{}\"", call.digits()));
    }
    code.close(")");
    code.blank();
    code.open("func main() {");
    code.open("credential := common.NewCredential(");
    code.lines("os.Getenv(\"TENCENTCLOUD_SECRET_ID\"),");
    code.lines("os.Getenv(\"TENCENTCLOUD_SECRET_KEY\"),");
    code.close(")");
    code.lines("clientProfile := profile.NewClientProfile()");
    if let Some(host) = call.sdk_host() {
        code.lines(format!(
            "clientProfile.HttpProfile.Endpoint = {}",
            string(host)
        ));
        if call.is_http {
            code.lines("clientProfile.HttpProfile.Scheme = \"HTTP\"");
        }
    }
    let region = string(call.region.unwrap_or_default());
    if is_typed {
        code.lines(format!(
            "client, err := {alias}.NewClient(credential, {region}, clientProfile)"
        ));
        check_error(&mut code);
        code.blank();
        code.lines(format!("request := {alias}.New{action}Request()"));
        let printer = Printer { alias: &alias };
        for member in &call.request.members {
            let value = printer.value(&member.value, member.field, &member.field.type_ref, true);
            code.lines(format!(
                "request.{} = {value}",
                capitalized(&member.field.name)
            ));
        }
        code.lines(format!("response, err := client.{action}(request)"));
        check_error(&mut code);
        code.lines("fmt.Println(response.ToJsonString())");
    } else {
        let [service, version, action] = [service, &call.spec.version, action].map(string);
        let parameters = string(&json::object(call.parameters));
        code.lines(format!(
            "client := common.NewCommonClient(credential, {region}, clientProfile)"
        ));
        code.blank();
        code.lines(format!("// {UNTYPED}"));
        code.lines(format!(
            "request := tchttp.NewCommonRequest({service}, {version}, {action})"
        ));
        code.open(format!(
            "if err := request.SetActionParameters({parameters}); err != nil {{"
        ));
        code.lines("panic(err)");
        code.close("}");
        code.lines("response := tchttp.NewCommonResponse()");
        code.open("if err := client.Send(request, response); err != nil {");
        code.lines("panic(err)");
        code.close("}");
        code.lines("fmt.Println(string(response.GetBody()))");
    }
    code.close("}");
    code.finish()
}

/// Adds the check of an error.
fn check_error(code: &mut Code) {
    code.open("if err != nil {");
    code.lines("panic(err)");
    code.close("}");
}

/// Returns the import alias of the service's package. It differs from other names in the program and from keywords.
fn alias(service: &str) -> String {
    let word = service.replace('-', "_");
    format!(
        "{word}{}",
        if TAKEN.contains(&service) { "api" } else { "" }
    )
}

const TAKEN: [&str; 32] = [
    "break",
    "case",
    "chan",
    "client",
    "common",
    "const",
    "continue",
    "credential",
    "default",
    "defer",
    "else",
    "err",
    "fallthrough",
    "fmt",
    "for",
    "func",
    "go",
    "goto",
    "if",
    "import",
    "interface",
    "map",
    "os",
    "package",
    "profile",
    "range",
    "request",
    "return",
    "select",
    "struct",
    "switch",
    "type",
];

struct Printer<'a> {
    alias: &'a str,
}

impl Printer<'_> {
    /// Returns a value. `is_named` is false for structures in a list, whose type the list names.
    fn value(&self, value: &Typed<'_>, field: &Field, of: &TypeRef, is_named: bool) -> String {
        match value {
            Typed::String(text) => format!("common.StringPtr({})", string(text)),
            Typed::Integer(text) => {
                format!("common.{}Ptr({text})", capitalized(integer(field)))
            }
            Typed::Float(_, text) => format!("common.Float64Ptr({text})"),
            Typed::Boolean(value) => format!("common.BoolPtr({value})"),
            Typed::List(values) => self.list(values, field, of),
            Typed::Structure(structure) => self.structure(structure, is_named),
            Typed::Json(_) => String::new(),
        }
    }

    fn list(&self, values: &[Typed<'_>], field: &Field, of: &TypeRef) -> String {
        let TypeRef::Array(element) = of else {
            return String::new();
        };
        if let Some(scalar) = scalar(field, element) {
            let values: Vec<_> = values.iter().map(plain).collect();
            let function = capitalized(scalar);
            return format!("common.{function}Ptrs([]{scalar}{{{}}})", values.join(", "));
        }
        let values = values.iter();
        let values = values.map(|value| {
            let value = self.value(value, field, element, false);
            format!("{UNIT}{},\n", indented(&value, UNIT))
        });
        let of = self.type_name(of, field);
        let values: String = values.collect();
        if values.is_empty() {
            format!("{of}{{}}")
        } else {
            format!("{of}{{\n{values}}}")
        }
    }

    fn structure(&self, structure: &Structure<'_>, is_named: bool) -> String {
        let name = match is_named {
            true => format!("&{}.{}", self.alias, capitalized(structure.name)),
            false => String::new(),
        };
        if structure.members.is_empty() {
            return format!("{name}{{}}");
        }
        let members = structure.members.iter().map(|member| {
            let value = self.value(&member.value, member.field, &member.field.type_ref, true);
            let name = capitalized(&member.field.name);
            format!("{UNIT}{name}: {},\n", indented(&value, UNIT))
        });
        format!("{name}{{\n{}}}", members.collect::<String>())
    }

    fn type_name(&self, of: &TypeRef, field: &Field) -> String {
        match of {
            TypeRef::Array(element) => format!("[]{}", self.type_name(element, field)),
            TypeRef::Named(name) => format!("*{}.{}", self.alias, capitalized(name)),
            of => format!("*{}", scalar(field, of).unwrap_or("string")),
        }
    }
}

fn integer(field: &Field) -> &'static str {
    match field.format {
        Some(IntegerFormat::Uint64) => "uint64",
        Some(IntegerFormat::Int64) | None => "int64",
    }
}

/// Returns the type of a scalar; `None` for others.
fn scalar(field: &Field, of: &TypeRef) -> Option<&'static str> {
    Some(match of {
        TypeRef::Integer => integer(field),
        TypeRef::Float | TypeRef::Double => "float64",
        TypeRef::Boolean => "bool",
        TypeRef::Named(_) | TypeRef::Array(_) => return None,
        _ => "string",
    })
}

/// Returns a scalar without its type.
fn plain(value: &Typed<'_>) -> String {
    match value {
        Typed::String(text) => string(text),
        Typed::Integer(text) | Typed::Float(_, text) => text.clone(),
        Typed::Boolean(value) => value.to_string(),
        Typed::List(_) | Typed::Structure(_) | Typed::Json(_) => String::new(),
    }
}
