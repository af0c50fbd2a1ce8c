//! From a spec to what is generated: here, and nowhere else, every identifier is decided.
//!
//! Names are decided for the whole spec, so that a client of three actions calls everything as the whole one does.

mod fields;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use tc3_spec::{
    Access, Action, Cycles, DataType, ErrorCode, Field, Fixups, Pagination, Reach, Region, Spec,
};

use self::fields::{NOT_FIELDS, Params};
use crate::UndefinedType;
use crate::docs::{Docs, code};
use crate::ir::{self, Role};
use crate::names::{Scope, bare, ident, pascal, snake};

/// Names that the module of a version has besides those of the spec.
const VERSION_TYPES: [&str; 3] = ["Client", "SERVICE", SERVICE_ERROR];
/// The enum of the codes that the service may answer with, whatever the action.
const SERVICE_ERROR: &str = "ServiceError";
/// The same for its submodules; `aux` and its like cannot be files on Windows.
const VERSION_MODULES: [&str; 7] = ["aux", "client", "con", "errors", "nul", "prn", "types"];
/// Methods of every client.
const CLIENT_METHODS: [&str; 8] = [
    "builder", "clone", "from", "from_env", "items", "new", "pages", "send",
];

/// Decides all names of a spec. With `only`, leaves out all other actions and the types that just they use.
pub(crate) fn resolve(spec: &Spec, only: Option<&BTreeSet<&str>>) -> ir::Version {
    let names = Names::new(spec);
    let reach = Reach::new(spec, |name| only.is_none_or(|only| only.contains(name)));
    let resolver = Resolver {
        spec,
        site: site(spec),
        cycles: Cycles::new(&spec.types),
        names,
        reach,
    };
    let actions = spec
        .actions
        .iter()
        .filter(|(name, _)| resolver.reach.has_action(name))
        .map(|(name, action)| resolver.action(name, action))
        .collect();
    ir::Version {
        service: spec.service.clone(),
        version: spec.version.clone(),
        endpoint: spec.endpoint.clone(),
        module: ident(&format!("v{}", spec.version.replace('-', ""))),
        actions,
        types: resolver.types(),
        errors: resolver.errors(&ident(SERVICE_ERROR), &spec.errors),
        undefined: resolver.undefined(),
    }
}

/// What links in descriptions that start with a slash are relative to.
fn site(spec: &Spec) -> &'static str {
    if spec.endpoint.contains(".intl.") {
        "https://www.tencentcloud.com"
    } else {
        "https://cloud.tencent.com"
    }
}

/// The identifiers of what stands at the top of a version's module.
struct Names<'a> {
    actions: BTreeMap<&'a str, ActionNames>,
    types: BTreeMap<&'a str, TypeNames>,
}

struct ActionNames {
    module: Ident,
    method: Ident,
    request: Ident,
    response: Ident,
    errors: Ident,
    builder: Ident,
    response_builder: Ident,
}

struct TypeNames {
    ident: Ident,
    builder: Ident,
    required: Ident,
}

impl<'a> Names<'a> {
    /// Actions choose first, then data types, then what is made for data types. All names that something could have
    /// are taken, whether it has it today or not, so that few things are renamed when a service grows.
    fn new(spec: &'a Spec) -> Self {
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

struct Resolver<'a> {
    spec: &'a Spec,
    site: &'static str,
    cycles: Cycles<'a>,
    names: Names<'a>,
    reach: Reach<'a>,
}

impl Resolver<'_> {
    fn action(&self, wire: &str, action: &Action) -> ir::Action {
        let names = &self.names.actions[wire];
        let description = self.text(&action.description);
        let own = [
            bare(&names.request),
            bare(&names.response),
            bare(&names.builder),
        ];
        let request = ir::Message {
            wire: wire.to_owned(),
            ident: names.request.clone(),
            docs: Docs::of_markdown(format!("The parameters of {}.", code(wire))).and(&description),
            fields: self.fields(
                Role::Request,
                None,
                &action.request,
                Params::new(own.iter().map(String::as_str)),
            ),
            role: Role::Request,
            builder: Some(ir::Builder {
                ident: names.builder.clone(),
                required: ident("required"),
            }),
        };
        let fields = self.fields(Role::Response, None, &action.response, Params::none());
        let response = ir::Message {
            wire: wire.to_owned(),
            ident: names.response.clone(),
            docs: Docs::of_markdown(format!("The response to {}.", code(wire))),
            role: Role::Response,
            // With nothing but the request ID it is the runtime's type.
            builder: (fields.len() > 1).then(|| ir::Builder {
                ident: names.response_builder.clone(),
                required: ident("required"),
            }),
            fields,
        };
        ir::Action {
            wire: wire.to_owned(),
            module: names.module.clone(),
            method: names.method.clone(),
            facts: self.facts(wire, action),
            docs: description.or(|| format!("The action {}.", code(wire))),
            deprecated: action.deprecated,
            rate_limit: action.rate_limit,
            region: action.region.unwrap_or(Region::Optional),
            access: action.access_or_derived(wire),
            client_token: action.request.iter().any(Field::is_client_token),
            pagination: pagination(
                action.pagination_or_derived(wire),
                &request.fields,
                &response.fields,
            ),
            request,
            response,
            errors: self.errors(&names.errors, &action.errors),
        }
    }

