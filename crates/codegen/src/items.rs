//! Maps spec items to generated items.

use std::path::{Path, PathBuf};

use crate::ir::{Action, ErrorCodes, Message, Version};
use crate::names::{bare, ident};

/// The spec path of a service's error codes.
pub(crate) const ERRORS: &str = "errors";

/// A generated item, and its origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedItem {
    /// The spec path of its origin, in the notation of [`tc3_spec::Item::path`]: `actions.Order.request.Count`.
    pub path: String,
    /// The type that contains it, if any: `OrderRequest`.
    pub owner: Option<String>,
    /// Its name: `count`.
    pub name: String,
    /// The file that declares it, relative to the crate's folder.
    pub file: PathBuf,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Struct,
    Enum,
    /// A field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
    /// A method of the client.
    Method,
    Builder,
    /// A method of a builder.
    Setter,
}

/// The place of a declaration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    /// The line, from 1.
    pub line: usize,
    /// The declaration on one line, without its body.
    pub text: String,
}

impl GeneratedItem {
    /// Returns the name qualified by its type: `OrderRequest::count`.
    pub fn full_name(&self) -> String {
        match &self.owner {
            Some(owner) => format!("{owner}::{}", self.name),
            None => self.name.clone(),
        }
    }

    /// Finds the declaration in the text of its file; `None` if the text is of another file.
    pub fn find(&self, text: &str) -> Option<Declaration> {
        let lines: Vec<&str> = text.lines().collect();
        let owner = self.owner.as_deref().unwrap_or_default();
        // Raw identifiers are written with their prefix.
        let name = ident(&self.name);
        match self.kind {
            // A response without own fields is an alias of a type of the runtime.
            Kind::Struct => ["struct", "type"]
                .iter()
                .find_map(|word| declaration(&lines, &format!("pub {word} {name}"))),
            Kind::Enum => declaration(&lines, &format!("pub enum {name}")),
            Kind::Builder => declaration(&lines, &format!("pub struct {name}")),
            Kind::Field => within(
                &lines,
                &format!("pub struct {owner} {{"),
                &format!("pub {name}:"),
            )
            .or_else(|| declaration(&lines, &format!("pub type {owner}"))),
            Kind::Variant => within(&lines, &format!("pub enum {owner} {{"), &format!("{name},")),
            Kind::Method => within(&lines, "impl super::Client {", &format!("pub fn {name}")),
            Kind::Setter => {
                // Setters follow the declaration of the builder.
                let from = declaration(&lines, &format!("pub struct {owner}"))?.line;
                let found = declaration(lines.get(from..)?, &format!("pub fn {name}"));
                found.map(|found| found.below(from))
            }
        }
    }
}

impl Declaration {
    /// Moves the line down.
    fn below(mut self, lines: usize) -> Declaration {
        self.line += lines;
        self
    }
}

/// Finds the declaration with this prefix within the item that begins with a line.
fn within(lines: &[&str], open: &str, prefix: &str) -> Option<Declaration> {
    let from = lines.iter().position(|line| *line == open)?;
    let lines = &lines[from..];
    let to = lines.iter().position(|line| *line == "}")?;
    declaration(&lines[..to], prefix).map(|found| found.below(from))
}

/// Finds the first declaration with this prefix.
fn declaration(lines: &[&str], prefix: &str) -> Option<Declaration> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let matches = |line: &str| {
        let rest = line.trim_start().strip_prefix(prefix);
        rest.is_some_and(|rest| prefix.ends_with([':', ',']) || !rest.starts_with(is_name))
    };
    let at = lines.iter().position(|line| matches(line))?;
    let mut text = String::new();
    for line in &lines[at..] {
        let line = line.trim();
        if line.starts_with(')') {
            text.truncate(text.trim_end_matches(',').len());
        } else if !text.is_empty() && !text.ends_with('(') {
            text.push(' ');
        }
        text.push_str(line);
        if line.ends_with(['{', ';']) || line.ends_with(',') && !text.contains('(') {
            break;
        }
    }
    text.truncate(text.trim_end_matches(['{', ',', ';', ' ']).len());
    Some(Declaration { line: at + 1, text })
}

/// Returns all generated items of a version, in spec order.
pub(crate) fn items(version: &Version) -> Vec<GeneratedItem> {
    let folder = Path::new("src").join(bare(&version.module));
    let mut items = Items {
        folder,
        file: PathBuf::new(),
        list: Vec::new(),
    };
    for action in &version.actions {
        items.action(action);
    }
    items.file("types");
    for data_type in &version.types {
        let at = format!("types.{}", data_type.wire);
        items.message(data_type, &at, &format!("{at}.fields"));
    }
    if let Some(codes) = &version.errors {
        items.file("errors");
        items.codes(codes, ERRORS, ERRORS);
    }
    items.list
}

struct Items {
    folder: PathBuf,
    file: PathBuf,
    list: Vec<GeneratedItem>,
}

impl Items {
    fn file(&mut self, module: &str) {
        self.file = self.folder.join(module).with_extension("rs");
    }

    fn add(&mut self, kind: Kind, path: &str, owner: Option<&str>, name: &str) {
        self.list.push(GeneratedItem {
            path: path.to_owned(),
            owner: owner.map(str::to_owned),
            name: name.to_owned(),
            file: self.file.clone(),
            kind,
        });
    }

    fn action(&mut self, action: &Action) {
        let at = format!("actions.{}", action.wire);
        self.file(&bare(&action.module));
        self.add(Kind::Method, &at, Some("Client"), &bare(&action.method));
        self.message(&action.request, &at, &format!("{at}.request"));
        self.message(&action.response, &at, &format!("{at}.response"));
        if let Some(codes) = &action.errors {
            self.codes(codes, &at, &format!("{at}.errors"));
        }
    }

    /// Adds a message at the path `at`, with its fields at the path `fields`.
    fn message(&mut self, message: &Message, at: &str, fields: &str) {
        let ident = bare(&message.ident);
        self.add(Kind::Struct, at, None, &ident);
        let builder = message.builder.as_ref().map(|of| bare(&of.ident));
        let start = self.list.len();
        if let Some(builder) = &builder {
            self.add(Kind::Builder, at, None, builder);
        }
        for field in &message.fields {
            let (at, name) = (format!("{fields}.{}", field.wire), bare(&field.ident));
            self.add(Kind::Field, &at, Some(&ident), &name);
            if let Some(builder) = &builder {
                self.add(Kind::Setter, &at, Some(builder), &name);
            }
        }
        if !message.role.is_sent() {
            let of_builder =
                |item: &&mut GeneratedItem| matches!(item.kind, Kind::Builder | Kind::Setter);
            for item in self.list[start..].iter_mut().filter(of_builder) {
                item.file = self.folder.join("testing.rs");
            }
        }
    }

    fn codes(&mut self, codes: &ErrorCodes, at: &str, list: &str) {
        let ident = bare(&codes.ident);
        self.add(Kind::Enum, at, None, &ident);
        for code in &codes.codes {
            let at = format!("{list}.{}", code.wire);
            self.add(Kind::Variant, &at, Some(&ident), &bare(&code.ident));
        }
    }
}
