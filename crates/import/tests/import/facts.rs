//! Types, flags, data types and descriptions.

use serde_json::json;
use tc3_spec::{Field, IntegerFormat};

use crate::package::{API, EXAMPLES, FACTS, WHOLE, api, import, member, order};
use crate::{RESPONSE, request, spec};

#[test]
fn all_metadata_types_are_mapped() {
    use IntegerFormat::{Int64, Uint64};
    for (kind, of, expect, format) in [
        ("string", "string", "String", None),
        ("int", "int64", "Integer", Some(Int64)),
        ("int", "uint64", "Integer", Some(Uint64)),
        ("bool", "bool", "Boolean", None),
        ("float", "float", "Float", None),
        ("float", "double", "Double", None),
        ("string", "date", "Date", None),
        ("string", "datetime", "Timestamp", None),
        ("string", "datetime_iso", "Timestamp ISO8601", None),
        ("binary", "binary", "Binary", None),
        ("object", "Price", "Price", None),
        ("list", "string", "Array of String", None),
        ("list", "int64", "Array of Integer", Some(Int64)),
        ("list", "uint64", "Array of Integer", Some(Uint64)),
        ("list", "bool", "Array of Boolean", None),
        ("list", "float", "Array of Float", None),
        ("list", "double", "Array of Double", None),
        ("list", "date", "Array of Date", None),
        ("list", "datetime", "Array of Timestamp", None),
        ("list", "datetime_iso", "Array of Timestamp ISO8601", None),
        ("list", "binary", "Array of Binary", None),
        ("list", "Price", "Array of Price", None),
    ] {
        let fields = request(&[member("It", kind, of, "")]);
        assert_eq!(fields.len(), 1);
        assert_eq!(fields[0].name, "It");
        assert_eq!(fields[0].type_ref.to_string(), expect, "{kind} of {of}");
        assert_eq!(fields[0].format, format, "{kind} of {of}");
    }
}

#[test]
fn flags_as_booleans_or_numbers() {
    for (yes, no) in [("true", "false"), ("1", "0")] {
        let more = |required, null, disabled| {
            format!(
                r#", "required": {required}, "value_allowed_null": {null}, "disabled": {disabled}"#
            )
        };
        let fields = request(&[
            member("Required", "string", "string", &more(yes, no, no)),
            member("Nullable", "string", "string", &more(no, yes, no)),
            member("Disabled", "string", "string", &more(no, no, yes)),
            member("Absent", "string", "string", ""),
        ]);
        let flags: Vec<_> = fields
            .iter()
            .map(|field| (field.required, field.nullable, field.deprecated))
            .collect();
        assert_eq!(
            flags,
            [
                (true, false, false),
                (false, true, false),
                (false, false, true),
                (false, false, false)
            ]
        );
    }
}

#[test]
fn response_has_no_required_fields_and_no_request_id() {
    let required = r#", "required": true"#;
    let fields = [
        member("Name", "string", "string", required),
        member("RequestId", "string", "string", required),
    ];
    let fields = fields.join(",");
    let spec = spec(&order(&fields, &fields));
    let order = &spec.actions["Order"];
    let names = |fields: &[Field]| -> Vec<(String, bool)> {
        let of = fields.iter();
        of.map(|field| (field.name.clone(), field.required))
            .collect()
    };
    assert_eq!(names(&order.response), [("Name".to_owned(), false)]);
    // A request may have such a parameter.
    assert_eq!(
        names(&order.request),
        [("Name".to_owned(), true), ("RequestId".to_owned(), true)]
    );
}

