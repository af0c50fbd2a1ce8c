//! Assembles parameters from their parts.

use serde_json::{Map, Value};

use crate::name::{self, PathStep};
use crate::problem::Problem;

/// A value and its path.
pub(crate) struct Part {
    pub(crate) path: Vec<PathStep>,
    pub(crate) value: Value,
    /// The index of the argument with the path.
    pub(crate) argument: usize,
    /// The length of the path.
    pub(crate) length: usize,
}

impl Part {
    fn problem(&self, message: String) -> Problem {
        let start = "--".len();
        Problem::new(message).at(self.argument, start..start + self.length)
    }
}

/// Adds parts to the parameters.
pub(crate) fn add(
    parameters: &mut Map<String, Value>,
    mut parts: Vec<Part>,
    problems: &mut Vec<Problem>,
) {
    // Sorting puts indexes in ascending order, and longer paths after their prefixes.
    parts.sort_by(|one, other| one.path.cmp(&other.path));
    let mut root = Value::Object(std::mem::take(parameters));
    let mut last: Option<Vec<PathStep>> = None;
    for mut part in parts {
        let path = name::text(&part.path);
        if let Some(last) = &last
            && part.path.starts_with(last)
        {
            problems.push(match part.path == *last {
                true => part.problem(format!("`--{path}` is given twice; give it once")),
                false => part.problem(format!(
                    "`--{path}` is a part of `--{}`, which is given too; give one of them",
                    name::text(last)
                )),
            });
            continue;
        }
        match insert(&mut root, &part.path, part.value.take()) {
            Ok(()) => last = Some(part.path),
            Err(problem) => problems.push(part.problem(problem)),
        }
    }
    if let Value::Object(members) = root {
        *parameters = members;
    }
}

/// Sets the value at a path.
fn insert(root: &mut Value, path: &[PathStep], value: Value) -> Result<(), String> {
    let mut at = root;
    for (depth, step) in path.iter().enumerate() {
        let before = || name::text(&path[..depth]);
        at = match step {
            PathStep::Name(name) => {
                if at.is_null() {
                    *at = Value::Object(Map::new());
                }
                match at {
                    Value::Object(members) => members.entry(name.clone()).or_insert(Value::Null),
                    _ => return Err(format!("the input has no structure at `{}`", before())),
                }
            }
            PathStep::Index(index) => {
                if at.is_null() {
                    *at = Value::Array(Vec::new());
                }
                let Value::Array(elements) = at else {
                    return Err(format!("the input has no list at `{}`", before()));
                };
                if *index > elements.len() {
                    let missing = format!("{}.{}", before(), elements.len());
                    return Err(format!("`--{missing}` is missing before this element"));
                }
                if *index == elements.len() {
                    elements.push(Value::Null);
                }
                &mut elements[*index]
            }
        };
    }
    *at = value;
    Ok(())
}
