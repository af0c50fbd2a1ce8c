//! `examples.json`: documented requests and responses by action.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;
use tc3_spec::{Action, Example};

use crate::Warning;
use crate::object::Object;

/// The contents of the file.
#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
pub(crate) struct Examples {
    actions: Object<Vec<DocumentedCall>>,
}

#[derive(Debug, Deserialize)]
#[serde(expecting = "an object")]
struct DocumentedCall {
    title: String,
    document: String,
    /// A `POST` with its body, a URL, or only a body.
    input: String,
    /// The response in its envelope.
    output: String,
}

impl Examples {
    /// Adds the examples to their actions. Unreadable requests and responses are ignored with a warning.
    pub(crate) fn add_to(
        self,
        actions: &mut BTreeMap<String, Action>,
        warnings: &mut Vec<Warning>,
    ) {
        for (name, calls) in self.actions.0 {
            let Some(action) = actions.get_mut(&name) else {
                warnings.push(Warning {
                    at: format!("actions.{name}"),
                    message: "examples of an unknown action are ignored".to_owned(),
                });
                continue;
            };
            for (index, call) in calls.into_iter().enumerate() {
                let mut ignore = |key: &str, message: String| {
                    warnings.push(Warning {
                        at: format!("actions.{name}[{index}].{key}"),
                        message: format!("{message}; ignored"),
                    });
                };
                let request = tc3_parse::request(&call.input, &action.request);
                let request = request.map_err(|message| ignore("input", message)).ok();
                let response = response(&call.output);
                let response = response.map_err(|message| ignore("output", message)).ok();
                let text = |text: &str| {
                    let (text, _) = tc3_parse::description(text);
                    (!text.is_empty()).then_some(text)
                };
                action.examples.push(Example {
                    title: text(&call.title),
                    description: text(&call.document),
                    request,
                    response,
                });
            }
        }
    }
}

/// Parses a response, and returns the content of `Response`.
fn response(text: &str) -> Result<Value, String> {
    match tc3_spec::unique_json(text).map_err(|error| format!("it is not JSON: {error}"))? {
        Value::Object(mut envelope) => match envelope.remove("Response") {
            Some(response @ Value::Object(_)) => Ok(response),
            Some(_) => Err("its `Response` is not an object".to_owned()),
            None => Err("it has no `Response`".to_owned()),
        },
        _ => Err("it is not an object".to_owned()),
    }
}
