//! `cargo xtask emulate`: runs a local service to develop and test against.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use tc3_emulator::{Caller, Clock, ControlToken, Emulator, Fault, Seed, WrongFault};
use tc3_pipeline::count;

use crate::print::say;
use crate::source::Source;

/// The formats of seeds and faults, for `--help`.
const FORMATS: &str = concat!(
    "Example of a seed:\n",
    include_str!("emulate/seed.json"),
    "\nExample of a fault:\n",
    include_str!("emulate/fault.json"),
    "\n",
    include_str!("emulate/formats.txt"),
);

/// The options of `emulate`.
#[derive(clap::Args)]
#[command(after_long_help = FORMATS)]
pub(crate) struct Arguments {
    /// Address to listen on. Port 0 picks a free one. Other addresses than loopback, such as 0.0.0.0 in a container, require
    /// `--control-token-file`.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Serve TLS with a certificate created for this run.
    #[arg(long)]
    tls: bool,
    /// File for the CA certificate (PEM) that clients must trust; default: a temporary file.
    #[arg(long, value_name = "FILE", requires = "tls")]
    authority: Option<PathBuf>,
    /// Service to emulate, also one of the catalogue; default: all of the folder. Repeatable.
    #[arg(long = "service", value_name = "NAME")]
    services: Vec<String>,
    #[command(flatten)]
    source: Source,
    /// Items of the paginated lists that are built from response tables.
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    list_length: usize,
    /// Items of a page, for requests that do not say how many they want; default: all.
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(1..))]
    page_length: Option<u32>,
    /// File with a token that control requests must carry: `Authorization: Bearer TOKEN`.
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
    /// `real` follows real time, a Unix time in seconds stops the clock there; default: as in the state file or seed.
    #[arg(long, value_name = "real|SECONDS", value_parser = clock)]
    clock: Option<Clock>,
    /// Check signatures against real time, wherever the clock is moved: for clients that always sign with real time.
    #[arg(long)]
    real_time_clients: bool,
    /// Disable the documented rate limits.
    #[arg(long)]
    no_rate_limits: bool,
}

fn fault(text: &str) -> Result<Fault, WrongFault> {
    Fault::from_json(text)
}

fn clock(text: &str) -> Result<Clock, &'static str> {
    match text {
        "real" => Ok(Clock::Ahead(0)),
        text => match text.parse() {
            Ok(time) => Ok(Clock::Stopped(time)),
            Err(_) => Err("expected `real` or a Unix time in seconds"),
        },
    }
}

/// Runs the service until the process is killed.
///
/// # Errors
/// Fails if the service cannot start.
pub(crate) fn run(arguments: Arguments) -> Result<ExitCode> {
    let mut builder = Emulator::builder()
        .listen(arguments.listen)
        .rate_limits(!arguments.no_rate_limits);
    if arguments.tls {
        builder = builder.tls();
    }
    builder = builder.list_length(arguments.list_length);
    if let Some(items) = arguments.page_length {
        builder = builder.page_length(items);
    }
    let folder = arguments.source.folder();
    let specs = arguments.source.of(&folder).load(&arguments.services)?;
    for spec in specs {
        builder = builder.spec(spec);
    }
    let has_seed = arguments.seed.is_some() || arguments.callers.is_some();
    let mut seed = match arguments.seed {
        Some(path) => Seed::load(&path)?,
        None => Seed::demonstration(),
    };
    if let Some(path) = arguments.callers {
        seed.callers.extend(Caller::load(&path)?);
    }
    builder = builder.seed(seed);
    if let Some(path) = arguments.control_token_file {
        builder = builder.control_token(ControlToken::load(&path)?);
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
    let emulator = builder.start_blocking()?;
    if let Some(clock) = arguments.clock {
        emulator.set_clock(clock)?;
    }
    let authority = authority(&emulator, arguments.authority)?;
    announce(&emulator, authority.as_ref(), has_seed);
    emulator.wait();
    Ok(ExitCode::SUCCESS)
}

/// Writes the CA certificate, if the service uses TLS.
fn authority(emulator: &Emulator, path: Option<PathBuf>) -> Result<Option<PathBuf>> {
    let Some(certificate) = emulator.authority() else {
        return Ok(None);
    };
    let path = match path {
        Some(path) => path,
        None => {
            let mut file = tempfile::Builder::new();
            let file = file.prefix("tc3-emulator-").suffix(".pem").tempfile();
            let path = file.and_then(|file| Ok(file.into_temp_path().keep()?));
            path.context("cannot create a temporary file; choose one with --authority")?
        }
    };
    fs::write(&path, certificate).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(Some(path))
}

/// Prints the address, the services, and the client configuration.
fn announce(emulator: &Emulator, authority: Option<&PathBuf>, has_seed: bool) {
    let endpoint = emulator.endpoint();
    say!("listening at {endpoint}");
    for (service, version, actions) in emulator.services() {
        let actions = count(actions, "action");
        say!("emulates {service} {version}, {actions}");
    }
    if has_seed {
        say("credential: those of the seed");
    } else {
        say!(
            "credential: TENCENTCLOUD_SECRET_ID={} TENCENTCLOUD_SECRET_KEY={}",
            Seed::SECRET_ID,
            Seed::SECRET_KEY
        );
    }
    let trust = match authority {
        None => "",
        Some(path) => {
            say!("authority: {}", path.display());
            &format!(".only_root_certificates(std::fs::read({path:?})?)")
        }
    };
    say!("Rust: Client::builder().endpoint(\"{endpoint}\").no_proxy(){trust}");
    let (scheme, address) = endpoint.split_once("://").unwrap_or(("http", endpoint));
    let trust = match authority {
        None => "",
        Some(path) => &format!(", certification={path:?}"),
    };
    say!("Python: HttpProfile(protocol=\"{scheme}\", endpoint=\"{address}\"{trust})");
    say!(
        "Node.js: {{ profile: {{ httpProfile: {{ protocol: \"{scheme}://\", endpoint: \"{address}\" }} }} }}"
    );
    say!("requests, outbox, faults, clock, state: {endpoint}/emulator");
}
