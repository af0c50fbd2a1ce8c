//! Programs that call our crate.

use std::collections::BTreeMap;
use std::path::Path;

use tc3_codegen::GeneratedCrate;
use tc3_spec::{Spec, TypeRef};

/// A call of an action.
#[derive(Clone)]
pub(crate) struct Call {
    pub(crate) name: String,
    /// The module of the action's version.
    pub(crate) module: String,
    /// The client's method with all required setters.
    pub(crate) text: String,
}

/// Returns calls of all actions with all required parameters.
pub(crate) fn calls(specs: &[Spec], generated: &GeneratedCrate) -> Vec<Call> {
    let calls = specs.iter().flat_map(|spec| {
        let module = format!("v{}", spec.version.replace('-', ""));
        let names = Names::of(generated, &module);
        let calls = spec.actions.iter().map(move |(name, action)| {
            let owner = format!("`{name}` needs the parameter");
            let parameters = action
                .request
                .iter()
                .map(|field| (&field.name, &field.type_ref));
            let setters = names.setters(spec, &module, &owner, parameters);
            let method = &names.methods[name];
            Call {
                name: name.clone(),
                module: module.clone(),
                text: format!("{method}(){setters}"),
            }
        });
        calls.collect::<Vec<_>>()
    });
    calls.collect()
}

/// The Rust names of a version's actions and parameters, parsed from the generated code.
struct Names {
    /// The client's methods, by action.
    methods: BTreeMap<String, String>,
    /// The setters, by the compiler message for a missing parameter.
    setters: BTreeMap<String, String>,
}

impl Names {
    fn of(generated: &GeneratedCrate, module: &str) -> Self {
        let mut names = Self {
            methods: BTreeMap::new(),
            setters: BTreeMap::new(),
        };
        let folder = Path::new("src").join(module);
        let files = generated.files.iter();
        for (_, text) in files.filter(|(path, _)| path.starts_with(&folder)) {
            let between = |text: &str, start: &str, end: &str| {
                let (_, text) = text.split_once(start)?;
                Some(text.split_once(end)?.0.to_owned())
            };
            let action = between(text, "//! The action `", "`");
            let client = text.split_once("impl super::Client {");
            if let (Some(action), Some((_, client))) = (action, client) {
                let method = between(client, "pub fn ", "(").expect("it has a method");
                names.methods.insert(action, method);
            }
            for row in text.split("message = \"").skip(1) {
                let message = row.split_once('"').map(|(message, _)| message);
                let setter = between(row, "label = \"call `.", "(");
                if let (Some(message), Some(setter)) = (message, setter) {
                    names.setters.insert(message.to_owned(), setter);
                }
            }
        }
        names
    }

    /// Returns calls of the required setters. `owner` is the beginning of the compiler messages.
    fn setters<'a>(
        &self,
        spec: &Spec,
        module: &str,
        owner: &str,
        fields: impl Iterator<Item = (&'a String, &'a TypeRef)>,
    ) -> String {
        fields
            .filter_map(|(name, of)| {
                let setter = self.setters.get(&format!("{owner} `{name}`"))?;
                Some(format!(".{setter}({})", self.value(spec, module, of)))
            })
            .collect()
    }

    /// Returns a value of a type as code.
    fn value(&self, spec: &Spec, module: &str, of: &TypeRef) -> String {
        match of {
            TypeRef::Integer => "1".to_owned(),
            TypeRef::Boolean => "true".to_owned(),
            TypeRef::Float | TypeRef::Double => "1.0".to_owned(),
            TypeRef::Array(element) => format!("vec![{}]", self.value(spec, module, element)),
            TypeRef::Named(name) => {
                let Some(data) = spec.types.get(name) else {
                    return "1".to_owned();
                };
                let owner = format!("`{name}` needs the field");
                let fields = data
                    .fields
                    .iter()
                    .map(|field| (&field.name, &field.type_ref));
                let setters = self.setters(spec, module, &owner, fields);
                format!("{module}::{name}::builder(){setters}.build()")
            }
            _ => "\"a\"".to_owned(),
        }
    }
}

/// Returns a program that makes these calls with our crate.
pub(crate) fn program(calls: &[Call]) -> String {
    let mut text = "use tencentcloud_organization::tc3::Error;\n".to_owned();
    let mut clients = BTreeMap::new();
    let mut arguments = Vec::new();
    for (
        number,
        Call {
            module, text: of, ..
        },
    ) in calls.iter().enumerate()
    {
        if !clients.contains_key(module) {
            text += &format!("use tencentcloud_organization::{module};\n");
        }
        clients.insert(
            module.clone(),
            format!("{module}::Client::from_env().unwrap()"),
        );
        arguments.push(module.clone());
        text += &format!(
            "\nasync fn call{number}(client: &{module}::Client) -> Result<String, Error> {{\n    \
             Ok(client.{of}.send().await?.request_id)\n}}\n\n"
        );
    }
    text + &main_of(&clients, &arguments, "Result<String, Error>")
}

/// Returns the function `main` of a program. It creates these clients by name, and makes all calls one after the other.
pub(crate) fn main_of(
    clients: &BTreeMap<String, String>,
    calls: &[String],
    result: &str,
) -> String {
    let clients = clients
        .iter()
        .map(|(name, client)| format!("    let {name} = {client};\n"));
    let calls = calls.iter().enumerate();
    let calls =
        calls.map(|(number, client)| format!("        Box::pin(call{number}(&{client})),\n"));
    format!(
        "type Calling<'a> = std::pin::Pin<Box<dyn Future<Output = {result}> + 'a>>;\n\n\
         fn main() {{\n{}    let calls: Vec<Calling<'_>> = vec![\n{}    ];\n    \
         let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();\n    \
         runtime.block_on(async {{\n        for call in calls {{\n            println!(\"{{:?}}\", call.await);\n        \
         }}\n    }});\n}}\n",
        clients.collect::<String>(),
        calls.collect::<String>(),
    )
}
