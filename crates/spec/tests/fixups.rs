//! Corrections of what documentation says wrongly: what they change, when they do not fit, and what is none.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tc3_spec::{Fixups, LoadError, Spec};
use tempfile::TempDir;

/// Fixups as a file.
fn load(text: &str) -> (TempDir, PathBuf, Result<Fixups, LoadError>) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join(Fixups::FILE);
    fs::write(&path, text).expect("a file");
    let fixups = Fixups::load(&path);
    (folder, path, fixups)
}

fn shop() -> Value {
    json!({
        "format": 1,
        "service": "shop",
        "version": "2021-03-31",
        "endpoint": "shop.intl.tencentcloudapi.com",
        "actions": {
            "Order": {
                "description": "Orders.",
                "rate_limit": 20,
                "request": [
                    {"name": "Count", "type": "Integer", "format": "uint64", "required": true, "description": "How many."},
                    {"name": "Remark", "type": "String", "description": ""},
                ],
                "response": [{"name": "Price", "type": "Price", "nullable": true, "description": ""}],
                "errors": [
                    {"code": "FailedOperation", "description": "It failed."},
                    {"code": "FailedOperation.SoldOut", "description": ""},
                ],
                "examples": [
                    {"title": "One. And more", "request": {"Count": 1}},
                    {"title": "Twice", "request": {"Count": 2.50}},
                    {"title": "Twice", "request": {"Count": 3}},
                ],
            },
        },
        "types": {
            "Price": {"description": "", "fields": [{"name": "Amount", "type": "Float", "description": ""}]},
        },
    })
}

fn spec(value: &Value) -> Spec {
    Spec::from_json(&value.to_string(), Path::new("shop.json")).expect("the spec is right")
}

/// A fixup: the path, what stands there, what is to.
type Case = (&'static str, Option<Value>, Option<Value>);

/// What a correction makes of the spec.
type Change = Box<dyn Fn(&mut Value)>;

#[track_caller]
fn fixups(cases: &[Case]) -> Fixups {
    let mut file = json!({});
    for (index, (at, from, to)) in cases.iter().enumerate() {
        let mut entry = json!({"reason": "It is so.", "version": "2021-03-31", "at": at});
        for (key, value) in [("from", from), ("to", to)] {
            if let Some(value) = value {
                entry[key] = value.clone();
            }
        }
        file[format!("f{index}")] = entry;
    }
    let (_folder, _, fixups) = load(&file.to_string());
    fixups.expect("fixups")
}

/// Why fixups do not fit, each behind its name.
#[track_caller]
fn misfits(cases: &[Case]) -> Vec<String> {
    let mut fixed = spec(&shop());
    let misfits = fixed.fix(&fixups(cases)).expect_err("no fit");
    assert_eq!(fixed, spec(&shop()), "the spec is as it was");
    let misfits = misfits.into_iter();
    misfits
        .map(|of| format!("{}: {}", of.name, of.message))
        .collect()
}

const NOT_NEEDED: &str = "the source says so itself by now: remove the fixup";

/// Every kind of correction: the spec says what it is to say and nothing else, and what then is not needed says so.
#[test]
fn a_value_is_corrected_and_nothing_else() {
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
            .unwrap_or_else(|misfits| panic!("{case:?}: {misfits:?}"));
        assert_eq!(applied.len(), 1);
        let mut expect = shop();
        change(&mut expect);
        assert_eq!(fixed, spec(&expect), "{case:?}");
        // Once the source says so itself, there is nothing left to correct.
        let misfits = fixed.clone().fix(&fixups).expect_err("not needed");
        assert_eq!(misfits[0].message, NOT_NEEDED, "{case:?}");
        assert_eq!(misfits[0].line, 1);
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
fn several_corrections_of_one_list_do_not_disturb_each_other() {
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

#[test]
fn a_fixup_is_for_one_version() {
    let fixups = fixups(&[("actions.Order.rate_limit", Some(json!(20)), Some(json!(10)))]);
    let mut other = shop();
    other["version"] = json!("2018-01-02");
    let mut fixed = spec(&other);
    assert_eq!(fixed.fix(&fixups), Ok(vec![]));
    assert_eq!(fixed, spec(&other));
    assert_eq!(fixups.of_other_versions(&["2018-01-02", "2021-03-31"]), []);
    let misfits = fixups.of_other_versions(&["2018-01-02"]);
    assert_eq!(
        misfits[0].message,
        "there is no version 2021-03-31, but 2018-01-02: correct the fixup, or remove it"
    );
}

#[test]
fn a_fixup_is_told_in_a_line() {
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
            "actions.Order.region is `unused`, and not missing".to_owned(),
            r#"actions.Order.request.Count is not there, though it is `{"name":"Count"}`"#
                .to_owned(),
            format!(
                "actions.Order.description is `a b {}…`, not `Orders.`",
                &long[..56]
            ),
        ]
    );
}

#[test]
fn the_fixups_that_touched_something_are_found() {
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

#[test]
fn what_is_no_fixup_is_told_with_its_place() {
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
            "the key `odd` stands here twice",
        ),
        (
            entry("So.", "2021-03-31", ",\n \"to\": \"a\", \"to\": \"b\""),
            "4:16",
            "the key `to` stands here twice",
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
            "the fixup `odd`: `v3` is not a version like 2021-03-31",
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
            "the fixup `odd`: `to` is null, which no spec has",
        ),
        (
            entry("So.", "2021-03-31", ", \"from\": {}"),
            "2:10",
            "the fixup `odd`: `from` has no keys",
        ),
        (
            entry("So.", "2021-03-31", &format!(", {right}")).replace("\"odd\"", "\" \""),
            "2:8",
            "the fixup ` `: it has no name",
        ),
        (
            "{\"a\": {\"reason\": \"So.\", \"version\": \"2021-03-31\", \"at\": \"endpoint\", \"to\": \"a\"},\n\
             \"b\": {\"reason\": \"So.\", \"version\": \"2021-03-31\", \"at\": \"endpoint\", \"to\": \"b\"}}"
                .to_owned(),
            "2:6",
            "the fixup `b`: 2021-03-31 endpoint is corrected by `a` already: make one of them",
        ),
    ] {
        let (_folder, path, fixups) = load(&text);
        let error = fixups.expect_err(&text).to_string();
        let expect = format!("{}:{place}: {expect}", path.display());
        assert!(error.starts_with(&expect), "{error}\n{expect}");
    }
    let missing = Fixups::load(Path::new("no/such/file")).expect_err("no file");
    assert_eq!(missing.to_string(), "cannot read no/such/file");
}
