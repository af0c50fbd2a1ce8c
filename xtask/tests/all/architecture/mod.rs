//! Checks the claims of `ARCHITECTURE.md` that a program can check.

mod imports;
mod packages;
mod source;

use crate::command::{files, read, workspace};
use imports::Modules;
use packages::packages;
use source::{SOURCES, Source};
use tc3_catalogue::{Catalogue, HitKind};
use tc3_spec::Site;

fn architecture() -> String {
    read(&workspace().join("ARCHITECTURE.md"))
}

/// Returns the text between two phrases. Panics if one of them is missing.
#[track_caller]
fn between<'t>(text: &'t str, from: &str, to: &str) -> &'t str {
    let rest = text.split_once(from).map(|(_, rest)| rest);
    let part = rest.and_then(|rest| rest.split_once(to));
    part.unwrap_or_else(|| panic!("ARCHITECTURE.md lacks `{from}` … `{to}`"))
        .0
}

/// Returns the beginning of the sentence that contains `until`, up to these words.
#[track_caller]
fn sentence<'t>(text: &'t str, until: &str) -> &'t str {
    let before = text.split_once(until).map(|(before, _)| before);
    let before = before.unwrap_or_else(|| panic!("ARCHITECTURE.md lacks `{until}`"));
    let start = before.rfind(". ").max(before.rfind("\n- "));
    &before[start.unwrap_or_default()..]
}

