//! `cargo xtask emulate`: runs a local service to develop and test against.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use tc3_emulator::{Emulator, Fault, Seed, WrongFault};
use tc3_pipeline::count;

use crate::print::say;
use crate::workspace::in_workspace;

/// The options of `emulate`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Loopback address to listen on. Port 0 picks a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
    /// Serve TLS with a certificate created for this run.
    #[arg(long)]
    tls: bool,
    /// File for the CA certificate (PEM) that clients must trust; default: a temporary file.
    #[arg(long, value_name = "FILE", requires = "tls")]
    authority: Option<PathBuf>,
    /// Folder of specs; default: `specs` of this workspace.
    #[arg(long, value_name = "DIR")]
    specs: Option<PathBuf>,
    /// Initial state as JSON: credentials, accounts, organizations, limits, clock.
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// Persist the state in this file, and resume from it if it exists.
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Inject a fault, as JSON: {"action": "…", "times": 1, "drop": "after"}. Repeatable.
    #[arg(long = "fault", value_name = "JSON", value_parser = fault)]
    faults: Vec<Fault>,
    /// Disable the documented rate limits.
    #[arg(long)]
    no_rate_limits: bool,
}

fn fault(text: &str) -> Result<Fault, WrongFault> {
    Fault::from_json(text)
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
    let specs = arguments.specs.unwrap_or_else(|| in_workspace("specs"));
    builder = builder.specs(specs);
    let has_seed = arguments.seed.is_some();
    if let Some(path) = arguments.seed {
        builder = builder.seed(Seed::load(&path)?);
    }
    if let Some(path) = arguments.state {
        builder = builder.state_file(path);
    }
    for fault in arguments.faults {
        builder = builder.fault(fault);
    }
    let emulator = builder.start_blocking()?;
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
    say!("requests, outbox, faults, clock, state: {endpoint}/emulator");
}
