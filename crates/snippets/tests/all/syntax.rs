//! Checks the syntax of snippets whose SDKs the tests do not install, with compilers and grammars.

use std::fs;
use std::path::{Path, PathBuf};

use tc3_snippets::{Language, snippet};
use tempfile::TempDir;

use crate::calls::{organization, shop};
use crate::installed::{program, python, skip};

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

/// Java's compiler looks for the packages of the SDK after it has parsed the program, so it reports syntax errors too.
#[test]
fn java() {
    let is_syntax = |line: &str| line.contains(": error: ") && !line.ends_with(" does not exist");
    check_lines(Language::Java, "javac", &["-proc:only"], |_, stderr| {
        !stderr.lines().any(is_syntax)
    });
}

/// The compilers of C# and C++ need the SDK to check the syntax, and CI installs no compilers of Go and Java.
#[test]
fn grammars() {
    for (language, grammar) in [
        (Language::Csharp, "tree_sitter_c_sharp"),
        (Language::Cpp, "tree_sitter_cpp"),
        (Language::Go, "tree_sitter_go"),
        (Language::Java, "tree_sitter_java"),
    ] {
        let Some(mut python) = python(grammar) else {
            skip_syntax(language, &format!("the module {grammar} is not installed"));
            continue;
        };
        let place = TempDir::new().expect("a folder");
        let files = write(language, place.path());
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/syntax.py");
        let output = python.args([script, grammar]).args(&files).output();
        let output = output.expect("it starts");
        assert!(output.status.success(), "{output:?}");

        // The script must detect a missing brace.
        let text = fs::read_to_string(&files[0]).expect("a snippet");
        let end = text.rfind('}').expect("a block");
        fs::write(&files[0], &text[..end]).expect("writable");
        let output = python.output().expect("it starts");
        assert_eq!(output.status.code(), Some(1), "{output:?}");
    }
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
        return skip_syntax(language, &format!("{compiler} is not installed"));
    }
    let place = TempDir::new().expect("a folder");
    for file in write(language, place.path()) {
        let mut command = program(compiler).expect("it was found");
        let output = command.args(arguments).arg(&file).output();
        let output = output.expect("it starts");
        let stderr = String::from_utf8_lossy(&output.stderr);
        let is_right = is_right(output.status.success(), &stderr);
        let text = || fs::read_to_string(&file).expect("a snippet");
        assert!(is_right, "{}\n{stderr}", text());
    }
}

/// Writes the snippets of a language, each to a file.
fn write(language: Language, folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for (number, named) in organization().iter().chain(&shop()).enumerate() {
        let Ok(text) = snippet(&named.call(), language) else {
            continue;
        };
        // Java wants a file to have the name of its class.
        let folder = folder.join(number.to_string());
        fs::create_dir(&folder).expect("writable");
        let file = folder
            .join(named.call().action)
            .with_extension(language.extension());
        fs::write(&file, &text).expect("writable");
        files.push(file);
    }
    files
}

fn skip_syntax(language: Language, reason: &str) {
    skip(&format!("the syntax of {}", language.title()), reason);
}
