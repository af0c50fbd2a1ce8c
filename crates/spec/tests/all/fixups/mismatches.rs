//! Fixups that do not match the sources.

use serde_json::json;

use super::{NOT_NEEDED, fixups, mismatches, shop, spec};

#[test]
fn mismatches_have_a_remedy() {
    for (case, expect) in [
        (
            ("actions.Order.rate_limit", Some(json!(30)), Some(json!(10))),
            "the source has `20`, which is neither `from` nor `to`: correct or remove the fixup",
        ),
        (
            ("actions.Order.rate_limit", None, Some(json!(10))),
            "the source now has actions.Order.rate_limit with the value `20`: set `from` to it, or remove the fixup",
        ),
        (
            (
                "actions.Order.region",
                Some(json!("unused")),
                Some(json!("required")),
            ),
            "the source lacks actions.Order.region, so `from` does not match: omit `from` to add it, or remove the fixup",
        ),
        (
            ("actions.Order.region", Some(json!("unused")), None),
            NOT_NEEDED,
        ),
        (
            ("actions.Order.rate_limit", Some(json!(10)), Some(json!(20))),
            NOT_NEEDED,
        ),
        (
            (
                "actions.Order.request.Note",
                Some(json!({"name": "Note"})),
                None,
            ),
            NOT_NEEDED,
        ),
        (
            (
                "actions.Order.request.Remak.name",
                Some(json!("Remak")),
                Some(json!("Remark")),
            ),
            NOT_NEEDED,
        ),
        (
            ("actions", Some(json!({"Order": {}})), Some(json!({}))),
            "the path `actions` is incomplete; add the action after `actions.`",
        ),
        (
            ("types.Price.fields", Some(json!([])), Some(json!([1]))),
            "the path `types.Price.fields` is incomplete; add the field after `types.Price.fields.`",
        ),
        (
            ("", None, Some(json!(1))),
            "a spec has no `` that can be corrected; use `endpoint`, `actions`, `types`, `errors`",
        ),
        (
            (
                "actions.Order.request.Remak.type",
                Some(json!("String")),
                Some(json!("Float")),
            ),
            "the parameter `Remak` does not exist; did you mean `Remark`?",
        ),
        (
            ("actions.Oder.rate_limit", Some(json!(1)), Some(json!(10))),
            "the action `Oder` does not exist; did you mean `Order`?",
        ),
        (
            (
                "types.Cost.fields.Amount.type",
                Some(json!("Float")),
                Some(json!("String")),
            ),
            "the data type `Cost` does not exist; correct the fixup, or remove it",
        ),
        (
            (
                "actions.Order.errors.FailedOperation.SoldOt.description",
                Some(json!("x")),
                Some(json!("y")),
            ),
            "the error code `FailedOperation.SoldOt` does not exist; did you mean `FailedOperation.SoldOut`?",
        ),
        (
            (
                "actions.Order.examples.Twice",
                Some(json!({"title": "Twice"})),
                None,
            ),
            "the title `Twice` is ambiguous; use its number instead, 2 or 3",
        ),
        (
            (
                "actions.Order.requests.Count.type",
                Some(json!("Integer")),
                Some(json!("Float")),
            ),
            "an action has no `requests` that can be corrected; did you mean `request`?",
        ),
        (
            (
                "types.Price.Amount.type",
                Some(json!("Float")),
                Some(json!("String")),
            ),
            "a data type has no `Amount` that can be corrected; use `description`, `fields`",
        ),
        (
            ("actions.Order.access", None, Some(json!("read"))),
            "`access` is derived, not read from a source; correct it in the spec itself",
        ),
        (
            (
                "actions.Order.examples.1.request.Count",
                Some(json!(1)),
                Some(json!(2)),
            ),
            "the source lacks actions.Order.examples.1.request.Count, so `from` does not match: omit `from` to add it, or remove the fixup",
        ),
        (
            (
                "actions.Order.rate_limit.burst",
                Some(json!(1)),
                Some(json!(2)),
            ),
            "`rate_limit` has no parts; remove `.burst` and correct the whole value",
        ),
        (
            (
                "actions.Order.request.Count.required",
                Some(json!(false)),
                None,
            ),
            "`from` and `to` are the same: an absent flag is false",
        ),
        (
            (
                "actions.Order.request.Note",
                None,
                Some(json!({"name": "Memo", "type": "String", "description": ""})),
            ),
            "the name in `to` must match the end of `at`, `Note`",
        ),
        (
            (
                "actions.Order.request.Note",
                None,
                Some(json!({"name": "Note", "type": "String"})),
            ),
            "invalid `to`: missing field `description`",
        ),
        (
            ("actions.Order.region", None, Some(json!("always"))),
            "invalid `to`: unknown variant `always`, expected one of `required`, `optional`, `unused`",
        ),
        (
            (
                "actions.Order.request.Count.type",
                Some(json!("Integer")),
                Some(json!("String")),
            ),
            "invalid `to`: actions.Order.request.Count: only an `Integer` can have a format; got `String`",
        ),
        (
            (
                "actions.Order.request.Count.name",
                Some(json!("Count")),
                Some(json!("Remark")),
            ),
            "invalid `to`: actions.Order.request.Remark: duplicate name: rename or remove one",
        ),
        (
            ("actions.Order.rate_limit", Some(json!(20)), Some(json!(0))),
            "invalid `to`: actions.Order.rate_limit: rate limit must be greater than zero",
        ),
    ] {
        assert_eq!(mismatches(&[case]), [format!("f0: {expect}")]);
    }
}

#[test]
fn overlapping_corrections_are_reported() {
    let cases = [
        (
            "actions.Order.request.Count.type",
            Some(json!("Integer")),
            Some(json!("Float")),
        ),
        (
            "actions.Order.request.Count",
            Some(json!({"name": "Count"})),
            None,
        ),
    ];
    let expect =
        "f1: actions.Order.request.Count is already corrected by `f0`: merge them into one";
    assert_eq!(mismatches(&cases), [expect]);
    // By another path to the same place.
    let cases = [
        (
            "actions.Order.examples.1",
            Some(json!({"title": "One. And more"})),
            None,
        ),
        (
            "actions.Order.examples.One. And more",
            Some(json!({"title": "One. And more"})),
            None,
        ),
    ];
    let expect = "f1: actions.Order.examples.One. And more is already corrected by `f0`: merge them into one";
    assert_eq!(mismatches(&cases), [expect]);
    // A code with a common prefix is a different code.
    let code = |code: &str| Some(json!({"code": code}));
    let apart = fixups(&[
        (
            "actions.Order.errors.FailedOperation",
            code("FailedOperation"),
            None,
        ),
        (
            "actions.Order.errors.FailedOperation.SoldOut",
            code("FailedOperation.SoldOut"),
            None,
        ),
    ]);
    let mut fixed = spec(&shop());
    assert_eq!(fixed.fix(&apart).map(|of| of.len()), Ok(2));
    assert!(fixed.actions["Order"].errors.is_empty());
}

#[test]
fn corrections_invalid_together_are_all_reported() {
    let to = || Some(json!("Same"));
    let cases = [
        (
            "actions.Order.request.Count.name",
            Some(json!("Count")),
            to(),
        ),
        (
            "actions.Order.request.Remark.name",
            Some(json!("Remark")),
            to(),
        ),
    ];
    let expect = "invalid `to`: actions.Order.request.Same: duplicate name: rename or remove one";
    assert_eq!(
        mismatches(&cases),
        [format!("f0: {expect}"), format!("f1: {expect}")]
    );
}
