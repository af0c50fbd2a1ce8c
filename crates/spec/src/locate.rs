//! Where something stands in a JSON file.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

/// A step on the way into JSON.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// To the value of a key.
    Key(String),
    /// To an element, from 0.
    Index(usize),
}

/// The value that steps lead to.
pub fn value_at<'v>(value: &'v Value, steps: &[Step]) -> Option<&'v Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get(key),
        Step::Index(at) => value.get(at),
    })
}

/// The line, from 1, in which the value begins that these steps lead to; nothing if the text has no such value.
pub fn line_of(text: &str, steps: &[Step]) -> Option<usize> {
    Some(line_column(text, find(text, steps)?).0)
}

/// The offset of the value that the steps lead to.
fn find(text: &str, steps: &[Step]) -> Option<usize> {
    let mut value = text;
    for step in steps {
        value = match step {
            Step::Key(key) => {
                let members: BTreeMap<String, &RawValue> = serde_json::from_str(value).ok()?;
                members.get(key)?.get()
            }
            Step::Index(at) => {
                let elements: Vec<&RawValue> = serde_json::from_str(value).ok()?;
                elements.get(*at)?.get()
            }
        };
    }
    offset(text, value)
}

/// Where a part of a text begins.
pub(crate) fn offset(text: &str, part: &str) -> Option<usize> {
    (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)
}

/// The line and the column in bytes of an offset, both from 1.
pub(crate) fn line_column(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (line, before.len() - start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_found_by_its_keys_and_elements() {
        let text = "{\n  \"a\": 1,\n  \"b\\n\": [\n    {},\n    {\"a\":\n 2}]\n}\n";
        let key = |key: &str| Step::Key(key.to_owned());
        for (steps, expect) in [
            (vec![], Some(1)),
            (vec![key("a")], Some(2)),
            (vec![key("b\n")], Some(3)),
            (vec![key("b\n"), Step::Index(1)], Some(5)),
            (vec![key("b\n"), Step::Index(1), key("a")], Some(6)),
            (vec![key("b\n"), Step::Index(2)], None),
            (vec![key("c")], None),
            (vec![Step::Index(0)], None),
        ] {
            assert_eq!(line_of(text, &steps), expect, "{steps:?}");
        }
        assert_eq!(line_of("no JSON", &[key("a")]), None);
    }
}
