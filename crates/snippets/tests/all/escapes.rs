//! Tests that values never become code, with independent rules of the languages.

use std::process::Command;

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use tc3_snippets::{Call, Language, arguments, snippet};

use crate::calls::{HOSTILE, object, shop};

/// Returns the snippet of a call with this undocumented parameter.
fn with(language: Language, name: &str, value: &str) -> String {
    let named = &shop()[0];
    let mut parameters = Map::new();
    parameters.insert("Customer".to_owned(), json!({ "Name": value }));
    parameters.insert(name.to_owned(), value.into());
    let call = Call {
        parameters: &parameters,
        ..named.call()
    };
    snippet(&call, language).unwrap_or_default()
}

/// The delimiters of literals and comments.
struct Rules {
    quotes: &'static [char],
    comments: &'static [&'static str],
}

fn rules(language: Language) -> Rules {
    let (quotes, comments): (&[char], &[&str]) = match language {
        Language::Python => (&['"'], &["# "]),
        Language::Ruby => (&['"', '\''], &["# "]),
        Language::Php => (&['"', '\''], &["// "]),
        _ => (&['"'], &["// "]),
    };
    Rules { quotes, comments }
}

/// Returns the code without the contents of its literals and without its comments. Returns nothing if a literal does not
/// end on its line.
fn skeleton(text: &str, rules: &Rules) -> Option<String> {
    let mut code = String::new();
    for line in text.lines() {
        if rules
            .comments
            .iter()
            .any(|comment| line.trim_start().starts_with(comment))
        {
            continue;
        }
        let mut letters = line.chars();
        while let Some(c) = letters.next() {
            code.push(c);
            if rules.quotes.contains(&c) {
                loop {
                    match letters.next()? {
                        '\\' => drop(letters.next()?),
                        end if end == c => break,
                        _ => {}
                    }
                }
            }
        }
        code.push('\n');
    }
    Some(code)
}

const LITERALS: [Language; 10] = [
    Language::Rust,
    Language::RustBlocking,
    Language::Macro,
    Language::Python,
    Language::Node,
    Language::Go,
    Language::Java,
    Language::Csharp,
    Language::Cpp,
    Language::Ruby,
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[\"'\\\\`$#{}()<>/?!;\n\r\t\u{0}u0-9a%*-]{0,12}",
        Just(HOSTILE.to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The code around literals does not depend on names and values.
    #[test]
    fn literals_contain_hostile_text(name in text(), value in text()) {
        // With NUL, the snippet of C++ also gives the length of the text.
        prop_assume!(name != "Customer" && !value.contains('\0'));
        for language in LITERALS {
            let rules = rules(language);
            // The layout depends on lengths, and quotes on whether a text has invisible characters.
            let simple = |code: String| {
                let code: String = code.split_whitespace().collect();
                code.replace(",)", ")").replace('\'', "\"")
            };
            let plain = skeleton(&with(language, "plain", "text"), &rules).map(simple);
            let hostile = skeleton(&with(language, &name, &value), &rules).map(simple);
            prop_assert_eq!(&hostile, &plain, "{}", with(language, &name, &value));
        }
    }

    #[test]
    fn invisible_characters_are_escaped(name in text(), value in text()) {
        for language in Language::ALL {
            let text = with(language, &name, &value);
            let is_hidden = |c: char| {
                c != '\n' && c != '\t' && c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)
            };
            prop_assert!(!text.contains(is_hidden), "{language}: {text}");
        }
    }

    /// C++ replaces some characters after two question marks, even in literals.
    #[test]
    fn trigraphs_are_broken(value in "[?/\"a]{0,8}") {
        let text = with(Language::Cpp, "Name", &value);
        prop_assert!(!text.contains("??"), "{text}");
    }

    /// Snippets of JavaScript are safe within a `<script>` element.
    #[test]
    fn script_element_is_not_ended(value in text()) {
        let text = with(Language::Node, "Name", &value).to_lowercase();
        prop_assert!(!text.contains("</script") && !text.contains("<!--"), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// A shell reads exactly the parameters, and runs no part of them.
    #[test]
    fn shell_words_contain_hostile_text(value in text()) {
        let curl = with(Language::Curl, "Name", &value);
        let payload = curl.lines().find(|line| line.starts_with("payload=")).expect("a payload");
        let payload = shell(&format!("{payload}\nprintf %s \"$payload\""));
        let expect = json!({ "Customer": { "Name": value }, "Name": value });
        prop_assert_eq!(serde_json::from_str::<Value>(&payload).expect("JSON"), expect.clone());

        let parameters = object(expect);
        let named = &shop()[0];
        let call = Call { parameters: &parameters, ..named.call() };
        let words = "tc3() { for word; do printf '%s\\n' \"$word\"; done; }\n";
        let words = shell(&(words.to_owned() + &snippet(&call, Language::Tc3).unwrap()));
        let expect = arguments(&call).unwrap();
        prop_assert_eq!(words.lines().collect::<Vec<_>>(), expect);
    }
}

/// Returns the output of a script.
fn shell(script: &str) -> String {
    let output = Command::new("sh")
        .args(["-c", script])
        .output()
        .expect("a shell");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{script}"
    );
    String::from_utf8(output.stdout).expect("UTF-8")
}

#[test]
fn credentials_come_from_the_environment() {
    let named = &shop()[1];
    for language in Language::ALL {
        let text = snippet(&named.call(), language).unwrap();
        for name in ["SECRET_ID", "SECRET_KEY"] {
            let is_read = text.contains(name);
            let is_default =
                text.contains("default_chain") || text.contains("tccli") || text.contains("tc3 ");
            assert!(is_read || is_default, "{language}: {text}");
        }
    }
}

#[test]
fn large_integers_are_exact() {
    for integer in [
        i64::MIN.into(),
        (1_i128 << 53) + 1,
        i64::MAX.into(),
        u64::MAX.into(),
    ] {
        let mut parameters = Map::new();
        let number: Value = serde_json::from_str(&integer.to_string()).unwrap();
        parameters.insert(
            "Customer".to_owned(),
            json!({ "Name": "Ada", "Uin": number }),
        );
        let named = &shop()[0];
        let call = Call {
            parameters: &parameters,
            ..named.call()
        };
        for language in Language::ALL {
            let Ok(text) = snippet(&call, language) else {
                assert!([Language::Php, Language::Tccli].contains(&language));
                continue;
            };
            let is_literal = text.contains(&integer.to_string());
            assert!(
                is_literal || text.contains("PHP_INT_MIN"),
                "{language}: {text}"
            );
        }
    }
}
