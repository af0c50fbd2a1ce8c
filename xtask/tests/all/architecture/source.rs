//! Source code of the crates, without tests.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Attribute, Item};

use crate::command::{files, read, workspace};

/// Source file of a crate in `crates` or of `xtask`.
pub(super) struct Source {
    /// Path as in ARCHITECTURE.md: `parse/src/bars.rs`.
    pub(super) path: String,
    /// Tokens, separated by spaces.
    code: String,
    /// Literals outside documentation and other attributes.
    pub(super) literals: Vec<String>,
}

/// All source files except those of tests.
pub(super) static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
    let crates = workspace().join("crates");
    let within = |path: &String| path.split('/').nth(1) == Some("src");
    let paths = files(&crates).into_iter().filter(within);
    let paths = paths.map(|path| (crates.join(&path), path));
    let xtask = workspace().join("xtask/src");
    let own = files(&xtask).into_iter();
    let own = own.map(|path| (xtask.join(&path), format!("xtask/src/{path}")));
    let is_for_tests = |path: &str| path.ends_with("/tests.rs") || path.contains("/tests/");
    let is_source = |path: &str| path.ends_with(".rs") && !is_for_tests(path);
    let sources = paths.chain(own).filter(|(_, path)| is_source(path));
    let source = |(file, path): (PathBuf, String)| {
        let (code, mut literals) = (code(items(&file)), Vec::new());
        add_literals(code.clone(), &mut literals);
        let code = format!(" {code} ");
        Source {
            path,
            code,
            literals,
        }
    };
    sources.map(source).collect()
});

impl Source {
    /// Whether the code contains a path or an identifier, such as `fs::write`.
    pub(super) fn has(&self, words: &str) -> bool {
        let words = words.replace("::", " :: ");
        self.code.contains(&format!(" {words} "))
    }
}

/// Parses a file into items.
pub(super) fn items(file: &Path) -> Vec<Item> {
    let parsed = syn::parse_file(&read(file));
    parsed
        .unwrap_or_else(|error| panic!("{}: {error}", file.display()))
        .items
}

/// Whether an item is compiled for tests only.
pub(super) fn is_for_tests(item: &Item) -> bool {
    let attributes: &[Attribute] = match item {
        Item::Const(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    };
    let is_condition = |attribute: &Attribute| {
        let text = attribute.meta.to_token_stream().to_string();
        text == "cfg (test)" || text.starts_with("cfg (all (test ,")
    };
    attributes.iter().any(is_condition)
}

/// Returns the tokens of items, without those of tests.
fn code(items: Vec<Item>) -> TokenStream {
    let items = items.into_iter().filter(|item| !is_for_tests(item));
    let tokens = items.map(|item| match item {
        Item::Mod(syn::ItemMod {
            content: Some((_, items)),
            ..
        }) => code(items),
        item => item.into_token_stream(),
    });
    tokens.collect()
}

fn add_literals(tokens: TokenStream, literals: &mut Vec<String>) {
    let mut is_attribute = false;
    for token in tokens {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '#' => is_attribute = true,
            // `#!` starts an inner attribute.
            TokenTree::Punct(punct) if punct.as_char() == '!' && is_attribute => {}
            TokenTree::Group(group) => {
                if !is_attribute {
                    add_literals(group.stream(), literals);
                }
                is_attribute = false;
            }
            TokenTree::Literal(literal) => literals.push(literal.to_string()),
            _ => is_attribute = false,
        }
    }
}
