//! Checks the types of a generated crate against the documented examples.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use tc3_spec::{Example, Field, Spec, TypeRef};

use crate::conformance::losses;

/// Decodes a message from JSON, and encodes it again. Returns the JSON, and the fields whose values do not fit.
pub type Echo = fn(&str) -> Result<(String, Vec<&'static str>), String>;

/// The examples of a spec, and the checked actions.
pub struct Examples {
    spec: Spec,
    checked: BTreeSet<String>,
}

impl Examples {
    /// Loads a spec.
    ///
    /// # Panics
    /// Panics if it cannot be loaded.
    #[track_caller]
    pub fn load(path: impl AsRef<Path>) -> Self {
        let spec = Spec::load(path.as_ref()).unwrap_or_else(|error| panic!("{error}"));
        let checked = BTreeSet::new();
        Examples { spec, checked }
    }

    /// Checks the examples of an action's request and response.
    ///
    /// # Panics
    /// Panics if an example is changed by decoding and encoding.
    #[track_caller]
    pub fn check(&mut self, action: &str, request: Echo, response: Echo) {
        let found = &self.spec.actions[action];
        for (
            index,
            Example {
                request: sent,
                response: received,
                ..
            },
        ) in found.examples.iter().enumerate()
        {
            let at = format!("{action}, example {index}");
            check(
                &format!("{at}, request"),
                sent.as_ref(),
                &found.request,
                request,
            );
            check(
                &format!("{at}, response"),
                received.as_ref(),
                &found.response,
                response,
            );
        }
        self.checked.insert(action.to_owned());
    }

    /// Checks that all actions were checked.
    ///
    /// # Panics
    /// Panics if one was not.
    #[track_caller]
    pub fn finish(self) {
        assert_eq!(self.checked, self.spec.actions.into_keys().collect());
    }
}

#[track_caller]
fn check(at: &str, documented: Option<&Value>, fields: &[Field], echo: Echo) {
    let Some(documented) = documented else {
        return;
    };
    let (written, mismatches) =
        echo(&documented.to_string()).unwrap_or_else(|error| panic!("{at}: {error}"));
    for field in fields
        .iter()
        .filter(|field| mismatches.contains(&field.name.as_str()))
    {
        let is_example_wrong = !agrees(&documented[&field.name], &field.type_ref);
        assert!(
            is_example_wrong,
            "{at}: {} does not fit its field",
            field.name
        );
    }
    let written = serde_json::from_str(&written).expect("the written text is JSON");
    assert_eq!(losses(documented, &written), [""; 0], "{at}");
}

/// Whether a documented value is of the documented type. Some examples deviate from their own tables.
fn agrees(value: &Value, of: &TypeRef) -> bool {
    match value {
        Value::Null => true,
        Value::Bool(_) => *of == TypeRef::Boolean,
        Value::Number(_) => matches!(of, TypeRef::Integer | TypeRef::Float | TypeRef::Double),
        Value::Array(_) => matches!(of, TypeRef::Array(_)),
        Value::Object(_) => matches!(of, TypeRef::Named(_)),
        Value::String(_) => !matches!(
            of,
            TypeRef::Boolean
                | TypeRef::Integer
                | TypeRef::Float
                | TypeRef::Double
                | TypeRef::Array(_)
                | TypeRef::Named(_)
        ),
    }
}
