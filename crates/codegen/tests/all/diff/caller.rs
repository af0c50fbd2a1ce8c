//! Writes a program that uses all generated items of a spec: it names each type, reads each field by its type, calls each
//! setter and sends each request.

use std::collections::BTreeMap;

use tc3_codegen::{NamedItem, rust_names};
use tc3_spec::diff::Place;
use tc3_spec::{Action, Cycles, DataType, ErrorCode, Field, IntegerFormat, Reach, Spec, TypeRef};

/// Returns the text of the program, for a module in which `api` is the module of the version.
pub(crate) fn caller(spec: &Spec) -> String {
    let mut caller = Caller {
        names: rust_names(spec).expect("a valid spec"),
        cycles: Cycles::new(&spec.types),
        types: &spec.types,
        text: String::new(),
    };
    let reach = Reach::new(spec, |_| true);
    caller.line("fn service() {");
    caller.line("    let _: &tc3::Service = &api::SERVICE;");
    caller.line("    let _: tc3::ClientBuilder<api::Client> = api::Client::builder();");
    caller.line("}");
    for (name, action) in &spec.actions {
        caller.action(name, action);
    }
    for (name, data_type) in &spec.types {
        let place = Place::Type(name.clone());
        let ident = caller.name(&place, "type");
        let is_sent = reach.is_sent(name);
        let rows: Vec<_> = data_type.fields.iter().map(|field| {
            let place = Place::TypeField { data_type: name.clone(), name: field.name.clone() };
            let argument_type = caller.rust_type(field, &field.type_ref);
            let boxed = matches!(&field.type_ref, TypeRef::Named(inner) if spec.types.contains_key(inner)
                && caller.cycles.is_in_cycle(name, inner));
            Row {
                ident: caller.name(&place, "field"),
                field_type: match boxed {
                    true => format!("Option<Box<{argument_type}>>"),
                    false => format!("Option<{argument_type}>"),
                },
                argument_type,
                required: field.required && is_sent,
            }
        }).collect();
        caller.field_reads(&ident, &rows);
        if !is_sent {
            caller.line(TESTING_CFG);
        }
        let builder = caller.name(&place, "builder");
        let start = format!("api::{ident}::builder()");
        caller.builder_calls(&builder, &start, None, &rows);
        caller.line(&format!("    let _: api::{ident} = builder.build();\n}}"));
    }
    caller.codes(spec.errors.iter(), "ServiceError", |code| {
        Place::ServiceCode(code)
    });
    caller.text
}

/// Attribute of a function that needs the feature `testing`.
const TESTING_CFG: &str = "#[cfg(feature = \"testing\")]";

/// A field or parameter in Rust.
struct Row {
    ident: String,
    /// Type of the field.
    field_type: String,
    /// Type of the setter's argument.
    argument_type: String,
    /// Whether the builder requires it.
    required: bool,
}

struct Caller<'a> {
    names: BTreeMap<NamedItem, String>,
    cycles: Cycles<'a>,
    types: &'a BTreeMap<String, DataType>,
    text: String,
}

