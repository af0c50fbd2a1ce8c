//! The locations of the rows from which items were read.

use tc3_parse::{RowLocation, row_locations};

fn location<'p>(locations: &'p [RowLocation], path: &str) -> (usize, usize, &'p str) {
    let mut found = locations.iter().filter(|location| location.path == path);
    let location = found.next().expect(path);
    assert_eq!(found.next(), None);
    (location.line, location.column, &location.text)
}

#[test]
fn text_rows_have_lines_and_descriptions() {
    let page = include_str!(
        "../../../../specs/organization/pages/2021-03-31/DescribeOrganizationMemberEmailBind.txt"
    );
    let (row, more) = (
        "PhoneBind Integer Verification mobile number binding status. 0 indicates unbound and 1 indicates bound.",
        "Note: This field may return null.",
    );
    let found = row_locations(page.as_bytes());
    let action = "actions.DescribeOrganizationMemberEmailBind";
    let (line, column, text) = location(&found, &format!("{action}.response.PhoneBind"));
    assert_eq!((line, column), (89, 1));
    assert!(text.starts_with(row), "{text}");
    let longer = page.replace(row, &format!("{row}\n{more}"));
    let found = row_locations(longer.as_bytes());
    let (.., text) = location(&found, &format!("{action}.response.PhoneBind"));
    assert!(text.contains(&format!("{row}\n{more}")), "{text}");
    let (line, _, text) = location(&found, action);
    assert!(
        text.starts_with("Action Yes String Common Params."),
        "{text}"
    );
    assert_eq!(page.lines().nth(line - 1), Some(text));
    let (line, _, text) = location(
        &found,
        &format!("{action}.errors.FailedOperation.MemberBindPhoneError"),
    );
    assert_eq!(longer.lines().nth(line - 1), Some(text));
    // Common parameters are not items of the spec.
    assert!(
        !found
            .iter()
            .any(|location| location.path.ends_with(".Version"))
    );
}

#[test]
fn html_rows_begin_with_their_first_cell() {
    let page = "<html><body><h1>Data Types</h1>\n<h2>Tag</h2>\n<p>A tag.</p><p>Used by actions: A.</p>\n<table>\n\
                <tr><th>Name</th><th>Type</th><th>Description</th></tr>\n\
                <tr>\n  <td class=\"Key\"><b>Key</b></td>\n  <td>String</td>\n  <td>Its <i>key</i>.<br>One.</td></tr>\n\
                </table></body></html>";
    let found = row_locations(page.as_bytes());
    assert_eq!(
        location(&found, "types.Tag.fields.Key"),
        (7, 22, "Key String Its key.\nOne.")
    );
    assert_eq!(
        location(&found, "types.Tag"),
        (5, 9, "Name Type Description")
    );
}

#[test]
fn page_of_another_kind_has_no_locations() {
    assert_eq!(row_locations(b""), []);
    assert_eq!(row_locations(b"<html>\xff"), []);
}
