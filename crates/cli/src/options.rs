//! Options of a call, and the commands.

use std::sync::OnceLock;
use std::time::Duration;

use clap::{Args, Command as Clap, CommandFactory as _, Parser, Subcommand, ValueEnum};
use tc3_arguments::{Described, Problem};
use tc3_snippets::Language;
use tc3_spec::{Site, nearest_names};

use crate::failure::{ErrorFormat, Failure};
use crate::line::Line;
use crate::{
    completion, configure, docs, emulate, examples, explain, explore, reference, search, verify,
};

const EXAMPLES: &str = "Examples:
  tc3 cvm DescribeInstances --region ap-singapore --Limit 5
  tc3 cvm RunInstances --help
  tc3 --emulate organization DescribeOrganizationMemberEmailBind --MemberUin 111111111111";

/// Calls any action of Tencent Cloud's API 3.0.
#[derive(Debug, Parser)]
#[command(
    name = "tc3",
    version,
    override_usage = "tc3 [OPTIONS] SERVICE ACTION [--PARAMETER VALUE]...\n       tc3 [OPTIONS] COMMAND",
    after_help = format!("{EXAMPLES}\n\n{}", reference::exit_statuses()),
    arg_required_else_help = true,
    subcommand_required = true,
    disable_help_subcommand = true
)]
pub(crate) struct Root {
    #[command(flatten)]
    pub(crate) options: Options,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// Commands that are not services.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the services of a site.
    Services,
    /// Write a profile with a credential, or list or remove profiles.
    ///
    /// Prompts for the values, or reads them from standard input, as lines such as `secret_id = …`. `--profile` names the
    /// profile. The file is ~/.tencentcloud/credentials, or that of TENCENTCLOUD_CREDENTIALS_FILE; only you can read it.
    ///
    /// With `--keyring`, the secret key is stored in the keyring of the system (`secret-tool` of libsecret, `security` of
    /// macOS). The file then contains the command that prints it, `secret_key_command`. You can also write another command
    /// there, such as that of a password manager. The vendor's tools cannot read such a profile.
    Configure(configure::Arguments),
    /// Check the signature of another client, step by step.
    ///
    /// Each step is compared with the rules of TC3-HMAC-SHA256 and with the previous step. If TENCENTCLOUD_SECRET_KEY
    /// is set, the signature is computed again. Exit status: 0 if all lines are correct, 1 if a line is wrong, 2 on
    /// a usage error.
    Verify(verify::Arguments),
    /// Print the manual page, for packages.
    #[command(hide = true)]
    Man {
        /// Print the tables of the README instead.
        #[arg(long)]
        tables: bool,
    },
    /// Run a local service, to develop and test against.
    ///
    /// Prints its address and how to configure a client, then runs until it is killed.
    Emulate(Box<emulate::Arguments>),
    /// Explain a service, an action, a parameter, a field or a data type.
    Explain(explain::Arguments),
    /// Explore services in a browser: search, fill forms, call, see the signature and the code.
    ///
    /// Starts a server on this machine's loopback addresses and opens its URL, which works once. Calls go to the built-in
    /// emulator, or to the service with a profile that you choose. The server sends no secret to the browser.
    Explore(explore::Arguments),
    /// Search names, and descriptions if they are imported.
    Search(search::Arguments),
    /// Show the documented examples of an action.
    Examples(examples::Arguments),
    /// Import the vendor's descriptions and examples, which `--help`, `explain`, `search` and `examples` show.
    #[command(subcommand)]
    Docs(docs::Command),
    /// Print the script that completes command lines of tc3 in a shell.
    Completion(completion::Arguments),
}