/// Returns the texts in backticks.
fn quoted(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn modules_import_only_modules_below_them() {
    let mut found = Vec::new();
    for package in packages().into_values() {
        for root in package.roots() {
            let cycles = Modules::of_crate(root).cycles().into_iter();
            found.extend(cycles.map(|cycle| format!("{}{cycle}", package.name)));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Checks that each named file or folder has a source with a property, and that no other source has it.
#[track_caller]
fn check_only(named: &[&str], property: &str, has: impl Fn(&Source) -> bool) {
    let found = SOURCES.iter().filter(|source| has(source));
    let found: Vec<&str> = found.map(|source| source.path.as_str()).collect();
    let is_in = |path: &str, name: &str| {
        let rest = path.strip_prefix(name);
        // A module may be a file and a folder.
        rest.is_some_and(|rest| matches!(rest, "" | ".rs") || rest.starts_with('/'))
    };
    for path in &found {
        let is_named = named.iter().any(|name| is_in(path, name));
        assert!(is_named, "{path} {property}, which only {named:?} may");
    }
    for name in named {
        let is_found = found.iter().any(|path| is_in(path, name));
        assert!(is_found, "no source of {name} {property}");
    }
}

/// Checks that each named file or folder uses one of `words`, and that no other file does.
#[track_caller]
fn check_users(named: &[&str], words: &[&str]) {
    check_only(named, &format!("uses one of {words:?}"), |source| {
        words.iter().any(|words| source.has(words))
    });
}

#[test]
fn only_named_modules_write_files() {
    let text = architecture();
    let named = quoted(sentence(&text, " write files."));
    let words = [
        "fs::write",
        "fs::rename",
        "fs::copy",
        "fs::create_dir_all",
        "fs::remove_file",
        "fs::remove_dir",
        "fs::remove_dir_all",
        "fs::set_permissions",
        "File::options",
        "File::create",
        "OpenOptions",
        "tc3_files",
    ];
    check_users(&named, &words);
}

#[test]
fn only_named_modules_open_and_accept_connections() {
    let text = architecture();
    let named = quoted(sentence(&text, " open connections,"));
    check_users(&named, &["HttpConnector", "Agent", "reqwest::Client"]);
    let named = quoted(between(&text, " open connections, ", " accept them."));
    check_users(&named, &["TcpListener"]);
}

#[test]
fn only_named_modules_have_other_languages() {
    let text = architecture();
    let named = quoted(sentence(&text, "\n  have words of other languages."));
    let is_foreign = |literal: &String| literal.chars().any(|c| c.is_alphabetic() && !c.is_ascii());
    check_only(&named, "has words of another language", |source| {
        source.literals.iter().any(is_foreign)
    });
}

#[test]
fn only_named_modules_convert_names() {
    let text = architecture();
    let named = quoted(between(
        &text,
        "In `codegen`, only ",
        " convert documented names.",
    ));
    check_only(&named, "converts documented names", |source| {
        let converts = ["Scope", "pascal", "snake"].iter();
        source.path.starts_with("codegen/src/") && converts.clone().any(|name| source.has(name))
    });
}

#[test]
fn only_named_modules_name_actions() {
    let text = architecture();
    let named = quoted(between(
        &text,
        "\n- No special case for a page, action or service, except ",
        ".\n",
    ));
    let capitals = |name: &str| name.chars().filter(char::is_ascii_uppercase).count();
    let may_be_action =
        |name: &&str| capitals(name) > 1 && name.chars().all(|c| c.is_ascii_alphanumeric());
    let is_action = |name: &&str| {
        Site::ALL.into_iter().any(|site| {
            let hits = Catalogue::of_site(site).search(name, 1);
            let mut hits = hits.expect("the index").into_iter();
            hits.any(|hit| hit.kind == HitKind::Action(name))
        })
    };
    check_only(&named, "names an action", |source| {
        let literals = source.literals.iter();
        let literals = literals.map(|literal| literal.trim_matches('"'));
        literals.filter(may_be_action).any(|name| is_action(&name))
    });
}

#[test]
fn output_does_not_depend_on_the_clock() {
    for source in SOURCES.iter() {
        let krate = source.path.split('/').next().unwrap_or_default();
        if ["spec", "parse", "import", "codegen", "macros", "pipeline"].contains(&krate) {
            let has_clock = ["SystemTime", "Instant"]
                .iter()
                .any(|clock| source.has(clock));
            assert!(!has_clock, "{}", source.path);
        }
    }
}

#[test]
fn named_paths_exist() {
    let text = architecture();
    let is_path = |name: &&str| {
        let has_path_characters = name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "/_-.".contains(c));
        has_path_characters && (name.ends_with(".rs") || name.contains('/'))
    };
    let folders = ["crates", "examples", "xtask"];
    let files: Vec<String> = folders
        .iter()
        .flat_map(|folder| {
            files(&workspace().join(folder))
                .into_iter()
                .map(move |file| format!("/{folder}/{file}/"))
        })
        .collect();
    // Code samples contain no paths.
    let text = text.split("```").step_by(2).collect::<String>();
    for name in quoted(&text).into_iter().filter(is_path) {
        let exists = files.iter().any(|file| file.contains(&format!("/{name}/")));
        assert!(
            exists,
            "ARCHITECTURE.md names `{name}`, which does not exist"
        );
    }
}

/// Returns the number of lines of code of a crate, without tests, comments and blank lines.
fn lines_of_code(krate: &str) -> usize {
    let root = workspace().join(krate).join("src");
    let is_code = |path: &&String| !path.contains("tests/") && !path.ends_with("tests.rs");
    let files = files(&root);
    let texts = files
        .iter()
        .filter(is_code)
        .map(|path| read(&root.join(path)));
    let count = |text: String| {
        // A module of tests is the last item of its file.
        let (code, _) = text
            .split_once("\n#[cfg(test)]\nmod tests {")
            .unwrap_or((&text, ""));
        let lines = code.lines().map(str::trim);
        let lines = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
        lines.count()
    };
    texts.map(count).sum()
}

#[test]
fn runtime_line_count_is_current() {
    let text = architecture();
    let number = between(&text, "\nThe runtime has ", " lines of code");
    let documented: usize = number.replace(',', "").parse().expect("a number");
    let counted = lines_of_code("crates/runtime");
    assert!(
        counted.abs_diff(documented) < 100,
        "the runtime has {counted} lines of code; ARCHITECTURE.md says {number}"
    );
    assert!(
        counted <= 6500,
        "the runtime has {counted} lines of code, more than 6,500"
    );
}

#[test]
fn xtask_is_thin() {
    let counted = lines_of_code("xtask");
    assert!(
        counted <= 1200,
        "xtask has {counted} lines of code, more than 1,200"
    );
}
