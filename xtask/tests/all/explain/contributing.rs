//! The example in CONTRIBUTING of `explain`.

use crate::command::{documented, read, run, workspace};

#[test]
fn fixup_of_organization_is_applied() {
    let specs = workspace().join("specs/organization");
    assert!(documented("json").contains(&read(&specs.join("fixups.json"))));
    let spec = read(&specs.join("2021-03-31.json"));
    assert!(spec.contains("Verification mobile number binding failed."));
    assert!(!spec.contains("numbe "));
}

#[test]
fn documented_shows_the_output() {
    let blocks = documented("console");
    let mut blocks = blocks
        .iter()
        .filter_map(|block| block.strip_prefix("$ cargo xtask explain "));
    let (item, shown) = blocks
        .next()
        .and_then(|block| block.split_once('\n'))
        .expect("a block");
    let outcome = run(&["explain", item]);
    let rest = outcome.succeeded().strip_prefix(shown);
    let rest = rest.unwrap_or_else(|| panic!("{}", outcome.out));
    assert!(rest.starts_with("import "), "{rest}");
}
