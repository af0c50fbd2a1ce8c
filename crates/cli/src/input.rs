//! Files, standard input and environment variables.

use std::env::{self, VarError};
use std::fs;
use std::io::{self, Read as _};
use std::sync::atomic::{AtomicBool, Ordering};

/// Maximum size of a file: more than services accept.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// Reads a text file, or standard input for `-`.
pub(crate) fn text(path: &str) -> Result<String, String> {
    let bytes = bytes(path)?;
    String::from_utf8(bytes).map_err(|_| format!("{} is not UTF-8", name(path)))
}

/// Reads a file, or standard input for `-`.
pub(crate) fn bytes(path: &str) -> Result<Vec<u8>, String> {
    static IS_READ: AtomicBool = AtomicBool::new(false);
    if path == "-" && IS_READ.swap(true, Ordering::Relaxed) {
        return Err("standard input can be used only once".to_owned());
    }
    let mut bytes = Vec::new();
    let read = match path {
        "-" => io::stdin()
            .lock()
            .take(MAX_BYTES + 1)
            .read_to_end(&mut bytes),
        path => {
            fs::File::open(path).and_then(|file| file.take(MAX_BYTES + 1).read_to_end(&mut bytes))
        }
    };
    let name = name(path);
    read.map_err(|error| format!("cannot read {name}: {error}"))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(format!("{name} has more than {MAX_BYTES} bytes"));
    }
    Ok(bytes)
}

/// Returns the value of an environment variable that is neither missing nor empty. The error does not contain the value.
pub(crate) fn variable(name: &str) -> Result<Option<String>, String> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => {
            Err(format!("environment variable {name} must be valid Unicode"))
        }
    }
}

/// Returns the name of a file, or of standard input, for messages.
pub(crate) fn name(path: &str) -> &str {
    match path {
        "-" => "standard input",
        path => path,
    }
}
