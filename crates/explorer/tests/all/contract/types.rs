//! Parser and checker for the subset of TypeScript's types that `contract.js` uses.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// A type.
#[derive(Debug)]
enum Type {
    Text,
    Number,
    Boolean,
    Null,
    Literal(String),
    Named(String),
    List(Box<Type>),
    Tuple(Vec<Type>),
    Record(Box<Type>),
    Object(Vec<Member>),
    /// All of these objects.
    All(Vec<Type>),
    Any(Vec<Type>),
}

#[derive(Debug)]
struct Member {
    name: String,
    is_optional: bool,
    of: Type,
}

/// The types of a file, by name.
pub(crate) struct Types(BTreeMap<String, Type>);

impl Types {
    /// Reads the `@typedef` tags of a comment.
    pub(crate) fn read(text: &str) -> Self {
        let lines = text
            .lines()
            .map(|line| line.trim_start().trim_start_matches('*'));
        let text = lines.collect::<Vec<_>>().join("\n");
        let tags = text.split("@typedef {").skip(1);
        let types = tags.map(|tag| {
            let mut reader = Reader(tag);
            let of = reader.union();
            reader.expect("}");
            (reader.word(), of)
        });
        Self(types.collect())
    }

    /// Returns the keys of all objects, with the names of their types and a dot before them.
    pub(crate) fn keys(&self) -> BTreeSet<String> {
        let mut keys = BTreeSet::new();
        for (name, of) in &self.0 {
            keys_of(name, of, &mut keys);
        }
        keys
    }

    /// Reports the differences of a value from its type, and collects the keys of the value.
    pub(crate) fn check(
        &self,
        name: &str,
        value: &Value,
        seen: &mut BTreeSet<String>,
        problems: &mut Vec<String>,
    ) {
        let of = self.0.get(name).unwrap_or_else(|| panic!("no type {name}"));
        if !self.fits(name, of, value, seen, problems) {
            problems.push(format!("{name} is {value}"));
        }
    }

    /// Whether a value has a type. Differences of keys become problems instead.
    fn fits(
        &self,
        name: &str,
        of: &Type,
        value: &Value,
        seen: &mut BTreeSet<String>,
        problems: &mut Vec<String>,
    ) -> bool {
        match (of, value) {
            (Type::Text, value) => value.is_string(),
            (Type::Number, value) => value.is_number(),
            (Type::Boolean, value) => value.is_boolean(),
            (Type::Null, value) => value.is_null(),
            (Type::Literal(text), value) => value == text,
            (Type::Named(name), value) => {
                self.check(name, value, seen, problems);
                true
            }
            (Type::Any(types), value) => {
                let mut types = types.iter();
                types.any(|of| self.fits(name, of, value, seen, problems))
            }
            (Type::List(of), Value::Array(items)) => {
                let mut items = items.iter();
                items.all(|item| self.fits(name, of, item, seen, problems))
            }
            (Type::Tuple(types), Value::Array(items)) => {
                let mut pairs = types.iter().zip(items);
                types.len() == items.len()
                    && pairs.all(|(of, item)| self.fits(name, of, item, seen, problems))
            }
            (Type::Record(of), Value::Object(members)) => {
                let mut values = members.values();
                values.all(|value| self.fits(name, of, value, seen, problems))
            }
            (Type::Object(_) | Type::All(_), Value::Object(members)) => {
                let known = self.members(of);
                for key in members.keys() {
                    if !known.iter().any(|member| member.name == *key) {
                        problems.push(format!("{name} has no {key}, which is sent"));
                    }
                }
                for Member {
                    name: key,
                    is_optional,
                    of,
                } in known
                {
                    match members.get(key) {
                        None if !is_optional => problems.push(format!("{name}.{key} is not sent")),
                        None => {}
                        Some(value) => {
                            seen.insert(format!("{name}.{key}"));
                            let inner = format!("{name}.{key}");
                            if !self.fits(&inner, of, value, seen, problems) {
                                problems.push(format!("{name}.{key} is {value}"));
                            }
                        }
                    }
                }
                true
            }
            _ => false,
        }
    }

    /// Returns the members of an object.
    fn members<'t>(&'t self, of: &'t Type) -> Vec<&'t Member> {
        match of {
            Type::Object(members) => members.iter().collect(),
            Type::Named(name) => self.members(&self.0[name]),
            Type::All(types) => types.iter().flat_map(|of| self.members(of)).collect(),
            _ => Vec::new(),
        }
    }
}

fn keys_of(name: &str, of: &Type, keys: &mut BTreeSet<String>) {
    match of {
        Type::List(of) | Type::Record(of) => keys_of(name, of, keys),
        Type::Tuple(types) | Type::Any(types) | Type::All(types) => {
            types.iter().for_each(|of| keys_of(name, of, keys));
        }
        Type::Object(members) => {
            for member in members {
                let key = format!("{name}.{}", member.name);
                keys_of(&key, &member.of, keys);
                keys.insert(key);
            }
        }
        _ => {}
    }
}

/// Parses a text. Contains the rest of it.
struct Reader<'t>(&'t str);

impl Reader<'_> {
    /// Consumes a sign if it is next.
    fn takes(&mut self, sign: &str) -> bool {
        let rest = self.0.trim_start().strip_prefix(sign);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn expect(&mut self, sign: &str) {
        assert!(self.takes(sign), "no {sign} before {:.40}", self.0);
    }

    fn word(&mut self) -> String {
        let rest = self.0.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        let (word, rest) = rest.split_at(end.unwrap_or(rest.len()));
        self.0 = rest;
        assert!(!word.is_empty(), "no word before {rest:.40}");
        word.to_owned()
    }

    fn union(&mut self) -> Type {
        let mut types = vec![self.intersection()];
        while self.takes("|") {
            types.push(self.intersection());
        }
        one(types, Type::Any)
    }

    fn intersection(&mut self) -> Type {
        let mut types = vec![self.list()];
        while self.takes("&") {
            types.push(self.list());
        }
        one(types, Type::All)
    }

    fn list(&mut self) -> Type {
        let mut of = self.single();
        while self.takes("[]") {
            of = Type::List(Box::new(of));
        }
        of
    }

    fn single(&mut self) -> Type {
        if self.takes("{") {
            return Type::Object(self.members("}"));
        }
        if self.takes("[") {
            let members = self.members("]");
            return Type::Tuple(members.into_iter().map(|member| member.of).collect());
        }
        if self.takes("\"") {
            let text = self.word();
            self.expect("\"");
            return Type::Literal(text);
        }
        match &*self.word() {
            "string" => Type::Text,
            "number" => Type::Number,
            "boolean" => Type::Boolean,
            "null" => Type::Null,
            "Record" => {
                self.expect("<string,");
                let of = self.union();
                self.expect(">");
                Type::Record(Box::new(of))
            }
            name => Type::Named(name.to_owned()),
        }
    }

    /// Parses members up to a bracket.
    fn members(&mut self, end: &str) -> Vec<Member> {
        let mut members = Vec::new();
        while !self.takes(end) {
            let name = self.word();
            let is_optional = self.takes("?");
            self.expect(":");
            let of = self.union();
            members.push(Member {
                name,
                is_optional,
                of,
            });
            self.takes(",");
        }
        members
    }
}

/// Returns the only type, or a combination of all.
fn one(mut types: Vec<Type>, combine: impl FnOnce(Vec<Type>) -> Type) -> Type {
    match types.pop() {
        Some(only) if types.is_empty() => only,
        Some(last) => {
            types.push(last);
            combine(types)
        }
        None => combine(types),
    }
}
