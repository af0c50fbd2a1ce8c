//! The example in CONTRIBUTING of `explain`.

use crate::command::{read, run, workspace};

/// Returns a code block of the CONTRIBUTING's section on wrong documentation.
fn block(language: &str) -> String {
    let text = read(&workspace().join("CONTRIBUTING.md"));
    let (_, section) = text
        .split_once("## When the documentation is wrong\n")
        .expect("the section");
    let (section, _) = section.split_once("\n## ").expect("its end");
    let (_, block) = section
        .split_once(&format!("```{language}\n"))
        .expect("a block");
    let (block, _) = block.split_once("```").expect("its end");
    block.to_owned()
}

#[test]
fn fixup_of_organization_is_applied() {
    let specs = workspace().join("specs/organization");
    assert_eq!(block("json"), read(&specs.join("fixups.json")));
    let spec = read(&specs.join("2021-03-31.json"));
    assert!(spec.contains("Verification mobile number binding failed."));
    assert!(!spec.contains("numbe "));
}

#[test]
fn documented_shows_the_output() {
    let block = block("console");
    let (command, shown) = block.split_once('\n').expect("what is printed");
    let item = command
        .strip_prefix("$ cargo xtask explain ")
        .expect("the command");
    let outcome = run(&["explain", item]);
    let rest = outcome.succeeded().strip_prefix(shown);
    let rest = rest.unwrap_or_else(|| panic!("{}", outcome.out));
    assert!(rest.starts_with("import "), "{rest}");
}
