//! The wording of each diagnostic.

use super::Diagnostics;
use crate::source::At;

impl Diagnostics<'_, '_> {
    // The page as a whole.

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
            "the page is not UTF-8 here, so that letters may be lost".to_owned(),
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
            "found no table of input parameters (with the rows Action and Version), no data types and no error codes: \
             this is not a documentation page of API 3.0, or not a whole one"
                .to_owned(),
        );
    }

    pub(crate) fn too_deep(&mut self) {
        self.error(
            At(0),
            "",
            "in this page",
            "the page's elements are nested too deep to be a documentation page, so it was not read".to_owned(),
        );
    }

    pub(crate) fn common_parameters(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "parameters of all requests",
            "this is the page of the common parameters, which belong to no action; its contents are ignored: remove \
             the page"
                .to_owned(),
        );
    }

    pub(crate) fn glued_cells(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "cells without anything between them",
            format!(
                "the cells of this table cannot be told apart, so its rows are not used; save the page with spaces, bars or \
                 tags between them: `{}`",
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
            "the rate?",
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
            "found no domain name (`<service>.tencentcloudapi.com`), so the service is not known"
                .to_owned(),
        );
    }

    pub(crate) fn no_action_name(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "this row",
            format!(
                "the row of Action does not name the action: `{}`",
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
                "the table of input parameters has no row Version with a date in it: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn version_with_slashes(&mut self, at: At, found: &str, version: &str) {
        self.warning(
            at,
            found,
            "no version",
            format!("the row Version writes the date with slashes, which requests must not; read as `{version}`"),
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
            "found no table of output parameters (it would end with the row RequestId): the page may be cut off"
                .to_owned(),
        );
    }

    pub(crate) fn no_request_id(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "the last row",
            format!(
                "the table of output parameters ends with `{}` and not with RequestId: rows may be missing",
                short(found)
            ),
        );
    }

    pub(crate) fn no_errors(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "after this",
            "found neither a table of error codes nor the sentence that there are none: the page may be cut off"
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
                "the row has no name, so its parameter cannot be used: `{}`",
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
                "the row is not {expected}, so it cannot be used: `{}`",
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
                "the type of `{name}` cannot be read, so the row is not used: `{}`",
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
                "the rows do not say which parameters are required (the column may hold pictures): `{}`",
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
                "whether `{name}` is required cannot be read; assumed optional: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn duplicate(&mut self, at: At, name: &str) {
        self.error(
            at,
            name,
            "a second time",
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
            "cut off",
            format!(
                "the row is cut off, so it is not used; save the whole page: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn cut_code(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "cut off?",
            format!(
                "the page ends with a code that has no description, unlike all others: it may be cut off: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn unfinished(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "the last line",
            "the page ends within a line, without a final line break: it may be cut off".to_owned(),
        );
    }

    pub(crate) fn empty_table(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "no rows below",
            format!(
                "this table has a head and no rows: the page may be cut off: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn open_table(&mut self) {
        self.error(
            At(0),
            "",
            "in this page",
            "the page ends within a table, which is not closed: rows may be missing".to_owned(),
        );
    }

    pub(crate) fn no_end_tag(&mut self) {
        self.warning(
            At(0),
            "",
            "in this page",
            "the page has neither `</body>` nor `</html>`: it may be cut off".to_owned(),
        );
    }

    pub(crate) fn trailing_text(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "text of the row, or of the site?",
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
            "where is its table?",
            format!("`{name}` seems to be a structure, but no table follows, so it is ignored: the page may be cut \
                     off"),
        );
    }

    pub(crate) fn nameless_structure(&mut self, at: At, found: &str, rows: usize) {
        self.error(
            at,
            found,
            "whose fields are these?",
            format!("the structure of this table has no name above it, so its {rows} rows cannot be used"),
        );
    }

    pub(crate) fn structure_without_table(&mut self, at: At, found: &str, name: &str) {
        self.warning(
            at,
            found,
            "where is its table?",
            format!("the structure `{name}` has no table of fields; assumed to have none"),
        );
    }

    pub(crate) fn duplicate_structure(&mut self, at: At, name: &str) {
        self.error(
            at,
            name,
            "a second time",
            format!("the structure `{name}` is described twice; the first description was used"),
        );
    }

    pub(crate) fn further_table(&mut self, at: At, found: &str) {
        self.error(
            at,
            found,
            "a table of what?",
            format!(
                "the page has such a table already, so the rows of this one are not used: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn rows_outside(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "a table of what?",
            format!("this table is neither of parameters nor of error codes, so its rows are not used: `{}`", short(found)),
        );
    }

    pub(crate) fn duplicate_code(&mut self, at: At, code: &str) {
        self.warning(
            at,
            code,
            "a second time",
            format!("the error code `{code}` is in the table twice; the first row was used"),
        );
    }

    pub(crate) fn no_first_code(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "not a code",
            format!(
                "the table of error codes does not begin with a code, so its rows may be read wrongly: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn numbered_codes(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "numbers for codes",
            format!(
                "this table has numbers where the codes should be, so another column's codes were used: `{}`",
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
            format!(
                "the example's {what} is announced here, but none could be read, so it is ignored"
            ),
        );
    }

    pub(crate) fn no_response(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "a request alone",
            format!(
                "the example has a request and no response that could be read: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn empty_example(&mut self, at: At, found: &str) {
        self.warning(
            at,
            found,
            "an example without content",
            format!(
                "the example has neither a request nor a response that could be read: `{}`",
                short(found)
            ),
        );
    }

    pub(crate) fn cut_request(&mut self, at: At, found: &str, cause: &str) {
        self.warning(
            at,
            found,
            "where is its body?",
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
                "the example has a response already, so this one is ignored: `{}`",
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
                "the example's request cannot be read, so it is ignored: {cause}: `{}`",
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

/// Shortens a text for a message.
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
