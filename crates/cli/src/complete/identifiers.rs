//! Identifiers, such as instance IDs, from the service's own actions that list them.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::ffi::OsString;
use std::time::Duration;

use clap::Parser as _;
use clap_complete::engine::CompletionCandidate;
use serde_json::{Map, Value};
use tc3::{Json, Retry};
use tc3_arguments::{Described, split};
use tc3_catalogue::Catalogue;
use tc3_spec::{Access, Action, Field, Spec, TypeRef, is_hidden};

use super::cache::{self, Identifier};
use super::incomplete_call::IncompleteCall;
use crate::options::{self, CallOptions, Options};
use crate::target::{ServiceTarget, Target};
use crate::{async_runtime, call};

/// Environment variable that enables calls.
const ENABLED: &str = "TC3_COMPLETE_VALUES";
/// Timeout of a completion.
const TIMEOUT: Duration = Duration::from_millis(800);

/// Identifiers that are valid for a parameter and can be listed.
#[derive(Clone)]
pub(super) struct Identifiers {
    service: ServiceTarget,
    /// The name of a parameter: `InstanceId`, or `InstanceIds`.
    name: String,
    options: Options,
}

/// An action that lists identifiers.
struct Lister {
    action: String,
    /// The path of the list in the response.
    items: String,
    /// The fields of an item with the identifier and with its name.
    identifier: String,
    label: Option<String>,
}

impl Identifiers {
    /// Returns the identifiers of a parameter; `None` if it takes none, or calls are disabled.
    pub(super) fn of(call: &IncompleteCall<'_>, name: &str) -> Option<Self> {
        stem(name)?;
        env::var_os(ENABLED).filter(|value| value == "1")?;
        let (action, described) = call.spec.actions.get_key_value(call.action)?;
        let described = Described {
            name: action,
            action: described,
            types: &call.spec.types,
        };
        let split = split(
            described,
            call.before,
            call.first,
            &options::call_option_takes_value,
        );
        let before_service = call.first.checked_sub(2)?;
        let before = call.before[..before_service].iter().map(String::as_str);
        let after = split
            .options
            .iter()
            .map(|index| call.before[*index].as_str());
        let after = after.map(options::call_option_name);
        let words = ["tc3"].into_iter().chain(before).chain(after);
        Some(Self {
            service: ServiceTarget {
                site: call.site,
                name: call.spec.service.clone(),
                version: call.spec.version.clone(),
            },
            name: name.to_owned(),
            options: CallOptions::try_parse_from(words).ok()?.options,
        })
    }

    /// Returns the identifiers as candidates; empty after any failure.
    pub(super) fn list(&self) -> Vec<CompletionCandidate> {
        let found = self.find().unwrap_or_default().into_iter();
        let candidates = found.map(|Identifier { id, label }| {
            CompletionCandidate::new(id).help(label.map(Into::into))
        });
        candidates.collect()
    }

    fn find(&self) -> Option<Vec<Identifier>> {
        let spec = self.service.load().ok()?;
        let lister = Lister::find(&spec, &self.name)?;
        let key = self.key(&lister);
        if let Some(known) = cache::read(&key) {
            return Some(known);
        }
        let response = self.call(&lister)?;
        let found = lister.identifiers(&response);
        cache::write(&key, &found);
        Some(found)
    }

    /// Returns the cache key: everything that the identifiers depend on.
    fn key(&self, lister: &Lister) -> String {
        let variables = [
            "TENCENTCLOUD_SECRET_ID",
            "TENCENTCLOUD_PROFILE",
            "TCCLI_PROFILE",
            "TENCENTCLOUD_CREDENTIALS_FILE",
            "TENCENTCLOUD_REGION",
            "HOME",
        ];
        let variables = variables.map(env::var_os);
        let is_endpoint = |name: &OsString| {
            let name = name.as_encoded_bytes();
            name.starts_with(b"TENCENTCLOUD_ENDPOINT")
        };
        let endpoints = env::vars_os().filter(|(name, _)| is_endpoint(name));
        let endpoints: BTreeMap<_, _> = endpoints.collect();
        let folder = self.options.emulate.then(env::current_dir);
        let folder = folder.and_then(Result::ok);
        let Options {
            region,
            endpoint,
            profile,
            ..
        } = &self.options;
        let ServiceTarget {
            site,
            name,
            version,
        } = &self.service;
        let of = (site, name, version, &lister.action, &lister.identifier);
        let options = (region, endpoint, profile);
        format!("{:?}", (of, options, folder, variables, endpoints))
    }

