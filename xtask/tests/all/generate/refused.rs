//! Errors of `generate`.

use std::fs;

use serde_json::json;

use super::{TestFolder, action, mall, spec};
use crate::command::{read, run, shown, tree, write};

#[test]
fn unknown_names_have_suggestions() {
    let mut specs = mall();
    let orders = json!({"Orders": action(json!([]), json!([]))});
    specs.push(spec("post", "2021-03-31", orders, json!({})));
    let place = TestFolder::with(&specs);
    let specs = place.specs();
    let specs = specs.display();
    let cases: [(&[&str], String); 9] = [
        (
            &["--service", "shops"],
            format!("{specs} has no service `shops`; did you mean `shop`?"),
        ),
        (
            &["--service", "bank", "--service", "mint"],
            format!("{specs} has no service `mint`"),
        ),
        (
            &["--action", "Ordr"],
            "no spec has an action `Ordr`; did you mean `Order` or `Orders`?".to_owned(),
        ),
        (
            &["--action", "Order", "--action", "Destroy"],
            "no spec has an action `Destroy`".to_owned(),
        ),
        // The suggestion does not depend on `--service`.
        (
            &["--service", "shop", "--action", "Ordr"],
            "no spec has an action `Ordr`; did you mean `Order`?".to_owned(),
        ),
        (
            &[
                "--service",
                "bank",
                "--action",
                "Transfre",
                "--action",
                "Ping",
            ],
            "no spec has an action `Transfre`; did you mean `Transfer`?".to_owned(),
        ),
        // The actions exist in another service, and one is similar to an action of this one.
        (
            &[
                "--service",
                "post",
                "--service",
                "shop",
                "--action",
                "Look",
                "--action",
                "Order",
            ],
            "no spec of `post` has an action `Look` or `Order`; did you mean `Orders`?".to_owned(),
        ),
        (
            &["--service", "bank", "--action", "Order"],
            "no spec has an action `Order`".to_owned(),
        ),
        (
            &[
                "--service",
                "bank",
                "--service",
                "shop",
                "--action",
                "Order",
            ],
            "no spec of `bank` has an action `Order`".to_owned(),
        ),
    ];
    for (arguments, expect) in cases {
        let outcome = place.generate(arguments);
        assert_eq!(
            outcome.misused(),
            format!("error: {expect}\n"),
            "{arguments:?}"
        );
        assert_eq!(outcome.out, "");
        assert_eq!(tree(&place.out()), None, "{arguments:?}");
    }
}

#[test]
fn usage_errors_write_nothing() {
    let place = TestFolder::with(&mall());
    for arguments in [&["--service"][..], &["--action"], &["--all"], &["shop"]] {
        let outcome = place.generate(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}");
        assert_eq!(outcome.out, "");
        assert_eq!(tree(&place.out()), None);
    }
    // `--out` is required.
    let outcome = run(&["generate", "--specs", shown(&place.specs())]);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.err.contains("--out <DIR>"), "{}", outcome.err);
}

#[test]
fn unreadable_specs_write_nothing() {
    let place = TestFolder::with(&mall());
    let file = place.specs().join("shop/2021-03-31.json");
    let whole = read(&file);
    // With an empty output folder, and with a workspace that would change.
    for round in 0..2 {
        for (from, to, expect) in [
            (
                "\"format\": 1",
                "\"format\": 2",
                ":2:13: format 2 is not supported: this program reads format 1\n",
            ),
            (
                "\"format\": 1,",
                "\"format\": 1",
                ":3:3: expected `,` or `}`\n",
            ),
            (
                "\"type\": \"Float\"",
                "\"type\": \"Some words\"",
                ": `Some words` is not a type: expected a built-in type such as `String`, a data type, or `Array of` a type\n",
            ),
            (
                "\"name\": \"Amount\"",
                "\"name\": \"The amount\"",
                ": types.Price.fields.The amount: `The amount` is not a name: expected letters, digits and underscores\n",
            ),
            (
                "\"service\": \"shop\"",
                "\"service\": \"bank\"",
                " contains the spec of bank 2021-03-31: move it to bank/2021-03-31.json\n",
            ),
            (
                "\"version\": \"2021-03-31\"",
                "\"version\": \"2021-04-01\"",
                " contains the spec of shop 2021-04-01: move it to shop/2021-04-01.json\n",
            ),
        ] {
            let broken = whole.replacen(from, to, 1);
            assert_ne!(broken, whole, "{from}");
            write(&file, broken);
            let before = tree(&place.out());
            for arguments in [&[][..], &["--action", "Order"]] {
                let outcome = place.generate(arguments);
                let messages = outcome.failed();
                let start = format!("error: {}", file.display());
                assert!(messages.starts_with(&start), "{messages}");
                assert!(messages.ends_with(expect), "{messages}");
                assert_eq!(tree(&place.out()), before);
            }
        }
        write(&file, &whole);
        if round == 0 {
            place.generate(&["--action", "Ping"]).succeeded();
        }
    }
    // A service that is not selected may be invalid.
    write(&file, "{");
    place.generate(&["--service", "bank"]).succeeded();
}

#[test]
fn no_specs_is_an_error() {
    let place = TestFolder::with(&[]);
    let specs = place.specs();
    fs::create_dir_all(specs.join("shop/pages")).expect("a folder");
    let outcome = place.generate(&[]);
    let expect = format!(
        "error: {} contains no spec: expected files like organization/2021-03-31.json\n",
        specs.display()
    );
    assert_eq!(outcome.failed(), expect);
    assert_eq!(tree(&place.out()), None);
}
