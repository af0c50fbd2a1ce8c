//! Parses documentation pages of Tencent Cloud API 3.0 into spec fragments.
//!
//! [`parse`] reads one page in any shape: the site's HTML, text with cells joined by spaces or tabs, tables with bars,
//! Markdown, or one cell per line. It returns a [`Page`] with the facts of an action, of data types or of error codes
//! as types of [`tc3_spec`], and [`Diagnostic`]s for unreadable or contradictory parts. It never fails and never
//! panics. [`description`] and [`request`] parse snippets without a page.
//!
//! Data flows one way: bytes → blocks (lines and marked tables: `html`, `text`) → rows (`table` if cells are marked,
//! `rows` otherwise) → fields. Only `words` knows languages, and only `diagnostic` words diagnostics.

mod action;
mod action_tables;
mod anchors;
mod bar_table;
mod bars;
mod block;
mod cell;
mod code_rows;
mod data_types;
mod dates;
mod description;
mod diagnostic;
mod error_codes;
mod evidence;
mod example;
mod fields;
mod glued;
mod headings;
mod html;
mod introduction;
mod markdown;
mod names;
mod page;
mod page_checks;
mod query;
mod raw_line;
mod render;
mod request_lines;
mod row;
mod row_location;
mod rows;
mod snippet;
mod source;
mod structure_intro;
mod subject;
mod table;
mod table_bounds;
mod tags;
mod text;
mod words;

pub use diagnostic::{Diagnostic, Severity};
pub use page::Page;
pub use render::render;
pub use row_location::RowLocation;
pub use snippet::{description, request};
pub use subject::Subject;

use tc3_spec::Fragment;

use block::Block;
use diagnostic::Diagnostics;
use source::Source;

/// Parses a page. `path` identifies it in the result and in messages.
pub fn parse(path: &str, bytes: &[u8]) -> Page {
    let source = Source::new(bytes);
    let mut diagnostics = Diagnostics::new(&source);
    let fragment = read_source(path, &source, &mut diagnostics);
    let diagnostics = diagnostics.finish();
    Page {
        fragment,
        diagnostics,
    }
}

/// Returns the locations of the rows from which the items of a spec are read, in page order.
///
/// The search for each location in the text takes longer than parsing the page.
pub fn row_locations(bytes: &[u8]) -> Vec<RowLocation> {
    let source = Source::new(bytes);
    let mut diagnostics = Diagnostics::with_locations(&source);
    read_source("", &source, &mut diagnostics);
    diagnostics.into_locations()
}

fn read_source(path: &str, source: &Source<'_>, diagnostics: &mut Diagnostics<'_, '_>) -> Fragment {
    if let Some(offset) = source.invalid_utf8 {
        diagnostics.not_utf8(offset);
    }
    let blocks = if source.is_html {
        html::blocks(&source.text)
    } else {
        Some(text::blocks(&source.text))
    };
    match blocks {
        Some(blocks) => {
            let blocks = glued::split(blocks);
            page_checks::end(source, &blocks, diagnostics);
            read(path, &blocks, diagnostics)
        }
        None => {
            diagnostics.too_deep();
            Fragment::of(path)
        }
    }
}

/// Parses the blocks as a page of an action, of data types or of error codes.
fn read(path: &str, blocks: &[Block<'_>], diagnostics: &mut Diagnostics<'_, '_>) -> Fragment {
    if page_checks::glued_action(blocks, diagnostics)
        || page_checks::common_parameters(blocks, diagnostics)
    {
        return Fragment::of(path);
    }
    if let Some(page) = action::read(path, blocks, diagnostics) {
        return page;
    }
    if page_checks::glued_head(blocks, diagnostics) {
        return Fragment::of(path);
    }
    let page = data_types::read(path, blocks, diagnostics)
        .or_else(|| error_codes::read(path, blocks, diagnostics));
    page.unwrap_or_else(|| {
        let first = blocks.iter().find_map(Block::line);
        match first {
            None if blocks.is_empty() => diagnostics.empty_page(),
            first => {
                diagnostics.no_page(&first.map_or(String::new(), |line| line.text.to_string()))
            }
        }
        Fragment::of(path)
    })
}
