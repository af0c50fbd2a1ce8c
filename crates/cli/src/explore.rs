//! `tc3 explore`: a local API explorer in a browser.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::Args;
use tc3::credential::{Credentials, Profile};
use tc3_explorer::{Account, Explorer, Settings, Source, StartError};
use tc3_spec::Site;
use tempfile::NamedTempFile;

use crate::failure::Failure;
use crate::names::{REGIONS, profiles};
use crate::terminal::{print_data, print_stderr};
use crate::{async_runtime, texts};

/// Default port. It is fixed because a browser stores the history of calls by address and port.
const PORT: u16 = 7303;

/// Name of the runtime's credential chain, which includes the profile of this name.
const DEFAULT: &str = "default";

/// Arguments of `tc3 explore`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Page to open: SERVICE or SERVICE.Action.
    #[arg(value_name = "NAME")]
    start: Option<String>,
    /// Port to listen on, at the loopback addresses; 0 picks a free one. Default: 7303, or a free one if it is in use.
    #[arg(long, value_name = "PORT")]
    port: Option<u16>,
    /// Allow profiles to call actions that modify state. Each such call asks for confirmation.
    #[arg(long)]
    write: bool,
    /// Host to call for all profiles, such as http://127.0.0.1:8080; default: from the chosen profile,
    /// TENCENTCLOUD_ENDPOINT_CVM, TENCENTCLOUD_ENDPOINT, the default profile, or the site.
    #[arg(long, value_name = "HOST")]
    endpoint: Option<String>,
    /// Print the URL without opening a browser.
    #[arg(long)]
    no_browser: bool,
}

/// Runs the explorer until the process is interrupted. `takes_value` returns whether an option has a value, to parse
/// pasted command lines.
pub(crate) fn run(
    arguments: &Arguments,
    site: Site,
    profile: Option<String>,
    version: Option<String>,
    takes_value: fn(&str) -> Option<bool>,
) -> Result<ExitCode, Failure> {
    let settings = Settings {
        port: arguments.port.unwrap_or(PORT),
        site,
        start: arguments.start.clone(),
        version,
        texts: texts::folder(),
        accounts: accounts(profile),
        write: arguments.write,
        endpoint: arguments.endpoint.clone(),
        regions: &REGIONS,
        takes_value,
    };
    let runtime = async_runtime::create()?;
    runtime.block_on(async {
        let explorer = match Explorer::start(settings.clone()).await {
            Err(StartError::Listen { cause, .. })
                if arguments.port.is_none() && cause.kind() == io::ErrorKind::AddrInUse =>
            {
                print_stderr(format!(
                    "port {PORT} is in use, perhaps by another explorer; taking a free one"
                ));
                Explorer::start(Settings {
                    port: 0,
                    ..settings
                })
                .await
            }
            started => started,
        };
        let explorer = explorer.map_err(failed)?;
        let url = explorer.url();
        print_data(&format!("{url}\n"))?;
        // Removed when the user ends the explorer.
        let mut _page = None;
        if !arguments.no_browser && io::stdout().is_terminal() {
            match browse(&url) {
                Ok(page) => _page = Some(page),
                Err(error) => print_stderr(format!(
                    "warning: cannot open a browser: {error}; open the address yourself"
                )),
            }
        }
        tokio::select! {
            () = explorer.run() => {}
            // Handled so that the page is removed.
            _ = tokio::signal::ctrl_c() => {}
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Returns the available accounts: one profile, or the runtime's chain and all other profiles.
fn accounts(profile: Option<String>) -> Vec<Account> {
    let of = |name: String| Account {
        source: Source::Profile(Profile::new().section(&name)),
        name,
    };
    if let Some(profile) = profile {
        return vec![of(profile)];
    }
    let default = Account {
        name: DEFAULT.to_owned(),
        source: Source::Credentials(Credentials::default_chain()),
    };
    let others = profiles().into_iter().filter(|name| name != DEFAULT);
    [default].into_iter().chain(others.map(of)).collect()
}

/// Opens the browser with a file that redirects to the address. Only the user can read the file, while other users can
/// see the arguments of processes.
fn browse(url: &str) -> io::Result<NamedTempFile> {
    let mut page = tempfile::Builder::new()
        .prefix("tc3-explore-")
        .suffix(".html")
        .tempfile()?;
    write!(
        page,
        "<!doctype html><meta charset=utf-8><meta http-equiv=refresh content=\"0;url={url}\">\n\
         <p><a href=\"{url}\">tc3 explore</a>\n"
    )?;
    page.flush()?;
    open::that_detached(page.path())?;
    Ok(page)
}

fn failed(error: StartError) -> Failure {
    match error {
        StartError::Unknown(error @ tc3_catalogue::Error::Damaged { .. }) => {
            Failure::not_sent(error.to_string())
        }
        StartError::Unknown(error) => Failure::usage(error.to_string()),
        error => Failure::not_sent(error.to_string()),
    }
}
