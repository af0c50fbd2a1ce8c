//! JSON values as literals of languages with dynamic types.

use serde_json::{Map, Value};

/// Syntax of values in a language.
pub(crate) struct Syntax {
    pub(crate) null: &'static str,
    pub(crate) booleans: [&'static str; 2],
    pub(crate) number: fn(&str) -> String,
    pub(crate) string: fn(&str) -> String,
    pub(crate) object: [&'static str; 2],
    /// The separator of a name and its value.
    pub(crate) arrow: &'static str,
    pub(crate) empty_object: &'static str,
    pub(crate) unit: &'static str,
}

impl Syntax {
    /// Returns the literal of a value, over several lines if it is not empty or scalar.
    pub(crate) fn value(&self, value: &Value) -> String {
        match value {
            Value::Null => self.null.to_owned(),
            Value::Bool(value) => self.booleans[usize::from(*value)].to_owned(),
            Value::Number(number) => (self.number)(&number.to_string()),
            Value::String(text) => (self.string)(text),
            Value::Array(values) if values.is_empty() => "[]".to_owned(),
            Value::Array(values) if values.iter().all(is_scalar) => {
                let values: Vec<String> = values.iter().map(|value| self.value(value)).collect();
                format!("[{}]", values.join(", "))
            }
            Value::Array(values) => {
                self.block(["[", "]"], values.iter().map(|value| self.value(value)))
            }
            Value::Object(members) => self.object(members),
        }
    }

    /// Returns the literal of an object.
    pub(crate) fn object(&self, members: &Map<String, Value>) -> String {
        if members.is_empty() {
            return self.empty_object.to_owned();
        }
        let members = members.iter();
        let members =
            members.map(|(name, value)| (self.string)(name) + self.arrow + &self.value(value));
        self.block(self.object, members)
    }

    fn block(&self, [open, close]: [&str; 2], items: impl Iterator<Item = String>) -> String {
        let items = items.map(|item| format!("{}{},\n", self.unit, indented(&item, self.unit)));
        format!("{open}\n{}{close}", items.collect::<String>())
    }
}

/// Indents all lines but the first. This is safe, because literals of strings contain no line breaks.
pub(crate) fn indented(text: &str, unit: &str) -> String {
    text.replace('\n', &format!("\n{unit}"))
}

fn is_scalar(value: &Value) -> bool {
    !value.is_array() && !value.is_object()
}
