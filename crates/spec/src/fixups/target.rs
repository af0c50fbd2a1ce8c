//! Resolves paths in a spec.

use serde_json::Value;

use crate::locate::Segment;
use crate::nearest::did_you_mean;

/// Structure of the parts of a spec that fixups can address.
enum Shape {
    /// An object: its noun in messages, and its keys.
    Record(&'static str, &'static [(&'static str, Shape)]),
    /// An object whose keys are names of items: their noun, and their structure.
    Map(&'static str, &'static Shape),
    /// A list of items: their noun, the key of their names, and their structure.
    List(&'static str, &'static str, &'static Shape),
    /// A value that can only be corrected as a whole.
    Value,
    /// A Boolean that is absent when false.
    Flag,
}

const SPEC: Shape = Shape::Record(
    "a spec",
    &[
        ("endpoint", Shape::Value),
        ("actions", Shape::Map("action", &ACTION)),
        ("types", Shape::Map("data type", &DATA_TYPE)),
        ("errors", CODES),
    ],
);
/// Derived facts are not listed, because they are corrected in the spec itself.
const ACTION: Shape = Shape::Record(
    "an action",
    &[
        ("description", Shape::Value),
        ("rate_limit", Shape::Value),
        ("region", Shape::Value),
        ("deprecated", Shape::Flag),
        ("request", FIELDS),
        ("response", FIELDS),
        ("errors", CODES),
        ("examples", Shape::List("example", "title", &EXAMPLE)),
    ],
);
const FIELDS: Shape = Shape::List("parameter", "name", &FIELD);
const FIELD: Shape = Shape::Record(
    "a parameter",
    &[
        ("name", Shape::Value),
        ("type", Shape::Value),
        ("format", Shape::Value),
        ("required", Shape::Flag),
        ("nullable", Shape::Flag),
        ("deprecated", Shape::Flag),
        ("secret", Shape::Value),
        ("description", Shape::Value),
    ],
);
const CODES: Shape = Shape::List("error code", "code", &CODE);
const CODE: Shape = Shape::Record(
    "an error code",
    &[("code", Shape::Value), ("description", Shape::Value)],
);
const EXAMPLE: Shape = Shape::Record(
    "an example",
    &[
        ("title", Shape::Value),
        ("description", Shape::Value),
        ("request", Shape::Value),
        ("response", Shape::Value),
    ],
);
const DATA_TYPE: Shape = Shape::Record(
    "a data type",
    &[
        ("description", Shape::Value),
        ("fields", Shape::List("field", "name", &FIELD)),
    ],
);

/// The target of a fixup: a place in a spec, which may have no value yet.
#[derive(Debug)]
pub(super) struct Target {
    /// The steps. For a new list item, the last index is the list's length.
    pub(super) steps: Vec<Segment>,
    /// The key of the name, and the name, of a new list item.
    pub(super) new: Option<(&'static str, String)>,
    /// Whether the value is a Boolean that is absent when false.
    pub(super) is_flag: bool,
}

impl Target {
    /// Resolves a path.
    ///
    /// # Errors
    /// Fails if a part of the path does not exist. The message suggests alternatives.
    pub(super) fn find(spec: &Value, path: &str) -> Result<Target, String> {
        let mut target = Target {
            steps: Vec::new(),
            new: None,
            is_flag: false,
        };
        let (mut shape, mut value, mut rest) = (&SPEC, Some(spec), Some(path));
        while let Some(path) = rest {
            target.new = None;
            (shape, value, rest) = match shape {
                Shape::Record(noun, keys) => {
                    let (key, rest) = cut(path);
                    let known = keys.iter().find(|(known, _)| *known == key);
                    let (_, shape) = known.ok_or_else(|| unknown_key(noun, key, keys))?;
                    target.step(Segment::Key(key.to_owned()));
                    (shape, value.and_then(|value| value.get(key)), rest)
                }
                Shape::Map(noun, items) => {
                    let (name, rest) = cut(path);
                    let members = value.and_then(Value::as_object);
                    let item = members.and_then(|members| members.get(name));
                    if item.is_none() && rest.is_some() {
                        let names = members.into_iter().flat_map(|members| members.keys());
                        return Err(missing(noun, name, names.map(String::as_str)));
                    }
                    target.step(Segment::Key(name.to_owned()));
                    (*items, item, rest)
                }
                Shape::List(noun, key, item) => {
                    let list = value
                        .and_then(Value::as_array)
                        .map_or(&[][..], Vec::as_slice);
                    let found = Item::find(list, key, keys_of(item), path)?;
                    let names = || list.iter().filter_map(|item| item.get(key)?.as_str());
                    if found.at.is_none() && found.rest.is_some() {
                        return Err(missing(noun, found.name, names()));
                    }
                    target.step(Segment::Index(found.at.unwrap_or(list.len())));
                    let is_new = found.at.is_none();
                    target.new = is_new.then(|| (*key, found.name.to_owned()));
                    (*item, found.at.and_then(|at| list.get(at)), found.rest)
                }
                Shape::Value | Shape::Flag => {
                    return Err(format!(
                        "{} has no parts; remove `.{path}` and correct the whole value",
                        target.last()
                    ));
                }
            };
        }
        if let Shape::Map(noun, _) | Shape::List(noun, ..) = shape {
            return Err(format!(
                "the path `{path}` is incomplete; add the {noun} after `{path}.`"
            ));
        }
        target.is_flag = matches!(shape, Shape::Flag);
        Ok(target)
    }

    fn step(&mut self, step: Segment) {
        self.steps.push(step);
    }

    fn last(&self) -> String {
        match self.steps.last() {
            Some(Segment::Key(key)) => format!("`{key}`"),
            _ => "it".to_owned(),
        }
    }

    /// Normalizes a value: a false flag counts as absent.
    pub(super) fn normalize<'v>(&self, value: Option<&'v Value>) -> Option<&'v Value> {
        value.filter(|value| !self.is_flag || **value != Value::Bool(false))
    }
}

/// Returns the mutable value at these steps.
pub(super) fn follow_mut<'v>(value: &'v mut Value, steps: &[Segment]) -> Option<&'v mut Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Segment::Key(key) => value.get_mut(key),
        Segment::Index(at) => value.get_mut(at),
    })
}

