//! Resolves a spec into the IR. Only this module decides identifiers.
//!
//! Names are decided for the whole spec, so that a client of three actions uses the names of the full client.

mod fields;
mod names;
mod resolver;

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;
use tc3_spec::{Access, Action, Cycles, DataType, ErrorCode, Field, Fixups, Reach, Region, Spec};

use self::fields::{RESERVED_FIELDS, TypeParameters};
use self::names::{Names, SERVICE_ERROR};
use self::resolver::Resolver;
use crate::docs::{Docs, code};
use crate::ir::{self, Role};
use crate::names::{Scope, bare, ident, pascal, snake};
use crate::undefined::UndefinedType;

/// Resolves a spec: all actions, or those in `selection` with the data types that they use.
pub(crate) fn resolve(spec: &Spec, selection: Option<&BTreeSet<&str>>) -> ir::Version {
    let names = Names::new(spec);
    let reach = Reach::new(spec, |name| {
        selection.is_none_or(|names| names.contains(name))
    });
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
        errors: resolver.errors(&ident(SERVICE_ERROR), &service_codes(spec)),
        undefined: resolver.undefined(),
    }
}

/// Returns the module name of a service for programs.
pub(crate) fn service_module(service: &str) -> Ident {
    Scope::new("_", []).claim(&snake(service))
}

/// Returns the error codes of the service. A code without a meaning gets the one from its actions, if they agree.
fn service_codes(spec: &Spec) -> Vec<ErrorCode> {
    let mut documented: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for code in spec.actions.values().flat_map(|action| &action.errors) {
        let meaning = code.description.trim();
        if !meaning.is_empty() {
            documented.entry(&code.code).or_default().insert(meaning);
        }
    }
    let mut codes = spec.errors.clone();
    for code in &mut codes {
        let meanings = documented.get(code.code.as_str());
        if let Some(meanings) = meanings.filter(|_| code.description.trim().is_empty())
            && let (1, Some(meaning)) = (meanings.len(), meanings.first())
        {
            code.description = (*meaning).to_owned();
        }
    }
    codes
}

/// Returns the base URL of links in descriptions that start with a slash.
fn site(spec: &Spec) -> &'static str {
    if spec.endpoint.contains(".intl.") {
        "https://www.tencentcloud.com"
    } else {
        "https://cloud.tencent.com"
    }
}

impl Resolver<'_> {
    fn action(&self, wire: &str, action: &Action) -> ir::Action {
        let names = &self.names.actions[wire];
        let description = self.text(&action.description);
        let own = [&names.request, &names.response, &names.builder];
        let own = own.into_iter().map(bare).collect();
        let request = ir::Message {
            wire: wire.to_owned(),
            ident: names.request.clone(),
            docs: Docs::of_markdown(format!("The parameters of {}.", code(wire))).and(&description),
            fields: self.fields(
                Role::Request,
                None,
                &action.request,
                TypeParameters::new(&own),
            ),
            role: Role::Request,
            builder: Some(ir::Builder {
                ident: names.builder.clone(),
                required: ident("required"),
            }),
        };
        let fields = self.fields(
            Role::Response,
            None,
            &action.response,
            TypeParameters::none(),
        );
        let response = ir::Message {
            wire: wire.to_owned(),
            ident: names.response.clone(),
            docs: Docs::of_markdown(format!("The response to {}.", code(wire))),
            role: Role::Response,
            // A response with only the request ID is the runtime's type.
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
            pagination: self.pagination(wire, action, &request.fields, &response.fields),
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
        let own: BTreeSet<String> = defined
            .flat_map(|names| [bare(&names.ident), bare(&names.builder)])
            .collect();
        self.spec
            .types
            .iter()
            .filter(|(wire, _)| self.reach.has_type(wire))
            .map(|(wire, data_type)| self.data_type(wire, data_type, &own))
            .collect()
    }

    /// Returns the data types that the generated items use but the spec does not define.
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

    fn data_type(&self, wire: &str, data_type: &DataType, own: &BTreeSet<String>) -> ir::Message {
        let names = &self.names.types[wire];
        let is_sent = self.reach.is_sent(wire);
        let role = if is_sent { Role::Sent } else { Role::Received };
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
                TypeParameters::new(own),
            ),
            role,
            builder: Some(ir::Builder {
                ident: names.builder.clone(),
                required: names.required.clone(),
            }),
        }
    }

    /// Returns facts about an action besides its description.
    fn facts(&self, wire: &str, action: &Action) -> Docs {
        let mut facts = Vec::new();
        if let Some(rate) = action.rate_limit {
            let requests = if rate == 1 { "request" } else { "requests" };
            facts.push(format!("Rate limit: {rate} {requests} per second."));
        }
        match action.region {
            Some(Region::Required) => facts.push("Requires a region.".to_owned()),
            Some(Region::Unused) => facts.push("Takes no region.".to_owned()),
            Some(Region::Optional) | None => {}
        }
        let access = match action.access_or_derived(wire) {
            Access::Read => "Only reads.",
            Access::Write => "May modify state.",
        };
        facts.push(access.to_owned());
        if action.request.iter().any(Field::is_client_token) {
            facts.push("`ClientToken` is generated if omitted.".to_owned());
        }
        let source = action.source.as_ref();
        if let Some(source) = source.filter(|source| source.page != Fixups::FILE) {
            let updated = source.updated.as_ref();
            let updated = updated.map_or(String::new(), |time| format!(", updated {time}"));
            // Callers do not have the page's file, so this is its URL or its name.
            let page = source.page.rsplit('/').next().unwrap_or_default();
            let stem = page.rsplit_once('.').map(|(stem, _)| stem);
            let page = stem.filter(|stem| !stem.is_empty()).unwrap_or(page);
            let page = source
                .url
                .clone()
                .unwrap_or_else(|| format!("the page {}", code(page)));
            facts.push(format!("Documented on {page}{updated}."));
        }
        // Plain text, not Markdown, because the source in a spec may contain anything.
        self.text(&facts.join(" "))
    }

    /// Resolves the pagination of an action.
    fn pagination(
        &self,
        wire: &str,
        action: &Action,
        request: &[ir::Field],
        response: &[ir::Field],
    ) -> Option<ir::Pagination> {
        let paging = action.pagination_or_derived(wire, &self.spec.types);
        let mut path = Vec::new();
        let mut field = None;
        let (mut fields, mut documented) = (response.to_vec(), &action.response);
        for name in paging.items()?.split('.') {
            if !path.is_empty() {
                let outer: &Field = field?;
                let (data_type, of) = self.spec.types.get_key_value(outer.type_ref.named()?)?;
                fields = self.fields(
                    Role::Received,
                    Some(data_type),
                    &of.fields,
                    TypeParameters::none(),
                );
                documented = &of.fields;
            }
            field = documented.iter().find(|field| field.name == name);
            path.push(fields.iter().find(|field| field.wire == name)?.clone());
        }
        let ir::Type::List(item) = path.last()?.ty.clone() else {
            return None;
        };
        // Parameters take precedence, so that an action that becomes paginated keeps its setters.
        let setters: Vec<String> = request.iter().map(|field| bare(&field.ident)).collect();
        let setters = setters.iter().map(String::as_str);
        let mut methods = Scope::new("_", setters.chain(RESERVED_FIELDS));
        Some(ir::Pagination {
            paging,
            path,
            item: *item,
            pages: methods.claim("pages"),
            items: methods.claim("items"),
        })
    }
}
