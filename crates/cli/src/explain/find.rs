//! Finds the item of a path such as `cvm.RunInstances.Placement.Zone`.

use std::collections::BTreeMap;

use tc3_arguments::{ArgumentSpan, Problem};
use tc3_catalogue::Catalogue;
use tc3_spec::{Field, Site, Spec, TypeRef, nearest_names};

use super::subject::{Row, RowKind, Subject};
use crate::failure::Failure;
use crate::line::Line;

/// The names in a path, with their positions in the command line.
pub(super) struct Path<'l> {
    line: &'l Line,
    names: Vec<(&'l str, ArgumentSpan)>,
}

impl<'l> Path<'l> {
    /// Splits words, which follow the command in the line in this order.
    pub(super) fn new(line: &'l Line, words: &[String]) -> Self {
        let mut names = Vec::new();
        let mut rest = line.words.iter().enumerate().skip(1);
        for word in words {
            let Some((argument, word)) = rest.find(|(_, of)| *of == word) else {
                continue;
            };
            let mut start = 0;
            for name in word.split('.') {
                let range = start..start + name.len();
                start = range.end + 1;
                // An index selects an element of a list. All elements have the same type.
                if name.parse::<usize>().is_err() {
                    let is_hidden = false;
                    let place = ArgumentSpan {
                        argument,
                        range,
                        is_hidden,
                    };
                    names.push((name, place));
                }
            }
        }
        Self { line, names }
    }

    /// Returns the names after the service.
    pub(super) fn name(&self) -> String {
        let names = self.names.iter().skip(1).map(|(name, _)| *name);
        names.collect::<Vec<_>>().join(".")
    }

    /// Loads the spec of the service.
    pub(super) fn service(&self, site: Site, version: Option<&str>) -> Result<Spec, Failure> {
        let catalogue = Catalogue::of_site(site);
        let Some((service, place)) = self.names.first() else {
            return Err(Failure::usage("the name must begin with a service"));
        };
        let version = catalogue.version(service, version);
        let version = version.map_err(|error| match error {
            tc3_catalogue::Error::UnknownVersion { .. } => {
                Failure::unknown(self.line, place.argument..place.argument + 1, &error)
            }
            error => self.failure(0, error.to_string(), Vec::new()),
        })?;
        let spec = catalogue.load(service, version);
        spec.map_err(|error| Failure::not_sent(error.to_string()))
    }

