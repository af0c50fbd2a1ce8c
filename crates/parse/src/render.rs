//! Formats diagnostics in the style of rustc.

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::diagnostic::Severity;
use crate::page::Page;

/// Formats the page's diagnostics, each with its line. `bytes` is the source of the page; `color` enables terminal
/// colours.
pub fn render(page: &Page, bytes: &[u8], color: bool) -> String {
    let text = crate::source::Source::new(bytes).text;
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    for diagnostic in &page.diagnostics {
        // Prints only part of a long line, because an HTML page can be a single line of megabytes.
        let start = text[..diagnostic.offset].rfind('\n').map_or(0, |at| at + 1);
        let window = floor(&text, start.max(diagnostic.offset.saturating_sub(2000)));
        let length = text[diagnostic.offset..]
            .find(['\n', '\r'])
            .unwrap_or(text.len() - diagnostic.offset);
        let end = floor(&text, diagnostic.offset + length.min(300));
        let from = diagnostic.offset - window;
        let to = floor(&text, (diagnostic.offset + diagnostic.length).min(end))
            .max(diagnostic.offset)
            - window;
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let snippet = Snippet::source(&text[window..end])
            .line_start(diagnostic.line)
            .path(&page.origin)
            .annotation(
                AnnotationKind::Primary
                    .span(from..to)
                    .label(diagnostic.label),
            );
        let report = &[level.primary_title(&diagnostic.message).element(snippet)];
        out.push_str(&renderer.render(report));
        out.push_str("\n\n");
    }
    out
}

/// Returns the last character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
