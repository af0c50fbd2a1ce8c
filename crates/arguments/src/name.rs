//! Paths of parameters: `Filters.0.Values`.

use std::ops::Range;

use tc3_spec::{Field, Shape, nearest_names};

use crate::described::Described;
use crate::problem::Problem;

/// A step of a path.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PathStep {
    Name(String),
    Index(usize),
}

/// Finds the parameter of a path. `argument` is the index of the argument, in which the path begins at `start`.
///
/// With `force`, undocumented names have values of any shape.
pub(crate) fn resolve<'s>(
    described: Described<'s>,
    path: &str,
    force: bool,
    (argument, start): (usize, usize),
) -> Result<(Vec<PathStep>, Shape<'s>), Problem> {
    let mut steps = Vec::new();
    let mut shape = Shape::Structure(described.name, &described.action.request);
    for (range, segment) in segments(path) {
        let before = &path[..range.start.saturating_sub(1)];
        let at = start + range.start..start + range.end;
        let invalid = |message: String| Problem::new(message).at(argument, at.clone());
        let index = segment.parse::<usize>().ok();
        let step;
        (step, shape) = match (shape, index) {
            (Shape::Structure(owner, fields), _) => {
                let name = PathStep::Name(segment.to_owned());
                match fields.iter().find(|field| field.name == segment) {
                    Some(field) => (name, Shape::of(described.types, field)),
                    None if force => (name, Shape::Any),
                    None => {
                        let kind = if before.is_empty() {
                            "parameter"
                        } else {
                            "field"
                        };
                        let problem = invalid(format!("`{owner}` has no {kind} `{segment}`"));
                        return Err(problem.similar(similar(segment, before, fields)));
                    }
                }
            }
            (Shape::List(element, format), Some(index)) => (
                PathStep::Index(index),
                Shape::of_type(described.types, element, format),
            ),
            (Shape::List(..), None) => {
                let problem = format!("`{before}` is a list; an index must follow its name");
                let rest = &path[range.start..];
                return Err(invalid(problem).similar(vec![format!("--{before}.0.{rest}")]));
            }
            (Shape::Any, Some(index)) => (PathStep::Index(index), Shape::Any),
            (Shape::Any, None) => (PathStep::Name(segment.to_owned()), Shape::Any),
            (scalar, _) => {
                let is = scalar.article();
                return Err(invalid(format!(
                    "`{before}` is {is}, so nothing can follow its name"
                )));
            }
        };
        steps.push(step);
    }
    Ok((steps, shape))
}

/// Returns the parts of a path between its dots, with their places.
fn segments(path: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut start = 0;
    path.split('.').map(move |segment| {
        let range = start..start + segment.len();
        start = range.end + 1;
        (range, segment)
    })
}

/// Returns the arguments whose last name is similar to a segment.
fn similar(segment: &str, before: &str, fields: &[Field]) -> Vec<String> {
    let names = fields.iter().map(|field| field.name.as_str());
    let dot = if before.is_empty() { "" } else { "." };
    let near = nearest_names(segment, names).into_iter();
    near.map(|name| format!("--{before}{dot}{name}")).collect()
}

/// Returns a path as it is written.
pub(crate) fn text(steps: &[PathStep]) -> String {
    let steps: Vec<String> = steps
        .iter()
        .map(|step| match step {
            PathStep::Name(name) => name.clone(),
            PathStep::Index(index) => index.to_string(),
        })
        .collect();
    steps.join(".")
}
