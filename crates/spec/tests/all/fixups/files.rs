//! Invalid fixups files.

use std::path::Path;

use tc3_spec::Fixups;

use super::load;

#[test]
fn invalid_fixup_is_reported_with_position() {
    let entry = |reason: &str, version: &str, more: &str| {
        format!(
            "{{\n  \"odd\": {{\"reason\": \"{reason}\", \"version\": \"{version}\",\n   \"at\": \"endpoint\"{more}}}\n}}\n"
        )
    };
    let right = "\"to\": \"a.b\"";
    for (text, place, expect) in [
        ("[]".to_owned(), "1:1", "invalid type: sequence, expected a map"),
        (String::new(), "1:1", "EOF while parsing a value"),
        (
            "{\n  \"odd\": {},\n  \"odd\": {}\n}".to_owned(),
            "3:7",
            "duplicate key `odd`",
        ),
        (
            entry("So.", "2021-03-31", ",\n \"to\": \"a\", \"to\": \"b\""),
            "4:16",
            "duplicate key `to`",
        ),
        (entry("So.", "2021-03-31", ", \"too\": 1"), "3:26", "the fixup `odd`: unknown field `too`"),
        ("{\n \"odd\": {\"at\": 5}}".to_owned(), "2:16", "the fixup `odd`: invalid type: integer `5`"),
        ("{\"odd\": {\"at\": \"x\"}}".to_owned(), "1:19", "the fixup `odd`: missing field `reason`"),
        (
            entry("  ", "2021-03-31", &format!(", {right}")),
            "2:10",
            "the fixup `odd`: it has no reason: say why the source is wrong",
        ),
        (
            entry("So.", "v3", &format!(", {right}")),
            "2:10",
            "the fixup `odd`: `v3` is not a version: expected a date like 2021-03-31",
        ),
        (
            entry("So.", "2021-03-31", ""),
            "2:10",
            "the fixup `odd`: it has neither `from` nor `to`, so it changes nothing",
        ),
        (
            entry("So.", "2021-03-31", ", \"from\": 1, \"to\": 1"),
            "2:10",
            "the fixup `odd`: `from` and `to` are the same",
        ),
        (
            entry("So.", "2021-03-31", ", \"from\": 1, \"to\": null"),
            "2:10",
            "the fixup `odd`: `to` must not be null",
        ),
        (
            entry("So.", "2021-03-31", ", \"from\": {}"),
            "2:10",
            "the fixup `odd`: `from` has no keys",
        ),
        (
            entry("So.", "2021-03-31", &format!(", {right}")).replace("\"odd\"", "\" \""),
            "2:8",
            "the fixup ` `: it has no name: add one",
        ),
        (
            "{\"a\": {\"reason\": \"So.\", \"version\": \"2021-03-31\", \"at\": \"endpoint\", \"to\": \"a\"},\n\
             \"b\": {\"reason\": \"So.\", \"version\": \"2021-03-31\", \"at\": \"endpoint\", \"to\": \"b\"}}"
                .to_owned(),
            "2:6",
            "the fixup `b`: 2021-03-31 endpoint is already corrected by `a`: merge them into one",
        ),
    ] {
        let (_folder, path, fixups) = load(&text);
        let error = fixups.expect_err(&text).to_string();
        let expect = format!("{}:{place}: {expect}", path.display());
        assert!(error.starts_with(&expect), "{error}\n{expect}");
    }
    let missing = Fixups::load(Path::new("no/such/file")).expect_err("no file");
    assert!(
        missing
            .to_string()
            .starts_with("cannot read no/such/file: "),
        "{missing}"
    );
}
