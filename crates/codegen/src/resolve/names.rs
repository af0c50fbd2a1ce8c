//! Resolves the names at the top level of a version's module.

use std::collections::BTreeMap;

use proc_macro2::Ident;
use tc3_spec::Spec;

use crate::names::{Scope, bare, pascal, snake};

/// Reserved names of a version's module.
const VERSION_TYPES: [&str; 3] = ["Client", "SERVICE", SERVICE_ERROR];
/// The enum of the service's error codes.
pub(super) const SERVICE_ERROR: &str = "ServiceError";
/// Reserved names of submodules; `aux` and similar names cannot be files on Windows.
const VERSION_MODULES: [&str; 8] = [
    "aux", "client", "con", "errors", "nul", "prn", "testing", "types",
];
/// Methods of every client.
const CLIENT_METHODS: [&str; 9] = [
    "builder",
    "clone",
    "from",
    "from_env",
    "from_env_blocking",
    "items",
    "new",
    "pages",
    "send",
];

/// The identifiers at the top level of a version's module.
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
    /// Claims names for actions first, then for data types, then for items of data types. Names that an item could get
    /// later are claimed too, so that few items are renamed when a service grows.
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
