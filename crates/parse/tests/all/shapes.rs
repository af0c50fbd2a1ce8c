//! Property tests: pages generated in every shape and language are parsed without loss and without diagnostics.

use std::collections::{BTreeMap, BTreeSet};

use crate::print::{self, Language, Shape};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::Value;
use tc3_parse::{Diagnostic, Severity, parse, row_locations};
use tc3_spec::{Action, DataType, ErrorCode, Example, Field, Region, Source, TypeRef};

/// Lines of descriptions, including hostile ones: types, words for required, bars, JSON, and text that looks like rows.
const LINES: &[&str] = &[
    "Member uin.",
    "the String that says Yes or No",
    "Valid values: Yes, No, `String`.",
    "Array of Integer values, at most 100.",
    "1. First of two.",
    "2. Output of the second.",
    "{\"Name\": \"x\", \"Type\": \"String\"}",
    "- zone - String - Required: No - (Filter) by zone.",
    "示例值：0",
    "If Width is not 0 but Height is 0, it is scaled.",
    "UTC time as Timestamp ISO8601.",
    "0 < x < 10 & y > 3",
    "Default value: null.",
    "See [Tags](https://www.tencentcloud.com/document/product/651?from_cn_redirect=1) for more.",
    "RequestId of the call before",
    "说明 String 类型，必选：否",
];

fn description(shape: Shape) -> impl Strategy<Value = String> {
    let more = if shape == Shape::Bars || shape == Shape::Stacked {
        1..3_usize
    } else {
        0..4_usize
    };
    let bar = if matches!(shape, Shape::Bars) {
        "a or b"
    } else {
        "a | b || c"
    };
    let line = prop_oneof![9 => select(LINES).prop_map(str::to_owned), 1 => Just(bar.to_owned())];
    prop::collection::vec(line, more).prop_map(|lines| lines.join("\n"))
}

fn name() -> impl Strategy<Value = String> {
    "[A-Z][a-z]{2,6}[A-Z][a-z]{2,6}"
        .prop_filter("words of the page itself", |name| name != "RequestId")
}

fn type_ref() -> impl Strategy<Value = TypeRef> {
    let builtin = select(TypeRef::BUILTIN.to_vec()).prop_map(|(_, of)| of);
    let named = "[A-Z][a-z]{2,6}[A-Z][a-z]{2,6}Info".prop_map(TypeRef::Named);
    let element = prop_oneof![3 => builtin, 1 => named];
    (element, 0..2_usize)
        .prop_map(|(of, depth)| (0..depth).fold(of, |of, _| TypeRef::Array(Box::new(of))))
}

fn fields(shape: Shape, required: bool, nullable: bool) -> impl Strategy<Value = Vec<Field>> {
    let field = (
        name(),
        type_ref(),
        any::<bool>(),
        any::<bool>(),
        description(shape),
    );
    prop::collection::vec(field, 0..6).prop_map(move |list| {
        let mut seen = BTreeSet::new();
        list.into_iter()
            .filter(|(name, ..)| seen.insert(name.clone()))
            .map(
                |(name, type_ref, is_required, is_nullable, description)| Field {
                    name,
                    type_ref,
                    format: None,
                    required: required && is_required,
                    nullable: nullable && is_nullable,
                    deprecated: false,
                    secret: None,
                    description,
                },
            )
            .collect()
    })
}

fn codes() -> impl Strategy<Value = Vec<ErrorCode>> {
    let code = "(FailedOperation|InvalidParameter|ResourceNotFound)(\\.[A-Z][a-z]{2,6}[A-Z][a-z]{2,6}){0,1}";
    let text = select(vec![
        "The email has been used.",
        "操作失败。",
        "It is not a String | Integer",
    ]);
    prop::collection::btree_map(code, text, 0..5).prop_map(|codes| {
        codes
            .into_iter()
            .map(|(code, text)| ErrorCode {
                code,
                description: text.to_owned(),
            })
            .collect()
    })
}

