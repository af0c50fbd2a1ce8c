//! Filling a spec from the vendor's metadata: pages take precedence.

use std::path::Path;

use serde_json::{Value, json};
use tc3_spec::{IntegerFormat, Region, Spec};

/// Returns a spec with these actions and data types.
fn spec(actions: Value, types: Value) -> Spec {
    spec_with(actions, types, json!({}))
}

/// Returns a spec with further or replaced keys.
fn spec_with(actions: Value, types: Value, more: Value) -> Spec {
    let mut spec = json!({
        "format": 1,
        "service": "shop",
        "version": "2021-03-31",
        "endpoint": "shop.intl.tencentcloudapi.com",
        "actions": actions,
        "types": types,
    });
    for (key, value) in more.as_object().expect("keys") {
        spec[key] = value.clone();
    }
    Spec::from_json(&spec.to_string(), Path::new("shop.json")).expect("a valid spec")
}

/// Returns an action with these parameters on one side and further keys.
fn action(request: Value, response: Value, more: Value) -> Value {
    let mut action = json!({
        "description": "",
        "request": request,
        "response": response,
        "errors": [],
        "examples": [],
    });
    for (key, value) in more.as_object().expect("keys") {
        action[key] = value.clone();
    }
    action
}

/// Returns a parameter with further keys.
fn field(name: &str, of: &str, more: Value) -> Value {
    let mut field = json!({"name": name, "type": of, "description": ""});
    for (key, value) in more.as_object().expect("keys") {
        field[key] = value.clone();
    }
    field
}

/// Fills a spec and returns the problems.
fn fill(page: &mut Spec, metadata: &Spec) -> Vec<String> {
    let problems = page.fill(metadata).into_iter();
    problems.map(|problem| problem.to_string()).collect()
}

/// Returns a spec of the action `Order` with one request parameter.
fn with(field: Value) -> Spec {
    spec(
        json!({"Order": action(json!([field]), json!([]), json!({}))}),
        json!({}),
    )
}

const SOURCE: &str = "pages/2021-03-31/Order.txt";

#[test]
fn missing_facts_are_filled() {
    let mut page = spec(
        json!({"Order": action(
            json!([field("Count", "Integer", json!({})), field("Counts", "Array of Integer", json!({}))]),
            json!([field("Price", "Price", json!({}))]),
            json!({"source": {"page": SOURCE}}),
        )}),
        json!({"Price": {"description": "", "fields": [field("Amount", "Float", json!({}))]}}),
    );
    let example = json!({"title": "One", "request": {"Count": 1}});
    let metadata = spec_with(
        json!({
            "Order": action(
                json!([
                    field("Count", "Integer", json!({"format": "int64", "description": "How many."})),
                    field("Counts", "Array of Integer", json!({"format": "uint64", "deprecated": true})),
                ]),
                json!([field("Price", "Price", json!({"nullable": true}))]),
                json!({
                    "description": "Orders.",
                    "rate_limit": 5,
                    "region": "required",
                    "access": "write",
                    "pagination": false,
                    "deprecated": true,
                    "errors": [{"code": "SoldOut", "description": "None is left."}],
                    "examples": [example],
                }),
            ),
            "Look": action(json!([]), json!([]), json!({"description": "Looks."})),
        }),
        json!({
            "Price": {
                "description": "A price.",
                "fields": [field("Amount", "Float", json!({"description": "In coins."}))],
            },
            "Shelf": {"description": "A shelf.", "fields": []},
        }),
        json!({
            "errors": [{"code": "Closed", "description": "It is night."}],
            "imported": {"package": "tccli-intl-en", "version": "3.1.5"},
        }),
    );
    assert_eq!(fill(&mut page, &metadata), [""; 0]);

    // Everything missing from the page comes from the metadata, except the source.
    let mut expect = metadata.clone();
    let order = expect.actions.get_mut("Order").expect("the action");
    order.source = page.actions["Order"].source.clone();
    assert_eq!(order.source.as_ref().map(|of| &*of.page), Some(SOURCE));
    assert_eq!(page, expect);
    assert_eq!(page.actions["Order"].region, Some(Region::Required));
    assert_eq!(page.actions["Look"].source, None);
    assert_eq!(
        page.actions["Order"].request[1].format,
        Some(IntegerFormat::Uint64)
    );
}

