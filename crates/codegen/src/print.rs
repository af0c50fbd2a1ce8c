//! The text of generated code.

use proc_macro2::TokenStream;
use syn::{File, Item};

/// Lays out the items of a file, with a blank line between items, and between those within an item.
///
/// # Panics
/// If the tokens are not Rust's, which only a fault of an emitter can make.
pub(crate) fn items(tokens: TokenStream) -> String {
    let file: File = syn::parse2(tokens).expect("emitters make items of Rust");
    let mut text = String::new();
    let mut before = Shape::Other;
    for (index, item) in file.items.into_iter().enumerate() {
        let shape = Shape::of(&item);
        if index > 0 && (shape != before || !matches!(shape, Shape::Use | Shape::ModuleFile)) {
            text.push('\n');
        }
        let printed = prettyplease::unparse(&File {
            shebang: None,
            frontmatter: None,
            attrs: Vec::new(),
            items: vec![item],
        });
        match shape {
            Shape::Block => separate(&printed, &mut text),
            _ => text.push_str(&printed),
        }
        before = shape;
    }
    text
}

/// What decides where blank lines go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Use,
    ModuleFile,
    /// An item that other items stand in.
    Block,
    Other,
}

impl Shape {
    fn of(item: &Item) -> Self {
        match item {
            Item::Use(_) => Self::Use,
            Item::Mod(module) if module.content.is_none() => Self::ModuleFile,
            Item::Impl(_) | Item::Mod(_) => Self::Block,
            _ => Self::Other,
        }
    }
}

/// Adds a blank line behind each item within an item.
fn separate(item: &str, text: &mut String) {
    let mut lines = item.lines().peekable();
    while let Some(line) = lines.next() {
        text.push_str(line);
        text.push('\n');
        let is_last = lines.peek().is_none_or(|next| !next.starts_with("    "));
        let is_item = line.starts_with("    ") && !line.starts_with("     ");
        if is_item && !is_last && line.ends_with(['}', ';']) {
            text.push('\n');
        }
    }
}
