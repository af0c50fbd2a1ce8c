//! Fixups change only their target.

use serde_json::{Value, json};

use super::{Case, Change, NOT_NEEDED, fixups, shop, spec};

/// Checks a correction: it changes only its target, and applying it again reports that it is not needed.
#[test]
fn only_the_target_is_corrected() {
    let order = "/actions/Order";
    let cases: Vec<(Case, Change)> = vec![
        (
            (
                "actions.Order.request.Count.required",
                Some(json!(true)),
                Some(json!(false)),
            ),
            Box::new(move |of| drop(object(of, &format!("{order}/request/0")).remove("required"))),
        ),
        (
            (
                "actions.Order.request.Remark.required",
                Some(json!(false)),
                Some(json!(true)),
            ),
            Box::new(|of| of["actions"]["Order"]["request"][1]["required"] = json!(true)),
        ),
        (
            (
                "actions.Order.request.Remark.deprecated",
                None,
                Some(json!(true)),
            ),
            Box::new(|of| of["actions"]["Order"]["request"][1]["deprecated"] = json!(true)),
        ),
        (
            (
                "actions.Order.response.Price.nullable",
                Some(json!(true)),
                None,
            ),
            Box::new(move |of| drop(object(of, &format!("{order}/response/0")).remove("nullable"))),
        ),
        (
            (
                "actions.Order.request.Remark.type",
                Some(json!("String")),
                Some(json!("Array of Price")),
            ),
            Box::new(|of| of["actions"]["Order"]["request"][1]["type"] = json!("Array of Price")),
        ),
        (
            (
                "actions.Order.request.Count.format",
                Some(json!("uint64")),
                Some(json!("int64")),
            ),
            Box::new(|of| of["actions"]["Order"]["request"][0]["format"] = json!("int64")),
        ),
        (
            (
                "actions.Order.request.Count.format",
                Some(json!("uint64")),
                None,
            ),
            Box::new(move |of| drop(object(of, &format!("{order}/request/0")).remove("format"))),
        ),
        (
            (
                "actions.Order.request.Remark.name",
                Some(json!("Remark")),
                Some(json!("Remarks")),
            ),
            Box::new(|of| of["actions"]["Order"]["request"][1]["name"] = json!("Remarks")),
        ),
        (
            (
                "actions.Order.description",
                Some(json!("Orders.")),
                Some(json!("Orders something.")),
            ),
            Box::new(|of| of["actions"]["Order"]["description"] = json!("Orders something.")),
        ),
        (
            ("actions.Order.rate_limit", Some(json!(20)), Some(json!(10))),
            Box::new(|of| of["actions"]["Order"]["rate_limit"] = json!(10)),
        ),
        (
            ("actions.Order.region", None, Some(json!("required"))),
            Box::new(|of| of["actions"]["Order"]["region"] = json!("required")),
        ),
        (
            (
                "actions.Order.request.Note",
                None,
                Some(json!({"name": "Note", "type": "String", "description": "A note."})),
            ),
            Box::new(|of| {
                let note = json!({"name": "Note", "type": "String", "description": "A note."});
                list(of, "/actions/Order/request").push(note);
            }),
        ),
        (
            (
                "actions.Order.request.Count",
                Some(json!({"type": "Integer"})),
                None,
            ),
            Box::new(|of| drop(list(of, "/actions/Order/request").remove(0))),
        ),
        (
            (
                "types.Price.fields.Amount.type",
                Some(json!("Float")),
                Some(json!("String")),
            ),
            Box::new(|of| of["types"]["Price"]["fields"][0]["type"] = json!("String")),
        ),
        (
            (
                "types.Tag",
                None,
                Some(json!({"description": "", "fields": []})),
            ),
            Box::new(|of| of["types"]["Tag"] = json!({"description": "", "fields": []})),
        ),
        (
            (
                "actions.Order.errors.FailedOperation.description",
                Some(json!("It failed.")),
                Some(json!("It has failed.")),
            ),
            Box::new(|of| {
                of["actions"]["Order"]["errors"][0]["description"] = json!("It has failed.")
            }),
        ),
        (
            (
                "actions.Order.errors.FailedOperation.SoldOut.code",
                Some(json!("FailedOperation.SoldOut")),
                Some(json!("ResourceSoldOut")),
            ),
            Box::new(|of| of["actions"]["Order"]["errors"][1]["code"] = json!("ResourceSoldOut")),
        ),
        (
            (
                "actions.Order.errors.FailedOperation.SoldOut",
                Some(json!({"code": "FailedOperation.SoldOut", "description": ""})),
                None,
            ),
            Box::new(|of| drop(list(of, "/actions/Order/errors").remove(1))),
        ),
        (
            (
                "errors.InternalError.Busy",
                None,
                Some(json!({"code": "InternalError.Busy", "description": ""})),
            ),
            Box::new(|of| {
                of["errors"] = json!([{"code": "InternalError.Busy", "description": ""}])
            }),
        ),
        (
            (
                "actions.Order.examples.One. And more",
                Some(json!({"request": {"Count": 1}})),
                None,
            ),
            Box::new(|of| drop(list(of, "/actions/Order/examples").remove(0))),
        ),
        (
            (
                "actions.Order.examples.2.request",
                Some(json!({"Count": 2.50})),
                Some(json!({"Count": 2})),
            ),
            Box::new(|of| of["actions"]["Order"]["examples"][1]["request"] = json!({"Count": 2})),
        ),
        (
            (
                "actions.Order.examples.One. And more.title",
                Some(json!("One. And more")),
                Some(json!("One")),
            ),
            Box::new(|of| of["actions"]["Order"]["examples"][0]["title"] = json!("One")),
        ),
    ];
    for (case, change) in cases {
        let fixups = fixups(std::slice::from_ref(&case));
        let mut fixed = spec(&shop());
        let applied = fixed
            .fix(&fixups)
            .unwrap_or_else(|mismatches| panic!("{case:?}: {mismatches:?}"));
        assert_eq!(applied.len(), 1);
        let mut expect = shop();
        change(&mut expect);
        assert_eq!(fixed, spec(&expect), "{case:?}");
        // Once the source is correct, the fixup is not needed.
        let mismatches = fixed.clone().fix(&fixups).expect_err("not needed");
        assert_eq!(mismatches[0].message, NOT_NEEDED, "{case:?}");
        assert_eq!(mismatches[0].line, 1);
    }
}

