//! The way to a value in a spec.

use serde_json::Value;

use crate::locate::Step;
use crate::nearest::nearest;

/// What a part of a spec is made of, as far as fixups go into it.
enum Shape {
    /// An object with these keys.
    Record(&'static str, &'static [(&'static str, Shape)]),
    /// An object whose keys are names of items.
    Map(&'static str, &'static Shape),
    /// A list of items, which have their names under this key.
    List(&'static str, &'static str, &'static Shape),
    /// A value that is corrected as a whole.
    Value,
    /// One that is absent when it is false.
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
/// Without what is derived, which is corrected in the spec itself.
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

/// A place in a spec, with a value or without one.
#[derive(Debug)]
pub(super) struct Spot {
    /// The steps to it. Where a list lacks the item, the last of them leads behind its end.
    pub(super) steps: Vec<Step>,
    /// For an item that a list lacks, the key under which its name is to stand, and the name.
    pub(super) new: Option<(&'static str, String)>,
    /// Whether it is a flag, which is absent when it is false.
    pub(super) is_flag: bool,
}

impl Spot {
    /// The place in a spec that a path leads to.
    ///
    /// # Errors
    /// If the spec lacks something on the way, or if it has no such keys; the error says what it has.
    pub(super) fn find(spec: &Value, path: &str) -> Result<Spot, String> {
        let mut spot = Spot {
            steps: Vec::new(),
            new: None,
            is_flag: false,
        };
        let (mut shape, mut value, mut rest) = (&SPEC, Some(spec), Some(path));
        while let Some(path) = rest {
            spot.new = None;
            (shape, value, rest) = match shape {
                Shape::Record(what, keys) => {
                    let (key, rest) = cut(path);
                    let known = keys.iter().find(|(known, _)| *known == key);
                    let (_, shape) = known.ok_or_else(|| unknown_key(what, key, keys))?;
                    spot.step(Step::Key(key.to_owned()));
                    (shape, value.and_then(|of| of.get(key)), rest)
                }
                Shape::Map(what, items) => {
                    let (name, rest) = cut(path);
                    let members = value.and_then(Value::as_object);
                    let item = members.and_then(|of| of.get(name));
                    if item.is_none() && rest.is_some() {
                        let names = members.into_iter().flat_map(|of| of.keys());
                        return Err(gone(what, name, names.map(String::as_str)));
                    }
                    spot.step(Step::Key(name.to_owned()));
                    (*items, item, rest)
                }
                Shape::List(what, key, item) => {
                    let list = value
                        .and_then(Value::as_array)
                        .map_or(&[][..], Vec::as_slice);
                    let found = Item::find(list, key, keys_of(item), path)?;
                    let names = || list.iter().filter_map(|of| of.get(key)?.as_str());
                    if found.at.is_none() && found.rest.is_some() {
                        return Err(gone(what, found.name, names()));
                    }
                    spot.step(Step::Index(found.at.unwrap_or(list.len())));
                    let lacks = found.at.is_none();
                    spot.new = lacks.then(|| (*key, found.name.to_owned()));
                    (*item, found.at.and_then(|at| list.get(at)), found.rest)
                }
                Shape::Value | Shape::Flag => {
                    return Err(format!(
                        "there is nothing below it to be corrected: correct all of {}, without `.{path}`",
                        spot.last()
                    ));
                }
            };
        }
        if let Shape::Map(what, _) | Shape::List(what, ..) = shape {
            return Err(format!(
                "say which {what} is meant, by its name behind `{path}.`"
            ));
        }
        spot.is_flag = matches!(shape, Shape::Flag);
        Ok(spot)
    }

    fn step(&mut self, step: Step) {
        self.steps.push(step);
    }

    fn last(&self) -> String {
        match self.steps.last() {
            Some(Step::Key(key)) => format!("`{key}`"),
            _ => "it".to_owned(),
        }
    }

    /// A value of this place, or the lack of one: a flag that is false is as good as none.
    pub(super) fn normal<'v>(&self, value: Option<&'v Value>) -> Option<&'v Value> {
        value.filter(|value| !self.is_flag || **value != Value::Bool(false))
    }
}

/// The value that steps lead to, to change it.
pub(super) fn follow_mut<'v>(value: &'v mut Value, steps: &[Step]) -> Option<&'v mut Value> {
    steps.iter().try_fold(value, |value, step| match step {
        Step::Key(key) => value.get_mut(key),
        Step::Index(at) => value.get_mut(at),
    })
}

/// An item of a list that a path begins with.
struct Item<'p> {
    /// Nothing where the list lacks it.
    at: Option<usize>,
    name: &'p str,
    /// What the path says behind it.
    rest: Option<&'p str>,
}

impl<'p> Item<'p> {
    /// Error codes and titles have dots of their own. So a path is an item's name, or such a name and a key behind it.
    fn find(
        list: &[Value],
        key: &str,
        keys: &[(&str, Shape)],
        path: &'p str,
    ) -> Result<Item<'p>, String> {
        let named = |name: &str| -> Result<Option<usize>, String> {
            let has = |item: &Value| item.get(key).and_then(Value::as_str) == Some(name);
            let mut found = (0..list.len()).filter(|at| has(&list[*at]));
            match (found.next(), found.next()) {
                (Some(first), Some(second)) => Err(format!(
                    "two have the {key} `{name}`: give the number of the one that is meant, {} or {}",
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
            // Names of parameters have no dots.
            let (name, rest) = cut(path);
            let at = named(name)?;
            return Ok(Item { at, name, rest });
        }
        let whole = named(path)?;
        if let (None, Some((name, behind))) = (whole, path.rsplit_once('.'))
            && keys.iter().any(|(known, _)| *known == behind)
        {
            return Ok(Item {
                at: named(name)?,
                name,
                rest: Some(behind),
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

/// The first part of a path, and what is behind it.
fn cut(path: &str) -> (&str, Option<&str>) {
    match path.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (path, None),
    }
}

fn unknown_key(what: &str, key: &str, keys: &[(&'static str, Shape)]) -> String {
    if matches!(key, "access" | "pagination") {
        return format!(
            "`{key}` is derived, and not what a source says: correct it in the spec itself, where it is kept"
        );
    }
    let known = keys.iter().map(|(known, _)| *known);
    match nearest(key, known.clone()) {
        Some(near) => format!("{what} has no `{key}` that can be corrected; it has `{near}`"),
        None => {
            let known: Vec<_> = known.map(|known| format!("`{known}`")).collect();
            format!(
                "{what} has no `{key}` that can be corrected; it has {}",
                known.join(", ")
            )
        }
    }
}

fn gone<'n>(what: &str, name: &str, names: impl Iterator<Item = &'n str>) -> String {
    let near = nearest(name, names);
    let hint = near.map_or(String::new(), |near| format!("; there is `{near}`"));
    format!("there is no {what} `{name}`{hint}: correct the fixup, or remove it")
}
