//! Specs as files: what is read and written, what is refused, and what merging makes of several sources.

use std::path::Path;

use tc3_spec::{Fragment, LoadError, Spec};

/// A spec with every key that there is.
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
fn writing_what_was_read_gives_the_same_bytes() {
    let spec = load(SPEC).expect("the spec is valid");
    assert_eq!(spec.to_json().expect("a loaded spec can be written"), SPEC);
}

/// What the message says when `from` is replaced by `to`.
#[track_caller]
fn refusal(from: &str, to: &str) -> String {
    let text = SPEC.replacen(from, to, 1);
    assert_ne!(text, SPEC, "the spec does not hold `{from}`");
    load(&text)
        .expect_err("the change makes the spec invalid")
        .to_string()
}

#[test]
fn faults_are_told_with_their_place() {
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
            ": actions.AddThing.request.Size: only an `Integer` has a format, and this is `String`",
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
            ": actions.AddThing.rate_limit: no request at all is allowed a second",
        ),
        (
            "thing.tencentcloudapi.com",
            "http://thing",
            ": endpoint: `http://thing` is not a domain name",
        ),
    ] {
        let message = refusal(from, to);
        assert!(
            message.starts_with(&format!("{place}{expect}")),
            "{message}"
        );
    }
    let unknown = refusal("\"rate_limit\"", "\"ratelimit\"");
    assert!(
        unknown.contains("unknown field `ratelimit`, expected one of `description`, `rate_limit`"),
        "{unknown}"
    );
    let cut = load(&SPEC[..100]).expect_err("half a spec").to_string();
    assert!(cut.starts_with(&format!("{place}:")), "{cut}");
    let missing = Spec::load(Path::new("no/such/spec.json")).expect_err("no file");
    assert!(
        missing.to_string().contains("no/such/spec.json"),
        "{missing}"
    );
}

#[test]
fn names_that_stand_twice_are_refused() {
    let field = "\"name\": \"Size\",\n          \"type\": \"Integer\"";
    let twice = "\"name\": \"Size\", \"type\": \"String\", \"description\": \"\" }, { \"name\": \"Size\", \"type\": \"Integer\"";
    assert!(
        refusal(field, twice).contains("actions.AddThing.request.Size: the name stands here twice")
    );
}

#[test]
fn keys_that_stand_twice_are_refused_where_they_stand() {
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
        ("\"Tag\": {", "\"Tag\": 1,\n    \"Tag\": {", "57:9", "Tag"),
        // Written with an escape, the key is the same.
        (
            "\"Tags\": null",
            "\"Tags\": null, \"T\\u0061gs\": [0]",
            "43:37",
            "Tags",
        ),
    ] {
        assert_eq!(
            refusal(from, to),
            format!("specs/thing/2020-01-02.json:{place}: the key `{key}` stands here twice")
        );
    }
}

#[test]
fn undefined_types_are_listed_with_the_field_that_names_them() {
    let spec = load(&SPEC.replace("Array of Tag", "Array of Label"))
        .expect("an undefined type is no fault of a spec");
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
    }
}

#[test]
fn sources_that_agree_make_a_spec() {
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

#[test]
fn sources_that_contradict_each_other_are_named() {
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
            "b: the action `AddThing` is described otherwise in a",
            "b: the data type `Tag` is described otherwise in a",
            "b: the error code `UnsupportedOperation.` is described otherwise in a",
        ]
    );
    let nothing = Spec::merge("spec", &[]).expect_err("no source says anything");
    assert_eq!(nothing[0].to_string(), "spec: no page names the service");
}

#[test]
fn the_last_row_of_one_page_counts_for_a_code() {
    let mut page = fragment("a");
    page.errors.push(page.errors[0].clone());
    page.errors[1].description = "The service's own words.".into();
    let merged = Spec::merge("spec", &[page]).expect("one page cannot contradict itself");
    assert_eq!(merged.errors.len(), 1);
    assert_eq!(merged.errors[0].description, "The service's own words.");
}
