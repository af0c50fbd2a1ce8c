//! What is told of what cannot be generated.

use std::fs;

use super::{Place, mall};
use crate::command::{read, run, shown, tree, write};

#[test]
fn what_is_not_there_is_told_with_what_was_meant_and_nothing_is_written() {
    let place = Place::with(&mall());
    let specs = place.specs();
    let specs = specs.display();
    let cases: [(&[&str], String); 8] = [
        (
            &["--service", "shops"],
            format!("{specs} has no service `shops`; it has `shop`"),
        ),
        (
            &["--service", "bank", "--service", "post"],
            format!("{specs} has no service `post`"),
        ),
        (
            &["--action", "Ordr"],
            "no spec has an action `Ordr`; there is `Order`".to_owned(),
        ),
        (
            &["--action", "Order", "--action", "Destroy"],
            "no spec has an action `Destroy`".to_owned(),
        ),
        // The hint is there as well where the service is named.
        (
            &["--service", "shop", "--action", "Ordr"],
            "no spec has an action `Ordr`; there is `Order`".to_owned(),
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
            "no spec has an action `Transfre`; there is `Transfer`".to_owned(),
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
            format!("none of the actions is in {specs}/bank/2021-03-31.json"),
        ),
    ];
    for (arguments, expect) in cases {
        let outcome = place.generate(arguments);
        assert_eq!(
            outcome.failed(),
            format!("error: {expect}\n"),
            "{arguments:?}"
        );
        assert_eq!(outcome.out, "");
        assert_eq!(tree(&place.out()), None, "{arguments:?}");
    }
}

#[test]
fn wrong_usage_writes_nothing_and_exits_with_2() {
    let place = Place::with(&mall());
    for arguments in [&["--service"][..], &["--action"], &["--all"], &["shop"]] {
        let outcome = place.generate(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}");
        assert_eq!(outcome.out, "");
        assert_eq!(tree(&place.out()), None);
    }
    // It has to be said where to.
    let outcome = run(&["generate", "--specs", shown(&place.specs())]);
    assert_eq!(outcome.code, Some(2));
    assert!(outcome.err.contains("--out <DIR>"), "{}", outcome.err);
}

#[test]
fn specs_that_cannot_be_read_are_told_with_their_place_and_nothing_is_written() {
    let place = Place::with(&mall());
    let file = place.specs().join("shop/2021-03-31.json");
    let whole = read(&file);
    // Nothing there yet, and then a workspace that would change.
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
                ": `Some words` is not a type: expected `String`, `Integer`, …, the name of a data type, or `Array of` one \
                 of them\n",
            ),
            (
                "\"name\": \"Amount\"",
                "\"name\": \"The amount\"",
                ": types.Price.The amount: `The amount` is not a name: expected letters, digits and underscores\n",
            ),
            (
                "\"service\": \"shop\"",
                "\"service\": \"bank\"",
                " is the spec of bank 2021-03-31: its name must say so\n",
            ),
            (
                "\"version\": \"2021-03-31\"",
                "\"version\": \"2021-04-01\"",
                " is the spec of shop 2021-04-01: its name must say so\n",
            ),
        ] {
            let broken = whole.replacen(from, to, 1);
            assert_ne!(broken, whole, "{from}");
            write(&file, broken);
            let before = tree(&place.out());
            for arguments in [&[][..], &["--action", "Order"]] {
                let outcome = place.generate(arguments);
                let told = outcome.failed();
                let start = format!("error: {}", file.display());
                assert!(told.starts_with(&start), "{told}");
                assert!(told.ends_with(expect), "{told}");
                assert_eq!(tree(&place.out()), before);
            }
        }
        write(&file, &whole);
        if round == 0 {
            place.generate(&["--action", "Ping"]).succeeded();
        }
    }
    // A service that is not asked for may be as it is.
    write(&file, "{");
    place.generate(&["--service", "bank"]).succeeded();
}

#[test]
fn where_there_are_no_specs_nothing_is_generated() {
    let place = Place::with(&[]);
    let specs = place.specs();
    let outcome = place.generate(&[]);
    let start = format!("error: cannot list {}: ", specs.display());
    assert!(outcome.failed().starts_with(&start), "{}", outcome.err);
    fs::create_dir_all(specs.join("shop/pages")).expect("a folder");
    let outcome = place.generate(&[]);
    let expect = format!("error: no service has a spec in {}\n", specs.display());
    assert_eq!(outcome.failed(), expect);
    assert_eq!(tree(&place.out()), None);
}
