//! Command for completion: the root, with the service and the action of the line.

use clap::{Arg, Command, CommandFactory as _, ValueHint};
use clap_complete::engine::{
    ArgValueCandidates, ArgValueCompleter, CompletionCandidate, SubcommandCandidates,
};
use tc3_arguments::first_word;
use tc3_catalogue::{Catalogue, Texts};
use tc3_spec::Site;

use super::incomplete_call::IncompleteCall;
use super::parameters;
use crate::names::{REGIONS, profiles};
use crate::options::{self, CallOptions, Root};
use crate::{target, texts};

/// Builds the command for the words before the completed one.
pub(super) fn of(before: &[String], current: &str) -> Command {
    let site = options::option_value(before, &["--site"]).and_then(|site| site.parse().ok());
    let site =
        target::site(site, options::option_value(before, &["--profile"])).unwrap_or(Site::Intl);
    let root = with_values(Root::command(), site, None);
    let root = root.mut_subcommands(|command| with_values(command, site, None));
    match first_word(before, &options::takes_value) {
        None => root
            .allow_external_subcommands(true)
            .add(SubcommandCandidates::new(move || services(site))),
        Some(at) if options::commands().contains(&before[at]) => root,
        Some(at) => match service(before, at, site, current) {
            // A command has these options itself, unless a parameter has the same name.
            Some(command) => root
                .mut_args(|argument| argument.global(false))
                .subcommand(command),
            None => root,
        },
    }
}

/// Adds candidates to the options of a command.
fn with_values(command: Command, site: Site, service: Option<&str>) -> Command {
    let service = service.map(str::to_owned);
    command.mut_args(|argument| match argument.get_long() {
        Some("region") => argument.add(ArgValueCandidates::new(|| {
            let regions = REGIONS.iter();
            let regions = regions.map(|(name, city)| candidate(*name, Some((*city).to_owned())));
            regions.collect()
        })),
        Some("profile") => argument.add(ArgValueCandidates::new(|| {
            profiles()
                .into_iter()
                .map(|name| candidate(name, None))
                .collect()
        })),
        Some("site") => argument.add(ArgValueCandidates::new(|| {
            let sites = Site::ALL.iter();
            sites
                .map(|site| candidate(site.name(), Some(site.to_string())))
                .collect()
        })),
        Some("Version") => {
            let service = service.clone();
            argument.add(ArgValueCandidates::new(move || {
                let versions = service.iter().flat_map(|service| {
                    let catalogue = Catalogue::of_site(site);
                    catalogue
                        .versions(service)
                        .map(|version| candidate(version, None))
                });
                versions.collect()
            }))
        }
        Some("input") => argument.value_hint(ValueHint::FilePath),
        None if argument.get_id() == "path" => {
            argument.add(ArgValueCompleter::new(move |prefix: &std::ffi::OsStr| {
                names(site, &prefix.to_string_lossy())
            }))
        }
        None if argument.get_id() == "wheel" => argument.value_hint(ValueHint::AnyPath),
        _ => argument,
    })
}

fn candidate(value: impl Into<std::ffi::OsString>, help: Option<String>) -> CompletionCandidate {
    CompletionCandidate::new(value).help(help.map(Into::into))
}

fn services(site: Site) -> Vec<CompletionCandidate> {
    let services = Catalogue::of_site(site).services();
    services.map(|name| candidate(name, None)).collect()
}

/// Returns the names with this prefix for `tc3 explain`: services, or the items of one.
fn names(site: Site, prefix: &str) -> Vec<CompletionCandidate> {
    let catalogue = Catalogue::of_site(site);
    let Some((service, rest)) = prefix.split_once('.') else {
        let services = catalogue.services().filter(|name| name.starts_with(prefix));
        return services.map(|name| candidate(name, None)).collect();
    };
    let newest = catalogue.version(service, None).ok();
    let Some(spec) = newest.and_then(|version| catalogue.load(service, version).ok()) else {
        return Vec::new();
    };
    let (before, last) = rest.rsplit_once('.').unwrap_or(("", rest));
    let names: Vec<&str> = match before {
        "" => {
            let names = spec.actions.keys().chain(spec.types.keys());
            names.map(String::as_str).collect()
        }
        before => parameters::fields(&spec, before),
    };
    let (head, _) = prefix.split_at(prefix.len() - last.len());
    let names = names.into_iter().filter(|name| name.starts_with(last));
    let mut names: Vec<String> = names.map(|name| format!("{head}{name}")).collect();
    names.sort();
    names.dedup();
    names
        .into_iter()
        .map(|name| candidate(name, None))
        .collect()
}

/// Builds the command of a service, with the action that follows it.
fn service(before: &[String], at: usize, site: Site, current: &str) -> Option<Command> {
    let name = &before[at];
    let catalogue = Catalogue::of_site(site);
    let chosen = options::option_value(before, &["--Version", "--version"]);
    let find = |version: Option<&str>| {
        let version = catalogue.version(name, version).ok();
        version.map(str::to_owned)
    };
    let version = find(chosen).or_else(|| find(None))?;
    let command = Command::new(name.clone()).disable_help_subcommand(true);
    let Some(action) = before.get(at + 1).filter(|action| !action.starts_with('-')) else {
        let name = name.clone();
        let actions = move || actions(site, &name, &version);
        return Some(
            with_options(command, site, &before[at], &|_| false)
                .allow_external_subcommands(true)
                .add(SubcommandCandidates::new(actions)),
        );
    };
    let mut spec = catalogue.action(name, &version, action).ok()?;
    // Names are completed even without descriptions.
    let _ = imported(site).map(|texts| texts.describe(&mut spec));
    let call = IncompleteCall {
        site,
        spec: &spec,
        action,
        before,
        first: at + 2,
        current,
    };
    let parameters = call.arguments();
    let is_parameter = |long: &str| {
        spec.actions[action]
            .request
            .iter()
            .any(|of| of.name == long)
    };
    let of_action = Command::new(action.clone()).args(parameters);
    let of_action = with_options(of_action, site, name, &is_parameter);
    Some(command.subcommand(of_action))
}

/// Adds the options of calls, except those with the name of a parameter.
fn with_options(
    command: Command,
    site: Site,
    service: &str,
    is_taken: &dyn Fn(&str) -> bool,
) -> Command {
    let options = with_values(CallOptions::command(), site, Some(service));
    // Options refer to each other, so none can be removed. An option with the name of a parameter is renamed and
    // hidden.
    let options = options
        .get_arguments()
        .map(|option| match option.get_long() {
            Some(long) if is_taken(long) => option.clone().long(format!("{long}=")).hide(true),
            _ => option.clone(),
        });
    let options: Vec<Arg> = options.collect();
    command.disable_help_flag(true).args(options)
}

fn actions(site: Site, service: &str, version: &str) -> Vec<CompletionCandidate> {
    let outline = Catalogue::of_site(site).outline(service, version);
    let summaries = imported(site).map(|texts| texts.summaries(service, version));
    let mut summaries = summaries.and_then(Result::ok).unwrap_or_default();
    let actions = outline.map(|spec| spec.actions).unwrap_or_default();
    let names = actions.into_keys();
    names
        .map(|name| {
            let summary = summaries.remove(&name);
            candidate(name, summary)
        })
        .collect()
}

/// Returns the imported texts of a site. Ignores damaged ones, because a message would disturb the line.
fn imported(site: Site) -> Option<Texts> {
    Texts::open(&texts::path(site)?).ok().flatten()
}
