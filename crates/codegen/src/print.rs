//! Formats generated code.

use proc_macro2::TokenStream;
use syn::{File, Item};

/// Formats the items of a file, with blank lines between items and between their members.
///
/// # Errors
/// Fails if the tokens are not valid Rust, which is a bug in an emitter.
pub(crate) fn items(tokens: TokenStream) -> syn::Result<String> {
    let file: File = syn::parse2(tokens)?;
    Ok(lay_out(file.items))
}

fn lay_out(items: Vec<Item>) -> String {
    let mut text = String::new();
    let mut before = None;
    for item in items {
        let group = Group::of(&item);
        let joins = group != Group::Other && before == Some(group);
        if before.is_some() && !joins {
            text.push('\n');
        }
        text.push_str(&lay_out_item(item));
        before = Some(group);
    }
    text
}

/// Kinds of items that are not separated by blank lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    Imports,
    ModuleFiles,
    Other,
}

impl Group {
    fn of(item: &Item) -> Self {
        match item {
            Item::Use(_) => Self::Imports,
            Item::Mod(module) if module.content.is_none() => Self::ModuleFiles,
            _ => Self::Other,
        }
    }
}

fn lay_out_item(item: Item) -> String {
    match item {
        Item::Mod(mut module) => {
            let content = module.content.as_mut();
            let items = content.map_or(Vec::new(), |(_, items)| std::mem::take(items));
            let text = unparse(Item::Mod(module));
            match text.strip_suffix("{}\n") {
                Some(head) if !items.is_empty() => {
                    format!("{head}{{\n{}}}\n", indented(&lay_out(items)))
                }
                _ => text,
            }
        }
        Item::Impl(_) => with_blank_lines(&unparse(item)),
        _ => unparse(item),
    }
}

fn unparse(item: Item) -> String {
    prettyplease::unparse(&File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items: vec![item],
    })
}

/// Indents lines by one level. Generated literals use escapes, so none spans several lines.
fn indented(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for line in text.lines() {
        if !line.is_empty() {
            out.push_str("    ");
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

/// Formats an `impl`, with a blank line after each item except the last.
fn with_blank_lines(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        out.push_str(line);
        out.push('\n');
        let inner = line.strip_prefix("    ").unwrap_or_default();
        let is_end = inner.ends_with(['}', ';']) && !inner.starts_with([' ', '/']);
        if is_end && lines.peek().is_some_and(|next| *next != "}") {
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::items;

    #[test]
    fn blank_lines_between_items() {
        let tokens = quote! {
            use ::a::B;
            use ::a::C;
            mod d;
            mod e;
            mod f {
                #[doc = " One. }"]
                #[doc = " Two;"]
                impl B {
                    const X: u8 = 1;
                    #[doc = " A sample: {"]
                    #[doc = " };"]
                    fn x() {
                        let y = 1;
                        y;
                    }
                    fn z() {}
                }
                mod g {}
            }
        };
        let expect = "use ::a::B;\nuse ::a::C;\n\nmod d;\nmod e;\n\nmod f {\n    /// One. }\n    /// Two;\n    \
             impl B {\n        const X: u8 = 1;\n\n        /// A sample: {\n        /// };\n        fn x() {\n            \
             let y = 1;\n            y;\n        }\n\n        fn z() {}\n    }\n\n    mod g {}\n}\n";
        assert_eq!(items(tokens).unwrap(), expect);
    }

    #[test]
    fn invalid_tokens_are_an_error() {
        let error = items(quote!(pub struct 1;)).unwrap_err();
        assert_eq!(error.to_string(), "expected identifier");
    }
}
