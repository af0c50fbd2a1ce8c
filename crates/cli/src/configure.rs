//! `tc3 configure`: writes profiles with credentials.

use std::fs;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use tc3_files::{replace_private, sweep_file};
use tc3_spec::did_you_mean;
use zeroize::Zeroizing;

use crate::failure::Failure;
use crate::keyring;
use crate::profile_file::{FILE, path, sections, value, with_entries, without_section};
use crate::terminal::{print_data, print_stderr};

/// The keys of a profile, and whether their values are secrets.
const KEYS: [(&str, bool); 6] = [
    ("secret_id", false),
    ("secret_key", true),
    ("token", true),
    ("region", false),
    ("site", false),
    ("endpoint", false),
];

/// The options of `configure`.
#[derive(Args, Debug)]
pub(crate) struct Arguments {
    /// Store the secret key in the keyring of the system instead of the file.
    #[arg(long)]
    keyring: bool,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// List the profiles; secrets are not shown.
    List,
    /// Remove the profile given by `--profile`.
    Remove,
}

/// Writes, lists or removes profiles.
///
/// # Errors
/// Fails if the input is invalid, or the file cannot be read or written.
pub(crate) fn run(arguments: &Arguments, profile: Option<&str>) -> Result<ExitCode, Failure> {
    let no_home = || Failure::not_sent(format!("the home folder is unknown; set {FILE}"));
    let path = path().ok_or_else(no_home)?;
    let text = match fs::read_to_string(&path) {
        Ok(text) => Zeroizing::new(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Zeroizing::default(),
        Err(error) => return Err(file_error(&path, "read", &error)),
    };
    match arguments.action {
        Some(Action::List) => print_data(&list(&text))?,
        Some(Action::Remove) => {
            let name = profile
                .ok_or_else(|| Failure::usage("--profile must name the profile to remove"))?;
            let Some(left) = without_section(&text, name) else {
                let hint = did_you_mean(name, sections(&text).into_iter());
                return Err(Failure::usage(format!(
                    "{} has no profile `{name}`{hint}",
                    path.display()
                )));
            };
            save(&path, &left).map_err(|error| file_error(&path, "write", &error))?;
            remove_from_keyring(&text, name);
        }
        None => {
            let name = profile.unwrap_or("default").trim();
            if name.is_empty() || name.contains(['[', ']', '\n', '\r']) {
                return Err(Failure::usage(
                    "the name of a profile must not be empty or contain brackets or line breaks",
                ));
            }
            if arguments.keyring && keyring::print_command(name).is_none() {
                return Err(Failure::usage(
                    "the name of a profile with --keyring must contain only letters, digits, `-`, `_` and `.`, and must not start with `-`",
                ));
            }
            let entries = match io::stdin().is_terminal() {
                true => prompt(&text, name)?,
                false => read_entries()?,
            };
            if entries.is_empty() {
                return Err(Failure::usage(format!(
                    "there are no values; {INPUT_FORMAT}"
                )));
            }
            let has = |key: &str| entries.iter().any(|(of, _)| *of == key);
            for key in ["secret_id", "secret_key"] {
                if !has(key) && !is_present(&text, name, key) {
                    return Err(Failure::usage(format!(
                        "`{key}` is missing; {INPUT_FORMAT}"
                    )));
                }
            }
            if arguments.keyring && (has("token") || !has("secret_key")) {
                return Err(Failure::usage(
                    "--keyring requires a `secret_key` and stores no `token`; configure a temporary credential without --keyring",
                ));
            }
            let stored = arguments.keyring.then(|| store_in_keyring(name, &entries));
            let stored = stored.transpose()?;
            let mut written: Vec<(&str, Option<&str>)> = Vec::new();
            for (key, value) in &entries {
                written.push(match &stored {
                    Some(command) if *key == "secret_key" => (COMMAND, Some(command)),
                    _ => (key, Some(value.as_str())),
                });
            }
            if has("secret_key") {
                // The token of a temporary credential is not valid with another key.
                let stale = ["token", "secret_key", COMMAND].into_iter();
                let stale = stale.filter(|key| !written.iter().any(|(known, _)| known == key));
                written.extend(stale.collect::<Vec<_>>().into_iter().map(|key| (key, None)));
            }
            let changed = with_entries(&text, name, &written);
            if let Err(error) = save(&path, &changed) {
                if stored.is_some() {
                    print_stderr(
                        "warning: the keyring already has the new secret key; run the command again",
                    );
                }
                return Err(file_error(&path, "write", &error));
            }
            if has("secret_key") && stored.is_none() {
                remove_from_keyring(&text, name);
            }
            print_stderr(format_args!("wrote profile `{name}` to {}", path.display()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Key of the command that prints a secret key.
const COMMAND: &str = "secret_key_command";

/// Replaces the file, and removes temporary files of killed runs, which may contain a secret key.
fn save(path: &Path, text: &str) -> io::Result<()> {
    sweep_file(path)?;
    replace_private(path, text)
}

/// Whether a profile has a value, or the command that prints it.
fn is_present(text: &str, name: &str, key: &str) -> bool {
    let command = (key == "secret_key").then_some(COMMAND);
    let mut keys = [key].into_iter().chain(command);
    keys.any(|key| value(text, name, key).is_some())
}

/// Stores the secret key in the keyring, and returns the command that prints it.
///
/// Without a keyring this fails, because the user does not want the secret in the file.
fn store_in_keyring(name: &str, entries: &Entries) -> Result<String, Failure> {
    let key = entries.iter().find(|(key, _)| *key == "secret_key");
    let command = key.and_then(|(_, key)| Some((key, keyring::print_command(name)?)));
    let Some((key, command)) = command else {
        return Err(Failure::usage(INPUT_FORMAT));
    };
    keyring::store(name, key).map_err(|problem| {
        Failure::not_sent(format!(
            "cannot store the secret key in the keyring: {problem}; without --keyring, the secret key is written to the file, which only you can read"
        ))
    })?;
    Ok(command)
}

/// Removes the secret key of a profile from the keyring.
fn remove_from_keyring(text: &str, name: &str) {
    let command = value(text, name, COMMAND).map(|command| command.trim_matches(['"', '\'']));
    if command.is_some_and(|command| keyring::print_command(name).as_deref() == Some(command))
        && let Err(problem) = keyring::remove(name)
    {
        print_stderr(format_args!(
            "warning: cannot remove the secret key from the keyring: {problem}"
        ));
    }
}

/// Format of standard input, for messages.
const INPUT_FORMAT: &str = "standard input must have lines such as `secret_id = …` and `secret_key = …`; also `token`, `region`, `site` and `endpoint`";

/// Keys and their values.
type Entries = Vec<(&'static str, Zeroizing<String>)>;

fn file_error(path: &Path, verb: &str, error: &io::Error) -> Failure {
    Failure::not_sent(format!("cannot {verb} {}: {error}", path.display()))
}

/// Returns a line for each profile.
fn list(text: &str) -> String {
    let lines = sections(text).into_iter().map(|name| {
        let shown = |key| {
            value(text, name, key)
                .unwrap_or("-")
                .trim_matches(['"', '\''])
        };
        let id = shown("secret_id");
        // The first characters are enough to distinguish keys.
        let id: String = match id.chars().count() {
            0..=8 => id.to_owned(),
            _ => id.chars().take(8).chain("…".chars()).collect(),
        };
        format!("{name}\t{id}\t{}\t{}\n", shown("region"), shown("site"))
    });
    lines.collect()
}

/// Prompts for the values of a profile. An empty input keeps the current value.
fn prompt(text: &str, name: &str) -> Result<Entries, Failure> {
    let mut entries = Vec::new();
    for (key, is_secret) in KEYS {
        let has = is_present(text, name, key);
        let keep = if has {
            " (empty keeps the current value)"
        } else {
            ""
        };
        let optional = if ["token", "region", "site", "endpoint"].contains(&key) && !has {
            " (optional)"
        } else {
            ""
        };
        let prompt = format!("{key}{keep}{optional}: ");
        let input = match is_secret {
            true => rpassword::prompt_password(&prompt).map(Zeroizing::new),
            false => {
                let _ = write!(io::stderr(), "{prompt}");
                let mut line = Zeroizing::new(String::new());
                io::stdin().lock().read_line(&mut line).map(|_| line)
            }
        };
        let input =
            input.map_err(|error| Failure::not_sent(format!("cannot read `{key}`: {error}")))?;
        let input = Zeroizing::new(input.trim().to_owned());
        if !input.is_empty() {
            check(key, &input)?;
            entries.push((key, input));
        } else if !has && ["secret_id", "secret_key"].contains(&key) {
            return Err(Failure::usage(format!("`{key}` must not be empty")));
        }
    }
    Ok(entries)
}

/// Reads the values of a profile from standard input.
fn read_entries() -> Result<Entries, Failure> {
    let mut entries: Entries = Vec::new();
    for (number, line) in (1..).zip(io::stdin().lock().lines()) {
        let line = line.map(Zeroizing::new);
        let line =
            line.map_err(|error| Failure::usage(format!("cannot read standard input: {error}")))?;
        if line.trim().is_empty() || line.trim_start().starts_with('#') {
            continue;
        }
        let Some((key, value)) = line.split_once('=') else {
            return Err(Failure::usage(format!(
                "line {number} of standard input is not `key = value`; {INPUT_FORMAT}"
            )));
        };
        let found = KEYS.iter().find(|(known, _)| *known == key.trim());
        let Some((key, _)) = found else {
            return Err(Failure::usage(format!(
                "line {number} of standard input has an unknown key; {INPUT_FORMAT}"
            )));
        };
        if entries.iter().any(|(known, _)| known == key) {
            return Err(Failure::usage(format!(
                "standard input has `{key}` twice; remove one of the lines"
            )));
        }
        let value = Zeroizing::new(value.trim().trim_matches('"').to_owned());
        check(key, &value)?;
        entries.push((key, value));
    }
    Ok(entries)
}

/// Refuses a value that the file format cannot represent.
fn check(key: &str, value: &str) -> Result<(), Failure> {
    if value.is_empty() || value.contains('"') || value.chars().any(char::is_control) {
        return Err(Failure::usage(format!(
            "`{key}` must not be empty or contain quotation marks or control characters"
        )));
    }
    match key {
        "site" => value
            .parse::<tc3_spec::Site>()
            .map(|_| ())
            .map_err(|error| Failure::usage(error.to_string())),
        _ => Ok(()),
    }
}
