//! The files of the pages, which are in the program.

use crate::problem::Problem;
use crate::reply::Reply;

const SCRIPT: &str = "text/javascript; charset=utf-8";
const STYLE: &str = "text/css; charset=utf-8";

macro_rules! files {
    ($($name:literal: $content_type:expr),* $(,)?) => {
        &[$(($name, $content_type, include_str!(concat!("../assets/", $name)))),*]
    };
}

/// The files with their types.
static FILES: &[(&str, &str, &str)] = files! {
    "app.js": SCRIPT,
    "style.css": STYLE,
};

/// Returns a file by its name.
pub(crate) fn file(name: &str) -> Result<Reply, Problem> {
    let found = FILES.iter().find(|(file, ..)| *file == name);
    let (_, content_type, text) =
        found.ok_or_else(|| Problem::absent(format!("there is no file `{name}`")))?;
    Ok(Reply::new(content_type, *text))
}