fn action(shape: Shape, language: Language) -> impl Strategy<Value = Action> {
    let region = select(vec![
        None,
        Some(Region::Required),
        Some(Region::Optional),
        Some(Region::Unused),
    ]);
    let known = language != Language::Unknown;
    let rate = if known {
        prop::option::of(1..5000_u32).boxed()
    } else {
        Just(None).boxed()
    };
    // In an unknown language, a title looks like a description, and a missing table of codes cannot be explained.
    let examples = if known { 0..3_usize } else { 0..1_usize };
    let description = select(vec![
        "This API is used to add a thing.",
        "Adds a thing.\nThings are made of String.",
    ]);
    (
        description,
        rate,
        region,
        fields(shape, true, false),
        fields(shape, false, true),
        codes(),
        examples,
    )
        .prop_map(
            move |(description, rate_limit, region, request, response, errors, examples)| {
                let object = |fields: &[Field], id: bool| {
                    let mut object: serde_json::Map<String, Value> = fields
                        .iter()
                        .map(|field| (field.name.clone(), print::value(&field.type_ref)))
                        .collect();
                    if id {
                        object.insert("RequestId".into(), "b46d2afe".into());
                    }
                    Some(Value::Object(object))
                };
                let examples = (0..examples)
                    .map(|number| Example {
                        title: Some(format!("Adding {number} things")),
                        description: None,
                        request: object(&request, false),
                        response: object(&response, true),
                    })
                    .collect();
                let source = Some(Source {
                    page: "page".into(),
                    updated: Some("2025-03-06 17:08:32".into()),
                    url: None,
                    fetched: None,
                });
                Action {
                    description: description.into(),
                    rate_limit,
                    region,
                    access: None,
                    pagination: None,
                    deprecated: false,
                    request,
                    response,
                    errors,
                    examples,
                    source,
                }
            },
        )
}

/// Checks that each item has a row, and that its location and its text begin with the name.
fn check_locations(text: &str, paths: Vec<(String, &str)>) -> Result<(), TestCaseError> {
    let mut locations = row_locations(text.as_bytes());
    for (path, name) in paths {
        let at = locations.iter().position(|location| location.path == path);
        prop_assert!(at.is_some(), "{path} has no location in {text}");
        let location = locations.remove(at.unwrap_or_default());
        let line = text.lines().nth(location.line - 1).unwrap_or_default();
        let there: String = line.chars().skip(location.column - 1).collect();
        // Markdown escapes some characters, and arrays have a mark after their names.
        prop_assert!(
            there.replace('\\', "").starts_with(name),
            "{location:?} {there}"
        );
        prop_assert!(location.text.starts_with(name), "{location:?}");
    }
    locations.retain(|location| {
        !location.path.starts_with("types.") || location.path.contains(".fields.")
    });
    prop_assert_eq!(locations, vec![], "{}", text);
    Ok(())
}

#[track_caller]
fn check_action(
    name: &str,
    action: &Action,
    shape: Shape,
    language: Language,
) -> Result<(), TestCaseError> {
    let text = print::action(name, action, shape, language);
    let mut page = parse("page", text.as_bytes());
    if language == Language::Unknown {
        // In an unknown language, the row Region has no known meaning.
        page.diagnostics
            .retain(|diagnostic| !diagnostic.message.contains("the row Region"));
    }
    prop_assert_eq!(&page.diagnostics, &vec![], "{}", text);
    prop_assert_eq!(page.actions.keys().collect::<Vec<_>>(), [name], "{}", text);
    prop_assert_eq!(&page.actions[name], action, "{}", text);
    prop_assert_eq!(page.service.as_deref(), Some("thing"));
    prop_assert_eq!(page.version.as_deref(), Some("2020-01-02"));
    prop_assert_eq!(
        page.endpoint.as_deref(),
        Some("thing.intl.tencentcloudapi.com")
    );
    let mut paths = vec![
        (format!("actions.{name}"), "Action"),
        (format!("actions.{name}.response.RequestId"), "RequestId"),
    ];
    let prefix = format!("actions.{name}.");
    for (list, of) in [("request", &action.request), ("response", &action.response)] {
        paths.extend(
            of.iter()
                .map(|of| (format!("{prefix}{list}.{}", of.name), &*of.name)),
        );
    }
    paths.extend(
        action
            .errors
            .iter()
            .map(|of| (format!("{prefix}errors.{}", of.code), &*of.code)),
    );
    check_locations(&text, paths)
}

