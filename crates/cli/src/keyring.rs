//! Keyring of the system. Its own program accesses it. Secrets pass through standard input and output, never through
//! arguments.

use std::ffi::OsStr;
use std::io::{self, Write as _};
use std::process::{Command, Stdio};

use zeroize::Zeroizing;

/// Service name of entries in the keyring.
const SERVICE: &str = "tc3";

/// Whether to use the keyring of macOS. Otherwise it is the Secret Service, which Linux desktops have.
const IS_MACOS: bool = cfg!(target_os = "macos");

/// Returns the command that prints the secret key of a profile. `None` if the name requires quotation marks of a shell.
pub(crate) fn print_command(profile: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    let is_word = !profile.is_empty() && !profile.starts_with('-') && profile.bytes().all(is_plain);
    is_word.then(|| match IS_MACOS {
        true => format!("security find-generic-password -s {SERVICE} -a {profile} -w"),
        false => format!("secret-tool lookup service {SERVICE} profile {profile}"),
    })
}

/// Stores the secret key of a profile.
///
/// # Errors
/// Fails if there is no keyring, or it refuses the secret.
pub(crate) fn store(profile: &str, key: &str) -> Result<(), String> {
    if IS_MACOS {
        // A backslash would escape the next character, such as the quotation mark at the end.
        if key.contains('\\') {
            return Err("`security` cannot store a key with a backslash".to_owned());
        }
        // In this mode `security` reads its arguments from standard input.
        let line = format!("add-generic-password -U -s {SERVICE} -a {profile} -w \"{key}\"\n");
        return run("security", &["-i"], &Zeroizing::new(line));
    }
    let label = format!("Secret key of the {SERVICE} profile {profile}");
    let words = [
        "store", "--label", &label, "service", SERVICE, "profile", profile,
    ];
    run("secret-tool", &words, key)
}

/// Removes the secret key of a profile.
///
/// # Errors
/// Fails if the keyring does not remove it.
pub(crate) fn remove(profile: &str) -> Result<(), String> {
    match IS_MACOS {
        true => run(
            "security",
            &["delete-generic-password", "-s", SERVICE, "-a", profile],
            "",
        ),
        false => run(
            "secret-tool",
            &["clear", "service", SERVICE, "profile", profile],
            "",
        ),
    }
}

fn run(program: &str, arguments: &[&str], input: &str) -> Result<(), String> {
    let failed = |problem: &dyn std::fmt::Display| format!("`{program}` {problem}");
    let mut command = Command::new(OsStr::new(program));
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null());
    let mut child = command.spawn().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => failed(&"is not installed"),
        _ => failed(&format_args!("cannot be run: {error}")),
    })?;
    let written = child
        .stdin
        .take()
        .map(|mut stdin| stdin.write_all(input.as_bytes()));
    let status = child.wait().map_err(|error| failed(&error))?;
    match written {
        _ if !status.success() => Err(failed(&format_args!("failed: {status}"))),
        Some(Err(error)) => Err(failed(&format_args!("did not read its input: {error}"))),
        _ => Ok(()),
    }
}
