//! Selection of services, versions and sites.

use serde_json::{Value, json};

use crate::command::{files, run, shown, tree};
use crate::import::place::{TestFolder, api, mall, place};

#[test]
fn service_has_all_its_versions() {
    let place = TestFolder::with(&mall());
    let outcome = place.import(&["--service", "shop"]);
    assert_eq!(
        outcome.succeeded(),
        "read  2 versions of 1 service on the international site: 2 actions, 2 data types; 0 errors, 0 warnings\n\
         wrote 2 of 2 files: 2 new, 0 changed, 0 removed\n"
    );
    assert_eq!(outcome.err, "");
    assert_eq!(
        files(&place.specs()),
        ["shop/2018-01-02.json", "shop/2021-03-31.json"]
    );
    let order = |examples: Value| {
        json!({
            "description": "By the metadata: Order.",
            "access": "write",
            "request": [
                {"name": "Count", "type": "Integer", "format": "uint64", "required": true, "description": "How many."},
                {"name": "Price", "type": "Price", "description": ""},
            ],
            "response": [{"name": "Id", "type": "String", "description": ""}],
            "errors": [],
            "examples": examples,
        })
    };
    let spec = |version: &str, examples: Value| {
        json!({
            "format": 1,
            "service": "shop",
            "version": version,
            "endpoint": "shop.intl.tencentcloudapi.com",
            "actions": {"Order": order(examples)},
            "types": {"Price": {
                "description": "",
                "fields": [{"name": "Amount", "type": "Float", "description": ""}],
            }},
            "imported": {"package": "tccli-intl-en", "version": "3.1.5"},
        })
    };
    let example = json!([{"title": "One", "request": {"Count": 1}, "response": {"Id": "o-1"}}]);
    assert_eq!(
        place.spec("shop/2018-01-02.json"),
        spec("2018-01-02", json!([]))
    );
    assert_eq!(
        place.spec("shop/2021-03-31.json"),
        spec("2021-03-31", example)
    );
}

#[test]
fn import_is_idempotent() {
    let place = TestFolder::with(&mall());
    place.import(&["--all"]).succeeded();
    let before = tree(&place.specs());
    let outcome = place.import(&["--all"]);
    assert_eq!(
        outcome.succeeded(),
        "read  3 versions of 2 services on the international site: 3 actions, 3 data types; 0 errors, 0 warnings\n\
         wrote 0 of 3 files: 0 new, 0 changed, 0 removed\n"
    );
    assert_eq!(tree(&place.specs()), before);
    // Regenerating the specs from the kept metadata changes nothing either.
    let outcome = place.regenerate();
    assert!(
        outcome.succeeded().contains(", 0 changed, "),
        "{}",
        outcome.out
    );
    assert_eq!(tree(&place.specs()), before);
}

#[test]
fn several_services() {
    let place = TestFolder::with(&mall());
    let outcome = place.import(&[
        "--service",
        "shop",
        "--service",
        "bank",
        "--service",
        "shop",
    ]);
    assert!(
        outcome
            .succeeded()
            .starts_with("read  3 versions of 2 services "),
        "{}",
        outcome.out
    );
    assert_eq!(
        files(&place.specs()),
        [
            "bank/2021-03-31.json",
            "shop/2018-01-02.json",
            "shop/2021-03-31.json"
        ]
    );
}

