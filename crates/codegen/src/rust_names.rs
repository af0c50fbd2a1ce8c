//! The Rust names of the items of a spec.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use tc3_spec::Spec;
use tc3_spec::diff::Place;

use crate::check::check;
use crate::error::Error;
use crate::ir::{Action, Field, Message};
use crate::names::bare;
use crate::resolve::resolve;

/// An item with a Rust name. A documented item may have several: an action has a method and types.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct NamedItem {
    /// The item.
    pub place: Place,
    /// The kind of Rust item: `method`, `request`, `field`.
    pub role: &'static str,
}

/// Returns the public names of everything generated for a spec, by item.
///
/// # Errors
/// Fails if the spec is invalid.
pub fn rust_names(spec: &Spec) -> Result<BTreeMap<NamedItem, String>, Error> {
    check(spec)?;
    let version = resolve(spec, None);
    let mut names = Names::default();
    for action in &version.actions {
        names.action(action);
    }
    for data_type in &version.types {
        names.data_type(data_type);
    }
    for code in version.errors.iter().flat_map(|errors| &errors.codes) {
        let place = Place::ServiceCode(code.wire.clone());
        names.add(place, "variant", &code.ident);
    }
    Ok(names.0)
}

#[derive(Default)]
struct Names(BTreeMap<NamedItem, String>);

impl Names {
    fn add(&mut self, place: Place, role: &'static str, name: &Ident) {
        self.0.insert(NamedItem { place, role }, bare(name));
    }

    fn action(&mut self, action: &Action) {
        let place = || Place::Action(action.wire.clone());
        self.add(place(), "method", &action.method);
        self.add(place(), "request", &action.request.ident);
        self.add(place(), "response", &action.response.ident);
        if let Some(builder) = &action.request.builder {
            self.add(place(), "builder", &builder.ident);
        }
        if let Some(builder) = &action.response.builder {
            self.add(place(), "response builder", &builder.ident);
        }
        if let Some(pagination) = &action.pagination {
            self.add(place(), "pages", &pagination.pages);
            self.add(place(), "items", &pagination.items);
        }
        self.fields(&action.request.fields, |name| Place::Parameter {
            action: action.wire.clone(),
            name,
        });
        self.fields(&action.response.fields, |name| Place::ResponseField {
            action: action.wire.clone(),
            name,
        });
        if let Some(errors) = &action.errors {
            self.add(place(), "errors", &errors.ident);
            for code in &errors.codes {
                let place = Place::ErrorCode {
                    action: action.wire.clone(),
                    code: code.wire.clone(),
                };
                self.add(place, "variant", &code.ident);
            }
        }
    }

    fn data_type(&mut self, data_type: &Message) {
        let place = || Place::Type(data_type.wire.clone());
        self.add(place(), "type", &data_type.ident);
        if let Some(builder) = &data_type.builder {
            self.add(place(), "builder", &builder.ident);
        }
        self.fields(&data_type.fields, |name| Place::TypeField {
            data_type: data_type.wire.clone(),
            name,
        });
    }

    fn fields(&mut self, fields: &[Field], place: impl Fn(String) -> Place) {
        for field in fields {
            self.add(place(field.wire.clone()), "field", &field.ident);
        }
    }
}
