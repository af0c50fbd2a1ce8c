//! Paths and positions in JSON files.

use std::collections::BTreeMap;

use serde_json::Value;
use serde_json::value::RawValue;

/// One step of a path in JSON.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    /// A key.
    Key(String),
    /// An index, from 0.
    Index(usize),
}

/// Returns the value at these steps.
pub fn value_at<'v>(value: &'v Value, steps: &[Segment]) -> Option<&'v Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Segment::Key(key) => value.get(key),
        Segment::Index(at) => value.get(at),
    })
}

/// Returns the line, from 1, where the value at these steps begins, or `None` if there is no such value.
pub fn line_of(text: &str, steps: &[Segment]) -> Option<usize> {
    Some(line_column(text, find(text, steps)?).0)
}

/// Returns the offset of the value at these steps.
fn find(text: &str, steps: &[Segment]) -> Option<usize> {
    let mut value = text;
    for step in steps {
        value = match step {
            Segment::Key(key) => {
                let members: BTreeMap<String, &RawValue> = serde_json::from_str(value).ok()?;
                members.get(key)?.get()
            }
            Segment::Index(at) => {
                let elements: Vec<&RawValue> = serde_json::from_str(value).ok()?;
                elements.get(*at)?.get()
            }
        };
    }
    offset(text, value)
}

/// Returns the offset of a part of a text.
pub(crate) fn offset(text: &str, part: &str) -> Option<usize> {
    (part.as_ptr() as usize).checked_sub(text.as_ptr() as usize)
}

/// Returns the line and byte column of an offset, both from 1.
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
    fn value_is_found_by_steps() {
        let text = "{\n  \"a\": 1,\n  \"b\\n\": [\n    {},\n    {\"a\":\n 2}]\n}\n";
        let key = |key: &str| Segment::Key(key.to_owned());
        for (steps, expect) in [
            (vec![], Some(1)),
            (vec![key("a")], Some(2)),
            (vec![key("b\n")], Some(3)),
            (vec![key("b\n"), Segment::Index(1)], Some(5)),
            (vec![key("b\n"), Segment::Index(1), key("a")], Some(6)),
            (vec![key("b\n"), Segment::Index(2)], None),
            (vec![key("c")], None),
            (vec![Segment::Index(0)], None),
        ] {
            assert_eq!(line_of(text, &steps), expect, "{steps:?}");
        }
        assert_eq!(line_of("no JSON", &[key("a")]), None);
    }
}