fn object<'v>(value: &'v mut Value, at: &str) -> &'v mut serde_json::Map<String, Value> {
    value
        .pointer_mut(at)
        .and_then(Value::as_object_mut)
        .expect("an object")
}

fn list<'v>(value: &'v mut Value, at: &str) -> &'v mut Vec<Value> {
    value
        .pointer_mut(at)
        .and_then(Value::as_array_mut)
        .expect("a list")
}

#[test]
fn several_corrections_of_one_list() {
    let note = |name: &str| json!({"name": name, "type": "String", "description": ""});
    let from = |name: &str| Some(json!({"name": name}));
    let fixups = fixups(&[
        ("actions.Order.request.Count", from("Count"), None),
        (
            "actions.Order.request.Remark.name",
            Some(json!("Remark")),
            Some(json!("Count")),
        ),
        ("actions.Order.request.Note", None, Some(note("Note"))),
        ("actions.Order.request.Memo", None, Some(note("Memo"))),
        (
            "actions.Order.examples.1",
            Some(json!({"title": "One. And more"})),
            None,
        ),
        (
            "actions.Order.examples.3",
            Some(json!({"title": "Twice"})),
            None,
        ),
    ]);
    let mut fixed = spec(&shop());
    assert_eq!(fixed.fix(&fixups).map(|of| of.len()), Ok(6));
    let order = &fixed.actions["Order"];
    let names: Vec<_> = order.request.iter().map(|of| of.name.as_str()).collect();
    assert_eq!(names, ["Count", "Note", "Memo"]);
    assert_eq!(order.examples.len(), 1);
    assert_eq!(order.examples[0].title.as_deref(), Some("Twice"));
}

