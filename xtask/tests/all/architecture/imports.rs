//! Finds import cycles between the modules of a crate, from the paths in its source, and from calls of methods that a
//! module adds to a type of another one. Test code is ignored.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::mem;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{ImplItem, Item, ItemImpl, ItemMod, Type, UseTree, Visibility};

use super::source::{is_for_tests, items};

/// Path of a module or an item, from the crate's root.
type Name = Vec<String>;

/// Modules of one folder, each with the modules of that folder that it references.
type Units = BTreeMap<String, BTreeSet<String>>;

/// Imports and paths of one module.
#[derive(Default)]
struct Module {
    /// Imported names, with the paths as written, and whether they are reexported.
    imports: BTreeMap<String, (Name, bool)>,
    /// Paths in the rest of the code, as written.
    paths: BTreeSet<Name>,
    /// Names of the functions and methods.
    functions: Vec<String>,
    /// Names of the methods that are called.
    calls: BTreeSet<String>,
    /// Types of `impl` blocks without a trait, each with its methods.
    methods: Vec<(Name, Vec<String>)>,
}

/// Modules of a crate by path.
#[derive(Default)]
pub(super) struct Modules(BTreeMap<Name, Module>);

impl Modules {
    /// Reads a crate from its root file.
    pub(super) fn of_crate(root: &Path) -> Modules {
        let mut modules = Modules::default();
        modules.read(&Name::new(), items(root), root, true);
        modules
    }

    /// Reads the items of a module in `file`. `owns_folder` is true for a crate root and a `mod.rs`, whose child modules
    /// are in the same folder.
    fn read(&mut self, name: &Name, items: Vec<Item>, file: &Path, owns_folder: bool) {
        self.module(name);
        for item in items.into_iter().filter(|item| !is_for_tests(item)) {
            match item {
                Item::Mod(item) => self.read_child(name, item, file, owns_folder),
                Item::Use(item) => {
                    let is_exported = !matches!(item.vis, Visibility::Inherited);
                    self.module(name)
                        .import(&Name::new(), &item.tree, is_exported);
                }
                item => {
                    if let Item::Impl(item) = &item {
                        self.module(name).methods.extend(methods(item));
                    }
                    self.module(name).scan(item.into_token_stream());
                }
            }
        }
    }

    fn module(&mut self, name: &Name) -> &mut Module {
        self.0.entry(name.clone()).or_default()
    }

    fn read_child(&mut self, parent: &Name, item: ItemMod, file: &Path, owns_folder: bool) {
        let ident = item.ident.to_string();
        let name = joined(parent, &ident);
        if let Some((_, items)) = item.content {
            return self.read(&name, items, file, owns_folder);
        }
        let folder = file.parent().expect("a file is in a folder");
        let within = match owns_folder {
            true => folder.to_owned(),
            false => file.with_extension(""),
        };
        let named = item.attrs.iter().find_map(|attribute| {
            let value = &attribute.meta.require_name_value().ok()?.value;
            let is_path = attribute.path().is_ident("path");
            let text = value.to_token_stream().to_string();
            is_path.then(|| folder.join(text.trim_matches('"')))
        });
        let (plain, nested) = (
            within.join(format!("{ident}.rs")),
            within.join(&ident).join("mod.rs"),
        );
        let file: PathBuf = named.unwrap_or(match plain.is_file() {
            true => plain,
            false => nested,
        });
        let owns_folder = file.ends_with("mod.rs");
        self.read(&name, items(&file), &file, owns_folder);
    }

    /// Returns the module of the item that a path in the module `from` resolves to; `None` if it is in another crate.
    fn locate(&self, from: &Name, path: &[String], depth: usize) -> Option<Name> {
        let (first, mut rest) = path.split_first()?;
        let mut here = match first.as_str() {
            "crate" => Name::new(),
            "self" => from.clone(),
            "super" => from[..from.len().checked_sub(1)?].to_vec(),
            _ => self.step(from, first, depth)?,
        };
        while let Some((next, behind)) = rest.split_first() {
            here = match next.as_str() {
                "super" => here[..here.len().checked_sub(1)?].to_vec(),
                _ => match self.step(&here, next, depth) {
                    Some(there) => there,
                    None => break,
                },
            };
            rest = behind;
        }
        Some(here)
    }

