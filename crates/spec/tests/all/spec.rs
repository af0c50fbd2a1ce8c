//! Loading, saving, validating and merging specs.

use std::path::Path;

use tc3_spec::{Access, DataType, Fragment, Kept, LoadError, Pagination, Spec, TypeRef};

/// A spec with every key.
const SPEC: &str = r#"{
  "format": 1,
  "service": "thing",
  "version": "2020-01-02",
  "endpoint": "thing.tencentcloudapi.com",
  "actions": {
    "AddThing": {
      "description": "Adds a thing.",
      "rate_limit": 20,
      "region": "unused",
      "access": "write",
      "pagination": false,
      "request": [
        {
          "name": "Size",
          "type": "Integer",
          "format": "uint64",
          "required": true,
          "deprecated": true,
          "description": "Its size."
        }
      ],
      "response": [
        {
          "name": "Tags",
          "type": "Array of Tag",
          "nullable": true,
          "description": "Its tags.\nMany."
        }
      ],
      "errors": [
        {
          "code": "FailedOperation.Busy",
          "description": ""
        }
      ],
      "examples": [
        {
          "title": "One",
          "description": "Adds one.",
          "request": {
            "Size": 18446744073709551615
          },
          "response": {
            "Tags": null,
            "Price": 1.10,
            "RequestId": "1"
          }
        }
      ],
      "source": {
        "page": "pages/2020-01-02/AddThing.txt",
        "updated": "2025-03-06 17:08:32"
      }
    }
  },
  "types": {
    "Tag": {
      "description": "A tag.",
      "fields": []
    }
  },
  "errors": [
    {
      "code": "UnsupportedOperation.",
      "description": "Cannot be done."
    }
  ]
}
"#;

fn load(text: &str) -> Result<Spec, LoadError> {
    Spec::from_json(text, Path::new("specs/thing/2020-01-02.json"))
}

#[test]
fn round_trip_preserves_bytes() {
    let spec = load(SPEC).expect("the spec is valid");
    assert_eq!(spec.to_json().expect("a loaded spec can be written"), SPEC);
}

/// Returns the error message after replacing `from` by `to`.
#[track_caller]
fn load_error(from: &str, to: &str) -> String {
    let text = SPEC.replacen(from, to, 1);
    assert_ne!(text, SPEC, "the spec does not contain `{from}`");
    load(&text)
        .expect_err("the change makes the spec invalid")
        .to_string()
}

#[test]
fn errors_have_positions() {
    let place = "specs/thing/2020-01-02.json";
    for (from, to, expect) in [
        (
            "\"format\": 1",
            "\"format\": 2",
            ":2:13: format 2 is not supported: this program reads format 1",
        ),
        (
            "\"version\": \"2020-01-02\",",
            "\"version\": 5,",
            ":4:14: invalid type: integer `5`, expected a string",
        ),
        (
            "\"Size\"",
            "\"Si ze\"",
            ": actions.AddThing.request.Si ze: `Si ze` is not a name: expected letters, digits and underscores",
        ),
        (
            "\"type\": \"Integer\"",
            "\"type\": \"String\"",
            ": actions.AddThing.request.Size: only an `Integer` can have a format; got `String`",
        ),
        (
            "\"version\": \"2020-01-02\"",
            "\"version\": \"2020\"",
            ": version: `2020` is not a date like 2021-03-31",
        ),
        (
            "FailedOperation.Busy",
            "Failed Operation",
            ": actions.AddThing.errors.Failed Operation: `Failed Operation` is not an error code: expected words joined by dots",
        ),
        (
            "\"rate_limit\": 20",
            "\"rate_limit\": 0",
            ": actions.AddThing.rate_limit: rate limit must be greater than zero",
        ),
        (
            "\"write\"",
            "\"both\"",
            ":11:22: unknown variant `both`, expected `read` or `write`",
        ),
        (
            "\"pagination\": false",
            "\"pagination\": null",
            ":12:24: invalid type: null, expected `false`, or an object with the key `by`",
        ),
        (
            "\"pagination\": false",
            "\"pagination\": true",
            ":12:24: invalid value: boolean `true`, expected `false`, or an object with the key `by`",
        ),
        (
            "\"pagination\": false",
            "\"pagination\": { \"by\": \"offset\", \"items\": \"Tags\", \"size\": 1 }",
            ":12:66: unknown field `size`, expected one of `items`, `total`, `multiple`",
        ),
        (
            "\"pagination\": false",
            "\"pagination\": { \"by\": \"token\", \"items\": \"Tags\" }",
            ": actions.AddThing.pagination: an action that writes cannot be paginated",
        ),
        (
            "thing.tencentcloudapi.com",
            "http://thing",
            ": endpoint: `http://thing` is not a domain name",
        ),
    ] {
        let message = load_error(from, to);
        assert!(
            message.starts_with(&format!("{place}{expect}")),
            "{message}"
        );
    }
    let unknown = load_error("\"rate_limit\"", "\"ratelimit\"");
    assert!(
        unknown.contains("unknown field `ratelimit`, expected one of `description`, `rate_limit`"),
        "{unknown}"
    );
    let cut = load(&SPEC[..100])
        .expect_err("a truncated spec")
        .to_string();
    assert!(cut.starts_with(&format!("{place}:")), "{cut}");
    let missing = Spec::load(Path::new("no/such/spec.json")).expect_err("no file");
    assert!(
        missing.to_string().contains("no/such/spec.json"),
        "{missing}"
    );
}

