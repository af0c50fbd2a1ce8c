//! Fixups that do not fit what the sources say.

use serde_json::json;

use crate::{NOT_NEEDED, fixups, misfits, shop, spec};

#[test]
fn what_does_not_fit_is_told_with_what_to_do() {
    for (case, expect) in [
        (
            ("actions.Order.rate_limit", Some(json!(30)), Some(json!(10))),
            "the source says `20`, which is neither `from` nor `to`: look at it again, and correct the fixup or remove it",
        ),
        (
            ("actions.Order.rate_limit", None, Some(json!(10))),
            "the source has actions.Order.rate_limit by now, and says `20`: give that as `from`, or remove the fixup",
        ),
        (
            (
                "actions.Order.region",
                Some(json!("unused")),
                Some(json!("required")),
            ),
            "the source lacks actions.Order.region, and so does not say what `from` says: leave out `from` to add it, or \
             remove the fixup",
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
            "say which action is meant, by its name behind `actions.`",
        ),
        (
            ("types.Price.fields", Some(json!([])), Some(json!([1]))),
            "say which field is meant, by its name behind `types.Price.fields.`",
        ),
        (
            ("", None, Some(json!(1))),
            "a spec has no `` that can be corrected; it has `endpoint`, `actions`, `types`, `errors`",
        ),
        (
            (
                "actions.Order.request.Remak.type",
                Some(json!("String")),
                Some(json!("Float")),
            ),
            "there is no parameter `Remak`; there is `Remark`: correct the fixup, or remove it",
        ),
        (
            ("actions.Oder.rate_limit", Some(json!(1)), Some(json!(10))),
            "there is no action `Oder`; there is `Order`: correct the fixup, or remove it",
        ),
        (
            (
                "types.Cost.fields.Amount.type",
                Some(json!("Float")),
                Some(json!("String")),
            ),
            "there is no data type `Cost`: correct the fixup, or remove it",
        ),
        (
            (
                "actions.Order.errors.FailedOperation.SoldOt.description",
                Some(json!("x")),
                Some(json!("y")),
            ),
            "there is no error code `FailedOperation.SoldOt`; there is `FailedOperation.SoldOut`: correct the fixup, or \
             remove it",
        ),
        (
            (
                "actions.Order.examples.Twice",
                Some(json!({"title": "Twice"})),
                None,
            ),
            "two have the title `Twice`: give the number of the one that is meant, 2 or 3",
        ),
        (
            (
                "actions.Order.requests.Count.type",
                Some(json!("Integer")),
                Some(json!("Float")),
            ),
            "an action has no `requests` that can be corrected; it has `request`",
        ),
        (
            (
                "types.Price.Amount.type",
                Some(json!("Float")),
                Some(json!("String")),
            ),
            "a data type has no `Amount` that can be corrected; it has `description`, `fields`",
        ),
        (
            ("actions.Order.access", None, Some(json!("read"))),
            "`access` is derived, and not what a source says: correct it in the spec itself, where it is kept",
        ),
        (
            (
                "actions.Order.examples.1.request.Count",
                Some(json!(1)),
                Some(json!(2)),
            ),
            "the source lacks actions.Order.examples.1.request.Count, and so does not say what `from` says: leave out `from` to \
             add it, or remove the fixup",
        ),
        (
            (
                "actions.Order.rate_limit.burst",
                Some(json!(1)),
                Some(json!(2)),
            ),
            "there is nothing below it to be corrected: correct all of `rate_limit`, without `.burst`",
        ),
        (
            (
                "actions.Order.request.Count.required",
                Some(json!(false)),
                None,
            ),
            "`from` and `to` are the same: false is what a flag is that is absent",
        ),
        (
            (
                "actions.Order.request.Note",
                None,
                Some(json!({"name": "Memo", "type": "String", "description": ""})),
            ),
            "`to` must have the name that `at` ends with, `Note`",
        ),
        (
            (
                "actions.Order.request.Note",
                None,
                Some(json!({"name": "Note", "type": "String"})),
            ),
            "its `to` cannot stand there: missing field `description`",
        ),
        (
            ("actions.Order.region", None, Some(json!("always"))),
            "its `to` cannot stand there: unknown variant `always`, expected one of `required`, `optional`, `unused`",
        ),
        (
            (
                "actions.Order.request.Count.type",
                Some(json!("Integer")),
                Some(json!("String")),
            ),
            "its `to` cannot stand there: actions.Order.request.Count: only an `Integer` has a format, and this is `String`",
        ),
        (
            (
                "actions.Order.request.Count.name",
                Some(json!("Count")),
                Some(json!("Remark")),
            ),
            "its `to` cannot stand there: actions.Order.request.Remark: the name stands here twice",
        ),
        (
            ("actions.Order.rate_limit", Some(json!(20)), Some(json!(0))),
            "its `to` cannot stand there: actions.Order.rate_limit: no request at all is allowed a second",
        ),
    ] {
        assert_eq!(misfits(&[case]), [format!("f0: {expect}")]);
    }
}

#[test]
fn two_corrections_of_one_place_are_told() {
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
    let expect = "f1: actions.Order.request.Count is corrected by `f0` already: make one of them";
    assert_eq!(misfits(&cases), [expect]);
    // By another way to it.
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
    let expect =
        "f1: actions.Order.examples.One. And more is corrected by `f0` already: make one of them";
    assert_eq!(misfits(&cases), [expect]);
    // A code that begins like another is another.
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
fn corrections_that_make_no_spec_together_are_all_told() {
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
    let expect =
        "its `to` cannot stand there: actions.Order.request.Same: the name stands here twice";
    assert_eq!(
        misfits(&cases),
        [format!("f0: {expect}"), format!("f1: {expect}")]
    );
}
