//! Incomplete specs.

use std::collections::BTreeMap;

use crate::model::{Format, Sources, Spec};

impl Spec {
    /// Creates a spec without actions, and without an endpoint.
    #[must_use]
    pub fn empty(service: &str, version: &str) -> Spec {
        Spec {
            format: Format,
            service: service.to_owned(),
            version: version.to_owned(),
            endpoint: String::new(),
            actions: BTreeMap::new(),
            types: BTreeMap::new(),
            errors: Vec::new(),
            sources: Sources::default(),
            imported: None,
        }
    }

    /// Returns a copy without descriptions, examples, sources and package, as an import without texts has. The access
    /// of each action is set.
    #[must_use]
    pub fn facts(&self) -> Spec {
        let mut spec = self.clone();
        spec.imported = None;
        spec.sources = Default::default();
        for code in &mut spec.errors {
            code.description.clear();
        }
        for (name, action) in &mut spec.actions {
            action.access = Some(action.access_or_derived(name));
            action.description.clear();
            action.examples.clear();
            action.source = None;
            for code in &mut action.errors {
                code.description.clear();
            }
        }
        for data_type in spec.types.values_mut() {
            data_type.description.clear();
        }
        let actions = spec.actions.values_mut();
        let fields = actions.flat_map(|action| [&mut action.request, &mut action.response]);
        let types = spec.types.values_mut();
        let types = types.map(|data_type| &mut data_type.fields);
        for field in fields.chain(types).flatten() {
            field.description.clear();
        }
        spec
    }
}