fn check_types(
    types: &BTreeMap<String, DataType>,
    shape: Shape,
    language: Language,
) -> Result<(), TestCaseError> {
    let text = print::data_types(types.iter(), shape, language);
    let page = parse("page", text.as_bytes());
    prop_assert_eq!(&page.diagnostics, &vec![], "{}", text);
    prop_assert_eq!(&page.types, types, "{}", text);
    let fields = types.iter().flat_map(|(name, data_type)| {
        let fields = data_type.fields.iter();
        fields.map(move |of| (format!("types.{name}.fields.{}", of.name), &*of.name))
    });
    check_locations(&text, fields.collect())
}

fn data_types(shape: Shape) -> impl Strategy<Value = BTreeMap<String, DataType>> {
    let description =
        select(vec!["What a thing is made of.", "描述键值对过滤器"]).prop_map(str::to_owned);
    let data_type = (description, fields(shape, true, false), any::<bool>()).prop_map(
        |(description, fields, all)| {
            // A table has the column Required if one of its fields is required; an empty table has no head of its own.
            let fields = fields
                .into_iter()
                .map(|field| Field {
                    required: field.required && all,
                    ..field
                })
                .collect();
            DataType {
                description,
                fields,
            }
        },
    );
    let data_type = data_type.prop_filter("a table has rows", |of| !of.fields.is_empty());
    prop::collection::btree_map(name(), data_type, 1..5).prop_map(|mut types| {
        // A page describes all types of its fields.
        let name = types.keys().next().cloned().unwrap_or_default();
        for field in types.values_mut().flat_map(|of| &mut of.fields) {
            let depth = field.type_ref.to_string().matches("Array of ").count();
            if field.type_ref.named().is_some() {
                let named = TypeRef::Named(name.clone());
                field.type_ref = (0..depth).fold(named, |of, _| TypeRef::Array(Box::new(of)));
            }
        }
        types
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn actions_in_known_languages((shape, language, action) in
        (select(Shape::ALL.to_vec()), select(vec![Language::English, Language::Chinese]))
            .prop_flat_map(|(shape, language)| (Just(shape), Just(language), action(shape, language))))
    {
        check_action("CreateThing", &action, shape, language)?;
    }

    #[test]
    fn actions_in_unknown_languages((shape, action) in
        select(vec![Shape::Html, Shape::Markdown, Shape::Bars, Shape::Joined])
            .prop_flat_map(|shape| (Just(shape), action(shape, Language::Unknown))))
    {
        prop_assume!(!action.errors.is_empty());
        check_action("CreateThing", &action, shape, Language::Unknown)?;
    }

    #[test]
    fn data_type_pages((shape, language, types) in
        (select(Shape::ALL.to_vec()), select(vec![Language::English, Language::Chinese]))
            .prop_flat_map(|(shape, language)| (Just(shape), Just(language), data_types(shape))))
    {
        check_types(&types, shape, language)?;
    }

    #[test]
    fn error_code_pages(shape in select(Shape::ALL.to_vec()), language in select(vec![Language::English, Language::Chinese]),
        codes in codes())
    {
        prop_assume!(codes.iter().any(|code| code.code.contains('.')));
        let text = print::error_codes(&codes, shape, language);
        let page = parse("page", text.as_bytes());
        prop_assert_eq!(&page.diagnostics, &vec![], "{}", text);
        prop_assert_eq!(&page.errors, &codes, "{}", text);
        let paths = codes.iter().map(|of| (format!("errors.{}", of.code), &*of.code));
        check_locations(&text, paths.collect())?;
    }

    #[test]
    fn any_bytes_do_not_panic(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        parse("page", &bytes);
        row_locations(&bytes);
    }

    #[test]
    fn any_lines_do_not_panic(lines in prop::collection::vec(select(vec![
        "Action Yes String Common Params. The value used for this API: X.", "Version Yes String x: 2020-01-02.", "Action", "Yes",
        "String", "| a | b |", "|---|---|", "a | b |", "RequestId String x", "{", "\"Response\": {", "}", "Name Type Description",
        "Used by actions: A.", "Error Code Description", "FailedOperation.X y", "<table><tr><td>Action</td></tr>", "<td>", "\t\t",
        "https://x.tencentcloudapi.com/?Action=X&A.0.B=1", "Example1 x", "", "2. Input Parameters", "Name", "Type", "Description",
        "Version String 2020-01-02", "Action String x", "RequestId", "F\tYes\tString\tx", "Tag Tag", "Parameter Name Type Description",
        "3. Output Parameters", "## Type", "POST / HTTP/1.1", "X Array of Tag y", "a | b | c", "Error Code", "A.B", "```", "Data Types",
    ]), 0..60)) {
        let page = parse("page", lines.join("\n").as_bytes());
        tc3_parse::render(&page, lines.join("\n").as_bytes(), true);
    }
}

/// Returns fields, one of them with this type.
fn counted(of: &str) -> Vec<Field> {
    let field = |name: &str, of: &str| Field {
        name: name.to_owned(),
        type_ref: of.parse().expect("a type"),
        format: None,
        required: false,
        nullable: false,
        deprecated: false,
        secret: None,
        description: "How many.".to_owned(),
    };
    vec![
        field("Name", "String"),
        field("MaxCount", of),
        field("Size", "Integer"),
    ]
}

/// Checks pages of every shape with an invalid type.
fn check_invalid_types(action: &Action, is_reported: impl Fn(Shape, &Diagnostic) -> bool) {
    for shape in Shape::ALL {
        for language in [Language::English, Language::Chinese] {
            for wrong in ["In-teger", "Integer?", "In\u{1b}teger"] {
                let text = print::action("AddThing", action, shape, language);
                let page = parse("page", text.replace("ToReplace", wrong).as_bytes());
                let mut diagnostics = page.diagnostics.iter();
                assert!(
                    diagnostics.any(|diagnostic| is_reported(shape, diagnostic)),
                    "{shape:?} {wrong:?}: {:?} {text}",
                    page.diagnostics
                );
            }
        }
    }
}

/// A row with an invalid type is an error, not text of the previous row.
#[test]
fn invalid_types_of_parameters_are_errors() {
    let action = Action {
        description: "Adds a thing.".to_owned(),
        request: counted("ToReplace"),
        ..Action::default()
    };
    check_invalid_types(&action, |_, diagnostic| {
        diagnostic.severity == Severity::Error && diagnostic.message.contains("`MaxCount`")
    });
}

/// Without the column Required, only marked cells are certain. In the other shapes, a name from an example causes a
/// warning.
#[test]
fn invalid_types_of_responses_are_reported() {
    let action = Action {
        description: "Adds a thing.".to_owned(),
        response: counted("ToReplace"),
        examples: vec![Example {
            title: Some("Adding a thing".to_owned()),
            description: None,
            request: Some(serde_json::json!({})),
            response: Some(
                serde_json::json!({ "Name": "a", "MaxCount": 1, "Size": 2, "RequestId": "b" }),
            ),
        }],
        ..Action::default()
    };
    check_invalid_types(&action, |shape, diagnostic| {
        let is_marked = matches!(shape, Shape::Html | Shape::Markdown | Shape::Bars);
        (diagnostic.severity == Severity::Error || !is_marked)
            && diagnostic.message.contains("MaxCount")
            && !diagnostic.message.contains("example")
    });
}