    fn errors(&self, ident: &Ident, codes: &[ErrorCode]) -> Option<ir::ErrorCodes> {
        let mut scope = Scope::new("Code", ["Unknown"]);
        let codes: Vec<_> = codes
            .iter()
            .map(|documented| ir::ErrorCode {
                wire: documented.code.clone(),
                ident: scope.claim(&pascal(&documented.code)),
                meaning: documented.description.clone(),
                docs: match documented.description.trim() {
                    "" => Docs::of_markdown(format!("{}.", code(&documented.code))),
                    meaning => self.text(&format!("{}: {meaning}", code(&documented.code))),
                },
            })
            .collect();
        (!codes.is_empty()).then(|| ir::ErrorCodes {
            ident: ident.clone(),
            codes,
        })
    }

    fn types(&self) -> Vec<ir::Message> {
        let defined = self.names.types.values();
        let own: Vec<String> = defined
            .flat_map(|names| [bare(&names.ident), bare(&names.builder)])
            .collect();
        self.spec
            .types
            .iter()
            .filter(|(wire, _)| self.reach.has_type(wire))
            .map(|(wire, data_type)| self.data_type(wire, data_type, &own))
            .collect()
    }

    /// The data types that the spec does not define, of those that what is generated is made of.
    fn undefined(&self) -> Vec<UndefinedType> {
        let mut generated = self.spec.clone();
        let Spec { actions, types, .. } = &mut generated;
        actions.retain(|name, _| self.reach.has_action(name));
        types.retain(|name, _| self.reach.has_type(name));
        let undefined = generated.undefined_types().into_iter();
        undefined
            .map(|(name, at)| UndefinedType {
                service: self.spec.service.clone(),
                version: self.spec.version.clone(),
                name: name.to_owned(),
                at,
            })
            .collect()
    }

    fn data_type(&self, wire: &str, data_type: &DataType, own: &[String]) -> ir::Message {
        let names = &self.names.types[wire];
        let is_sent = self.reach.is_sent(wire);
        let role = if is_sent { Role::Sent } else { Role::Answered };
        let mut docs = self
            .text(&data_type.description)
            .or(|| format!("The data type {}.", code(wire)));
        if names.ident != wire {
            docs = docs.with(format!("The documentation calls it {}.", code(wire)));
        }
        ir::Message {
            wire: wire.to_owned(),
            ident: names.ident.clone(),
            docs,
            fields: self.fields(
                role,
                Some(wire),
                &data_type.fields,
                Params::new(own.iter().map(String::as_str)),
            ),
            role,
            builder: Some(ir::Builder {
                ident: names.builder.clone(),
                required: names.required.clone(),
            }),
        }
    }

    fn text(&self, text: &str) -> Docs {
        Docs::of_text(text, self.site)
    }

    /// What there is to know of an action besides its description.
    fn facts(&self, wire: &str, action: &Action) -> Docs {
        let mut facts = Vec::new();
        if let Some(rate) = action.rate_limit {
            let requests = if rate == 1 { "request" } else { "requests" };
            facts.push(format!("At most {rate} {requests} a second."));
        }
        match action.region {
            Some(Region::Required) => facts.push("Needs a region.".to_owned()),
            Some(Region::Unused) => facts.push("Takes no region.".to_owned()),
            Some(Region::Optional) | None => {}
        }
        let access = match action.access_or_derived(wire) {
            Access::Read => "Only reads.",
            Access::Write => "May modify state.",
        };
        facts.push(access.to_owned());
        if action.request.iter().any(Field::is_client_token) {
            facts.push("`ClientToken` is filled in if it is left out.".to_owned());
        }
        let source = action.source.as_ref();
        if let Some(source) = source.filter(|source| source.page != Fixups::FILE) {
            let updated = source.updated.as_ref();
            let updated = updated.map_or(String::new(), |time| format!(", updated {time}"));
            // Who reads this has no folder of pages, so it is the page's address, or else its name.
            let page = source.page.rsplit('/').next().unwrap_or_default();
            let stem = page.rsplit_once('.').map(|(stem, _)| stem);
            let page = stem.filter(|stem| !stem.is_empty()).unwrap_or(page);
            let page = source.url.clone().unwrap_or_else(|| format!("the page {}", code(page)));
            facts.push(format!("Documented on {page}{updated}."));
        }
        // As text, not as Markdown: what a spec says of its source may be anything.
        self.text(&facts.join(" "))
    }
}

/// What the builder of the request needs to go through pages.
fn pagination(
    pagination: Pagination,
    request: &[ir::Field],
    response: &[ir::Field],
) -> Option<ir::Pagination> {
    let (items, paging) = match pagination {
        Pagination::None => return None,
        Pagination::Offset { items, total } => (items, ir::Paging::Offset { total }),
        Pagination::Token { items } => (items, ir::Paging::Token),
    };
    let field = response.iter().find(|field| field.wire == items)?;
    let ir::Type::List(item) = &field.ty else {
        return None;
    };
    // Parameters choose first: an action that gets pages one day keeps its setters.
    let setters: Vec<String> = request.iter().map(|field| bare(&field.ident)).collect();
    let setters = setters.iter().map(String::as_str);
    let mut methods = Scope::new("_", setters.chain(NOT_FIELDS));
    Some(ir::Pagination {
        paging,
        field: field.ident.clone(),
        wire: field.wire.clone(),
        item: (**item).clone(),
        pages: methods.claim("pages"),
        items: methods.claim("items"),
    })
}