    /// Resolves one name in a module: to a child module, or to the module of an imported item.
    fn step(&self, from: &Name, name: &String, depth: usize) -> Option<Name> {
        let child = joined(from, name);
        if self.0.contains_key(&child) {
            return Some(child);
        }
        let (path, _) = self.0.get(from)?.imports.get(name)?;
        // `use name::name` of another crate would recurse without end.
        let deeper = depth.checked_sub(1)?;
        self.locate(from, path, deeper)
    }

    /// Returns the methods that a module adds to a type of another module, each with the module that adds it. A method
    /// whose name another function has is left out, because a call does not say which one it means. One with the name of a
    /// method of the standard library can be reported wrongly: it needs a better name anyway.
    fn added_methods(&self) -> BTreeMap<&str, &Name> {
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for name in self.0.values().flat_map(|module| &module.functions) {
            *names.entry(name).or_default() += 1;
        }
        let mut added = BTreeMap::new();
        for (name, module) in &self.0 {
            let of_others = module.methods.iter();
            let is_elsewhere = |of: &Name| of.len() > 1 || module.imports.contains_key(&of[0]);
            let of_others = of_others.filter(|(of, _)| is_elsewhere(of));
            let methods = of_others.flat_map(|(_, methods)| methods);
            let unique = methods.filter(|method| names[method.as_str()] == 1);
            added.extend(unique.map(|method| (method.as_str(), name)));
        }
        added
    }

    /// Returns pairs of a module and a module that it references.
    fn references(&self) -> BTreeSet<(&Name, Name)> {
        const MAX_DEPTH: usize = 16;
        let mut references = BTreeSet::new();
        let added = self.added_methods();
        for (from, module) in &self.0 {
            let imports = module.imports.values();
            let imports = imports
                .filter(|(_, is_exported)| !is_exported)
                .map(|(path, _)| path);
            // A single identifier counts only if it is imported: `pub(crate)` contains `crate`, and a variable can have the
            // name of a module.
            let is_path = |path: &&Name| path.len() != 1 || module.imports.contains_key(&path[0]);
            let paths = module.paths.iter().filter(is_path);
            for path in imports.chain(paths) {
                let found = self.locate(from, path, MAX_DEPTH);
                references.extend(found.filter(|to| to != from).map(|to| (from, to)));
            }
            let called = module.calls.iter().map(String::as_str);
            // Or as `Type::method`, if the type is of this crate.
            let of_types = module.paths.iter().filter_map(|path| {
                let (method, of) = path.split_last()?;
                self.locate(from, of, MAX_DEPTH).map(|_| method.as_str())
            });
            let called = called.chain(of_types).filter_map(|name| added.get(name));
            let called = called.filter(|to| **to != from);
            references.extend(called.map(|to| (from, (*to).clone())));
        }
        references
    }

    /// Returns the import cycles between the modules of each folder, and between a module and its child modules. A
    /// module counts as one unit with its child modules.
    pub(super) fn cycles(&self) -> Vec<String> {
        let mut folders: BTreeMap<&[String], Units> = BTreeMap::new();
        let references = self.references();
        for (from, to) in &references {
            let common = from.iter().zip(to).take_while(|(from, to)| from == to);
            let (folder, depth) = (&from[..common.clone().count()], common.count());
            let unit = |name: &Name| name.get(depth).map_or("self", String::as_str).to_owned();
            let units = folders.entry(folder).or_default();
            units.entry(unit(from)).or_default().insert(unit(to));
        }
        let cycle = |folder: &[String], units: &Units, unit: &str| {
            let cycle = cycle(units, unit)?;
            // Reports each cycle once, starting with the first module by name.
            let is_first = cycle.iter().all(|other| unit <= other.as_str());
            is_first.then(|| format!("{}::{{{}}}", folder.join("::"), cycle.join(" → ")))
        };
        let cycles = folders.iter().flat_map(|(folder, units)| {
            let of_unit = move |unit: &String| cycle(folder, units, unit);
            units.keys().filter_map(of_unit)
        });
        cycles.collect()
    }
}

