//! Filling a spec that pages say from the vendor's metadata: the page counts, and the metadata says the rest.

use std::path::Path;

use serde_json::{Value, json};
use tc3_spec::{IntegerFormat, Region, Spec};

/// A spec of the shop with these actions and data types.
fn spec(actions: Value, types: Value) -> Spec {
    spec_with(actions, types, json!({}))
}

/// The same with more keys, or with others.
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
    Spec::from_json(&spec.to_string(), Path::new("shop.json")).expect("the spec is right")
}

/// An action with these parameters on one side, and more keys.
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

/// A parameter with more keys.
fn field(name: &str, of: &str, more: Value) -> Value {
    let mut field = json!({"name": name, "type": of, "description": ""});
    for (key, value) in more.as_object().expect("keys") {
        field[key] = value.clone();
    }
    field
}

/// Fills one from the other and gives what it tells.
fn fill(page: &mut Spec, metadata: &Spec) -> Vec<String> {
    let problems = page.fill(metadata).into_iter();
    problems.map(|problem| problem.to_string()).collect()
}

/// A spec of the action `Order` with one parameter in its request.
fn with(field: Value) -> Spec {
    spec(
        json!({"Order": action(json!([field]), json!([]), json!({}))}),
        json!({}),
    )
}

const SOURCE: &str = "pages/2021-03-31/Order.txt";

#[test]
fn what_no_page_says_is_taken_over() {
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

    // All that the page does not say is said by the metadata, but for where it comes from.
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
fn what_a_page_says_stays() {
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

    // Codes that only the metadata has come behind those of the page, and one without a meaning gets it.
    let order = expect.actions.get_mut("Order").expect("the action");
    let of_metadata = &metadata.actions["Order"].errors;
    order.errors[1] = of_metadata[1].clone();
    order.errors.push(of_metadata[0].clone());
    expect.errors.push(metadata.errors[1].clone());
    assert_eq!(page, expect);
}

#[test]
fn parameters_that_only_the_metadata_has_come_behind_those_of_the_page() {
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
fn filling_again_changes_nothing_and_tells_the_same() {
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
    let told = fill(&mut page, &metadata);
    assert_eq!(told.len(), 1);
    let filled = page.clone();
    assert_eq!(fill(&mut page, &metadata), told);
    assert_eq!(page, filled);
    assert_eq!(page.problems(), []);
}

#[test]
fn another_type_is_a_contradiction_and_brings_no_format() {
    let mut page = with(field("Count", "String", json!({})));
    let metadata = with(field("Count", "Integer", json!({"format": "int64"})));
    assert_eq!(
        fill(&mut page, &metadata),
        [
            "actions.Order.request.Count: the type is `String` by the page and `Integer` by the metadata; the page counts"
        ]
    );
    let count = &page.actions["Order"].request[0];
    assert_eq!(count.type_ref.to_string(), "String");
    assert_eq!(count.format, None);

    // A list and its element are two types too.
    let mut page = with(field("Count", "Array of Integer", json!({})));
    assert_eq!(
        fill(&mut page, &metadata),
        [
            "actions.Order.request.Count: the type is `Array of Integer` by the page and `Integer` by the metadata; the \
             page counts"
        ]
    );
    assert_eq!(page.actions["Order"].request[0].format, None);
    assert_eq!(page.problems(), []);
}

#[test]
fn what_is_required_by_one_and_not_by_the_other_is_a_contradiction() {
    let required = with(field("Count", "String", json!({"required": true})));
    let optional = with(field("Count", "String", json!({})));
    let mut page = required.clone();
    assert_eq!(
        fill(&mut page, &optional),
        [
            "actions.Order.request.Count: the parameter is `required` by the page and `optional` by the metadata; the page \
             counts"
        ]
    );
    assert_eq!(page, required);
    let mut page = optional.clone();
    assert_eq!(
        fill(&mut page, &required),
        [
            "actions.Order.request.Count: the parameter is `optional` by the page and `required` by the metadata; the page \
             counts"
        ]
    );
    assert_eq!(page, optional);
}

#[test]
fn another_domain_name_is_a_contradiction() {
    let mut page = spec(json!({}), json!({}));
    let metadata = spec_with(
        json!({}),
        json!({}),
        json!({"endpoint": "shop.tencentcloudapi.com"}),
    );
    assert_eq!(
        fill(&mut page, &metadata),
        [
            "endpoint: the endpoint is `shop.intl.tencentcloudapi.com` by the page and `shop.tencentcloudapi.com` by the \
             metadata; the page counts"
        ]
    );
    assert_eq!(page.endpoint, "shop.intl.tencentcloudapi.com");
}

#[test]
fn what_the_metadata_does_not_have_is_told_and_stays() {
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
            "actions.Look: a page has this action, and the metadata does not",
            "actions.Order.request.It: a page has this parameter, and the metadata does not",
            "actions.Order.response.It: a page has this parameter, and the metadata does not",
            "types.Shelf: a page has this data type, and the metadata does not",
            "types.Price.It: a page has this parameter, and the metadata does not",
        ]
    );
    assert_eq!(page, before);
}

#[test]
fn the_parameters_of_data_types_are_told_by_their_place() {
    let of = |of: &str| {
        spec(
            json!({"Order": action(json!([]), json!([field("It", of, json!({}))]), json!({}))}),
            json!({"Price": {"description": "", "fields": [field("It", of, json!({}))]}}),
        )
    };
    let mut page = of("String");
    let told = fill(&mut page, &of("Float"));
    let places: Vec<_> = told
        .iter()
        .map(|told| told.split(": ").next().expect("a place"))
        .collect();
    assert_eq!(places, ["actions.Order.response.It", "types.Price.It"]);
}

#[test]
fn names_are_told_apart_by_their_letters_as_on_the_wire() {
    let mut page = with(field("VpcId", "String", json!({})));
    let metadata = with(field("VPCId", "String", json!({})));
    assert_eq!(
        fill(&mut page, &metadata),
        ["actions.Order.request.VpcId: a page has this parameter, and the metadata does not"]
    );
    let names = page.actions["Order"].request.iter();
    let names: Vec<_> = names.map(|field| &*field.name).collect();
    assert_eq!(names, ["VpcId", "VPCId"]);
}
