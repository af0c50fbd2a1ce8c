//! The wording of each diagnostic.

use super::Diagnostics;
use crate::source::At;

impl Diagnostics<'_, '_> {
    // Pages.

    pub(crate) fn not_utf8(&mut self, offset: usize) {
        let at = if self.source.is_html {
            At(0)
        } else {
            At(offset)
        };
        self.error(
            at,
            "",
            "not UTF-8",
            "the page is not UTF-8 here, so characters may be lost; save it as UTF-8".to_owned(),
        );
        if let Some(last) = self.list.last_mut() {
            (last.line, last.column) = self.source.line_column(offset);
            last.offset = offset;
        }
    }

    pub(crate) fn empty_page(&mut self) {
        self.error(
            At(0),
            "",
            "no text",
            "the page is empty: save it again, or delete the file".to_owned(),
        );
    }

    pub(crate) fn no_page(&mut self, first: &str) {
        self.error(
            At(0),
            first,
            "the page begins here",
            "found no table of input parameters (with the rows Action and Version), no data types and no error codes; save \
             the whole documentation page, or delete the file"
                .to_owned(),
        );
    }

    pub(crate) fn too_deep(&mut self) {
        self.error(
            At(0),
            "",
            "in this page",
            "the HTML elements are nested too deeply, so the page was not parsed; save the page again".to_owned(),
        );
    }

