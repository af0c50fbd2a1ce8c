//! Edits the file of profiles without changing its other content.

use std::env;
use std::fs;
use std::path::PathBuf;

use zeroize::Zeroizing;

/// Environment variable with the path of the file.
pub(crate) const FILE: &str = "TENCENTCLOUD_CREDENTIALS_FILE";

/// Returns the path of the file: that of the environment, or the one in the home folder; `None` without a home folder.
pub(crate) fn path() -> Option<PathBuf> {
    match env::var_os(FILE).filter(|path| !path.is_empty()) {
        Some(path) => Some(path.into()),
        None => Some(home()?.join(".tencentcloud/credentials")),
    }
}

/// Whether the environment names a file and no profile, and the file has no default profile.
pub(crate) fn lacks_default() -> bool {
    let is_set = |name: &str| env::var_os(name).is_some_and(|value| !value.is_empty());
    if !is_set(FILE) || is_set("TENCENTCLOUD_PROFILE") || is_set("TCCLI_PROFILE") {
        return false;
    }
    let text = path().and_then(|path| fs::read_to_string(path).ok());
    text.is_some_and(|text| !sections(&text).contains(&"default"))
}

/// Returns the home folder.
pub(crate) fn home() -> Option<PathBuf> {
    env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

/// Returns the names of the sections of a file.
pub(crate) fn sections(text: &str) -> Vec<&str> {
    text.lines().filter_map(section).collect()
}

/// Returns the value of a key in a section, as it is written.
pub(crate) fn value<'t>(text: &'t str, name: &str, key: &str) -> Option<&'t str> {
    let lines = text.lines().skip_while(|line| section(line) != Some(name));
    let mut lines = lines.skip(1).take_while(|line| section(line).is_none());
    lines.find_map(|line| {
        let (found, value) = line.split_once('=')?;
        is_key(found, key).then(|| value.trim())
    })
}

/// Returns the file with these entries set in a section; entries without a value are removed. All other lines are
/// unchanged.
pub(crate) fn with_entries(
    text: &str,
    name: &str,
    entries: &[(&str, Option<&str>)],
) -> Zeroizing<String> {
    let mut output = Zeroizing::new(String::with_capacity(text.len() + 256));
    let mut is_inside = false;
    let mut is_done = false;
    for line in text.lines() {
        if section(line).is_some() {
            is_inside = section(line) == Some(name) && !is_done;
            push(&mut output, line);
            if is_inside {
                is_done = true;
                write(&mut output, entries);
            }
            continue;
        }
        let key = line.split('=').next().unwrap_or_default();
        let is_replaced = is_inside && entries.iter().any(|(of, _)| is_key(key, of));
        if !is_replaced {
            push(&mut output, line);
        }
    }
    if !is_done {
        if !output.is_empty() && !output.ends_with("\n\n") {
            output.push('\n');
        }
        push(&mut output, &format!("[{name}]"));
        write(&mut output, entries);
    }
    output
}

/// Returns the file without a section; `None` if it has no such section.
pub(crate) fn without_section(text: &str, name: &str) -> Option<Zeroizing<String>> {
    let mut output = Zeroizing::new(String::with_capacity(text.len()));
    let mut is_inside = false;
    let mut is_found = false;
    for line in text.lines() {
        if let Some(found) = section(line) {
            is_inside = found == name;
            is_found |= is_inside;
        }
        if !is_inside {
            push(&mut output, line);
        }
    }
    is_found.then_some(output)
}

/// Returns the section name in a line, if it has one.
fn section(line: &str) -> Option<&str> {
    let line = line.trim_start_matches('\u{feff}').trim();
    let (name, _) = line.strip_prefix('[')?.split_once(']')?;
    Some(name.trim())
}

/// Whether two keys are the same for the runtime, such as `secret_id`, `secretId` and `SECRET-ID`.
fn is_key(found: &str, key: &str) -> bool {
    let plain = |text: &str| text.trim().to_ascii_lowercase().replace(['-', '_'], "");
    plain(found) == plain(key)
}

fn push(output: &mut String, line: &str) {
    output.push_str(line);
    output.push('\n');
}

fn write(output: &mut String, entries: &[(&str, Option<&str>)]) {
    for (key, value) in entries {
        let Some(value) = value else {
            continue;
        };
        for part in [key, " = \"", value, "\"\n"] {
            output.push_str(part);
        }
    }
}
