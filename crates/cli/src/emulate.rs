//! `tc3 emulate`: runs a local service to develop and test against.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use tc3_catalogue::Catalogue;
use tc3_emulator::{
    Builder, Caller, Clock, ControlToken, Emulator, Fault, InvalidFault, Seed, StartError,
};
use tc3_spec::Site;

use crate::failure::Failure;
use crate::terminal::print_data;

/// Formats of seeds and faults, for `--help`.
const FORMATS: &str = concat!(
    "Example of a seed:\n",
    include_str!("emulate/seed.json"),
    "\nExample of a fault:\n",
    include_str!("emulate/fault.json"),
    "\n",
    include_str!("emulate/formats.txt"),
);

/// Maximum number of service versions that are listed by name.
const MAX_LISTED: usize = 10;

/// The options of `emulate`.
#[derive(clap::Args, Debug)]
#[command(after_long_help = FORMATS)]
pub(crate) struct Arguments {
    /// Address to listen on. Port 0 picks a free one. An address that is not loopback, such as 0.0.0.0 in a container, requires
    /// `--control-token-file`.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Serve TLS with a certificate created for this run.
    #[arg(long)]
    tls: bool,
    /// File for the CA certificate (PEM) that clients must trust; default: a temporary file.
    #[arg(long, value_name = "FILE", requires = "tls")]
    authority: Option<PathBuf>,
    /// Services to emulate, in all versions; default: all services of the site, or of `--specs`.
    #[arg(value_name = "SERVICE")]
    services: Vec<String>,
    /// Folder of specs (`<service>/<version>.json`), which take precedence over the services of the site.
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Number of items of the paginated lists that are built from response tables.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    list_length: usize,
    /// Page size for requests that set none; default: all items.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    page_length: Option<u32>,
    /// File with a token that control requests must have: `Authorization: Bearer TOKEN`.
    #[arg(long, value_name = "FILE")]
    control_token_file: Option<PathBuf>,
    /// Initial state as JSON: credentials, accounts, organizations, limits, clock. `--help` has the format.
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// More credentials as JSON: an array like `callers` of a seed.
    #[arg(long, value_name = "FILE")]
    callers: Option<PathBuf>,
    /// Persist the state in this file, and resume from it if it exists.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Inject a fault, as JSON: {"action": "…", "times": 1, "drop": "after"}. Repeatable.
    #[arg(long = "fault", value_name = "JSON", value_parser = fault)]
    faults: Vec<Fault>,
    /// `real` for a clock that follows real time, or a Unix time in seconds at which the clock stops; default: the clock of the
    /// state file or seed.
    #[arg(long, value_name = "real|SECONDS", value_parser = clock)]
    clock: Option<Clock>,
    /// Check signatures against real time even if the clock is moved, for clients that always sign with real time.
    #[arg(long)]
    real_time_clients: bool,
    /// Disable the documented rate limits.
    #[arg(long)]
    no_rate_limits: bool,
}

fn fault(text: &str) -> Result<Fault, InvalidFault> {
    Fault::from_json(text)
}

fn clock(text: &str) -> Result<Clock, &'static str> {
    match text {
        "real" => Ok(Clock::Ahead(0)),
        text => match text.parse() {
            Ok(time) => Ok(Clock::Stopped(time)),
            Err(_) => Err("must be `real` or a Unix time in seconds"),
        },
    }
}

/// Runs the service until the process is killed. `site` returns the site whose services are emulated.
///
/// # Errors
/// Fails if the service cannot start.
pub(crate) fn run(
    arguments: Arguments,
    site: impl FnOnce() -> Result<Site, Failure>,
) -> Result<ExitCode, Failure> {
    let mut builder = Emulator::builder()
        .listen(arguments.listen)
        .rate_limits(!arguments.no_rate_limits)
        .list_length(arguments.list_length);
    if arguments.tls {
        builder = builder.tls();
    }
    if let Some(items) = arguments.page_length {
        builder = builder.page_length(items);
    }
    builder = with_specs(builder, &arguments, site)?;
    let has_seed = arguments.seed.is_some() || arguments.callers.is_some();
    let mut seed = match arguments.seed {
        Some(path) => Seed::load(&path).map_err(failed)?,
        None => Seed::demonstration(),
    };
    if let Some(path) = arguments.callers {
        seed.callers.extend(Caller::load(&path).map_err(failed)?);
    }
    builder = builder.seed(seed);
    if let Some(path) = arguments.control_token_file {
        builder = builder.control_token(ControlToken::load(&path).map_err(failed)?);
    }
    if arguments.real_time_clients {
        builder = builder.real_time_clients();
    }
    if let Some(path) = arguments.state {
        builder = builder.state_file(path);
    }
    for fault in arguments.faults {
        builder = builder.fault(fault);
    }
    let emulator = builder.start_blocking().map_err(failed)?;
    if let Some(clock) = arguments.clock {
        emulator
            .set_clock(clock)
            .map_err(|error| Failure::not_sent(error.to_string()))?;
    }
    let authority = authority(&emulator, arguments.authority)?;
    print_data(&announcement(&emulator, authority.as_ref(), has_seed))?;
    emulator.wait();
    Ok(ExitCode::SUCCESS)
}