impl Caller<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn find(&self, place: &Place, role: &'static str) -> Option<String> {
        let place = place.clone();
        self.names.get(&NamedItem { place, role }).cloned()
    }

    fn name(&self, place: &Place, role: &'static str) -> String {
        let name = self.find(place, role);
        name.unwrap_or_else(|| panic!("{place} has no Rust name as {role}"))
    }

    fn rust_type(&self, field: &Field, type_ref: &TypeRef) -> String {
        match type_ref {
            TypeRef::Integer if field.format == Some(IntegerFormat::Uint64) => "u64".to_owned(),
            TypeRef::Integer => "i64".to_owned(),
            TypeRef::Boolean => "bool".to_owned(),
            TypeRef::Float | TypeRef::Double => "f64".to_owned(),
            TypeRef::Array(element) => format!("Vec<{}>", self.rust_type(field, element)),
            TypeRef::Named(name) => match self.find(&Place::Type(name.clone()), "type") {
                Some(ident) => format!("api::{ident}"),
                None => "tc3::Json".to_owned(),
            },
            _ => "String".to_owned(),
        }
    }

    fn action(&mut self, name: &str, action: &Action) {
        let place = Place::Action(name.to_owned());
        let [method, request, response, builder] =
            ["method", "request", "response", "builder"].map(|role| self.name(&place, role));
        let row = |field: &Field, place: &Place, is_required: bool| {
            let argument_type = self.rust_type(field, &field.type_ref);
            Row {
                ident: self.name(place, "field"),
                field_type: match is_required {
                    true => argument_type.clone(),
                    false => format!("Option<{argument_type}>"),
                },
                argument_type,
                required: is_required,
            }
        };
        let action_name = || name.to_owned();
        let parameters: Vec<Row> = action
            .request
            .iter()
            .map(|field| {
                let (action, name) = (action_name(), field.name.clone());
                let is_required = field.required && !field.is_client_token();
                row(field, &Place::Parameter { action, name }, is_required)
            })
            .collect();
        let response_fields: Vec<Row> = action
            .response
            .iter()
            .map(|field| {
                let (action, name) = (action_name(), field.name.clone());
                row(field, &Place::ResponseField { action, name }, false)
            })
            .collect();
        self.field_reads(&request, &parameters);
        self.field_reads(&response, &response_fields);
        self.line(&format!(
            "fn request_id_{method}(response: api::{response}) {{"
        ));
        self.line("    let _: &String = &response.request_id;");
        if action.response.is_empty() {
            self.line("    let _: tc3::EmptyResponse = response;");
        }
        self.line("}");
        self.line(&format!("fn is_request_{method}() {{"));
        self.line("    fn is<A, R: tc3::Request<Response = A>>() {}");
        self.line(&format!("    is::<api::{response}, api::{request}>();\n}}"));
        if let Some(builder) = self.find(&place, "response builder") {
            let start = format!("api::{response}::builder()");
            self.line(TESTING_CFG);
            self.builder_calls(&builder, &start, None, &response_fields);
            self.line(&format!(
                "    let _: api::{response} = builder.build();\n}}"
            ));
        }
        let unbound = format!("api::{request}::builder()");
        self.builder_calls(&builder, &unbound, Some("NoClient"), &parameters);
        self.line(&format!("    let _: api::{request} = builder.build();\n}}"));
        let of_client = format!("value::<&api::Client>().{method}()");
        self.builder_calls(&builder, &of_client, Some("tc3::Client"), &parameters);
        self.line(&format!(
            "    let _: tc3::Call<api::{response}> = builder.send();\n}}"
        ));
        if let Some(pages) = self.find(&place, "pages") {
            self.builder_calls(&builder, &of_client, Some("tc3::Client"), &parameters);
            self.line(&format!(
                "    let _: tc3::Pages<api::{request}> = builder.{pages}();\n}}"
            ));
            let items = self.name(&place, "items");
            let paged = action.pagination_or_derived(name, self.types);
            let mut fields = &action.response;
            let mut list = None;
            for name in paged.items().expect("a paginated action").split('.') {
                let outer: Option<&Field> = list;
                if let Some(structure) = outer.and_then(|field| field.type_ref.named()) {
                    fields = &self.types[structure].fields;
                }
                list = fields.iter().find(|field| field.name == name);
            }
            let field = list.expect("a list of items");
            let items_type = self.rust_type(field, &field.type_ref);
            self.builder_calls(&builder, &of_client, Some("tc3::Client"), &parameters);
            self.line(&format!(
                "    let _: tc3::Items<api::{request}> = builder.{items}();"
            ));
            self.line(
                "    fn is<I, R: tc3::pages::Paginated<Item = I>>(_: fn(Vec<I>) -> Vec<I>) {}",
            );
            self.line(&format!(
                "    is::<_, api::{request}>(|items: {items_type}| items);"
            ));
            self.line(&format!(
                "    let _ = |client: &api::Client, request: api::{request}| client.pages(request);\n}}"
            ));
        }
        let errors = self.find(&place, "errors").unwrap_or_default();
        self.codes(action.errors.iter(), &errors, |code| Place::ErrorCode {
            action: name.to_owned(),
            code,
        });
    }

    /// Writes a function that reads all fields.
    fn field_reads(&mut self, ident: &str, rows: &[Row]) {
        self.line(&format!("fn reads_{ident}(message: &api::{ident}) {{"));
        for Row {
            ident, field_type, ..
        } in rows
        {
            self.line(&format!("    let _: &{field_type} = &message.{ident};"));
        }
        self.line("    let _: &tc3::UnknownFields = &message.extra;\n}");
    }

    /// Writes the beginning of a function that calls all setters and names the type of the builder after each.
    fn builder_calls(&mut self, builder: &str, start: &str, client: Option<&str>, rows: &[Row]) {
        let number = self.text.len();
        self.line(&format!("fn builds_{number}() {{"));
        let mut states: Vec<&str> = client.into_iter().collect();
        let first = states.len();
        states.extend(rows.iter().filter(|row| row.required).map(|_| "Unset"));
        let named = |states: &[&str]| match states {
            [] => format!("api::{builder}"),
            states => format!("api::{builder}<{}>", states.join(", ")),
        };
        self.line(&format!("    let builder: {} = {start};", named(&states)));
        let mut next = first;
        for row in rows {
            if row.required {
                states[next] = "Set";
                next += 1;
            }
            self.line(&format!(
                "    let builder: {} = builder.{}(value::<{}>());",
                named(&states),
                row.ident,
                row.argument_type
            ));
        }
    }

    /// Writes a function that matches all error codes of a non-exhaustive enum.
    fn codes<'c>(
        &mut self,
        codes: impl Iterator<Item = &'c ErrorCode>,
        ident: &str,
        place: impl Fn(String) -> Place,
    ) {
        let variants: Vec<String> = codes
            .map(|code| self.name(&place(code.code.clone()), "variant"))
            .collect();
        if variants.is_empty() {
            return;
        }
        self.line(&format!("fn codes_{ident}(code: api::{ident}) {{"));
        self.line("    match code {");
        for variant in variants {
            self.line(&format!("        api::{ident}::{variant} => {{}}"));
        }
        self.line(&format!(
            "        api::{ident}::Unknown(code) => {{ let _: tc3::UnknownCode = code; }}"
        ));
        self.line("        _ => {}\n    }\n}");
    }
}
