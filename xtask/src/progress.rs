//! The progress bar.

use indicatif::{ProgressBar, ProgressStyle};

use crate::print::color;

/// Creates a progress bar of pages, hidden unless standard error is a terminal.
pub(crate) fn bar() -> ProgressBar {
    if !color() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len} pages");
    let bar = ProgressBar::new(0);
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar
}