#[test]
fn pages_take_precedence() {
    let mut page = spec_with(
        json!({"Order": action(
            json!([field("Count", "Integer", json!({"format": "uint64", "description": "By the page.", "nullable": true}))]),
            json!([]),
            json!({
                "description": "By the page.",
                "rate_limit": 20,
                "region": "unused",
                "access": "read",
                "errors": [{"code": "SoldOut", "description": "By the page."}, {"code": "Closed", "description": ""}],
                "examples": [{"title": "By the page"}],
                "source": {"page": SOURCE},
            }),
        )}),
        json!({"Price": {"description": "By the page.", "fields": []}}),
        json!({"errors": [{"code": "Fire", "description": "By the page."}]}),
    );
    let metadata = spec_with(
        json!({"Order": action(
            json!([field("Count", "Integer", json!({"format": "int64", "description": "Otherwise."}))]),
            json!([]),
            json!({
                "description": "Otherwise.",
                "rate_limit": 5,
                "region": "required",
                "access": "write",
                "errors": [
                    {"code": "Broken", "description": "By the metadata."},
                    {"code": "Closed", "description": "By the metadata."},
                    {"code": "SoldOut", "description": "Otherwise."},
                ],
                "examples": [{"title": "Otherwise"}, {"title": "Another"}],
            }),
        )}),
        json!({"Price": {"description": "Otherwise.", "fields": []}}),
        json!({"errors": [
            {"code": "Fire", "description": "Otherwise."},
            {"code": "Water", "description": "By the metadata."},
        ]}),
    );
    let mut expect = page.clone();
    assert_eq!(fill(&mut page, &metadata), [""; 0]);

    // Codes only in the metadata are appended, and a missing meaning is filled.
    let order = expect.actions.get_mut("Order").expect("the action");
    let of_metadata = &metadata.actions["Order"].errors;
    order.errors[1] = of_metadata[1].clone();
    order.errors.push(of_metadata[0].clone());
    expect.errors.push(metadata.errors[1].clone());
    assert_eq!(page, expect);
}

#[test]
fn new_parameters_are_appended() {
    let fields = |names: &[&str]| -> Value {
        let names = names.iter();
        names
            .map(|name| field(name, "String", json!({})))
            .collect::<Vec<_>>()
            .into()
    };
    let of = |names: &[&str]| {
        spec(
            json!({"Order": action(fields(names), fields(names), json!({}))}),
            json!({"Price": {"description": "", "fields": fields(names)}}),
        )
    };
    let mut page = of(&["C", "A"]);
    assert_eq!(fill(&mut page, &of(&["D", "A", "B", "C"])), [""; 0]);
    let order = &page.actions["Order"];
    for fields in [&order.request, &order.response, &page.types["Price"].fields] {
        let names: Vec<_> = fields.iter().map(|field| &*field.name).collect();
        assert_eq!(names, ["C", "A", "D", "B"]);
    }
}

#[test]
fn filling_is_idempotent() {
    let mut page = spec(
        json!({"Order": action(json!([field("Count", "String", json!({}))]), json!([]), json!({}))}),
        json!({}),
    );
    let metadata = spec(
        json!({
            "Order": action(
                json!([field("Count", "Integer", json!({"format": "int64"})), field("New", "String", json!({}))]),
                json!([]),
                json!({}),
            ),
            "Look": action(json!([]), json!([]), json!({})),
        }),
        json!({}),
    );
    let problems = fill(&mut page, &metadata);
    assert_eq!(problems.len(), 1);
    let filled = page.clone();
    assert_eq!(fill(&mut page, &metadata), problems);
    assert_eq!(page, filled);
    assert_eq!(page.problems(), []);
}

