//! Rust with the clients of this project.

use std::collections::BTreeSet;

use serde_json::Value;
use tc3_codegen::{CallNames, TypeNames, call_names};
use tc3_spec::{Site, TypeRef};

use crate::call::Checked;
use crate::code::Code;
use crate::error::Error;
use crate::json;
use crate::literal::indented;
use crate::text::rust as string;
use crate::typed::{Member, Structure, Typed};

/// Kind of client.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The generated crate, async.
    Crate,
    /// The generated crate, blocking.
    Blocking,
    /// The macro, async.
    Macro,
}

const UNIT: &str = "    ";

/// Names of the prelude that the program uses, so it cannot import data types of these names.
const TAKEN: [&str; 5] = ["Box", "Ok", "Result", "String", "Vec"];

pub(super) fn print(call: &Checked<'_>, kind: Kind) -> Result<String, Error> {
    let names = call_names(call.spec, call.action)?;
    let printer = Printer { call, kind, names };
    Ok(printer.program())
}

struct Printer<'a> {
    call: &'a Checked<'a>,
    kind: Kind,
    names: CallNames,
}

impl Printer<'_> {
    fn program(&self) -> String {
        let request = &self.call.request;
        let missing = missing(request);
        let mut code = Code::new(UNIT);
        self.imports(&mut code, missing.is_some());
        match self.kind {
            Kind::Blocking => code.open("fn main() -> Result<(), Box<dyn std::error::Error>> {"),
            Kind::Crate | Kind::Macro => {
                code.lines("#[tokio::main]");
                code.open("async fn main() -> Result<(), Box<dyn std::error::Error>> {");
            }
        }
        self.client(&mut code, missing.is_some());
        let end = match self.kind {
            Kind::Blocking => ".wait()?",
            Kind::Crate | Kind::Macro => ".await?",
        };
        if let Some((of, name)) = missing {
            code.lines(format!(
                "// The builder of {of} needs a {name} that fits its type, so this call is untyped."
            ));
            let parameters = string(&json::object(self.call.parameters));
            code.lines(format!(
                "let parameters: tc3::Json = {parameters}.parse()?;"
            ));
            let action = string(self.call.action);
            code.lines(format!(
                "let response = client.call({action}, parameters){end};"
            ));
        } else if request.others.is_empty() {
            code.open("let response = client");
            code.lines(format!(".{}()", self.names.method));
            code.lines(self.setters(request, &self.names.request));
            code.lines(".send()");
            code.close(format!("{UNIT}{end};"));
        } else {
            let name = &self.names.request.name;
            code.open(format!("let mut request = {name}::builder()"));
            code.lines(self.setters(request, &self.names.request));
            code.close(format!("{UNIT}.build();"));
            for other in &request.others {
                code.lines(insert("request", other));
            }
            code.lines(format!("let response = client.send(&request){end};"));
        }
        code.lines("println!(\"{response:#?}\");");
        code.lines("Ok(())");
        code.close("}");
        code.finish()
    }

    fn imports(&self, code: &mut Code, is_untyped: bool) {
        let (service, version) = (&self.call.spec.service, &self.call.spec.version);
        let tokio = "tokio with the features \"macros\" and \"rt-multi-thread\"";
        let krate = self.krate();
        let mut imports: BTreeSet<String> = BTreeSet::new();
        if is_untyped {
            imports.insert("SERVICE".to_owned());
        } else {
            imports.insert("Client".to_owned());
            self.types(&self.call.request, &mut imports);
            if !self.call.request.others.is_empty() {
                imports.insert(self.names.request.name.clone());
            }
        }
        let imports: Vec<String> = imports.into_iter().collect();
        let imports = match &imports[..] {
            [one] => one.clone(),
            all => format!("{{{}}}", all.join(", ")),
        };
        match self.kind {
            Kind::Crate => code.lines(format!("// Dependencies: tencentcloud-{service}; {tokio}.")),
            Kind::Blocking => code.lines(format!(
                "// Dependencies: tencentcloud-{service} with the feature \"blocking\"."
            )),
            Kind::Macro => code.lines(format!("// Dependencies: tc3; tc3-macros; {tokio}.")),
        }
        if self.kind == Kind::Macro {
            let module = &self.names.service;
            code.open(format!("mod {module} {{"));
            code.open("tc3_macros::client! {");
            code.lines(format!("service: {},", string(service)));
            code.lines(format!("version: {},", string(version)));
            if self.call.site == Site::Mainland {
                code.lines("site: \"mainland\",");
            }
            code.lines(format!("actions: [{}],", self.call.action));
            code.close("}");
            code.close("}");
            code.blank();
            code.lines(format!("use {module}::{imports};"));
        } else {
            if self.uses_runtime(is_untyped) {
                code.lines(format!("use {krate}::tc3;"));
            }
            code.lines(format!("use {krate}::{}::{imports};", self.names.version));
        }
        code.blank();
    }

    /// Whether the program names the crate `tc3`.
    fn uses_runtime(&self, is_untyped: bool) -> bool {
        is_untyped || self.has_settings() || !self.call.request.is_documented()
    }

    /// Whether the client has settings that differ from the default.
    fn has_settings(&self) -> bool {
        let call = self.call;
        self.kind == Kind::Blocking || call.region.is_some() || call.endpoint.is_some()
    }

    fn client(&self, code: &mut Code, is_untyped: bool) {
        let (client, service) = match is_untyped {
            true => ("tc3::Client", "&SERVICE"),
            false => ("Client", ""),
        };
        if !self.has_settings() {
            code.lines(format!("let client = {client}::from_env({service})?;"));
            return;
        }
        code.open(format!("let client = {client}::builder({service})"));
        code.lines(".credential(tc3::Credentials::default_chain())");
        if let Some(region) = self.call.region {
            code.lines(format!(".region({})", string(region)));
        }
        if let Some(endpoint) = &self.call.endpoint {
            code.lines(format!(".endpoint({})", string(endpoint)));
        }
        let build = match self.kind {
            Kind::Blocking => "build_blocking",
            Kind::Crate | Kind::Macro => "build",
        };
        code.close(format!("{UNIT}.{build}()?;"));
    }

    /// Collects the names of the data types.
    fn types(&self, structure: &Structure<'_>, found: &mut BTreeSet<String>) {
        for member in &structure.members {
            self.types_in(&member.value, found);
        }
    }

    fn types_in(&self, value: &Typed<'_>, found: &mut BTreeSet<String>) {
        match value {
            Typed::List(values) => values.iter().for_each(|value| self.types_in(value, found)),
            Typed::Structure(structure) => {
                let name = &self.type_names(structure).name;
                if !TAKEN.contains(&name.as_str()) {
                    found.insert(name.clone());
                }
                self.types(structure, found);
            }
            _ => {}
        }
    }

    /// Returns the name of a data type in the program, with its path if the prelude has the name.
    fn data_type(&self, name: &str) -> String {
        if !TAKEN.contains(&name) {
            return name.to_owned();
        }
        match self.kind {
            Kind::Macro => format!("{}::{name}", self.names.service),
            Kind::Crate | Kind::Blocking => {
                format!("{}::{}::{name}", self.krate(), self.names.version)
            }
        }
    }

    /// Returns the name of the generated crate in code.
    fn krate(&self) -> String {
        format!("tencentcloud_{}", self.call.spec.service.replace('-', "_"))
    }

    fn type_names(&self, structure: &Structure<'_>) -> &TypeNames {
        &self.names.types[structure.name]
    }

    /// Returns the calls of a builder's setters, each on a line of its own.
    fn setters(&self, structure: &Structure<'_>, names: &TypeNames) -> String {
        let setters = structure.members.iter().map(|Member { field, value }| {
            let setter = &names.setters[&field.name];
            let value = self.value(value, &field.type_ref, ValuePosition::Argument);
            if value.contains('\n') && !value.starts_with(['[', '{']) {
                return format!(".{setter}(\n{UNIT}{},\n)\n", indented(&value, UNIT));
            }
            format!(".{setter}({value})\n")
        });
        setters.collect()
    }

    fn value(&self, value: &Typed<'_>, of: &TypeRef, place: ValuePosition) -> String {
        match value {
            Typed::String(text) if place == ValuePosition::Within => {
                format!("{}.to_owned()", string(text))
            }
            Typed::String(text) => string(text),
            Typed::Integer(text) => text.clone(),
            Typed::Float(number, _) => format!("{number:?}"),
            Typed::Boolean(value) => value.to_string(),
            Typed::List(values) => self.list(values, of, place),
            Typed::Structure(structure) => self.structure(structure),
            Typed::Json(value) => parse(value),
        }
    }

    /// Returns a list. A setter accepts any iterator; nested lists are vectors.
    fn list(&self, values: &[Typed<'_>], of: &TypeRef, place: ValuePosition) -> String {
        let TypeRef::Array(element) = of else {
            return String::new();
        };
        let is_nested = matches!(**element, TypeRef::Array(_));
        if values.is_empty() && place == ValuePosition::Argument {
            // Setters of some types accept anything that converts to an element, so the list needs a type.
            let empty = match &**element {
                TypeRef::Integer
                | TypeRef::Float
                | TypeRef::Double
                | TypeRef::Boolean
                | TypeRef::Array(_) => "[]",
                TypeRef::Named(name) if self.names.types.contains_key(name) => "[]",
                TypeRef::Named(_) => "Vec::<tc3::Json>::new()",
                _ => "Vec::<String>::new()",
            };
            return empty.to_owned();
        }
        let inner = if is_nested || place == ValuePosition::Within {
            ValuePosition::Within
        } else {
            ValuePosition::Argument
        };
        let values: Vec<_> = values
            .iter()
            .map(|value| self.value(value, element, inner))
            .collect();
        let open = match place {
            ValuePosition::Argument => "[",
            ValuePosition::Within => "vec![",
        };
        let line = values.join(", ");
        if line.contains('\n') || line.len() > 80 {
            let values = values
                .iter()
                .map(|value| format!("{UNIT}{},\n", indented(value, UNIT)));
            format!("{open}\n{}]", values.collect::<String>())
        } else {
            format!("{open}{line}]")
        }
    }

    fn structure(&self, structure: &Structure<'_>) -> String {
        let names = self.type_names(structure);
        let name = self.data_type(&names.name);
        let setters = self.setters(structure, names);
        let mut line = format!("{name}::builder(){}.build()", setters.replace('\n', ""));
        if line.len() > 80 || setters.contains("\n ") {
            let setters = format!("{UNIT}{}", indented(setters.trim_end(), UNIT));
            line = format!("{name}::builder()\n{setters}\n{UNIT}.build()");
        }
        if structure.others.is_empty() {
            return line;
        }
        let mut code = Code::new(UNIT);
        code.open("{");
        code.lines(format!("let mut value = {line};"));
        for other in &structure.others {
            code.lines(insert("value", other));
        }
        code.lines("value");
        code.close("}");
        code.finish().trim_end().to_owned()
    }
}

/// Position of a value: an argument of a setter, which converts it, or an element of a nested list.
#[derive(Clone, Copy, PartialEq, Eq)]
enum ValuePosition {
    Argument,
    Within,
}

/// Returns a structure that lacks a required member, and the member. Its builder would not compile.
fn missing<'a>(structure: &Structure<'a>) -> Option<(&'a str, &'a str)> {
    let own = structure.missing.map(|name| (structure.name, name));
    own.or_else(|| {
        structure
            .members
            .iter()
            .find_map(|member| missing_in(&member.value))
    })
}

fn missing_in<'a>(value: &Typed<'a>) -> Option<(&'a str, &'a str)> {
    match value {
        Typed::List(values) => values.iter().find_map(missing_in),
        Typed::Structure(structure) => missing(structure),
        _ => None,
    }
}

/// Returns the statement that adds an undocumented member.
fn insert(to: &str, (name, value): &(&str, &Value)) -> String {
    format!("{to}.extra.insert({}, {});", string(name), parse(value))
}

fn parse(value: &Value) -> String {
    format!("{}.parse::<tc3::Json>()?", string(&json::text(value)))
}