    /// Calls the action, and returns its response. Ignores errors, because completion must print nothing.
    fn call(&self, lister: &Lister) -> Option<Value> {
        let catalogue = Catalogue::of_site(self.service.site);
        let spec = catalogue.action(&self.service.name, &self.service.version, &lister.action);
        let target = Target {
            service: self.service.clone(),
            spec: spec.ok()?,
            action: lister.action.clone(),
        };
        let runtime = async_runtime::create().ok()?;
        let call = async {
            let emulator = self.options.emulate.then(|| call::emulator(&target));
            let emulator = emulator.transpose().ok()?;
            let builder = call::builder(&target, &self.options, emulator.as_ref());
            let mut builder = builder.ok()?.timeout(TIMEOUT).retry(Retry::never());
            if emulator.is_some() {
                builder = builder.no_proxy();
            }
            let client = builder.build().ok()?;
            let parameters = Json::from(Value::Object(Map::new()));
            client
                .call_described(target.action(), parameters)
                .await
                .ok()
        };
        // The timeout includes the fetch of a credential.
        let response = runtime.block_on(async { tokio::time::timeout(TIMEOUT, call).await });
        let mut members = Map::new();
        for (name, value) in response.ok()??.extra.iter() {
            members.insert(name.to_string(), value.parse().ok()?);
        }
        Some(Value::Object(members))
    }
}

/// Returns the name of the resource in the name of a parameter: `Instance` for `InstanceId`, `InstanceIds` and `InstanceIdSet`.
fn stem(name: &str) -> Option<&str> {
    let stem = ["Id", "Ids", "IdSet", "IdList"]
        .iter()
        .find_map(|end| name.strip_suffix(end));
    stem.filter(|stem| !stem.is_empty())
}

impl Lister {
    /// Finds an action of the service that lists the identifiers. It must be read-only and have no required
    /// parameters. The best one has the resource in its name: `DescribeInstances` for `InstanceId`.
    fn find(spec: &Spec, parameter: &str) -> Option<Self> {
        let stem = stem(parameter)?;
        let identifier = format!("{stem}Id");
        let listers = spec.actions.iter().filter_map(|(name, action)| {
            let is_possible = action.access_or_derived(name) == Access::Read
                && !action.deprecated
                && !action.request.iter().any(|field| field.required);
            let (items, fields) = is_possible.then(|| list(spec, name, action, &identifier))??;
            let has = |name: &str| fields.iter().any(|field| field.name == name);
            let labels = [format!("{stem}Name"), "Name".to_owned()];
            let rank = match name.strip_prefix("Describe").or(name.strip_prefix("List")) {
                Some(rest) if rest.strip_prefix(stem).is_some_and(is_plural) => 0,
                _ if name.contains(stem) => 1,
                _ => 2,
            };
            let lister = Lister {
                action: name.clone(),
                items,
                identifier: identifier.clone(),
                label: labels.into_iter().find(|label| has(label)),
            };
            Some((rank, name.len(), lister))
        });
        let best = listers.min_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1)));
        best.map(|(.., lister)| lister)
    }

    /// Returns the identifiers of a response, in its order. Shells insert them without quotes, so those that a shell
    /// could interpret are left out.
    fn identifiers(&self, response: &Value) -> Vec<Identifier> {
        let items = self.items.split('.');
        let items = items.fold(response, |at, name| &at[name]);
        let mut seen = BTreeSet::new();
        let items = items.as_array().into_iter().flatten();
        let identifiers = items.filter_map(|item| {
            let id = match &item[self.identifier.as_str()] {
                Value::String(id) if is_plain(id) => id.clone(),
                Value::Number(id) if id.is_u64() => id.to_string(),
                _ => return None,
            };
            let label = self.label.as_ref().and_then(|label| item[label].as_str());
            let is_new = seen.insert(id.clone());
            is_new.then(|| Identifier {
                id,
                label: label.filter(|label| is_label(label)).map(str::to_owned),
            })
        });
        identifiers.collect()
    }
}

/// Whether a text is a single word for every shell, and not an option.
pub(super) fn is_plain(id: &str) -> bool {
    let is_safe = |c: char| c.is_ascii_alphanumeric() || "-_.:/".contains(c);
    !id.is_empty() && !id.starts_with('-') && id.chars().all(is_safe)
}

fn is_label(text: &str) -> bool {
    !text.is_empty() && !text.contains(is_hidden)
}

fn is_plural(ending: &str) -> bool {
    matches!(ending, "s" | "es" | "List" | "Set")
}

/// Returns the list of an action's response whose items have a field, and the fields of an item.
fn list<'s>(
    spec: &'s Spec,
    name: &str,
    action: &'s Action,
    identifier: &str,
) -> Option<(String, &'s [Field])> {
    let pagination = action.pagination_or_derived(name, &spec.types);
    let paths: Vec<String> = match pagination.items() {
        Some(items) => vec![items.to_owned()],
        None => {
            let fields = action.response.iter();
            fields.map(|field| field.name.clone()).collect()
        }
    };
    paths.into_iter().find_map(|path| {
        let mut fields = &*action.response;
        let mut last = None;
        for name in path.split('.') {
            let field = fields.iter().find(|field| field.name == name)?;
            last = Some(&field.type_ref);
            let data_type = field.type_ref.named().and_then(|name| spec.types.get(name));
            fields = data_type.map_or(&[], |data_type| &data_type.fields);
        }
        let is_list = matches!(last, Some(TypeRef::Array(_)));
        let has = |field: &Field| {
            field.name == identifier && matches!(field.type_ref, TypeRef::String | TypeRef::Integer)
        };
        (is_list && fields.iter().any(has)).then_some((path, fields))
    })
}