/// Adds the specs of the services. Those of the folder take precedence over those of the site.
fn with_specs(
    mut builder: Builder,
    arguments: &Arguments,
    site: impl FnOnce() -> Result<Site, Failure>,
) -> Result<Builder, Failure> {
    let in_folder = |service: &str| {
        let folder = arguments.specs.as_ref();
        folder.is_some_and(|folder| folder.join(service).is_dir())
    };
    if let Some(folder) = &arguments.specs {
        builder = builder.specs(folder);
        if arguments.services.is_empty() {
            return Ok(builder);
        }
    }
    let catalogue = Catalogue::of_site(site()?);
    let services: Vec<&str> = match &*arguments.services {
        [] => catalogue.services().collect(),
        named => named.iter().map(String::as_str).collect(),
    };
    for service in services.into_iter().filter(|service| !in_folder(service)) {
        let unknown = |error: tc3_catalogue::Error| Failure::usage(error.to_string());
        catalogue.version(service, None).map_err(unknown)?;
        for version in catalogue.versions(service) {
            let spec = catalogue.load(service, version);
            builder = builder.spec(spec.map_err(|error| Failure::not_sent(error.to_string()))?);
        }
    }
    Ok(builder)
}

fn failed(error: StartError) -> Failure {
    let message = format!("cannot start the emulator: {error}");
    match error {
        StartError::Fault(_) | StartError::NotLoopback(_) => Failure::usage(message),
        _ => Failure::not_sent(message),
    }
}

/// Writes the CA certificate, if the service uses TLS.
fn authority(emulator: &Emulator, path: Option<PathBuf>) -> Result<Option<PathBuf>, Failure> {
    let Some(certificate) = emulator.authority() else {
        return Ok(None);
    };
    let path = match path {
        Some(path) => path,
        None => {
            let mut file = tempfile::Builder::new();
            let file = file.prefix("tc3-emulator-").suffix(".pem").tempfile();
            let path = file.and_then(|file| Ok(file.into_temp_path().keep()?));
            path.map_err(|error| {
                Failure::not_sent(format!(
                    "cannot create a temporary file: {error}; choose one with --authority"
                ))
            })?
        }
    };
    // Not replaced atomically, because the path may be that of a pipe.
    fs::write(&path, certificate)
        .map_err(|error| Failure::not_sent(format!("cannot write {}: {error}", path.display())))?;
    Ok(Some(path))
}

/// Returns the address, the services, and the client configuration.
fn announcement(emulator: &Emulator, authority: Option<&PathBuf>, has_seed: bool) -> String {
    let endpoint = emulator.endpoint();
    let mut lines = vec![format!("listening at {endpoint}")];
    let services: Vec<_> = emulator.services().collect();
    for (service, version, actions) in services.iter().take(MAX_LISTED) {
        let s = if *actions == 1 { "" } else { "s" };
        lines.push(format!("emulates {service} {version}, {actions} action{s}"));
    }
    if let Some(more) = services.get(MAX_LISTED..).filter(|more| !more.is_empty()) {
        let actions: usize = more.iter().map(|(.., actions)| actions).sum();
        let versions = more.len();
        lines.push(format!(
            "emulates {versions} more service versions, {actions} actions"
        ));
    }
    lines.push(match has_seed {
        true => "credential: one of the seed".to_owned(),
        false => format!(
            "credential: TENCENTCLOUD_SECRET_ID={} TENCENTCLOUD_SECRET_KEY={}",
            Seed::SECRET_ID,
            Seed::SECRET_KEY
        ),
    });
    let (rust, python, certificates) = match authority {
        None => (String::new(), String::new(), String::new()),
        Some(path) => {
            lines.push(format!("authority: {}", path.display()));
            (
                format!(".only_root_certificates(std::fs::read({path:?})?)"),
                format!(", certification={path:?}"),
                format!(" SSL_CERT_FILE={path:?}"),
            )
        }
    };
    let (scheme, address) = endpoint.split_once("://").unwrap_or(("http", endpoint));
    let host = address.rsplit_once(':').map_or(address, |(host, _)| host);
    lines.extend([
        format!("environment, for Rust and tc3: TENCENTCLOUD_ENDPOINT={endpoint} NO_PROXY={host}{certificates}"),
        format!("Rust: Client::builder().endpoint(\"{endpoint}\").no_proxy(){rust}"),
        format!("Python: HttpProfile(protocol=\"{scheme}\", endpoint=\"{address}\"{python})"),
        format!("Node.js: {{ profile: {{ httpProfile: {{ protocol: \"{scheme}://\", endpoint: \"{address}\" }} }} }}"),
        format!("tc3: tc3 SERVICE ACTION --endpoint {endpoint}"),
        format!("requests, outbox, faults, clock, state: {endpoint}/emulator"),
    ]);
    lines.join("\n") + "\n"
}
