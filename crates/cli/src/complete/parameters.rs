//! Parameters of an action, and the parts of those that are structures.

use clap::Arg;
use clap_complete::engine::{ArgValueCandidates, CompletionCandidate};
use tc3_spec::{Field, Spec, TypeRef};

use super::identifiers::{Identifiers, is_plain};
use super::incomplete_call::IncompleteCall;
use crate::names::REGIONS;
use crate::texts;

/// A parameter or a part of one.
struct Part<'s> {
    /// `Filters.0.Name`
    path: String,
    field: &'s Field,
    type_ref: &'s TypeRef,
}

impl<'t> IncompleteCall<'t> {
    /// Returns the arguments: all parameters, and the parts that are typed or could follow.
    pub(super) fn arguments(&self) -> Vec<Arg> {
        let request = &self.spec.actions[self.action].request;
        let mut parts: Vec<Part<'t>> = request
            .iter()
            .map(|field| Part {
                path: field.name.clone(),
                field,
                type_ref: &field.type_ref,
            })
            .collect();
        let current = self.current.strip_prefix("--").unwrap_or_default();
        if let Some((prefix, _)) = current.rsplit_once('.') {
            parts.extend(self.below(prefix));
        } else if !current.is_empty() {
            let mut like = parts.iter().filter(|part| part.path.starts_with(current));
            // The fields of a single match are offered immediately.
            if let (Some(only), None) = (like.next(), like.next())
                && only.type_ref.named().is_some()
            {
                parts.extend(self.children(&only.path, only.field, only.type_ref));
            }
        }
        for path in self.used() {
            let prefix = path.rsplit_once('.').map(|(prefix, _)| prefix);
            let below = prefix.map_or_else(Vec::new, |prefix| self.below(prefix));
            parts.extend(below.into_iter().filter(|part| part.path == path));
        }
        parts.sort_by(|one, other| one.path.cmp(&other.path));
        parts.dedup_by(|one, other| one.path == other.path);
        // Sorted by required parameters first, then in the documented order.
        let position = |part: &Part<'_>| {
            let top = part.path.split('.').next();
            let place = request.iter().position(|field| Some(&*field.name) == top);
            (!part.field.required, place)
        };
        parts.sort_by_key(position);
        parts.iter().map(|part| self.argument(part)).collect()
    }

    /// Returns the paths of the parameters before the word to complete.
    fn used(&self) -> impl Iterator<Item = &'t str> {
        let words = self.before.iter().skip(self.first);
        let names = words.filter_map(|word| word.strip_prefix("--"));
        names.filter_map(|name| name.split('=').next())
    }

    /// Returns the parts below a path.
    fn below(&self, path: &str) -> Vec<Part<'t>> {
        let mut fields = &*self.spec.actions[self.action].request;
        let mut at: Option<(&'t Field, &'t TypeRef)> = None;
        for name in path.split('.') {
            let next = match at {
                Some((field, TypeRef::Array(element))) => {
                    name.parse::<usize>().ok().map(|_| (field, &**element))
                }
                Some((_, type_ref)) => self.fields(type_ref).and_then(|of| find(of, name)),
                None => find(fields, name),
            };
            let Some(next) = next else {
                return Vec::new();
            };
            fields = &[];
            at = Some(next);
        }
        match at {
            Some((field, type_ref)) => self.children(path, field, type_ref),
            None => Vec::new(),
        }
    }

    /// Returns the fields of a structure, or of the elements of a list, by their paths.
    fn children(&self, path: &str, field: &'t Field, type_ref: &'t TypeRef) -> Vec<Part<'t>> {
        match type_ref {
            TypeRef::Array(element) => {
                let indexes = self.indexes(path).into_iter();
                let elements = indexes.flat_map(|index| {
                    let path = format!("{path}.{index}");
                    let children = self.children(&path, field, element);
                    match children.is_empty() {
                        false => children,
                        true => vec![Part {
                            path,
                            field,
                            type_ref: element,
                        }],
                    }
                });
                elements.collect()
            }
            type_ref => {
                let fields = self.fields(type_ref).into_iter().flatten();
                let parts = fields.map(|field| Part {
                    path: format!("{path}.{}", field.name),
                    field,
                    type_ref: &field.type_ref,
                });
                parts.collect()
            }
        }
    }

    /// Returns the used indexes of a list, and the next free one.
    fn indexes(&self, path: &str) -> Vec<usize> {
        let given = self.used().filter_map(|of| {
            let rest = of.strip_prefix(path)?.strip_prefix('.')?;
            rest.split('.').next()?.parse().ok()
        });
        let mut indexes: Vec<usize> = given.collect();
        indexes.sort_unstable();
        indexes.dedup();
        indexes.push(indexes.last().map_or(0, |last| last.saturating_add(1)));
        indexes
    }

    fn fields(&self, type_ref: &TypeRef) -> Option<&'t [Field]> {
        let TypeRef::Named(name) = type_ref else {
            return None;
        };
        let data_type = self.spec.types.get(name)?;
        Some(&data_type.fields)
    }

    /// Describes a part to clap.
    fn argument(&self, part: &Part<'_>) -> Arg {
        let Part {
            path,
            field,
            type_ref,
        } = part;
        let mut help = type_ref.to_string();
        if field.required {
            help += ", required";
        }
        let summary = texts::summary(&field.description);
        if !summary.is_empty() {
            help = format!("{help}: {summary}");
        }
        let argument = Arg::new(format!("--{path}"))
            .long(path.clone())
            .help(help)
            .help_heading("Parameters")
            .hide(field.deprecated || self.used().any(|used| used == path));
        let argument = match type_ref {
            TypeRef::Array(_) => argument.num_args(1..),
            TypeRef::Boolean => argument.num_args(0..=1),
            _ => argument.num_args(1),
        };
        let scalar = type_ref.element();
        if *scalar == TypeRef::Boolean {
            return argument.value_parser(["true", "false"]);
        }
        if !matches!(scalar, TypeRef::String | TypeRef::Integer) {
            return argument;
        }
        if matches!(&*field.name, "Region" | "Regions") {
            return argument.add(ArgValueCandidates::new(|| {
                let names = REGIONS.iter().map(|(name, _)| *name);
                names.map(CompletionCandidate::new).collect()
            }));
        }
        let listed = field.listed_values().into_iter();
        let listed: Vec<_> = listed.filter(|value| is_plain(value)).collect();
        if !listed.is_empty() {
            let listed: Vec<_> = listed.into_iter().map(str::to_owned).collect();
            return argument.add(ArgValueCandidates::new(move || {
                let values = listed.iter().cloned();
                values.map(CompletionCandidate::new).collect()
            }));
        }
        match Identifiers::of(self, &field.name) {
            Some(identifiers) => argument.add(ArgValueCandidates::new(move || identifiers.list())),
            None => argument,
        }
    }
}

fn find<'s>(fields: &'s [Field], name: &str) -> Option<(&'s Field, &'s TypeRef)> {
    let field = fields.iter().find(|field| field.name == name)?;
    Some((field, &field.type_ref))
}

/// Returns the names of the fields at a path that begins with an action or a data type.
pub(super) fn fields<'s>(spec: &'s Spec, path: &str) -> Vec<&'s str> {
    let mut names = path
        .split('.')
        .filter(|name| name.parse::<usize>().is_err());
    let first = names.next().unwrap_or_default();
    let mut fields: Vec<&Field> = match (spec.actions.get(first), spec.types.get(first)) {
        (Some(action), _) => action.request.iter().chain(&action.response).collect(),
        (None, Some(data_type)) => data_type.fields.iter().collect(),
        (None, None) => Vec::new(),
    };
    for name in names {
        let next = fields.iter().filter(|field| field.name == name);
        let next = next.filter_map(|field| spec.types.get(field.type_ref.named()?));
        fields = next.flat_map(|data_type| &data_type.fields).collect();
    }
    fields.into_iter().map(|field| &*field.name).collect()
}