#[test]
fn fixup_applies_to_one_version() {
    let fixups = fixups(&[("actions.Order.rate_limit", Some(json!(20)), Some(json!(10)))]);
    let mut other = shop();
    other["version"] = json!("2018-01-02");
    let mut fixed = spec(&other);
    assert_eq!(fixed.fix(&fixups), Ok(vec![]));
    assert_eq!(fixed, spec(&other));
    assert_eq!(fixups.of_other_versions(&["2018-01-02", "2021-03-31"]), []);
    let mismatches = fixups.of_other_versions(&["2018-01-02"]);
    assert_eq!(
        mismatches[0].message,
        "version 2021-03-31 does not exist, only 2018-01-02; correct the fixup, or remove it"
    );
}

#[test]
fn fixup_is_displayed_in_one_line() {
    let long = "word ".repeat(20);
    let fixups = fixups(&[
        ("actions.Order.rate_limit", Some(json!(20)), Some(json!(10))),
        ("actions.Order.region", None, Some(json!("unused"))),
        (
            "actions.Order.request.Count",
            Some(json!({"name": "Count"})),
            None,
        ),
        (
            "actions.Order.description",
            Some(json!("Orders.")),
            Some(json!(format!("a\nb {long}"))),
        ),
    ]);
    let lines: Vec<String> = fixups.iter().map(ToString::to_string).collect();
    assert_eq!(
        lines,
        [
            "actions.Order.rate_limit is `10`, not `20`".to_owned(),
            "actions.Order.region is `unused`, not absent".to_owned(),
            r#"actions.Order.request.Count is absent, not `{"name":"Count"}`"#.to_owned(),
            format!(
                "actions.Order.description is `a b {}…`, not `Orders.`",
                &long[..56]
            ),
        ]
    );
}

#[test]
fn touching_fixups_are_found() {
    let note = json!({"name": "Note", "type": "String", "description": ""});
    let fixups = fixups(&[
        (
            "actions.Order.request.Count.type",
            Some(json!("Integer")),
            Some(json!("Timestamp")),
        ),
        (
            "actions.Order.request.Count.format",
            Some(json!("uint64")),
            None,
        ),
        (
            "actions.Order.request.Remark.name",
            Some(json!("Remark")),
            Some(json!("Remarks")),
        ),
        ("actions.Order.request.Note", None, Some(note)),
        (
            "actions.Order.errors.FailedOperation.description",
            Some(json!("It failed.")),
            Some(json!("No.")),
        ),
    ]);
    let mut fixed = spec(&shop());
    fixed.fix(&fixups).expect("they fit");
    let touching = |path: &str| {
        let items = fixed.items();
        let item = items
            .iter()
            .find(|item| item.path() == path)
            .expect("an item");
        let touching = fixups.touching(&fixed, &item.steps).into_iter();
        touching.map(|of| of.name.as_str()).collect::<Vec<_>>()
    };
    assert_eq!(touching("actions.Order.request.Count"), ["f0", "f1"]);
    assert_eq!(touching("actions.Order.request.Remarks"), ["f2"]);
    assert_eq!(touching("actions.Order.request.Note"), ["f3"]);
    assert_eq!(touching("actions.Order.errors.FailedOperation"), ["f4"]);
    assert_eq!(
        touching("actions.Order.errors.FailedOperation.SoldOut"),
        [""; 0]
    );
    assert_eq!(touching("actions.Order"), ["f0", "f1", "f2", "f3", "f4"]);
    assert_eq!(touching("types.Price"), [""; 0]);
}
