//! Reports the progress of a fetch.

use std::path::Path;

use tc3_fetch::{Event, Outcome, Summary};
use tc3_pipeline::count;

/// Prints an event that is worth a message. Pages are in the folder `shown`.
pub(super) fn print_event(event: &Event<'_>, shown: &Path) {
    let shown = |path: &str| shown.join(path).display().to_string().replace('\\', "/");
    let message = match event {
        Event::Waiting { url, cause, wait } => {
            let seconds = wait.as_secs_f64();
            format!("note: {url}: {cause}; retrying in {seconds} s")
        }
        Event::NotFollowed(url) => {
            format!("note: {url} is on another site; not followed")
        }
        Event::Unlisted(path) => {
            let path = shown(path);
            format!(
                "warning: the index does not list {path}; if the page no longer exists, delete the file"
            )
        }
        Event::Page { url, outcome } => match outcome {
            Outcome::Fetched {
                path,
                is_new,
                errors,
            } => {
                let path = shown(path);
                let word = if *is_new { "new    " } else { "changed" };
                print_line!("{word}  {path}");
                if *errors == 0 {
                    return;
                }
                let errors = count(*errors, "error");
                format!("warning: {path} has {errors}: run `cargo xtask parse {path}` for details")
            }
            Outcome::Rejected(rejection) => format!("error: rejected {url}: {rejection}"),
            Outcome::Failed(failure) => format!("error: cannot fetch {url}: {failure}"),
            Outcome::Unchanged | Outcome::Fresh | Outcome::NotRequested => return,
        },
        Event::Planned(_) => return,
    };
    print_message!("{message}\n");
}

/// Returns the line with the numbers of pages.
pub(super) fn summary_line(summary: &Summary) -> String {
    let mut line = format!(
        "fetched {}, {} of them new; {} unchanged, {} fresh; {} rejected, {} failed",
        count(summary.fetched, "page"),
        summary.new,
        summary.unchanged,
        summary.fresh,
        summary.rejected,
        summary.failed,
    );
    if summary.not_requested > 0 {
        line += &format!(", {} not requested", summary.not_requested);
    }
    if summary.unlisted > 0 {
        line += &format!("; {} not in the index", summary.unlisted);
    }
    line
}