#[test]
fn offline_items_are_deprecated() {
    let action = |status: &str| {
        format!(r#"{{"document": "", "input": "OrderRequest", "output": "OrderRequest"{status}}}"#)
    };
    let actions = [
        format!(r#""Online": {}"#, action(r#", "status": "online""#)),
        format!(r#""Silent": {}"#, action("")),
        format!(r#""Null": {}"#, action(r#", "status": null"#)),
        format!(r#""Deprecated": {}"#, action(r#", "status": "deprecated""#)),
        format!(r#""Offline": {}"#, action(r#", "status": "offline""#)),
    ];
    let spec = spec(&api(
        &actions.join(","),
        r#""OrderRequest": {"document": "", "members": []}"#,
    ));
    let deprecated = spec.actions.iter().filter(|(_, of)| of.deprecated);
    let deprecated: Vec<_> = deprecated.map(|(name, _)| name.as_str()).collect();
    assert_eq!(deprecated, ["Deprecated", "Offline"]);
    assert_eq!(spec.actions.len(), 5);
}

#[test]
fn parameter_structures_are_data_types() {
    let spec = spec(&api(
        r#"
    "Order": {"document": "Orders.", "input": "OrderRequest", "output": "Receipt"},
    "Look": {"document": "", "input": "OrderRequest", "output": "LookResponse"}"#,
        &format!(
            r#"
    "OrderRequest": {{"document": "A request.", "members": [{}]}},
    "LookResponse": {{"document": "", "members": [{}]}},
    "Receipt": {{"document": "A receipt.", "members": [{}]}},
    "Price": {{"document": "A price.", "members": [{}, {}]}},
    "Unused": {{"document": "", "members": []}}"#,
            member("Price", "object", "Price", ""),
            member("Receipts", "list", "Receipt", ""),
            member("Total", "object", "Price", ""),
            member("Amount", "float", "double", r#", "required": true"#),
            member("RequestId", "string", "string", ""),
        ),
    ));
    // `Receipt` is both, `Unused` may be either, and the other messages are not data types.
    let names: Vec<_> = spec.types.keys().collect();
    assert_eq!(names, ["Price", "Receipt", "Unused"]);
    let price = &spec.types["Price"];
    assert_eq!(price.description, "A price.");
    assert_eq!(price.fields.len(), 2);
    assert!(price.fields[0].required);
    assert_eq!(price.fields[1].name, "RequestId");
    assert_eq!(spec.actions["Order"].description, "Orders.");
    assert_eq!(spec.actions["Order"].response[0].name, "Total");
    assert_eq!(spec.actions["Look"].source, None);
}

#[test]
fn recursive_structure() {
    let spec = spec(&api(
        "",
        &format!(
            r#""Shelf": {{"document": "", "members": [{}, {}]}}"#,
            member("Above", "object", "Shelf", ""),
            member("Below", "list", "Shelf", ""),
        ),
    ));
    let fields = spec.types["Shelf"].fields.iter();
    let types: Vec<_> = fields.map(|field| field.type_ref.to_string()).collect();
    assert_eq!(types, ["Shelf", "Array of Shelf"]);
}

/// Returns a member with this description.
fn member_with_text(text: &str) -> String {
    json!({"name": "It", "type": "string", "member": "string", "document": text}).to_string()
}

#[test]
fn descriptions_are_parsed_as_in_pages() {
    const NOTE: &str =
        "Note: This field may return `null`, indicating that no valid values can be obtained.";
    for (text, expect, nullable) in [
        ("The colour.", "The colour.", false),
        (&format!("The colour.\n{NOTE}"), "The colour.", true),
        (&format!("{NOTE}\nThe colour."), "The colour.", true),
        (NOTE, "", true),
        (
            "It may be:<br/><li>red &amp; blue</li><li>`<b>`</li>",
            "It may be:\nred & blue\n`<b>`",
            false,
        ),
        (
            "See <a href=\"https://shop.example/colours\">all   colours</a>, **bold** too.",
            "See [all colours](https://shop.example/colours), **bold** too.",
            false,
        ),
        ("<p>One.</p>\n\n<p>Two.</p>  ", "One.\nTwo.", false),
        ("No null here.", "No null here.", false),
    ] {
        let fields = request(&[member_with_text(text)]);
        assert_eq!(fields[0].description, expect, "{text}");
        assert_eq!(fields[0].nullable, nullable, "{text}");
    }
}

#[test]
fn facts_only_omits_texts() {
    const NOTE: &str = "Note: this field may return null.";
    let call = json!([{"title": "One", "document": "More.", "input": "{}", "output": RESPONSE}]);
    let calls = json!({"actions": {"Order": call}}).to_string();
    let text = api(
        r#""Order": {"document": "Orders.", "input": "OrderRequest", "output": "OrderResponse", "status": "offline"}"#,
        &format!(
            r#"
    "OrderRequest": {{"document": "", "members": [{}, {}]}},
    "OrderResponse": {{"document": "", "members": []}},
    "Price": {{"document": "A price.", "members": [{}]}}"#,
            member("Count", "int", "uint64", r#", "required": true"#),
            member("Price", "object", "Price", ""),
            member_with_text(&format!("The colour. {NOTE}")),
        ),
    );
    let files = [(API, &*text), (EXAMPLES, &*calls)];
    let whole = import(&files, WHOLE).spec;
    let facts = import(&files, FACTS).spec;
    assert_eq!(whole.actions["Order"].examples.len(), 1);

    // Apart from the texts, they are equal.
    let mut expect = whole;
    let order = expect.actions.get_mut("Order").expect("the action");
    assert!(!order.description.is_empty());
    order.description.clear();
    order.examples.clear();
    let price = expect.types.get_mut("Price").expect("the data type");
    assert!(!price.description.is_empty());
    price.description.clear();
    assert_eq!(price.fields[0].description, "The colour.");
    assert!(price.fields[0].nullable);
    price.fields[0].description.clear();
    assert_eq!(facts, expect);

    // Invalid examples do not matter when they are not read.
    let broken = [(API, &*text), (EXAMPLES, "no JSON")];
    assert_eq!(import(&broken, FACTS).spec, expect);
}