/// Options of a call, before the service or after the action.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Options {
    /// Version of the service's API; default: the newest.
    #[arg(
        id = "api_version",
        long = "Version",
        global = true,
        value_name = "DATE",
        help_heading = "Target"
    )]
    pub(crate) version: Option<String>,
    /// Region, such as ap-singapore; default: from the profile of --profile, TENCENTCLOUD_REGION, or the default profile.
    #[arg(long, value_name = "REGION", help_heading = "Target")]
    pub(crate) region: Option<String>,
    /// Host to call, such as cvm.ap-singapore.tencentcloudapi.com, or http://127.0.0.1:8080; default: from the profile of
    /// --profile, TENCENTCLOUD_ENDPOINT_CVM, TENCENTCLOUD_ENDPOINT, the default profile, or the site.
    #[arg(
        long,
        value_name = "HOST",
        conflicts_with = "emulate",
        help_heading = "Target"
    )]
    pub(crate) endpoint: Option<String>,
    /// Profile with the credential; default: TENCENTCLOUD_PROFILE, or `default`.
    #[arg(long, global = true, value_name = "NAME", help_heading = "Target")]
    pub(crate) profile: Option<String>,
    /// Site to call, unless an endpoint is set: intl or mainland; default: from the profile of --profile,
    /// TENCENTCLOUD_SITE, the default profile, or intl.
    #[arg(long, global = true, value_name = "SITE", help_heading = "Target")]
    pub(crate) site: Option<Site>,
    /// Call the built-in emulator instead of the service: no account and no network. Its state is kept in .tc3 of the
    /// current folder.
    #[arg(long, help_heading = "Target")]
    pub(crate) emulate: bool,

    /// File with parameters as JSON or YAML, or `-`; other parameters replace those with the same name.
    #[arg(
        long,
        value_name = "FILE",
        alias = "cli-input-json",
        help_heading = "Input"
    )]
    pub(crate) input: Option<String>,
    /// Print all parameters as a template for --input, with their types, and send nothing.
    #[arg(long, alias = "generate-cli-skeleton", help_heading = "Input")]
    pub(crate) skeleton: bool,
    /// Send unknown parameters and values of the wrong type, and do not require any parameters.
    #[arg(long, help_heading = "Input")]
    pub(crate) force: bool,

    /// Print the request that would be sent, without secrets of the credential, and send nothing.
    #[arg(long, help_heading = "Output")]
    pub(crate) dry_run: bool,
    /// Print the call as code, without the credential, and send nothing: rust, rust-blocking, macro, python, node, go, java, php,
    /// csharp, cpp, ruby, curl, tccli or tc3.
    #[arg(long = "as", value_name = "LANGUAGE", help_heading = "Output")]
    pub(crate) code: Option<Language>,
    /// Print every step of the request's signature, and send nothing.
    #[arg(long, help_heading = "Output")]
    pub(crate) show_signature: bool,
    /// Format of the response.
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value_t,
        help_heading = "Output"
    )]
    pub(crate) output: Format,
    /// Print the result of a JMESPath expression for the response, such as 'InstanceSet[].InstanceId'.
    #[arg(long, value_name = "EXPR", alias = "filter", help_heading = "Output")]
    pub(crate) query: Option<String>,
    /// Columns of table, text and tsv, such as InstanceId,Placement.Zone.
    #[arg(
        long,
        value_name = "NAMES",
        value_delimiter = ',',
        help_heading = "Output"
    )]
    pub(crate) columns: Vec<String>,
    /// Format of errors on standard error.
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value_t,
        help_heading = "Output"
    )]
    pub(crate) errors: ErrorFormat,
    /// Print attempts, times and the request ID on standard error.
    #[arg(long, short, help_heading = "Output")]
    pub(crate) verbose: bool,

    /// Timeout of the call in seconds, including retries.
    #[arg(long, value_name = "SECONDS", default_value = "60", value_parser = seconds, help_heading = "Behaviour")]
    pub(crate) timeout: Duration,
    /// Disable retries.
    #[arg(long, help_heading = "Behaviour")]
    pub(crate) no_retry: bool,

    /// Fetch all pages of a list.
    #[arg(long, conflicts_with_all = ["wait", "waiter"], help_heading = "Behaviour")]
    pub(crate) all: bool,
    /// Stop after this number of items of all pages.
    #[arg(long, value_name = "NUMBER", requires = "all", value_parser = clap::value_parser!(u64).range(1..), help_heading = "Behaviour")]
    pub(crate) max_items: Option<u64>,
    /// Repeat the call until a JMESPath expression has a value, such as InstanceSet[0].InstanceState=RUNNING.
    #[arg(long, value_name = "EXPR=VALUE", help_heading = "Behaviour")]
    pub(crate) wait: Option<String>,
    /// Seconds between the calls of --wait; default: 5.
    #[arg(long, value_name = "SECONDS", value_parser = seconds, help_heading = "Behaviour")]
    pub(crate) wait_interval: Option<Duration>,
    /// Timeout of --wait in seconds; default: 600.
    #[arg(long, value_name = "SECONDS", value_parser = seconds, help_heading = "Behaviour")]
    pub(crate) wait_timeout: Option<Duration>,

    /// Language of the service's messages: zh-CN or en-US; default: chosen by the service.
    #[arg(long, value_name = "LANGUAGE", value_parser = language, help_heading = "Output")]
    pub(crate) language: Option<tc3::Language>,

    /// Replacement of --wait in tccli: JSON with expr, to, timeout and interval.
    #[arg(long, hide = true, conflicts_with = "wait")]
    pub(crate) waiter: Option<String>,
    /// Accepted for scripts written for tccli; nested parameters need no option here.
    #[arg(long, hide = true)]
    pub(crate) cli_unfold_argument: bool,
    /// Refused, because other users of the machine can read arguments.
    #[arg(long = "secretKey", aliases = ["secretId", "token", "secret-key", "secret-id"], hide = true, value_name = "VALUE")]
    pub(crate) secrets: Vec<String>,
}

