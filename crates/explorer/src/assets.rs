//! Static files of the pages, compiled into the program.

use crate::problem::Problem;
use crate::reply::Reply;

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";
const ICON: &str = "image/svg+xml";

macro_rules! files {
    ($($name:literal: $content_type:expr),* $(,)?) => {
        &[$(($name, $content_type, include_str!(concat!("../assets/", $name)))),*]
    };
}

/// The files with their types.
static FILES: &[(&str, &str, &str)] = files! {
    "action.js": SCRIPT,
    "api.js": SCRIPT,
    "app.js": SCRIPT,
    "call.js": SCRIPT,
    "clipboard.js": SCRIPT,
    "code.js": SCRIPT,
    "controls.js": SCRIPT,
    "derived.js": SCRIPT,
    "diff.js": SCRIPT,
    "dom.js": SCRIPT,
    "emulator.js": SCRIPT,
    "exact.js": SCRIPT,
    "fields.js": SCRIPT,
    "form.js": SCRIPT,
    "history.js": SCRIPT,
    "json-view.js": SCRIPT,
    "link.js": SCRIPT,
    "list.js": SCRIPT,
    "model.js": SCRIPT,
    "paste.js": SCRIPT,
    "place.js": SCRIPT,
    "problems.js": SCRIPT,
    "prose.js": SCRIPT,
    "result.js": SCRIPT,
    "scalars.js": SCRIPT,
    "search.js": SCRIPT,
    "secrets.js": SCRIPT,
    "signature.js": SCRIPT,
    "states.js": SCRIPT,
    "structure.js": SCRIPT,
    "table.js": SCRIPT,
    "tabs.js": SCRIPT,
    "text-view.js": SCRIPT,
    "theme.js": SCRIPT,
    "tree.js": SCRIPT,
    "window.js": SCRIPT,
    "words.js": SCRIPT,
    "write.js": SCRIPT,
    "style.css": STYLE,
    "icon.svg": ICON,
};

/// Returns the names of the scripts. Pages load them in parallel.
pub(crate) fn scripts() -> impl Iterator<Item = &'static str> {
    let scripts = FILES.iter().filter(|file| file.1 == SCRIPT);
    scripts.map(|(name, ..)| *name)
}

/// Returns a file by its name.
pub(crate) fn file(name: &str) -> Result<Reply, Problem> {
    let found = FILES.iter().find(|(file, ..)| *file == name);
    let (_, content_type, text) =
        found.ok_or_else(|| Problem::not_found(format!("there is no file `{name}`")))?;
    Ok(Reply::new(content_type, *text))
}