impl Module {
    /// Collects the paths in tokens, including imports inside functions.
    fn scan(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        let mut path = Name::new();
        // Punctuation before a token. It decides whether the token continues a path, starts one, or neither.
        let mut before = String::new();
        while let Some(token) = tokens.next() {
            let text = token.to_string();
            match &token {
                // `use<'a>` in a type imports nothing.
                TokenTree::Ident(_)
                    if text == "use" && !tokens.peek().is_some_and(|next| is_punct(next, '<')) =>
                {
                    let rest = tokens.by_ref().take_while(|token| !is_punct(token, ';'));
                    let tree = syn::parse2(rest.collect()).expect("an import in a function");
                    self.import(&Name::new(), &tree, false);
                }
                TokenTree::Ident(_) if before == "::" && !path.is_empty() => {
                    path.push(text.clone());
                }
                TokenTree::Ident(_) => {
                    self.paths.insert(mem::take(&mut path));
                    match before.as_str() {
                        "fn" => self.functions.push(text.clone()),
                        "." if tokens.peek().is_some_and(is_arguments) => {
                            self.calls.insert(text.clone());
                        }
                        _ => {}
                    }
                    if !["::", ".", "'"].contains(&before.as_str()) {
                        path.push(text.clone());
                    }
                }
                // Paths in `quote!` belong to the generated crate.
                TokenTree::Group(_) if before == "!" && path.ends_with(&["quote".to_owned()]) => {}
                TokenTree::Group(group) => self.scan(group.stream()),
                TokenTree::Punct(_) | TokenTree::Literal(_) => {}
            }
            before = match (before.as_str(), text.as_str()) {
                (":", ":") => "::".to_owned(),
                (".", ".") => "..".to_owned(),
                _ => text,
            };
        }
        self.paths.insert(path);
    }

    fn import(&mut self, before: &Name, tree: &UseTree, is_exported: bool) {
        let mut add = |name: String, path: Name| {
            self.imports.insert(name, (path, is_exported));
        };
        match tree {
            UseTree::Path(tree) => {
                let before = joined(before, &tree.ident.to_string());
                self.import(&before, &tree.tree, is_exported);
            }
            UseTree::Name(tree) if tree.ident == "self" => {
                let name = before.last().expect("`self` is in braces");
                add(name.clone(), before.clone());
            }
            UseTree::Name(tree) => {
                let name = tree.ident.to_string();
                add(name.clone(), joined(before, &name));
            }
            UseTree::Rename(tree) => add(
                tree.rename.to_string(),
                joined(before, &tree.ident.to_string()),
            ),
            // A reexport is a reference of the modules that use it.
            UseTree::Glob(_) if is_exported => {}
            UseTree::Glob(_) => {
                self.paths.insert(joined(before, "*"));
            }
            UseTree::Group(tree) => {
                for tree in &tree.items {
                    self.import(before, tree, is_exported);
                }
            }
        }
    }
}

/// Returns the type of an `impl` block without a trait, and its methods.
fn methods(item: &ItemImpl) -> Option<(Name, Vec<String>)> {
    let Type::Path(of) = &*item.self_ty else {
        return None;
    };
    let of = of.path.segments.iter().map(|of| of.ident.to_string());
    let of: Name = of.collect();
    let methods = item.items.iter().filter_map(|item| match item {
        ImplItem::Fn(method) => Some(method.sig.ident.to_string()),
        _ => None,
    });
    item.trait_.is_none().then(|| (of, methods.collect()))
}

/// Whether a token follows the name of a method that is called: parentheses, or the beginning of `::<…>`.
fn is_arguments(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
        token => is_punct(token, ':'),
    }
}

fn is_punct(token: &TokenTree, expected: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == expected)
}

fn joined(parent: &Name, name: &str) -> Name {
    parent.iter().cloned().chain([name.to_owned()]).collect()
}

/// Returns the shortest cycle through a unit.
fn cycle(units: &Units, unit: &str) -> Option<Vec<String>> {
    let mut queue = VecDeque::from([vec![unit.to_owned()]]);
    let mut seen = BTreeSet::new();
    while let Some(path) = queue.pop_front() {
        for next in units.get(path.last()?).into_iter().flatten() {
            let path = joined(&path, next);
            if next == unit {
                return Some(path);
            }
            if seen.insert(next) {
                queue.push_back(path);
            }
        }
    }
    None
}
