//! The commands of the README.

use crate::program::Folder;

#[test]
fn readme_commands_run() {
    let readme = include_str!("../../../../README.md");
    let (_, section) = readme.split_once("\n### The command line\n").expect("a section");
    let (_, block) = section.split_once("```console\n").expect("a block");
    let (block, _) = block.split_once("```").expect("an end");
    let folder = Folder::new();
    for line in block.lines() {
        let line = line.strip_prefix("$ tc3 ").expect("a command");
        let (command, file) = match line.split_once(" > ") {
            Some((command, file)) => (command, Some(file)),
            None => (line, None),
        };
        let mut words: Vec<&str> = command.split(' ').collect();
        // The test has no account.
        let sends = ["--emulate", "--dry-run", "--skeleton", "--help"];
        if !words.iter().any(|word| sends.contains(word)) {
            words.push("--emulate");
        }
        let folder = match words.contains(&"--dry-run") {
            true => &Folder::new().credential(),
            false => &folder,
        };
        let outcome = folder.run(&words);
        assert_eq!(outcome.status, 0, "{line}: {}", outcome.stderr);
        assert!(!outcome.stdout.is_empty(), "{line}");
        if let Some(file) = file {
            folder.write(file, &outcome.stdout);
        }
    }
}