impl Options {
    /// Whether the request is made but not sent.
    pub(crate) fn sends_nothing(&self) -> bool {
        self.dry_run || self.show_signature
    }

    /// Refuses a secret in an argument.
    pub(crate) fn refuse_secrets(&self) -> Result<(), Failure> {
        if self.secrets.is_empty() {
            return Ok(());
        }
        Err(Failure::usage(
            "a secret in an argument can be read by other users and stays in the history of the shell; \
             set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, or run `tc3 configure`",
        ))
    }
}

/// The format of a response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// JSON with indentation.
    #[default]
    Json,
    /// JSON on one line. Of a list, only the items, each on its own line.
    Jsonl,
    /// YAML.
    Yaml,
    /// Table that fits the terminal: the items of a list, then the rest of the response.
    Table,
    /// Cells separated by tabs: each item of a list on a line, or the members of the response on one line. `\t`, `\n`, `\r`
    /// and `\\` are a tab, line ends and a backslash. Null is empty, structures are JSON.
    Text,
    /// Same as text, with a first line of names.
    Tsv,
    /// The bytes of the response, with its envelope.
    Raw,
}

fn language(text: &str) -> Result<tc3::Language, &'static str> {
    match text {
        "zh-CN" => Ok(tc3::Language::Chinese),
        "en-US" => Ok(tc3::Language::English),
        _ => Err("must be zh-CN or en-US"),
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok();
    let duration = seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    duration
        .filter(|duration| !duration.is_zero())
        .ok_or_else(|| "must be a number of seconds greater than zero".to_owned())
}

/// Returns whether an option of calls has a value; `None` if there is no such option.
pub(crate) fn takes_value(name: &str) -> Option<bool> {
    static COMMAND: OnceLock<Clap> = OnceLock::new();
    let command = COMMAND.get_or_init(Root::command);
    if matches!(name, "-h" | "--help" | "-V" | "--version") {
        return Some(false);
    }
    let long = name.strip_prefix("--");
    let short = name.strip_prefix('-').and_then(|name| {
        let mut characters = name.chars();
        characters.next().filter(|_| characters.next().is_none())
    });
    let found = command.get_arguments().find(|argument| match long {
        Some(long) => {
            argument.get_long() == Some(long)
                || argument
                    .get_all_aliases()
                    .is_some_and(|aliases| aliases.contains(&long))
        }
        None => short.is_some() && argument.get_short() == short,
    })?;
    Some(found.get_action().takes_values())
}

