//! Parameters and other options among arguments.

use tc3_spec::{Shape, TypeRef};

use crate::described::Described;
use crate::name;
use crate::problem::Problem;

/// A parameter as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawParameter<'t> {
    /// The index of the argument with the name.
    pub argument: usize,
    /// The name or path, without the leading `--`.
    pub path: &'t str,
    /// The values: the index of the argument, the position in it, and the text.
    pub values: Vec<(usize, usize, &'t str)>,
}

/// Arguments, split into parameters and others.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split<'t> {
    /// The parameters.
    pub parameters: Vec<RawParameter<'t>>,
    /// The indexes of all other arguments: options with their values.
    pub options: Vec<usize>,
    /// The problems of arguments that are neither.
    pub problems: Vec<Problem>,
}

/// Returns the index of the first word that is neither an option nor its value: a service, a command, or an action.
///
/// `option` returns whether an option takes a value; `None` if there is no such option.
pub fn first_word(words: &[String], option: &dyn Fn(&str) -> Option<bool>) -> Option<usize> {
    let mut index = 0;
    while let Some(word) = words.get(index) {
        if !word.starts_with('-') {
            return Some(index);
        }
        let (name, value) = name_and_value(word);
        let has_value = option(name).unwrap_or(false);
        index += if has_value && value.is_none() { 2 } else { 1 };
    }
    None
}

/// Splits the arguments that follow the action.
///
/// `option` returns whether an option takes a value; `None` if there is no such option. A documented parameter takes
/// precedence over an option of the same name. The arguments before `first` are skipped.
pub fn split<'t>(
    described: Described<'_>,
    arguments: &'t [String],
    first: usize,
    option: &dyn Fn(&str) -> Option<bool>,
) -> Split<'t> {
    let mut split = Split::default();
    let mut next = first;
    while let Some(argument) = arguments.get(next) {
        let index = next;
        next += 1;
        let (name, value) = name_and_value(argument);
        let path = name.strip_prefix("--").filter(|path| !path.is_empty());
        let top = path.and_then(|path| path.split('.').next());
        let mut documented = described.action.request.iter();
        let is_documented = documented.any(|field| top == Some(field.name.as_str()));
        if !is_documented && let Some(has_value) = option(name) {
            split.options.push(index);
            if has_value && value.is_none() && next < arguments.len() {
                split.options.push(next);
                next += 1;
            }
            continue;
        }
        let Some(path) = path else {
            split.problems.extend(unexpected(&split, arguments, index));
            continue;
        };
        let mut given = RawParameter {
            argument: index,
            path,
            values: Vec::new(),
        };
        if let Some(value) = value {
            given.values.push((index, name.len() + 1, value));
        } else {
            let is_list = takes_several(described, path);
            while let Some(value) = arguments.get(next)
                && !value.starts_with("--")
                && !is_short_option(value, option)
                && (is_list || given.values.is_empty())
            {
                given.values.push((next, 0, value));
                next += 1;
            }
        }
        split.parameters.push(given);
    }
    split
}

/// Whether a parameter takes several values: a list, or an unknown parameter.
fn takes_several(described: Described<'_>, path: &str) -> bool {
    match name::resolve(described, path, false, (0, 0)) {
        Ok((_, shape)) => {
            matches!(shape, Shape::List(element, _) if !matches!(element, TypeRef::Array(_)))
        }
        Err(_) => true,
    }
}

/// Whether an argument is an option such as `-v` or `-o=json`, rather than a value such as `-5`.
fn is_short_option(argument: &str, option: &dyn Fn(&str) -> Option<bool>) -> bool {
    let (name, _) = name_and_value(argument);
    name.len() > 1 && name.starts_with('-') && option(name).is_some()
}

/// Separates the name of an option or parameter from a joined value.
fn name_and_value(argument: &str) -> (&str, Option<&str>) {
    match argument.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (argument, None),
    }
}

/// Returns the problem of an argument that is neither an option nor a value. An argument after a value is not quoted,
/// because it may be the rest of a secret. It is reported once.
fn unexpected(split: &Split<'_>, arguments: &[String], index: usize) -> Option<Problem> {
    let last = split.parameters.last();
    let following = last.and_then(|last| Some((last, last.values.last()?.0 + 1)));
    let is_plain = |word: &String| !word.starts_with('-');
    match following.filter(|(_, start)| arguments[*start..=index].iter().all(is_plain)) {
        Some((_, start)) if start < index => None,
        Some((last, _)) => Some(
            Problem::new(format!(
                "`--{}` takes one value, but a second one follows; quote a value that has spaces",
                last.path
            ))
            .at(last.argument, 0.."--".len() + last.path.len()),
        ),
        None => Some(
            Problem::new("this argument is neither an option nor the value of one")
                .at(index, 0..arguments[index].len()),
        ),
    }
}