    pub(crate) fn common_parameters(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "parameters of all requests",
            "this is the page of the common parameters, which belong to no action; its contents are ignored; delete the \
             file"
                .to_owned(),
        );
    }

    pub(crate) fn glued_cells(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "no separators",
            format!(
                "the cells of this table have no separators, so its rows are ignored; save the page with spaces, bars or \
                 tags between cells: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn second_page(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "a second page begins above",
            format!(
                "the file contains the input parameters of a second action, which are ignored; save each page to its \
                 own file: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn other_action(&mut self, at: At, found: &str, other: &str, name: &str) {
        self.error(
            at,
            found,
            "another name than the table's",
            format!("the page names the action `{other}` here, and `{name}` in its row Action; check which page this is"),
        );
    }

    pub(crate) fn unread_rate(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "rate limit?",
            format!(
                "this sentence seems to state a rate limit, but its requests per second cannot be read; it was kept \
                 in the description: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn unread_region(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "is it used?",
            format!(
                "the row Region does not say in known words whether the action uses it; assumed optional: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn region_contradicted(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "required or not?",
            format!(
                "the row Region says both that it is required and that it is not needed; assumed required: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn no_endpoint(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "before this table",
            "found no domain name (`<service>.tencentcloudapi.com`), so the service is unknown; save the whole page"
                .to_owned(),
        );
    }

    pub(crate) fn no_action_name(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "this row",
            format!(
                "the row Action does not name the action, so the action is ignored; save the page again: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn no_version(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "in this table",
            format!(
                "the table of input parameters has no row Version with a date; save the page again: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn version_with_slashes(&mut self, at: At, found: &str, version: &str) {
        self.warning(
            at,
            found,
            "not a version",
            format!(
                "the date in the row Version has slashes instead of hyphens; read as `{version}`"
            ),
        );
    }

    pub(crate) fn endpoint_of_example(&mut self, at: At, found: &str, host: &str) {
        self.warning(
            at,
            found,
            "before this table",
            format!("the page has a domain name only in its examples; `{host}` was used"),
        );
    }

    pub(crate) fn no_output(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "after this table",
            "found no table of output parameters (with the row RequestId), so the page may be truncated; save the whole page"
                .to_owned(),
        );
    }

    pub(crate) fn no_request_id(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "the last row",
            format!(
                "the last output parameter is not RequestId, so rows may be missing; save the whole page: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn no_errors(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "after this",
            "found neither error codes nor a sentence that there are none; the page may be truncated"
                .to_owned(),
        );
    }

    // Rows and cells.

    pub(crate) fn nameless_row(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "no name",
            format!(
                "the row has no name, so its parameter is ignored: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn broken_row(&mut self, at: At, found: &str, expected: &str) {
        self.error(
            at,
            found,
            "this row",
            format!(
                "a row must have {expected}; this one is ignored: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn bad_type(&mut self, at: At, found: &str, name: &str) {
        self.error(
            at,
            found,
            "not a type",
            format!(
                "the type of `{name}` is invalid, so the row is ignored: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn no_required_column(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "this row",
            format!(
                "the column Required has no text (maybe pictures), so all parameters are assumed optional; save the page with \
                 words in this column: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn no_required_cell(&mut self, at: At, name: &str) {
        self.warning(
            at,
            name,
            "this parameter",
            format!("the row of `{name}` does not say whether it is required; assumed optional"),
        );
    }

    pub(crate) fn bad_required_cell(&mut self, at: At, found: &str, name: &str) {
        self.error(
            at,
            found,
            "neither yes nor no",
            format!(
                "the cell Required of `{name}` is neither yes nor no; assumed optional: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn duplicate(&mut self, at: At, name: &str) {
        self.error(
            at,
            name,
            "duplicate",
            format!("`{name}` is in the table twice; the first row was used"),
        );
    }

    pub(crate) fn doubtful_line(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "row or text?",
            format!(
                "this line could be a row, but was read as text of the previous row: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn doubtful_row(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "row or text?",
            format!(
                "this line could be text of the previous row, but was read as a row: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn cut_row(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "truncated",
            format!(
                "the row is truncated, so it is ignored; save the whole page: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn cut_code(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "truncated?",
            format!(
                "the last error code has no description, unlike all others, so the page may be truncated: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn unfinished(&mut self) {
        self.warning(
            At::END,
            "",
            "the page ends here",
            "the page ends within a line, so it may be truncated".to_owned(),
        );
    }

    pub(crate) fn empty_table(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "no rows below",
            format!(
                "the table has a head but no rows, so the page may be truncated: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn open_table(&mut self) {
        self.error(
            At::END,
            "",
            "the page ends here",
            "the page ends within a table, so rows may be missing; save the whole page".to_owned(),
        );
    }

    pub(crate) fn no_end_tag(&mut self) {
        self.warning(
            At::END,
            "",
            "the page ends here",
            "the page has neither `</body>` nor `</html>`, so it may be truncated".to_owned(),
        );
    }

    pub(crate) fn trailing_text(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "text of the row or of the site?",
            format!(
                "this line after the last row was read as text of the site and ignored: `{}`",
                short(found)
            ),
        );
    }

    // Data types and error codes.

    pub(crate) fn structure_cut(&mut self, at: At, name: &str) {
        self.warning(
            at,
            name,
            "no table follows",
            format!("`{name}` seems to be a structure, but no table follows, so it is ignored; the page may be truncated"),
        );
    }

    pub(crate) fn nameless_structure(&mut self, at: At, found: &str, rows: usize) {
        self.error(
            at,
            found,
            "no name above",
            format!("this table has no structure name above it, so its {rows} rows are ignored"),
        );
    }

    pub(crate) fn structure_without_table(&mut self, at: At, found: &str, name: &str) {
        self.warning(
            at,
            found,
            "no table follows",
            format!("the structure `{name}` has no table; assumed to have no fields"),
        );
    }

    pub(crate) fn duplicate_structure(&mut self, at: At, name: &str) {
        self.error(
            at,
            name,
            "duplicate",
            format!("the structure `{name}` is described twice; the first description was used"),
        );
    }

    pub(crate) fn further_table(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "second table",
            format!(
                "the page already has a table of this kind, so the rows of this one are ignored: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn rows_outside(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "unknown columns",
            format!("this table lists neither parameters nor error codes, so its rows are ignored: `{}`", short(found)),
        );
    }

    pub(crate) fn duplicate_code(&mut self, at: At, code: &str) {
        self.warning(
            at,
            code,
            "duplicate",
            format!("the error code `{code}` is in the table twice; the first row was used"),
        );
    }

    pub(crate) fn no_first_code(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "not a code",
            format!(
                "the table of error codes does not begin with a code, so its rows may be wrong: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn numbered_codes(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "numbers instead of codes",
            format!(
                "this table has numbers instead of codes, so the codes of another column were used: `{}`",
                short(found)
            ),
        );
    }

    // Examples.

    pub(crate) fn broken_json(&mut self, at: At, found: &str, what: &str, cause: &str) {
        self.warning(
            at,
            found,
            "in this JSON",
            format!(
                "the example's {what} is not JSON, so it is ignored: {cause}: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn lost_part(&mut self, at: At, found: &str, what: &str) {
        self.warning(
            at,
            found,
            "nothing after it",
            format!("this heading announces the example's {what}, but no readable {what} follows"),
        );
    }

    pub(crate) fn no_response(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "no response",
            format!(
                "the example has a request but no readable response: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn empty_example(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "no request or response",
            format!(
                "the example has neither a readable request nor a readable response: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn cut_request(&mut self, at: At, found: &str, cause: &str) {
        self.warning(
            at,
            found,
            "no body",
            format!(
                "the example's request has no body, {cause}, so it is ignored: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn no_envelope(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "no `Response`",
            format!(
                "the example's response has no `Response`, so it is ignored: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn further_response(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "another response",
            format!(
                "the example already has a response, so this one is ignored: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn bad_query(&mut self, at: At, found: &str, cause: &str) {
        self.warning(
            at,
            found,
            "this parameter",
            format!(
                "the example's request is invalid, so it is ignored: {cause}: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn example_unknown(&mut self, at: At, what: &str, name: &str) {
        self.warning(
            at,
            name,
            "not in the table",
            format!("the example's {what} has `{name}`, which is not in the table"),
        );
    }

    pub(crate) fn example_missing(&mut self, at: At, found: &str, name: &str) {
        self.warning(
            at,
            found,
            "in this request",
            format!("the example's request lacks `{name}`, which the table says is required"),
        );
    }

    pub(crate) fn example_type(
        &mut self,
        at: At,
        what: &str,
        name: &str,
        expected: &str,
        value: &str,
    ) {
        self.warning(
            at,
            name,
            "another type than the table's",
            format!(
                "the example's {what} has `{}` for `{name}`, which the table says is `{expected}`",
                short(value)
            ),
        );
    }
}

/// Shortens a text for a message, on one line.
fn short(text: &str) -> String {
    const LENGTH: usize = 80;
    let flat = text
        .split_whitespace()
        .take(LENGTH)
        .collect::<Vec<_>>()
        .join(" ");
    if flat.chars().count() <= LENGTH {
        return flat;
    }
    flat.chars().take(LENGTH - 1).chain(['…']).collect()
}