/// The list item that a path begins with.
struct Item<'p> {
    /// Index in the list; `None` if the item does not exist.
    at: Option<usize>,
    name: &'p str,
    /// The rest of the path.
    rest: Option<&'p str>,
}

impl<'p> Item<'p> {
    /// Finds an item. Codes and titles contain dots, so a path is either a whole name or a name followed by a key.
    fn find(
        list: &[Value],
        key: &str,
        keys: &[(&str, Shape)],
        path: &'p str,
    ) -> Result<Item<'p>, String> {
        let named = |name: &str| -> Result<Option<usize>, String> {
            let matches = |item: &Value| item.get(key).and_then(Value::as_str) == Some(name);
            let mut found = (0..list.len()).filter(|at| matches(&list[*at]));
            match (found.next(), found.next()) {
                (Some(first), Some(second)) => Err(format!(
                    "the {key} `{name}` is ambiguous; use its number instead, {} or {}",
                    first + 1,
                    second + 1
                )),
                (Some(at), None) => Ok(Some(at)),
                _ if key == "title" => {
                    let number = name
                        .parse()
                        .ok()
                        .and_then(|number: usize| number.checked_sub(1));
                    Ok(number.filter(|at| *at < list.len()))
                }
                _ => Ok(None),
            }
        };
        if key == "name" {
            // Names of parameters contain no dots.
            let (name, rest) = cut(path);
            let at = named(name)?;
            return Ok(Item { at, name, rest });
        }
        let whole = named(path)?;
        if let (None, Some((name, last))) = (whole, path.rsplit_once('.'))
            && keys.iter().any(|(known, _)| *known == last)
        {
            return Ok(Item {
                at: named(name)?,
                name,
                rest: Some(last),
            });
        }
        Ok(Item {
            at: whole,
            name: path,
            rest: None,
        })
    }
}

fn keys_of(shape: &Shape) -> &'static [(&'static str, Shape)] {
    match shape {
        Shape::Record(_, keys) => keys,
        _ => &[],
    }
}

/// Splits a path at the first dot.
fn cut(path: &str) -> (&str, Option<&str>) {
    match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    }
}

fn unknown_key(noun: &str, key: &str, keys: &[(&'static str, Shape)]) -> String {
    if matches!(key, "access" | "pagination") {
        return format!(
            "`{key}` is derived, not read from a source; correct it in the spec itself"
        );
    }
    let known = keys.iter().map(|(known, _)| *known);
    let hint = match did_you_mean(key, known.clone()) {
        hint if hint.is_empty() => {
            let known: Vec<_> = known.map(|known| format!("`{known}`")).collect();
            format!("; use {}", known.join(", "))
        }
        hint => hint,
    };
    format!("{noun} has no `{key}` that can be corrected{hint}")
}

fn missing<'n>(noun: &str, name: &str, names: impl Iterator<Item = &'n str>) -> String {
    let hint = match did_you_mean(name, names) {
        hint if hint.is_empty() => "; correct the fixup, or remove it".to_owned(),
        hint => hint,
    };
    format!("the {noun} `{name}` does not exist{hint}")
}
