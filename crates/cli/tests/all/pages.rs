//! Snapshots of help and errors. `UPDATE_SNAPSHOTS=1 cargo test -p tc3-cli` updates them; review the changes.

use std::path::Path;
use std::{env, fs};

use crate::program::Folder;

/// Runs command lines, and compares the output with a file.
#[track_caller]
fn check(name: &str, lines: &[&str]) {
    let folder = Folder::new();
    let mut text = String::new();
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        let outcome = folder.run(&words);
        text += &format!(
            "$ tc3 {line}\n{}{}[exit status {}]\n\n",
            outcome.stdout, outcome.stderr, outcome.status
        );
    }
    let home = folder.folder.path().to_str().expect("letters");
    let text = text.replace(home, "~");
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/all/pages/{name}.txt"));
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, &text).expect("a file");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(text == expected, "{} differs:\n{text}", path.display());
}

#[test]
fn help() {
    check(
        "help",
        &[
            "--help",
            "emulate -h",
            "explore --help",
            "verify --help",
            "configure --help",
            "explain --help",
            "search --help",
            "examples -h",
            "docs --help",
            "docs import --help",
            "completion --help",
            "organization --help",
            "organization AddOrganizationMemberEmail --help",
            "cvm TerminateInstances -h",
            "cvm DescribeInstances --help",
        ],
    );
}

#[test]
fn errors() {
    check(
        "errors",
        &[
            "organisation DescribeOrganization",
            "completions bash",
            "configure --profile nobody remove",
            "tke DescribeClusters --Version 2020-01-01",
            "--site mainlnd cvm DescribeInstances",
            "cvm",
            "cvm DescribeInstance",
            "DescribeInstances --Limit=5",
            "cvm --region ap-x DescribeInstances",
            "cvm --Limit 5",
            "cvm DescribeInstances stray",
            "cvm DescribeInstances --Limt 5",
            "cvm DescribeInstances --Limit five",
            "cvm DescribeInstances --Limit 5 6",
            "cvm DescribeInstances --Limit",
            "cvm DescribeInstances --Filters.Name zone",
            "cvm DescribeInstances --Filters Name=zone,Value=[a]",
            "cvm DescribeInstances --Filters.1.Name zone",
            "cvm DescribeInstances --InstanceIds @missing.json",
            "cvm DescribeInstances --input missing.json",
            "cvm TerminateInstances",
            "cvm DescribeInstances --timeout 0",
            "cvm DescribeInstances --output tabel",
            "cvm DescribeInstances --secretKey x",
            "organization DescribeOrganization --profile nobody",
        ],
    );
}

#[test]
fn skeletons() {
    check(
        "skeletons",
        &[
            "cvm DescribeInstances --skeleton",
            "cvm RunInstances --skeleton",
            "cvm DescribeZones --skeleton",
        ],
    );
}

/// The manual page in the package is the one that the program prints.
#[test]
fn manual_page_is_current() {
    let page = Folder::new().run(&["man"]).stdout;
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tc3.1");
    if env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::write(&path, &page).expect("a file");
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), page);
}
