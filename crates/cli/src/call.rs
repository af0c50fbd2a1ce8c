//! A call of an action.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;
use serde_json::{Map, Value};
use tc3::credential::{Chain, Credentials, Environment, Profile, Provider as _};
use tc3::{Client, ClientBuilder, Credential, ErrorKind, Json, Retry};
use tc3_arguments::{Options as Reading, Split, parameters, split};
use tc3_calls::{DryRun, Record, Recorder, site};
use tc3_emulator::{Emulator, Seed};
use tc3_snippets::{Call, Language, snippet};

use crate::failure::Failure;
use crate::line::Line;
use crate::observer::AttemptLog;
use crate::options::{self, CallOptions, Options};
use crate::output::Printer;
use crate::request_text::{request_text, signature_text};
use crate::session::{Interrupt, Session};
use crate::target::{self, ServiceTarget, Target};
use crate::terminal::{print_data, print_stderr, print_text};
use crate::wait::{self, Condition};
use crate::{action_help, all, async_runtime, document, input, skeleton, texts};

/// State file of the emulator, relative to the current folder.
const STATE: &str = ".tc3/emulator.json";

/// Calls the action of a command line. `at` is the index of the service; the action follows it.
pub(crate) fn run(line: &Line, at: usize) -> Result<ExitCode, Failure> {
    let mut target = find(line, at)?;
    let described = target.described();
    let Split {
        parameters: given,
        options,
        problems,
    } = split(
        described,
        &line.words,
        at + 2,
        &options::call_option_takes_value,
    );
    if line.words.get(at + 2).is_some_and(|word| word == "help") {
        return help(&mut target);
    }
    if !problems.is_empty() {
        return Err(Failure::problems(line, at..at + 2, problems));
    }
    let before = line.words[..at].iter().map(String::as_str);
    let after = options.iter().map(|index| line.words[*index].as_str());
    let words = before.chain(after.map(options::call_option_name));
    let CallOptions {
        options,
        help: is_help,
    } = parse(words)?;
    if is_help {
        return help(&mut target);
    }
    options.refuse_secrets()?;
    if options.skeleton {
        print_data(&skeleton::text(&target))?;
        return Ok(ExitCode::SUCCESS);
    }
    let printer = Printer::new(line, &target, &options)?;
    let action = target.action();
    let condition = Condition::new(line, &options, action.access)?;
    let mut base = match &options.input {
        Some(path) => read_input(path)?,
        None => Map::new(),
    };
    all::prepare(line, &target, &options, &mut base)?;
    let force = options.force;
    let reading = Reading { base, force };
    let parameters =
        parameters(described, &given, reading, &mut input::text).map_err(|mut problems| {
            for problem in &mut problems {
                options::suggest(line, described, problem);
            }
            Failure::problems(line, at..at + 2, problems)
        })?;
    if let Some(language) = options.code {
        print_data(&code(&target, &options, &parameters, language)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let parameters = Json::from(Value::Object(parameters));
    let runtime = async_runtime::create()?;
    runtime.block_on(async {
        let emulator = options.emulate.then(|| emulator(&target)).transpose()?;
        if emulator.is_some() {
            print_stderr("emulated: no request leaves this machine");
        }
        let record = Record::of(action.name);
        let session = Session {
            client: client(&target, &options, emulator.as_ref(), &record)?,
            target: &target,
            options: &options,
            action,
            record,
            printer,
            interrupt: Interrupt::new(),
        };
        match condition {
            _ if options.sends_nothing() => show(&session, parameters).await,
            Some(condition) => wait::run(&session, &condition, parameters).await,
            None if options.all => all::run(&session, parameters).await,
            None => send(&session, parameters).await,
        }
    })
}

/// Returns the call as code.
fn code(
    target: &Target,
    options: &Options,
    parameters: &Map<String, Value>,
    language: Language,
) -> Result<String, Failure> {
    let call = Call {
        spec: &target.service.load()?,
        action: &target.action,
        parameters,
        region: options.region.as_deref(),
        endpoint: options.endpoint.as_deref(),
    };
    snippet(&call, language)
        .map_err(|error| Failure::usage(format!("--as {}: {error}", language.name())))
}

/// Prints the help of an action, with the texts that the user imported.
fn help(target: &mut Target) -> Result<ExitCode, Failure> {
    texts::describe(target.service.site, &mut target.spec);
    print_text(&action_help::text(target))?;
    Ok(ExitCode::SUCCESS)
}

/// Finds the action. `--Version` precedes the service, or follows the action unless the action has a parameter of that
/// name.
fn find(line: &Line, at: usize) -> Result<Target, Failure> {
    let before = parse(line.words[..at].iter().map(String::as_str))?.options;
    let after = &line.words[at + 2..];
    let site = match options::option_value(after, &["--site"]) {
        Some(name) if before.site.is_none() => Some(
            name.parse()
                .map_err(|error| Failure::usage(format!("--site: {error}")))?,
        ),
        _ => before.site,
    };
    let profile = before.profile.as_deref();
    let profile = profile.or_else(|| options::option_value(after, &["--profile"]));
    let site = target::site(site, profile)?;
    let find = |version: Option<&str>| {
        ServiceTarget::find(line, at, site, version)
            .and_then(|service| Target::find(line, at, service))
    };
    // The option `--version` of tccli is not a parameter.
    if let Some(version) = options::option_value(after, &["--version"]) {
        return find(Some(version));
    }
    let version = options::option_value(after, &["--Version"]);
    if before.version.is_some() || version.is_none() {
        return find(before.version.as_deref());
    }
    match find(None) {
        Ok(newest)
            if newest
                .described()
                .action
                .request
                .iter()
                .any(|field| field.name == "Version") =>
        {
            Ok(newest)
        }
        _ => find(version),
    }
}

fn parse<'w>(words: impl Iterator<Item = &'w str>) -> Result<CallOptions, Failure> {
    CallOptions::try_parse_from(["tc3"].into_iter().chain(words))
        .map_err(|error| Failure::Clap(Box::new(error)))
}

/// Reads the parameters of `--input`.
fn read_input(path: &str) -> Result<Map<String, Value>, Failure> {
    // tccli also accepts a URL.
    let path = path.strip_prefix("file://").unwrap_or(path);
    let text =
        input::text(path).map_err(|problem| Failure::usage(format!("--input: {problem}")))?;
    document::parameters(&text)
        .map_err(|problem| Failure::usage(format!("--input: {} {problem}", input::name(path))))
}

/// Prints the request or the steps of its signature, without sending it.
async fn show(session: &Session<'_>, parameters: Json) -> Result<ExitCode, Failure> {
    let call = session.client.call_described(session.action, parameters);
    match (call.await, session.record.take()) {
        // The recorded request may be that of the credential provider, if it calls the same action.
        (Err(error), _) if error.kind() == ErrorKind::Credential => {
            Err(Failure::Call(Box::new(error)))
        }
        (_, Some(exchange)) => {
            print_data(&match session.options.show_signature {
                true => signature_text(&exchange),
                false => request_text(&exchange),
            })?;
            Ok(ExitCode::SUCCESS)
        }
        (Err(error), None) => Err(Failure::Call(Box::new(error))),
        (Ok(_), None) => Err(Failure::not_sent("no request was recorded")),
    }
}

/// Sends the request and prints the response.
async fn send(session: &Session<'_>, parameters: Json) -> Result<ExitCode, Failure> {
    let call = session.client.call_described(session.action, parameters);
    let response = tokio::select! {
        response = call => response.map_err(|error| Failure::Call(Box::new(error)))?,
        () = session.interrupted() => return Err(session.interruption()),
    };
    let (response, body) = session.response(&response);
    session.printer.print(&response, &body)?;
    Ok(ExitCode::SUCCESS)
}

/// Starts an emulator of the service, with the state file of the current folder.
pub(crate) fn emulator(target: &Target) -> Result<Emulator, Failure> {
    let failed =
        |problem: String| Failure::not_sent(format!("cannot start the emulator: {problem}"));
    let state = Path::new(STATE);
    if let Some(folder) = state.parent() {
        fs::create_dir_all(folder)
            .map_err(|error| failed(format!("cannot create {}: {error}", folder.display())))?;
    }
    Emulator::builder()
        .spec(target.service.load()?)
        .state_file(state)
        .start_blocking()
        .map_err(|error| failed(error.to_string()))
}

fn client(
    target: &Target,
    options: &Options,
    emulator: Option<&Emulator>,
    record: &Record,
) -> Result<Client, Failure> {
    // An invalid setting of an option is a usage error; others come from the environment and files.
    let setting = |error: tc3::Error| {
        let has = |name: &str, option: &Option<String>| {
            option.is_some() && error.message().starts_with(&format!("setting `{name}`"))
        };
        match has("region", &options.region) || has("endpoint", &options.endpoint) {
            true => Failure::usage(error.message().replacen("setting `", "`--", 1)),
            false => Failure::Call(Box::new(error)),
        }
    };
    let builder = builder(target, options, emulator).map_err(setting)?;
    let mut builder = builder.timeout(options.timeout);
    if options.no_retry {
        builder = builder.retry(Retry::never());
    }
    let recorder = record.clone();
    if options.sends_nothing() {
        let transport = DryRun { record: recorder };
        return builder
            .transport(transport)
            .retry(Retry::never())
            .build()
            .map_err(setting);
    }
    if emulator.is_some() {
        builder = builder.no_proxy();
    }
    if options.verbose {
        builder = builder.observer(AttemptLog);
    }
    builder = builder.layer(move |inner| Recorder {
        inner,
        record: recorder,
    });
    builder.build().map_err(setting)
}

/// Returns a client of the service with its region, endpoint and credential.
///
/// # Errors
/// Fails if the profile of `--profile` cannot be read, or its region or endpoint is invalid.
pub(crate) fn builder(
    target: &Target,
    options: &Options,
    emulator: Option<&Emulator>,
) -> Result<ClientBuilder, tc3::Error> {
    let mut builder: ClientBuilder = Client::builder(target.action().service);
    if let Some(language) = options.language {
        builder = builder.language(language);
    }
    // An option takes precedence over the environment, and so does the profile that it names.
    let profile = options.profile.as_ref();
    let profile = profile.map(|name| Profile::new().section(name));
    let of_profile = |read: fn(&Profile) -> Result<Option<String>, tc3::Error>| {
        profile.as_ref().map_or(Ok(None), read)
    };
    let region = match &options.region {
        None => of_profile(|profile| profile.region())?,
        region => region.clone(),
    };
    if let Some(region) = region {
        builder = builder.region(region);
    }
    if let Some(emulator) = emulator {
        let credential = Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY);
        return Ok(builder.endpoint(emulator.endpoint()).credential(credential));
    }
    let endpoint = match &options.endpoint {
        None => of_profile(|profile| profile.endpoint())?,
        endpoint => endpoint.clone(),
    };
    let builder = match endpoint {
        Some(endpoint) => builder.endpoint(endpoint),
        None => builder.site(site(target.service.site)),
    };
    Ok(builder.credential(credentials(options)))
}

/// Returns the credentials of `--profile`, or of the runtime's chain. A dry run sends no request for them.
fn credentials(options: &Options) -> Credentials {
    let profile = Profile::new();
    match &options.profile {
        Some(name) => Credentials::new(profile.section(name)),
        None if options.sends_nothing() => {
            Credentials::new(Chain::new().then(Environment).then(profile))
        }
        None => Credentials::default_chain(),
    }
}
