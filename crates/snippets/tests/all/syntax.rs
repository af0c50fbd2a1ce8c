//! Compilers of languages whose SDKs cannot be installed here check the syntax of snippets, where they are installed.

use std::fs;

use tc3_snippets::{Language, snippet};
use tempfile::TempDir;

use crate::calls::{organization, shop};
use crate::installed::{program, skip};

#[test]
fn php() {
    check(Language::Php, "php", &["-l"]);
}

#[test]
fn ruby() {
    check(Language::Ruby, "ruby", &["-c"]);
}

#[test]
fn go() {
    check(Language::Go, "gofmt", &["-e"]);
}

/// Java's compiler looks for the packages of the SDK only after it has parsed the program.
#[test]
fn java() {
    let is_syntax = |line: &str| line.contains(": error: ") && !line.ends_with(" does not exist");
    check_lines(Language::Java, "javac", &["-proc:only"], |_, stderr| {
        !stderr.lines().any(is_syntax)
    });
}

#[track_caller]
fn check(language: Language, compiler: &str, arguments: &[&str]) {
    check_lines(language, compiler, arguments, |succeeded, _| succeeded);
}

#[track_caller]
fn check_lines(
    language: Language,
    compiler: &str,
    arguments: &[&str],
    is_right: impl Fn(bool, &str) -> bool,
) {
    if program(compiler).is_none() {
        return skip(
            &format!("the syntax of {}", language.title()),
            &format!("{compiler} is not installed"),
        );
    }
    let place = TempDir::new().expect("a folder");
    for named in organization().iter().chain(&shop()) {
        let Ok(text) = snippet(&named.call(), language) else {
            continue;
        };
        let file = place
            .path()
            .join(format!("{}.{}", named.call().action, language.extension()));
        fs::write(&file, &text).expect("writable");
        let mut command = program(compiler).expect("it was found");
        let output = command
            .args(arguments)
            .arg(&file)
            .output()
            .expect("it starts");
        let stderr = String::from_utf8_lossy(&output.stderr);
        let is_right = is_right(output.status.success(), &stderr);
        assert!(is_right, "{}:\n{text}\n{stderr}", named.name);
    }
}