    /// Returns the items of the path. A name may be in both a request and a response.
    pub(super) fn subjects<'s>(&self, spec: &'s Spec) -> Result<Vec<Subject<'s>>, Failure> {
        let Some((name, _)) = self.names.get(1) else {
            return Ok(vec![Subject::Service]);
        };
        let rows = if let Some((name, action)) = spec.actions.get_key_value(*name) {
            if self.names.len() == 2 {
                return Ok(vec![Subject::Action(name, action)]);
            }
            let row = |kind, fields| self.row(spec, kind, name, fields);
            let rows = [
                row(RowKind::Parameter, &action.request),
                row(RowKind::Response, &action.response),
            ];
            rows.to_vec()
        } else if let Some((name, data_type)) = spec.types.get_key_value(*name) {
            if self.names.len() == 2 {
                return Ok(vec![Subject::Type(name, data_type)]);
            }
            vec![self.row(spec, RowKind::Field, name, &data_type.fields)]
        } else {
            let names = spec.actions.keys().chain(spec.types.keys());
            let similar = nearest_names(name, names.map(String::as_str));
            let message = format!(
                "`{}` {} has no action or data type `{name}`",
                spec.service, spec.version
            );
            return Err(self.failure(1, message, similar.into_iter().map(str::to_owned).collect()));
        };
        let found: Vec<Subject<'_>> = rows
            .iter()
            .filter_map(|row| Some(Subject::Row(*row.as_ref().ok()?)))
            .collect();
        if !found.is_empty() {
            return Ok(found);
        }
        // The path with the most known names is most likely meant.
        let furthest = rows.into_iter().filter_map(Result::err);
        let furthest = furthest.reduce(|best, other| match other.at > best.at {
            true => other,
            false if other.at == best.at => best.merge(other),
            false => best,
        });
        let unknown = furthest.unwrap_or_default();
        Err(self.failure(unknown.at, unknown.message(), unknown.similar()))
    }

    /// Follows the names after an action or a data type.
    fn row<'s>(
        &self,
        spec: &'s Spec,
        kind: RowKind,
        owner: &'s str,
        fields: &'s [Field],
    ) -> Result<Row<'s>, Unknown> {
        let mut row: Option<Row<'s>> = None;
        let (mut owner, mut fields) = (owner, fields);
        for (at, (name, _)) in self.names.iter().enumerate().skip(2) {
            let found = fields.iter().find(|field| field.name == *name);
            let Some(field) = found else {
                let names = fields.iter().map(|field| field.name.clone());
                return Err(Unknown {
                    at,
                    owner: owner.to_owned(),
                    name: (*name).to_owned(),
                    known: names.collect(),
                });
            };
            let kind = row.map_or(kind, |_| RowKind::Field);
            row = Some(Row { kind, owner, field });
            let data_type = field.type_ref.named();
            let data_type = data_type.and_then(|name| spec.types.get_key_value(name));
            (owner, fields) = match data_type {
                Some((name, data_type)) => (name, &*data_type.fields),
                None => (&field.name, &[][..]),
            };
        }
        row.ok_or_else(Unknown::default)
    }

    /// Returns the error of a path that is not an action.
    pub(super) fn not_an_action(&self) -> Failure {
        let at = self.names.len().saturating_sub(1);
        let message = "the name must be an action: SERVICE.Action".to_owned();
        self.failure(at, message, Vec::new())
    }

    /// Creates the error for the name at an index of the path.
    fn failure(&self, at: usize, message: String, similar: Vec<String>) -> Failure {
        let problem = Problem {
            message,
            place: self.names.get(at).map(|(_, place)| place.clone()),
            similar,
        };
        Failure::problems(self.line, 0..1, vec![problem])
    }
}

/// An unknown name in a path.
#[derive(Clone, Debug, Default)]
struct Unknown {
    /// Index of the name in the path.
    at: usize,
    owner: String,
    name: String,
    /// The known names at this place.
    known: Vec<String>,
}

impl Unknown {
    /// Adds the known names of another error at the same place.
    fn merge(mut self, other: Unknown) -> Unknown {
        self.known.extend(other.known);
        self
    }

    fn message(&self) -> String {
        match self.known.is_empty() {
            true => format!("`{}` has no fields", self.owner),
            false => format!("`{}` has no parameter or field `{}`", self.owner, self.name),
        }
    }

    fn similar(&self) -> Vec<String> {
        let similar = nearest_names(&self.name, self.known.iter().map(String::as_str));
        similar.into_iter().map(str::to_owned).collect()
    }
}

/// Returns the part of a spec for a path, with the data types that it reaches.
pub(super) fn part(whole: &Spec, path: &Path<'_>) -> Spec {
    let Some((name, _)) = path.names.get(1) else {
        // A service is explained by its actions.
        let mut spec = whole.clone();
        spec.types.clear();
        return spec;
    };
    let mut spec = whole.clone();
    let mut next: Vec<&str> = Vec::new();
    if let Some(action) = whole.actions.get(*name) {
        spec.actions.retain(|of, _| of == name);
        next.extend(named(&action.request).chain(named(&action.response)));
    } else if let Some((name, _)) = whole.types.get_key_value(*name) {
        spec.actions.clear();
        next.push(name);
    } else {
        return spec;
    }
    let mut reached = BTreeMap::new();
    while let Some(name) = next.pop() {
        if let (false, Some(data_type)) = (reached.contains_key(name), whole.types.get(name)) {
            reached.insert(name.to_owned(), data_type.clone());
            next.extend(named(&data_type.fields));
        }
    }
    spec.types = reached;
    spec
}

/// Returns the data types of fields.
pub(super) fn named(fields: &[Field]) -> impl Iterator<Item = &str> {
    fields
        .iter()
        .map(|field| &field.type_ref)
        .filter_map(TypeRef::named)
}
