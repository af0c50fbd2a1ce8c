//! Compares documented responses with re-encoded ones.

use std::collections::BTreeSet;

use serde_json::{Number, Value};

/// The field that every response has, whatever its table says.
pub(super) const REQUEST_ID: &str = "RequestId";

/// Returns the losses between a documented value and its re-encoded form, each with its path.
///
/// Absent equals null, and an absent RequestId equals an empty one. A number or Boolean may become text and the reverse
/// if nothing is lost, because the field's type decides that.
pub(crate) fn losses(documented: &Value, written: &Value) -> Vec<String> {
    let mut losses = Vec::new();
    let mut written = written.clone();
    if let Some(id) = written.get_mut(REQUEST_ID)
        && *id == ""
        && documented.get(REQUEST_ID).is_none_or(Value::is_null)
    {
        *id = Value::Null;
    }
    compare("", documented, &written, &mut losses);
    losses
}

fn compare(at: &str, documented: &Value, written: &Value, losses: &mut Vec<String>) {
    let is_same = match (documented, written) {
        (Value::Object(left), Value::Object(right)) => {
            let names: BTreeSet<&String> = left.keys().chain(right.keys()).collect();
            for name in names {
                let of = |object: &serde_json::Map<String, Value>| {
                    object.get(name).cloned().unwrap_or(Value::Null)
                };
                compare(&format!("{at}.{name}"), &of(left), &of(right), losses);
            }
            true
        }
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            for (index, (left, right)) in left.iter().zip(right).enumerate() {
                compare(&format!("{at}[{index}]"), left, right, losses);
            }
            true
        }
        (Value::Number(left), Value::Number(right)) => is_same_number(left, right),
        (Value::String(text), Value::Number(number))
        | (Value::Number(number), Value::String(text)) => {
            let text: Result<Number, _> = text.parse();
            text.is_ok_and(|text| is_same_number(number, &text))
        }
        (Value::String(text), Value::Bool(flag)) | (Value::Bool(flag), Value::String(text)) => {
            flag.to_string() == *text
        }
        (left, right) => left == right,
    };
    if !is_same {
        losses.push(format!(
            "{} was {documented}, now {written}",
            at.trim_start_matches('.')
        ));
    }
}

fn is_same_number(left: &Number, right: &Number) -> bool {
    match (left.as_i128(), right.as_i128()) {
        (Some(left), Some(right)) => left == right,
        _ => left.as_f64() == right.as_f64(),
    }
}

#[cfg(test)]
mod tests {
    use super::losses;
    use serde_json::Value;

    fn value(text: &str) -> Value {
        serde_json::from_str(text).expect("JSON")
    }

    #[test]
    fn equivalent_values_are_no_loss() {
        for (documented, written) in [
            (r#"{"A": 1, "B": null}"#, r#"{"A": 1}"#),
            (r#"{"A": "1", "B": "true"}"#, r#"{"A": 1, "B": true}"#),
            (r#"{"A": 1.50}"#, r#"{"A": 1.5}"#),
            (r#"{"A": "7"}"#, r#"{"A": 7.0}"#),
            ("{}", r#"{"RequestId": ""}"#),
            (r#"{"RequestId": null}"#, r#"{"RequestId": ""}"#),
            (r#"{"A": [{"B": []}]}"#, r#"{"A": [{"B": []}]}"#),
        ] {
            assert_eq!(losses(&value(documented), &value(written)), [""; 0]);
        }
    }

    #[test]
    fn losses_have_paths() {
        for (documented, written, expect) in [
            (r#"{"A": {"B": 1}}"#, r#"{"A": {}}"#, "A.B was 1, now null"),
            (r#"{"A": [1, 2]}"#, r#"{"A": [1]}"#, "A was [1,2], now [1]"),
            (r#"{"A": [1, 2]}"#, r#"{"A": [1, 3]}"#, "A[1] was 2, now 3"),
            (r#"{"A": "01"}"#, r#"{"A": 1}"#, r#"A was "01", now 1"#),
            (r#"{}"#, r#"{"A": 0}"#, "A was null, now 0"),
            (
                r#"{"A": 9007199254740993}"#,
                r#"{"A": 9007199254740992}"#,
                "A was 9007199254740993, now 9007199254740992",
            ),
        ] {
            assert_eq!(losses(&value(documented), &value(written)), [expect]);
        }
    }
}
