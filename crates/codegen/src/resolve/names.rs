//! The names at the top of a version's module.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use tc3_spec::Spec;

use crate::names::{Scope, bare, pascal, snake};

/// Names that the module of a version has besides those of the spec.
const VERSION_TYPES: [&str; 3] = ["Client", "SERVICE", SERVICE_ERROR];
/// The enum of the codes that the service may answer with, whatever the action.
pub(super) const SERVICE_ERROR: &str = "ServiceError";
/// The same for its submodules; `aux` and its like cannot be files on Windows.
const VERSION_MODULES: [&str; 7] = ["aux", "client", "con", "errors", "nul", "prn", "types"];
/// Methods of every client.
const CLIENT_METHODS: [&str; 8] = [
    "builder", "clone", "from", "from_env", "items", "new", "pages", "send",
];

/// The identifiers of what stands at the top of a version's module.
pub(super) struct Names<'a> {
    pub(super) actions: BTreeMap<&'a str, ActionNames>,
    pub(super) types: BTreeMap<&'a str, TypeNames>,
}

pub(super) struct ActionNames {
    pub(super) module: Ident,
    pub(super) method: Ident,
    pub(super) request: Ident,
    pub(super) response: Ident,
    pub(super) errors: Ident,
    pub(super) builder: Ident,
    pub(super) response_builder: Ident,
}

pub(super) struct TypeNames {
    pub(super) ident: Ident,
    pub(super) builder: Ident,
    pub(super) required: Ident,
}

impl<'a> Names<'a> {
    /// Actions choose first, then data types, then what is made for data types. All names that something could have
    /// are taken, whether it has it today or not, so that few things are renamed when a service grows.
    pub(super) fn new(spec: &'a Spec) -> Self {
        let mut types = Scope::new("Type", VERSION_TYPES);
        let mut modules = Scope::new("_", VERSION_MODULES);
        let mut methods = Scope::new("_", CLIENT_METHODS);
        let actions = spec
            .actions
            .keys()
            .map(|wire| {
                let (pascal, snake) = (pascal(wire), snake(wire));
                let names = ActionNames {
                    module: modules.claim(&snake),
                    method: methods.claim(&snake),
                    request: types.claim(&format!("{pascal}Request")),
                    response: types.claim(&format!("{pascal}Response")),
                    errors: types.claim(&format!("{pascal}Error")),
                    builder: types.claim(&format!("{pascal}Builder")),
                    response_builder: types.claim(&format!("{pascal}ResponseBuilder")),
                };
                (wire.as_str(), names)
            })
            .collect();
        let idents: Vec<(&str, Ident)> = spec
            .types
            .keys()
            .map(|wire| (wire.as_str(), types.claim(&pascal(wire))))
            .collect();
        let mut required = Scope::new("_", []);
        let types = idents
            .into_iter()
            .map(|(wire, ident)| {
                let name = bare(&ident);
                let names = TypeNames {
                    builder: types.claim(&format!("{name}Builder")),
                    required: required.claim(&format!("{}_required", snake(&name))),
                    ident,
                };
                (wire, names)
            })
            .collect();
        Self { actions, types }
    }
}
