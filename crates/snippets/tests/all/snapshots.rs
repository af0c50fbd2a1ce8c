//! Compares snippets with files. `UPDATE_SNAPSHOTS=1` rewrites the files, and a diff shows the changes.

use std::path::{Path, PathBuf};
use std::{env, fs};

use tc3_snippets::{Call, Language, snippet};

use crate::calls::{Named, organization, shop};

#[test]
fn snippets_match_snapshots() {
    let calls: Vec<Named> = organization().into_iter().chain(shop()).collect();
    let mut changed = Vec::new();
    for call in &calls {
        for language in Language::ALL {
            let path = path(call.name, language);
            let text = snippet(&call.call(), language).unwrap_or_else(|error| format!("{error}\n"));
            let old = fs::read_to_string(&path).unwrap_or_default();
            if text != old && env::var_os("UPDATE_SNAPSHOTS").is_some() {
                fs::create_dir_all(path.parent().expect("it has a folder")).expect("writable");
                fs::write(&path, text).expect("writable");
            } else if text != old {
                changed.push(format!("{}:\n{text}", path.display()));
            }
        }
    }
    let changed = changed.join("\n");
    assert!(
        changed.is_empty(),
        "snippets have changed; if they are meant to, run the test with UPDATE_SNAPSHOTS=1\n{changed}"
    );
}

/// Returns the file of a snippet.
fn path(call: &str, language: Language) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    folder
        .join(call)
        .join(format!("{language}.{}", language.extension()))
}

/// Most SDKs sign for the first label of the endpoint, and have no setting for it.
#[test]
fn comment_warns_of_signed_label() {
    let named = organization().remove(0);
    for endpoint in [
        "http://127.0.0.1:8080",
        "https://gateway.example",
        "https://organization.example",
    ] {
        let call = Call {
            endpoint: Some(endpoint),
            ..named.call()
        };
        for language in Language::ALL {
            let Ok(text) = snippet(&call, language) else {
                continue;
            };
            use Language::{Cpp, Csharp, Java, Node, Php, Ruby};
            let signs_label = matches!(language, Cpp | Csharp | Java | Node | Php | Ruby);
            let is_other = !endpoint.contains("organization");
            let is_noted = text.contains(" This SDK signs for `");
            assert_eq!(is_noted, signs_label && is_other, "{language}:\n{text}");
        }
    }
}