#[test]
fn type_mismatch_is_reported_and_adds_no_format() {
    let mut page = with(field("Count", "String", json!({})));
    let metadata = with(field("Count", "Integer", json!({"format": "int64"})));
    assert_eq!(
        fill(&mut page, &metadata),
        [
            "actions.Order.request.Count: the type is `String` in the page but `Integer` in the metadata; using the page"
        ]
    );
    let count = &page.actions["Order"].request[0];
    assert_eq!(count.type_ref.to_string(), "String");
    assert_eq!(count.format, None);

    // A list and its element are different types.
    let mut page = with(field("Count", "Array of Integer", json!({})));
    assert_eq!(
        fill(&mut page, &metadata),
        [
            "actions.Order.request.Count: the type is `Array of Integer` in the page but `Integer` in the metadata; using the \
             page"
        ]
    );
    assert_eq!(page.actions["Order"].request[0].format, None);
    assert_eq!(page.problems(), []);
}

#[test]
fn required_mismatch_is_reported() {
    let required = with(field("Count", "String", json!({"required": true})));
    let optional = with(field("Count", "String", json!({})));
    let mut page = required.clone();
    assert_eq!(
        fill(&mut page, &optional),
        [
            "actions.Order.request.Count: the parameter is `required` in the page but `optional` in the metadata; using the page"
        ]
    );
    assert_eq!(page, required);
    let mut page = optional.clone();
    assert_eq!(
        fill(&mut page, &required),
        [
            "actions.Order.request.Count: the parameter is `optional` in the page but `required` in the metadata; using the page"
        ]
    );
    assert_eq!(page, optional);
}

#[test]
fn endpoint_mismatch_is_reported() {
    let mut page = spec(json!({}), json!({}));
    let metadata = spec_with(
        json!({}),
        json!({}),
        json!({"endpoint": "shop.tencentcloudapi.com"}),
    );
    assert_eq!(
        fill(&mut page, &metadata),
        [
            "endpoint: the endpoint is `shop.intl.tencentcloudapi.com` in the page but `shop.tencentcloudapi.com` in the \
             metadata; using the page"
        ]
    );
    assert_eq!(page.endpoint, "shop.intl.tencentcloudapi.com");
}

#[test]
fn items_missing_from_metadata_are_reported_and_kept() {
    let it = || json!([field("It", "String", json!({}))]);
    let mut page = spec(
        json!({
            "Look": action(json!([]), json!([]), json!({})),
            "Order": action(it(), it(), json!({})),
        }),
        json!({
            "Price": {"description": "", "fields": it()},
            "Shelf": {"description": "", "fields": []},
        }),
    );
    let metadata = spec(
        json!({"Order": action(json!([]), json!([]), json!({}))}),
        json!({"Price": {"description": "", "fields": []}}),
    );
    let before = page.clone();
    assert_eq!(
        fill(&mut page, &metadata),
        [
            "actions.Look: this action is in a page but not in the metadata",
            "actions.Order.request.It: this parameter is in a page but not in the metadata",
            "actions.Order.response.It: this response field is in a page but not in the metadata",
            "types.Shelf: this data type is in a page but not in the metadata",
            "types.Price.fields.It: this field is in a page but not in the metadata",
        ]
    );
    assert_eq!(page, before);
}

#[test]
fn type_fields_are_reported_by_path() {
    let of = |of: &str| {
        spec(
            json!({"Order": action(json!([]), json!([field("It", of, json!({}))]), json!({}))}),
            json!({"Price": {"description": "", "fields": [field("It", of, json!({}))]}}),
        )
    };
    let mut page = of("String");
    let problems = fill(&mut page, &of("Float"));
    let places: Vec<_> = problems
        .iter()
        .map(|problem| problem.split(": ").next().expect("a path"))
        .collect();
    assert_eq!(
        places,
        ["actions.Order.response.It", "types.Price.fields.It"]
    );
}

#[test]
fn names_are_case_sensitive() {
    let mut page = with(field("VpcId", "String", json!({})));
    let metadata = with(field("VPCId", "String", json!({})));
    assert_eq!(
        fill(&mut page, &metadata),
        ["actions.Order.request.VpcId: this parameter is in a page but not in the metadata"]
    );
    let names = page.actions["Order"].request.iter();
    let names: Vec<_> = names.map(|field| &*field.name).collect();
    assert_eq!(names, ["VpcId", "VPCId"]);
}