/// Returns whether an option after the action has a value; `None` if there is no such option.
pub(crate) fn call_option_takes_value(name: &str) -> Option<bool> {
    takes_value(call_option_name(name))
}

/// Returns the name of an option after the action. There, `--version` is the API version, as in tccli.
pub(crate) fn call_option_name(word: &str) -> &str {
    match word {
        "--version" => "--Version",
        word => word,
    }
}

/// Options of tccli that do not exist here, with their replacements.
const TCCLI_OPTIONS: [(&str, &str); 6] = [
    ("detail", "`--help` shows all parameters"),
    ("https-proxy", "set HTTPS_PROXY"),
    ("role-arn", "set `role_arn` in a profile"),
    ("role-session-name", "set `role_session_name` in a profile"),
    (
        "use-cvm-role",
        "set `type = cvm-role` in a profile, or leave it out if there is no other credential",
    ),
    ("warning", "leave it out"),
];

/// Adds similar options, or the replacement of an option of tccli, to the problem of an unknown parameter.
pub(crate) fn suggest(line: &Line, described: Described<'_>, problem: &mut Problem) {
    let name = problem.place.as_ref().and_then(|place| {
        let word = line.words.get(place.argument)?;
        let is_first = word.starts_with("--") && place.range.start == 2;
        word.get(place.range.clone()).filter(|_| is_first)
    });
    let parameters = &described.action.request;
    let Some(name) = name.filter(|name| parameters.iter().all(|field| field.name != *name)) else {
        return;
    };
    if let Some((_, remedy)) = TCCLI_OPTIONS.iter().find(|(option, _)| *option == name) {
        problem.message.push_str("; ");
        problem.message.push_str(remedy);
        return;
    }
    let command = CallOptions::command();
    let options = command
        .get_arguments()
        .filter(|option| !option.is_hide_set());
    let near = nearest_names(name, options.filter_map(|option| option.get_long()));
    let near = near.iter().map(|option| format!("--{option}"));
    problem.similar.extend(near);
}

/// Returns the names of the commands.
pub(crate) fn commands() -> Vec<String> {
    let root = Root::command();
    let commands = root.get_subcommands();
    commands
        .map(|command| command.get_name().to_owned())
        .collect()
}

/// The options of a call, parsed by themselves.
#[derive(Debug, Parser)]
#[command(name = "tc3", disable_help_flag = true)]
pub(crate) struct CallOptions {
    #[command(flatten)]
    pub(crate) options: Options,
    /// Print help.
    #[arg(long, short)]
    pub(crate) help: bool,
}

/// Returns the value of `--errors` at any position, because it applies to errors in all other arguments.
pub(crate) fn error_format(line: &Line) -> ErrorFormat {
    let json = |index: usize, word: &str| match word {
        "--errors" => line
            .words
            .get(index + 1)
            .is_some_and(|value| value == "json"),
        word => word == "--errors=json",
    };
    let mut words = line.words.iter().enumerate();
    match words.any(|(index, word)| json(index, word)) {
        true => ErrorFormat::Json,
        false => ErrorFormat::Text,
    }
}

/// Returns the value of the first of these options in a list of words.
pub(crate) fn option_value<'w>(words: &'w [String], names: &[&str]) -> Option<&'w str> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.split_once('=') {
            Some((name, value)) if names.contains(&name) => return Some(value),
            None if names.contains(&word.as_str()) => return words.next().map(String::as_str),
            _ => {}
        }
    }
    None
}