/// Returns a spec of one paginated action, with these keys before its request.
fn listing(derived: &str) -> Spec {
    let text = format!(
        r#"{{
          "format": 1,
          "service": "thing",
          "version": "2020-01-02",
          "endpoint": "thing.tencentcloudapi.com",
          "actions": {{
            "ListThings": {{
              "description": "",
              {derived}
              "request": [
                {{ "name": "Offset", "type": "Integer", "description": "" }},
                {{ "name": "Limit", "type": "Integer", "description": "" }}
              ],
              "response": [
                {{ "name": "Things", "type": "Array of String", "description": "" }},
                {{ "name": "Total", "type": "Integer", "description": "" }}
              ],
              "errors": [],
              "examples": []
            }}
          }},
          "types": {{}}
        }}"#
    );
    load(&text).expect("the spec is valid")
}

/// Derives the facts of a spec with the keys `own` and the kept keys `kept`. Returns the facts, the overrides and the
/// mismatches.
#[track_caller]
fn derive(own: &str, kept: &str) -> (String, Vec<String>, Vec<String>) {
    let mut spec = listing(own);
    let kept =
        format!(r#"{{ "format": 9, "actions": {{ "ListThings": {{ {kept} }} }} }}, and more"#);
    let derivation = spec.derive(&Kept::from_json(&kept).expect("derived facts"));
    let action = serde_json::to_value(&spec.actions["ListThings"]).expect("JSON");
    let written = serde_json::json!([action["access"], action["pagination"]]).to_string();
    let text =
        |problems: Vec<tc3_spec::Problem>| problems.iter().map(ToString::to_string).collect();
    (
        written,
        text(derivation.overrides),
        text(derivation.mismatches),
    )
}

const DERIVED: &str = r#"["read",{"by":"offset","items":"Things","total":"Total"}]"#;

#[test]
fn derived_facts_can_be_corrected() {
    let nothing: [&str; 0] = [];
    for (own, kept, written, overrides) in [
        ("", "", DERIVED, &nothing[..]),
        ("", r#""access": "read""#, DERIVED, &nothing),
        (
            "",
            r#""access": "write""#,
            r#"["write",null]"#,
            &["actions.ListThings.access: the action writes, but its name implies that it reads"],
        ),
        (
            "",
            r#""pagination": false"#,
            r#"["read",false]"#,
            &[
                "actions.ListThings.pagination: the action has no pages, but its tables imply `Things` by offset, of `Total`",
            ],
        ),
        (
            r#""pagination": { "by": "offset", "items": "Things" },"#,
            r#""pagination": false"#,
            r#"["read",{"by":"offset","items":"Things"}]"#,
            &[
                "actions.ListThings.pagination: the action has `Things` by offset, but its tables imply `Things` by offset, of `Total`",
            ],
        ),
    ] {
        let expect = (
            written.to_owned(),
            overrides.iter().map(ToString::to_string).collect(),
            vec![],
        );
        assert_eq!(derive(own, kept), expect, "{own} {kept}");
    }
}

#[test]
fn mismatched_fact_is_derived_again() {
    let kept = r#""pagination": { "by": "token", "items": "Things" }"#;
    let mismatch = "actions.ListThings.pagination: the request has no `NextToken` of type `String`";
    assert_eq!(
        derive("", kept),
        (DERIVED.to_owned(), vec![], vec![mismatch.to_owned()])
    );

    let kept = r#"{ "actions": { "ListThings": { "access": "reed" } } }"#;
    let error = Kept::from_json(kept).expect_err("a misspelled word");
    assert!(
        error.to_string().starts_with("unknown variant `reed`"),
        "{error}"
    );
    let kept = r#"{ "actions": { "ListThings": { "access": "write" }, "ListThings": {} } }"#;
    let error = Kept::from_json(kept).expect_err("a duplicate action");
    assert!(
        error.to_string().starts_with("duplicate key `ListThings`"),
        "{error}"
    );
    assert_eq!(Kept::from_json("").expect("an empty file"), Kept::default());
}

#[test]
fn absent_facts_are_derived() {
    let spec = listing("");
    let action = &spec.actions["ListThings"];
    assert_eq!(action.access_or_derived("ListThings"), Access::Read);
    let offset = Pagination::Offset {
        items: "Things".to_owned(),
        total: Some("Total".to_owned()),
        multiple: false,
    };
    assert_eq!(
        action.pagination_or_derived("ListThings", &spec.types),
        offset
    );
    let mut corrected = action.clone();
    corrected.access = Some(Access::Write);
    assert_eq!(
        corrected.pagination_or_derived("ListThings", &spec.types),
        Pagination::None
    );
}

#[test]
fn unwritable_type_is_rejected() {
    let mut spec = load(SPEC).unwrap();
    let of = TypeRef::Array(Box::new(TypeRef::Named("Ta`g".to_owned())));
    let action = spec.actions.get_mut("AddThing").unwrap();
    action.response[0].type_ref = of;
    assert_eq!(
        spec.problems()[0].to_string(),
        "actions.AddThing.response.Tags: `Ta`g` is not a name: expected letters, digits and underscores"
    );
}

#[test]
fn names_may_begin_with_digit_or_underscore() {
    for name in ["_id", "1st"] {
        let json = SPEC.replace("\"name\": \"Size\"", &format!("\"name\": \"{name}\""));
        assert_ne!(json, SPEC);
        assert!(load(&json).is_ok(), "{name}");
    }
    let message = load_error("\"name\": \"Size\"", "\"name\": \"pet-id\"");
    let expect = "actions.AddThing.request.pet-id: `pet-id` is not a name: expected letters, digits and underscores";
    assert!(message.contains(expect), "{message}");
    let mut spec = load(SPEC).unwrap();
    for name in ["1st", "_Tag", "pet-id"] {
        spec.types.insert(name.to_owned(), DataType::default());
    }
    let problems = spec.problems();
    let [problem] = &*problems else {
        panic!("{problems:?}");
    };
    assert_eq!(
        problem.to_string(),
        "types.pet-id: `pet-id` is not a name: expected letters, digits and underscores"
    );
}

#[test]
fn duplicate_names_are_rejected() {
    let field = "\"name\": \"Size\",\n          \"type\": \"Integer\"";
    let twice = "\"name\": \"Size\", \"type\": \"String\", \"description\": \"\" }, { \"name\": \"Size\", \"type\": \"Integer\"";
    assert!(
        load_error(field, twice)
            .contains("actions.AddThing.request.Size: duplicate name: rename or remove one")
    );
    let code = "\"code\": \"FailedOperation.Busy\",\n          \"description\": \"\"";
    let message = load_error(code, &format!("{code} }}, {{ {code}"));
    let expect = "actions.AddThing.errors.FailedOperation.Busy: duplicate error code: remove one";
    assert!(message.contains(expect), "{message}");
}

#[test]
fn duplicate_keys_are_rejected_with_position() {
    for (from, to, place, key) in [
        (
            "\"service\"",
            "\"service\": \"x\",\n  \"service\"",
            "4:11",
            "service",
        ),
        (
            "\"actions\": {",
            "\"actions\": {\n    \"AddThing\": null,",
            "8:14",
            "AddThing",
        ),
        ("\"Tag\": {", "\"Tag\": 1,\n    \"Tag\": {", "59:9", "Tag"),
        // The same key, written with an escape.
        (
            "\"Tags\": null",
            "\"Tags\": null, \"T\\u0061gs\": [0]",
            "45:37",
            "Tags",
        ),
    ] {
        assert_eq!(
            load_error(from, to),
            format!("specs/thing/2020-01-02.json:{place}: duplicate key `{key}`")
        );
    }
}

#[test]
fn undefined_types_are_listed_with_first_use() {
    let spec =
        load(&SPEC.replace("Array of Tag", "Array of Label")).expect("an undefined type is valid");
    assert_eq!(
        spec.undefined_types(),
        [("Label", "actions.AddThing.response.Tags".to_owned())]
    );
    assert_eq!(load(SPEC).expect("valid").undefined_types(), []);
}

fn fragment(origin: &str) -> Fragment {
    let spec = load(SPEC).expect("valid");
    Fragment {
        origin: origin.to_owned(),
        service: Some(spec.service),
        version: Some(spec.version),
        endpoint: Some(spec.endpoint),
        actions: spec.actions,
        types: spec.types,
        errors: spec.errors,
        ..Fragment::default()
    }
}

#[test]
fn agreeing_sources_are_merged() {
    let types = Fragment {
        types: fragment("").types,
        origin: "b".into(),
        ..Fragment::default()
    };
    let action = Fragment {
        types: Default::default(),
        ..fragment("a")
    };
    let merged = Spec::merge("spec", &[action, types, fragment("c")]).expect("nothing contradicts");
    assert_eq!(merged, load(SPEC).expect("valid"));
}

/// Checks the conflict of two pages of one action, the second one changed.
#[track_caller]
fn check_difference(change: impl FnOnce(&mut tc3_spec::Action), expect: &str) {
    let (a, mut b) = (fragment("a"), fragment("b"));
    let action = b.actions.get_mut("AddThing").expect("the action");
    change(action);
    let conflicts = Spec::merge("spec", &[a, b]).expect_err("they contradict");
    let start = "b: the action `AddThing` differs from a in ";
    assert_eq!(conflicts[0].to_string(), format!("{start}{expect}"));
    assert_eq!(conflicts.len(), 1);
}

#[test]
fn differing_rows_are_reported() {
    check_difference(
        |action| {
            action.description.push('!');
            action.request[0].description.push('!');
            action.response.pop();
            action.examples.clear();
        },
        "description, request.Size, response.Tags, examples",
    );
    check_difference(
        |action| {
            let mut more = action.request[0].clone();
            more.name = "More".into();
            action.request.push(more);
        },
        "request.More",
    );

    let (mut a, mut b) = (fragment("a"), fragment("b"));
    for fragment in [&mut a, &mut b] {
        let action = fragment.actions.get_mut("AddThing").expect("the action");
        let mut more = action.request[0].clone();
        more.name = "More".into();
        action.request.push(more);
    }
    let action = b.actions.get_mut("AddThing").expect("the action");
    action.request.reverse();
    let conflicts = Spec::merge("spec", &[a, b]).expect_err("they contradict");
    let message = conflicts[0].to_string();
    assert!(
        message.ends_with("differs from a in the order of request"),
        "{message}"
    );
}

#[test]
fn equal_pages_of_an_action_agree() {
    let (a, mut b) = (fragment("a"), fragment("b"));
    let action = b.actions.get_mut("AddThing").expect("the action");
    action.source = Some(tc3_spec::Source {
        page: "pages/another.html".into(),
        updated: None,
        url: None,
        fetched: None,
    });
    let first = a.actions["AddThing"].source.clone();
    let merged = Spec::merge("spec", &[a, b]).expect("nothing contradicts");
    assert_eq!(merged.actions["AddThing"].source, first);
}

#[test]
fn contradicting_sources_are_reported() {
    let mut other = fragment("b");
    other.version = Some("2021-01-01".into());
    other
        .actions
        .get_mut("AddThing")
        .expect("the action")
        .rate_limit = None;
    other
        .types
        .get_mut("Tag")
        .expect("the type")
        .description
        .push('!');
    other.errors[0].description.push('!');
    let conflicts = Spec::merge("spec", &[fragment("a"), other]).expect_err("they contradict");
    let messages: Vec<String> = conflicts.iter().map(ToString::to_string).collect();
    assert_eq!(
        messages,
        [
            "b: the version is `2021-01-01` here and `2020-01-02` in a",
            "b: the action `AddThing` differs from a in rate_limit",
            "b: the data type `Tag` differs from a in description",
            "b: the error code `UnsupportedOperation.` differs from a",
        ]
    );
    let mut foreign = fragment("b");
    foreign.service = Some("other".into());
    foreign.endpoint = Some("other.intl.tencentcloudapi.com".into());
    let conflicts = Spec::merge("spec", &[fragment("a"), foreign, fragment("c")]);
    let conflicts = conflicts.expect_err("they contradict");
    assert_eq!(conflicts.len(), 1, "{conflicts:?}");
    assert_eq!(conflicts[0].origin, "b");
    let nothing = Spec::merge("spec", &[]).expect_err("there is no source");
    assert_eq!(nothing[0].to_string(), "spec: no page names the service");
}

#[test]
fn last_row_of_a_code_applies() {
    let mut page = fragment("a");
    page.errors.push(page.errors[0].clone());
    page.errors[1].description = "The service's own words.".into();
    let merged = Spec::merge("spec", &[page]).expect("one page cannot contradict itself");
    assert_eq!(merged.errors.len(), 1);
    assert_eq!(merged.errors[0].description, "The service's own words.");
}
