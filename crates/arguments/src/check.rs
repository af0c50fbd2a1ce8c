//! Checks of parameters against their documentation.

use serde_json::{Map, Value};
use tc3_spec::{Field, IntegerFormat, nearest_names};

use crate::described::Described;
use crate::problem::Problem;
use crate::shape::Shape;

/// Adds what is wrong with parameters.
pub(crate) fn check(
    described: Described<'_>,
    parameters: &Map<String, Value>,
    problems: &mut Vec<Problem>,
) {
    // A parameter that was given but could not be read is not missing.
    let is_complete = problems.is_empty();
    let mut check = Check {
        described,
        problems,
        is_complete,
    };
    check.members(described.name, &described.action.request, parameters, "");
}

struct Check<'s, 'p> {
    described: Described<'s>,
    problems: &'p mut Vec<Problem>,
    is_complete: bool,
}

impl<'s> Check<'s, '_> {
    fn members(
        &mut self,
        owner: &str,
        fields: &'s [Field],
        members: &Map<String, Value>,
        path: &str,
    ) {
        for field in fields {
            let path = join(path, &field.name);
            match members.get(&field.name) {
                Some(value) => self.value(Shape::of(self.described, field), value, &path),
                None if field.required && !field.is_client_token() && self.is_complete => {
                    let needs = format!("{owner} needs `--{path}` ({})", field.type_ref);
                    self.problems.push(Problem::new(needs));
                }
                None => {}
            }
        }
        for name in members.keys() {
            if !fields.iter().any(|field| field.name == *name) {
                let names = fields.iter().map(|field| field.name.as_str());
                let similar = nearest_names(name, names).into_iter();
                let similar = similar.map(|name| format!("--{}", join(path, name)));
                let path = join(path, name);
                let problem = Problem::new(format!(
                    "the input has `{path}`, which {owner} does not have"
                ));
                self.problems.push(problem.similar(similar.collect()));
            }
        }
    }

    fn value(&mut self, shape: Shape<'s>, value: &Value, path: &str) {
        let fits = match (shape, value) {
            (_, Value::Null) | (Shape::Any, _) => true,
            (Shape::Text, value) => value.is_string(),
            (Shape::Boolean, value) => value.is_boolean(),
            (Shape::Number, value) => value.is_number(),
            (Shape::Integer(format), value) => match format {
                Some(IntegerFormat::Uint64) => value.is_u64(),
                Some(IntegerFormat::Int64) => value.is_i64(),
                None => value.is_i64() || value.is_u64(),
            },
            (Shape::Structure(owner, fields), Value::Object(members)) => {
                self.members(owner, fields, members, path);
                true
            }
            (Shape::List(element, format), Value::Array(elements)) => {
                let shape = Shape::of_type(self.described, element, format);
                for (index, element) in elements.iter().enumerate() {
                    self.value(shape, element, &format!("{path}.{index}"));
                }
                true
            }
            (Shape::Structure(..) | Shape::List(..), _) => false,
        };
        if !fits {
            let problem = format!("`{path}` must be {}", shape.article());
            self.problems.push(Problem::new(problem));
        }
    }
}

fn join(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    }
}
