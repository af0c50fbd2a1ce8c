//! The vendor's SDK for Java.

use tc3_spec::{Site, TypeRef};

use crate::call::{Checked, capitalized};
use crate::code::{Code, UNTYPED};
use crate::json;
use crate::text::java as string;
use crate::typed::{Structure, Typed};
use crate::variables::{Variables, data_types};

pub(super) fn print(call: &Checked<'_>) -> String {
    let (service, action) = (&call.spec.service, call.action);
    let package = format!("com.tencentcloudapi.{service}.v{}", call.digits());
    let client = format!("{}Client", call.class());
    let is_typed = is_typed(call);
    let models = Models {
        package: format!("{package}.models"),
        taken: [action.to_owned(), client.clone()],
    };
    let mut code = Code::new("    ");
    let artifact = match (is_typed, call.site) {
        (true, Site::Mainland) => format!("-{service}"),
        (true, Site::Intl) => call.suffix(is_typed).to_owned(),
        (false, _) => "-common".to_owned(),
    };
    code.lines(format!(
        "// Maven: com.tencentcloudapi:tencentcloud-sdk-java{artifact}"
    ));
    code.comment("//", call.other_label());
    let mut imports = vec![
        "com.tencentcloudapi.common.Credential".to_owned(),
        "com.tencentcloudapi.common.profile.ClientProfile".to_owned(),
    ];
    if call.sdk_host().is_some() {
        imports.push("com.tencentcloudapi.common.profile.HttpProfile".to_owned());
    }
    if is_typed {
        imports.push("com.tencentcloudapi.common.AbstractModel".to_owned());
        imports.push(format!("{package}.{client}"));
        let types = data_types(&call.request);
        let types = types.into_iter().filter(|name| models.is_imported(name));
        let types = types.map(capitalized);
        let messages = ["Request", "Response"].map(|role| format!("{action}{role}"));
        imports.extend(
            types
                .chain(messages)
                .map(|name| format!("{package}.models.{name}")),
        );
    } else {
        imports.push("com.tencentcloudapi.common.CommonClient".to_owned());
    }
    imports.sort_unstable();
    for import in imports {
        code.lines(format!("import {import};"));
    }
    code.blank();
    code.open(format!("public class {action} {{"));
    code.open("public static void main(String[] args) throws Exception {");
    code.open("Credential credential = new Credential(");
    code.lines("System.getenv(\"TENCENTCLOUD_SECRET_ID\"),");
    code.lines("System.getenv(\"TENCENTCLOUD_SECRET_KEY\"));");
    code.close("");
    code.lines("ClientProfile profile = new ClientProfile();");
    if let Some(host) = call.sdk_host() {
        code.lines("HttpProfile http = new HttpProfile();");
        code.lines(format!("http.setEndpoint({});", string(host)));
        if call.is_http {
            code.lines("http.setProtocol(HttpProfile.REQ_HTTP);");
        }
        code.lines("profile.setHttpProfile(http);");
    }
    let region = string(call.region.unwrap_or_default());
    if is_typed {
        code.lines(format!(
            "{client} client = new {client}(credential, {region}, profile);"
        ));
        code.blank();
        code.lines(format!("{action}Request request = new {action}Request();"));
        let mut variables = Variables::default();
        models.set(&mut code, &mut variables, "request", &call.request);
        code.lines(format!(
            "{action}Response response = client.{action}(request);"
        ));
        code.lines("System.out.println(AbstractModel.toJsonString(response));");
    } else {
        let [service, version, action] = [service, &call.spec.version, action].map(string);
        let parameters = string(&json::object(call.parameters));
        code.lines(format!(
            "CommonClient client = new CommonClient({service}, {version}, credential, {region}, profile);"
        ));
        code.blank();
        code.lines(format!("// {UNTYPED}"));
        code.lines(format!(
            "System.out.println(client.call({action}, {parameters}));"
        ));
    }
    code.close("}");
    code.close("}");
    code.finish()
}

/// Whether the SDK's types represent all values exactly. Their integers are `Long`, and their numbers are `Float`.
fn is_typed(call: &Checked<'_>) -> bool {
    let is_lossy = |value: &Typed<'_>| match value {
        Typed::Integer(text) => text.parse::<i64>().is_err(),
        Typed::Float(number, _) => !is_float(*number),
        _ => false,
    };
    call.request.is_documented() && !call.request.any_value(&is_lossy)
}

/// Whether a number equals a 32-bit `float`, compared by its shortest text.
pub(super) fn is_float(number: f64) -> bool {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the check detects truncation"
    )]
    let short = (number as f32).to_string();
    short.parse() == Ok(number)
}

/// The classes of requests and data types.
struct Models {
    package: String,
    /// Names of other classes in the program.
    taken: [String; 2],
}

impl Models {
    /// Whether the program imports a class. It writes other classes with their package.
    fn is_imported(&self, name: &str) -> bool {
        const TAKEN: [&str; 10] = [
            "AbstractModel",
            "Boolean",
            "ClientProfile",
            "Credential",
            "Exception",
            "Float",
            "HttpProfile",
            "Long",
            "String",
            "System",
        ];
        let name = capitalized(name);
        !TAKEN.contains(&name.as_str()) && !self.taken.contains(&name)
    }

    fn class(&self, name: &str) -> String {
        if self.is_imported(name) {
            capitalized(name)
        } else {
            format!("{}.{}", self.package, capitalized(name))
        }
    }

    /// Adds the statements that set the members of a structure.
    fn set(&self, code: &mut Code, variables: &mut Variables, to: &str, structure: &Structure<'_>) {
        for member in &structure.members {
            let value = self.value(code, variables, &member.value, &member.field.type_ref, true);
            let name = capitalized(&member.field.name);
            code.lines(format!("{to}.set{name}({value});"));
        }
    }

    /// Returns a value, after the statements that create the structures in it.
    fn value(
        &self,
        code: &mut Code,
        variables: &mut Variables,
        value: &Typed<'_>,
        of: &TypeRef,
        is_outer: bool,
    ) -> String {
        match value {
            Typed::String(text) => string(text),
            Typed::Integer(text) => format!("{text}L"),
            Typed::Float(_, text) => format!("{text}F"),
            Typed::Boolean(value) => value.to_string(),
            Typed::List(values) => {
                let element = match of {
                    TypeRef::Array(element) => element,
                    of => of,
                };
                let values = values.iter();
                let values = values.map(|value| self.value(code, variables, value, element, false));
                let values: Vec<_> = values.collect();
                let new = match is_outer {
                    true => format!("new {} ", self.type_name(of)),
                    false => String::new(),
                };
                format!("{new}{{{}}}", values.join(", "))
            }
            Typed::Structure(structure) => {
                let (name, class) = (variables.claim(structure.name), self.class(structure.name));
                code.lines(format!("{class} {name} = new {class}();"));
                self.set(code, variables, &name, structure);
                name
            }
            Typed::Json(_) => String::new(),
        }
    }

    fn type_name(&self, of: &TypeRef) -> String {
        match of {
            TypeRef::Array(element) => format!("{}[]", self.type_name(element)),
            TypeRef::Named(name) => self.class(name),
            TypeRef::Integer => "Long".to_owned(),
            TypeRef::Float | TypeRef::Double => "Float".to_owned(),
            TypeRef::Boolean => "Boolean".to_owned(),
            _ => "String".to_owned(),
        }
    }
}
