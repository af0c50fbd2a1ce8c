//! Round trips of imported texts, search in them, and damaged files.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use tc3_catalogue::{TextOwner, Texts, TextsBuilder};
use tc3_spec::{Imported, Site, Spec};
use tempfile::TempDir;

use crate::shop::{packages, spec};

struct Written {
    _folder: TempDir,
    path: PathBuf,
}

fn package() -> Imported {
    packages().remove(0)
}

/// Writes the texts of this number of versions of a service.
fn written(versions: usize) -> Written {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("intl.bin");
    let mut builder = TextsBuilder::new();
    for number in 0..versions {
        builder.add(&numbered(number));
    }
    write(builder, &path);
    Written {
        _folder: folder,
        path,
    }
}

fn write(builder: TextsBuilder, path: &Path) {
    let content = builder.build(Site::Intl, &package());
    fs::write(path, content.expect("texts")).expect("a file");
}

/// Returns a spec with long descriptions, which contain its number.
fn numbered(number: usize) -> Spec {
    let mut spec = spec("shop", &format!("2021-03-{:02}", number + 1));
    let long = format!("Number{number} \u{1F600}\nline\ttab. ").repeat(2_000);
    for action in spec.actions.values_mut() {
        action.description = long.clone();
    }
    spec
}

fn open(path: &std::path::Path) -> Texts {
    let texts = Texts::open(path).expect("it is whole");
    texts.expect("the file exists")
}

#[test]
fn texts_round_trip() {
    let written = written(5);
    let texts = open(&written.path);
    assert_eq!((texts.site(), texts.imported()), (Site::Intl, &package()));
    for number in 0..5 {
        let whole = numbered(number);
        let mut facts = whole.facts();
        texts.describe(&mut facts).expect("it is whole");
        assert_eq!(
            facts.actions["BuyGoods"].description,
            whole.actions["BuyGoods"].description
        );
        assert_eq!(
            facts.actions["BuyGoods"].request,
            whole.actions["BuyGoods"].request
        );
        assert_eq!(facts.types, whole.types);
        let examples = texts.examples("shop", &whole.version, "BuyGoods");
        assert_eq!(
            examples.expect("it is whole"),
            whole.actions["BuyGoods"].examples
        );
        let none = texts.examples("shop", &whole.version, "ListGoods");
        assert_eq!(none.expect("it is whole"), []);
    }
}

#[test]
fn summaries_are_first_sentences() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("intl.bin");
    let mut spec = spec("shop", "2021-03-31");
    let mut describe = |action: &str, description: &str| {
        let action = spec.actions.get_mut(action).expect("an action");
        action.description = description.to_owned();
    };
    describe("BuyGoods", "Buys v1.5 goods. Slowly.");
    describe("ListGoods", "查询商品。慢。");
    describe("ListOrders", "No stop\nat the end. ");
    let mut builder = TextsBuilder::new();
    builder.add(&spec);
    write(builder, &path);
    let summaries = open(&path)
        .summaries("shop", "2021-03-31")
        .expect("it is whole");
    let summaries: Vec<_> = summaries
        .iter()
        .map(|(name, text)| (&**name, &**text))
        .collect();
    let expected = [
        ("BuyGoods", "Buys v1.5 goods."),
        ("ListGoods", "查询商品。"),
        ("ListOrders", "No stop"),
    ];
    assert_eq!(summaries, expected);
    assert!(
        open(&path)
            .summaries("shop", "2020-01-01")
            .expect("it is whole")
            .is_empty()
    );
}

#[test]
fn own_descriptions_are_kept() {
    let written = written(1);
    let mut spec = numbered(0).facts();
    let action = spec.actions.get_mut("BuyGoods").expect("an action");
    action.description = "Mine.".to_owned();
    open(&written.path)
        .describe(&mut spec)
        .expect("it is whole");
    assert_eq!(spec.actions["BuyGoods"].description, "Mine.");
    assert_eq!(spec.actions["BuyGoods"].request[0].description, "How many.");
}

#[test]
fn words_are_found() {
    let written = written(3);
    let texts = open(&written.path);
    let hits = texts.search("number1", 99).expect("it is whole");
    assert!(!hits.is_empty());
    assert!(
        hits.iter()
            .all(|hit| hit.version == "2021-03-02" && hit.field.is_none())
    );
    let hits = texts.search("How MANY", 99).expect("it is whole");
    assert_eq!(hits.len(), 3);
    assert_eq!(hits[0].owner, TextOwner::Action("BuyGoods".to_owned()));
    assert_eq!(
        (hits[0].field.as_deref(), &*hits[0].text),
        (Some("Count"), "How many.")
    );
    let hits = texts.search("tag", 1).expect("it is whole");
    assert_eq!(hits[0].owner, TextOwner::Type("Tag".to_owned()));
    assert_eq!(texts.search("many nothing", 99).expect("it is whole"), []);
    assert_eq!(texts.search("", 99).expect("it is whole"), []);
}

#[test]
fn missing_file_is_no_error() {
    assert!(
        Texts::open(Path::new("missing.bin"))
            .expect("no error")
            .is_none()
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Reading a damaged file may fail, but never panics.
    #[test]
    fn damage_never_panics(at in 0.0..1.0_f64, byte: u8, cut: bool) {
        let written = written(2);
        let mut bytes = fs::read(&written.path).expect("a file");
        let at = (bytes.len() as f64 * at) as usize;
        match cut {
            true => bytes.truncate(at),
            false => bytes[at] = byte,
        }
        fs::write(&written.path, bytes).expect("a file");
        if let Ok(Some(texts)) = Texts::open(&written.path) {
            let _ = texts.describe(&mut numbered(0).facts());
            let _ = texts.search("number", 9);
        }
    }
}
