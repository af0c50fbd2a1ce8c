//! The parts of the metadata that are imported.

use serde_json::json;

use crate::command::{shown, tree, write};
use crate::import::place::{TestFolder, api, mall, member, place};

#[test]
fn facts_only_option() {
    let place = TestFolder::with(&mall());
    place
        .import(&["--service", "shop", "--facts-only"])
        .succeeded();
    let spec = place.spec("shop/2021-03-31.json");
    let order = &spec["actions"]["Order"];
    assert_eq!(order["description"], "");
    assert_eq!(order["examples"], json!([]));
    assert_eq!(order["request"][0]["description"], "");
    assert_eq!(order["request"][0]["required"], true);
    assert_eq!(order["request"][0]["format"], "uint64");
}

#[test]
fn error_codes_of_the_sdk_package() {
    let place = TestFolder::with(&mall());
    let codes = "# None is left.\nSOLDOUT = 'SoldOut'\n\nCLOSED = 'Closed'\n";
    write(
        &place.path("sdk/tencentcloud/shop/v20210331/errorcodes.py"),
        codes,
    );
    let sdk = place.path("sdk");
    let outcome = place.import(&["--service", "shop", "--error-codes", shown(&sdk)]);
    assert!(
        outcome.succeeded().contains("; 0 errors, 1 warning\n"),
        "{}",
        outcome.out
    );
    assert_eq!(
        outcome.err,
        "warning: shop 2018-01-02 has no error codes in the SDK package\n"
    );
    assert_eq!(
        place.spec("shop/2021-03-31.json")["errors"],
        json!([
            {"code": "SoldOut", "description": "None is left."},
            {"code": "Closed", "description": ""},
        ])
    );
    assert_eq!(place.spec("shop/2018-01-02.json").get("errors"), None);

    let facts = [
        "--service",
        "shop",
        "--facts-only",
        "--error-codes",
        shown(&sdk),
    ];
    place.import(&facts).succeeded();
    assert_eq!(
        place.spec("shop/2021-03-31.json")["errors"][0],
        json!({"code": "SoldOut", "description": ""})
    );

    // The command line package has no error codes.
    let outcome = place.import(&["--service", "shop"]);
    outcome.succeeded();
    assert_eq!(
        outcome.err,
        "warning: shop 2021-03-31 loses its error codes; import them with --error-codes\n"
    );
    assert_eq!(place.spec("shop/2021-03-31.json").get("errors"), None);
    let outcome = place.import(&["--service", "shop"]);
    outcome.succeeded();
    assert_eq!(outcome.err, "");
}

#[test]
fn unreadable_error_codes_write_nothing() {
    let place = TestFolder::with(&mall());
    let sdk = place.path("sdk");
    let file = "tencentcloud/shop/v20210331/errorcodes.py";
    for (text, expect) in [
        (
            "import sys\n",
            format!(
                "{}:1:1: expected a comment, or a line `NAME = 'Code'`\n",
                shown(&sdk.join(file))
            ),
        ),
        (
            "BAD = 'a b'\n",
            format!(
                "{}:1:1: expected a comment, or a line `NAME = 'Code'`\n",
                shown(&sdk.join(file))
            ),
        ),
    ] {
        write(&sdk.join(file), text);
        let outcome = place.import(&["--service", "shop", "--error-codes", shown(&sdk)]);
        let messages = outcome.failed();
        assert!(
            messages.starts_with("error: cannot import shop: "),
            "{messages}"
        );
        assert!(messages.ends_with(&expect), "{messages}");
        assert_eq!(tree(&place.specs()), None);
    }
    // The packages may have been swapped.
    let package = place.path("package");
    let outcome = place.import(&["--service", "shop", "--error-codes", shown(&package)]);
    assert!(
        outcome
            .failed()
            .contains(": expected files like tencentcloud/<service>/v<date>/errorcodes.py"),
        "{}",
        outcome.err
    );
    assert_eq!(tree(&place.specs()), None);
}

#[test]
fn unreadable_examples_are_reported() {
    let mut files = mall();
    files[1].1 = files[1].1.replace(r#"{\"Count\": 1}"#, "Order one.");
    let place = TestFolder::with(&files);
    let outcome = place.import(&["--service", "shop"]);
    assert!(
        outcome.succeeded().contains("; 0 errors, 1 warning\n"),
        "{}",
        outcome.out
    );
    assert_eq!(
        outcome.err,
        "warning: shop 2021-03-31 actions.Order[0].input: it is neither a `POST`, nor a URL, nor JSON; ignored\n"
    );
    let spec = place.spec("shop/2021-03-31.json");
    assert_eq!(
        spec["actions"]["Order"]["examples"],
        json!([{"title": "One", "response": {"Id": "o-1"}}])
    );
}

#[test]
fn stale_facts_are_removed() {
    let mut files = mall();
    let place = TestFolder::with(&files);
    place.import(&["--service", "shop"]).succeeded();
    files[0].1 = files[0].1.replace("\"Count\"", "\"Number\"");
    place.pack(&files);
    let outcome = place.import(&["--service", "shop"]);
    assert!(
        outcome
            .succeeded()
            .ends_with("wrote 1 of 2 files: 0 new, 1 changed, 0 removed\n"),
        "{}",
        outcome.out
    );
    let request = place.spec("shop/2021-03-31.json")["actions"]["Order"]["request"].clone();
    let request = request.as_array().expect("parameters").iter();
    let names: Vec<_> = request.map(|field| field["name"].clone()).collect();
    assert_eq!(names, ["Number", "Price"]);
}

#[test]
fn undefined_object_is_reported() {
    let action = (
        "Look",
        json!([]),
        json!([member("Cages", "list", "Cage", json!({}))]),
    );
    let place = TestFolder::with(&[(
        place("zoo", "2021-03-31", "api.json"),
        api("zoo", "2021-03-31", &[action], &[]),
    )]);
    let outcome = place.import(&["--all"]);
    outcome.succeeded();
    assert_eq!(
        outcome.err,
        "warning: zoo 2021-03-31 actions.Look.response.Cages: undefined object `Cage`; fields of this type are untyped\n"
    );
}