#[test]
fn site_of_package_or_option() {
    let mut mall = mall();
    let intl = "shop.intl.tencentcloudapi.com";
    let mainland = "shop.tencentcloudapi.com";
    for (distribution, arguments, expect) in [
        (Some("tccli-intl-en"), &[][..], intl),
        (Some("tccli"), &[], mainland),
        (None, &[], intl),
        (Some("tccli"), &["--site", "intl"], intl),
        (Some("tccli-intl-en"), &["--site", "mainland"], mainland),
        (None, &["--site", "mainland"], mainland),
    ] {
        mall.truncate(4);
        mall.extend(distribution.map(|name| {
            let text = format!("Name: {name}\nVersion: 3.1.5\n");
            ("it-3.1.5.dist-info/METADATA".to_owned(), text)
        }));
        let place = TestFolder::with(&mall);
        let outcome = place.import(&[&["--service", "shop"], arguments].concat());
        let site = match expect == intl {
            true => " on the international site: ",
            false => " on the site of mainland China: ",
        };
        assert!(outcome.succeeded().contains(site), "{}", outcome.out);
        let spec = place.spec("shop/2021-03-31.json");
        assert_eq!(spec["endpoint"], expect);
        // A package without a name needs the option.
        let imported = match distribution {
            Some(name) => json!({"package": name, "version": "3.1.5"}),
            None => json!({"package": "tccli"}),
        };
        assert_eq!(spec["imported"], imported, "{arguments:?}");
    }
}

#[test]
fn usage_errors_write_nothing() {
    let place = TestFolder::with(&mall());
    for arguments in [
        &[][..],
        &["--facts-only"],
        &["--service"],
        &["--service", "shop", "--all"],
        &["--all", "--site", "moon"],
        &["--all", "--error-codes"],
        &["--all", "another/package"],
    ] {
        let outcome = place.import(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}: {}", outcome.err);
        assert_eq!(outcome.out, "", "{arguments:?}");
        assert!(outcome.err.starts_with("error: "), "{}", outcome.err);
        assert_eq!(tree(&place.specs()), None, "{arguments:?}");
    }
    let outcome = place.import(&[]);
    assert!(
        outcome.err.contains("<--service <NAME>|--all>"),
        "{}",
        outcome.err
    );
    assert_eq!(run(&["import", "--all"]).code, Some(2));
}

#[test]
fn unknown_service_has_a_suggestion() {
    let place = TestFolder::with(&mall());
    let package = place.path("package");
    for (name, hint) in [("shops", "; did you mean `shop`?"), ("warehouse", "")] {
        let outcome = place.import(&["--service", "bank", "--service", name]);
        let expect = format!(
            "error: {} has no service `{name}`{hint}\n",
            package.display()
        );
        assert_eq!(outcome.misused(), expect);
        assert_eq!(tree(&place.specs()), None);
    }
}

#[test]
fn service_has_two_names() {
    let old = |version: &str| {
        let text = api("shop", version, &[("Order", json!([]), json!([]))], &[]);
        (place("store", version, "api.json"), text)
    };
    let new = (
        place("shop", "2021-03-31", "api.json"),
        api(
            "shop",
            "2021-03-31",
            &[("Order", json!([]), json!([]))],
            &[],
        ),
    );
    let place = TestFolder::with(&[old("2018-01-02"), new.clone()]);
    place.import(&["--service", "store"]).succeeded();
    assert_eq!(files(&place.specs()), ["shop/2018-01-02.json"]);
    place.import(&["--service", "shop"]).succeeded();
    assert_eq!(
        files(&place.specs()),
        ["shop/2018-01-02.json", "shop/2021-03-31.json"]
    );

    place.pack(&[old("2021-03-31"), new]);
    let before = tree(&place.specs());
    let outcome = place.import(&["--all"]);
    let messages = outcome.failed();
    assert!(
        messages.ends_with(" contains a version of `shop` twice, in the folders shop, store\n"),
        "{messages}"
    );
    assert_eq!(tree(&place.specs()), before);
}

#[test]
fn other_site_is_rejected() {
    let place = TestFolder::with(&mall());
    place.import(&["--service", "shop"]).succeeded();
    let before = tree(&place.specs());
    let outcome = place.import(&["--service", "shop", "--site", "mainland"]);
    let expect = format!(
        "error: cannot import shop: {}/shop/2018-01-02.json is of shop.intl.tencentcloudapi.com, but the import is of \
         shop.tencentcloudapi.com: import it into another folder with --specs\n",
        shown(&place.specs())
    );
    assert_eq!(outcome.failed(), expect);
    assert_eq!(tree(&place.specs()), before);
}
