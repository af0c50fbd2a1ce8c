//! Generates the test of the documented examples.

use crate::ir::Version;

/// Returns the text of the test after its header.
pub(super) fn test(name: &str, service: &str, versions: &[Version]) -> String {
    let krate = name.replace('-', "_");
    let mut text = format!(
        "
//! The documented examples survive decoding and encoding with the generated types.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tc3::__private::serde_json::{{self, Value}};
use tc3::__private::{{Message, echo}};
use {krate}::tc3;

/// The folder of the service's specs, relative to the crate.
const SPECS: &str = \"../../specs/{service}\";
"
    );
    text.push_str(HELPERS);
    for version in versions {
        let module = &version.module;
        text.push_str(&format!(
            "\nexamples!({:?} in {module} {{\n",
            version.version
        ));
        for action in &version.actions {
            text.push_str(&format!("    {},\n", action.request.ident));
        }
        text.push_str("});\n");
    }
    text.replace("{krate}", &krate)
}

const HELPERS: &str = r#"
/// Defines a test of a version's examples; the list has the requests of all actions.
macro_rules! examples {
    ($version:literal in $module:ident { $($request:ident,)* }) => {
        #[test]
        fn $module() {
            let mut examples = Examples::of($version);
            $(examples.check::<{krate}::$module::$request>();)*
            examples.finish();
        }
    };
}

/// The examples of a spec, and the checked actions.
struct Examples {
    spec: Value,
    checked: BTreeSet<&'static str>,
}

impl Examples {
    fn of(version: &str) -> Self {
        let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join(SPECS);
        let spec = fs::read(specs.join(version).with_extension("json")).unwrap();
        Self {
            spec: serde_json::from_slice(&spec).unwrap(),
            checked: BTreeSet::new(),
        }
    }

    /// Checks the examples of the action whose request is `R`.
    fn check<R: tc3::Request>(&mut self) {
        let action = R::ACTION.name;
        let spec = self.spec.get("actions").unwrap().get(action).unwrap();
        let examples = spec.get("examples").and_then(Value::as_array).unwrap();
        for (index, example) in examples.iter().enumerate() {
            let at = format!("{action}, example {index}");
            check::<R>(&at, example, spec, "request");
            check::<R::Response>(&at, example, spec, "response");
        }
        self.checked.insert(action);
    }

    /// Checks that no action was omitted.
    fn finish(self) {
        let actions = self.spec.get("actions").and_then(Value::as_object).unwrap();
        let actions: BTreeSet<&str> = actions.keys().map(String::as_str).collect();
        assert_eq!(self.checked, actions);
    }
}

/// Decodes and encodes one part of an example, and compares.
fn check<M: Message>(at: &str, example: &Value, action: &Value, part: &str) {
    let Some(documented) = example.get(part) else {
        return;
    };
    let at = format!("{at}, {part}");
    let (written, misfits) = echo::<M>(&documented.to_string()).unwrap();
    for row in action.get(part).and_then(Value::as_array).unwrap() {
        let name = row.get("name").and_then(Value::as_str).unwrap();
        let of = row.get("type").and_then(Value::as_str).unwrap();
        if misfits.contains(&name) {
            assert!(!agrees(&documented[name], of), "{at}.{name} does not fit its field");
        }
    }
    compare(&at, documented, &serde_json::from_str(&written).unwrap());
}

/// Whether a documented value is of the documented type. Some examples deviate from their own tables.
fn agrees(value: &Value, of: &str) -> bool {
    let is_array = of.starts_with("Array of ");
    let is_text = matches!(of, "String" | "Date" | "Binary") || of.starts_with("Timestamp");
    let is_number = matches!(of, "Integer" | "Float" | "Double");
    match value {
        Value::Null => true,
        Value::Bool(_) => of == "Boolean",
        Value::Number(_) => is_number,
        Value::String(_) => is_text,
        Value::Array(_) => is_array,
        Value::Object(_) => !is_array && !is_text && !is_number && of != "Boolean",
    }
}

/// Compares the documented and the encoded value. Absent equals null, and numbers and Booleans may be converted from or
/// to text.
fn compare(at: &str, documented: &Value, written: &Value) {
    match (documented, written) {
        (Value::Object(documented), Value::Object(written)) => {
            let names = documented.keys().chain(written.keys());
            for name in names.collect::<BTreeSet<_>>() {
                let [documented, written] =
                    [documented, written].map(|object| object.get(name).unwrap_or(&Value::Null));
                compare(&format!("{at}.{name}"), documented, written);
            }
        }
        (Value::Array(documented), Value::Array(written)) => {
            assert_eq!(documented.len(), written.len(), "{at}");
            for (index, (documented, written)) in documented.iter().zip(written).enumerate() {
                compare(&format!("{at}[{index}]"), documented, written);
            }
        }
        (Value::Number(documented), Value::Number(written)) => {
            assert_eq!(documented.as_f64(), written.as_f64(), "{at}");
        }
        (documented, Value::String(text)) if documented.as_str().is_none() => {
            assert_eq!(documented.to_string(), *text, "{at}");
        }
        (Value::String(text), written) if written.as_str().is_none() => {
            assert_eq!(*text, written.to_string(), "{at}");
        }
        (documented, written) => assert_eq!(documented, written, "{at}"),
    }
}
"#;
