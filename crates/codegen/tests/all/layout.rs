//! For any names, generated files are valid Rust with blank lines between items, without `unsafe` and runtime macros.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use tc3_spec::{
    Access, Action, DataType, ErrorCode, Field, Format, Pagination, Region, Sources, Spec, TypeRef,
};

const WORDS: [&str; 32] = [
    "A",
    "Address",
    "Async",
    "Box",
    "Builder",
    "Client",
    "Describe",
    "Email",
    "Extra",
    "Field",
    "Fn",
    "IPv6",
    "Id",
    "Into",
    "Json",
    "Kind",
    "Member",
    "Message",
    "Option",
    "Raw",
    "Request",
    "Response",
    "Self",
    "Set",
    "Some",
    "String",
    "Table",
    "Type",
    "UnknownFields",
    "VPC",
    "_",
    "type",
];

/// Generates names of one to six words after a letter.
fn name() -> impl Strategy<Value = String> {
    let name = vec(select(&WORDS[..]), 1..=6).prop_map(|words| words.concat());
    name.prop_filter("a name begins with a letter", |name| !name.starts_with('_'))
}

fn type_ref() -> impl Strategy<Value = TypeRef> {
    let builtin = select(vec![
        TypeRef::Boolean,
        TypeRef::Integer,
        TypeRef::String,
        TypeRef::Timestamp,
    ]);
    let element = prop_oneof![builtin, name().prop_map(TypeRef::Named)];
    (element, 0..3usize)
        .prop_map(|(element, depth)| (0..depth).fold(element, |of, _| TypeRef::Array(Box::new(of))))
}

fn field() -> impl Strategy<Value = Field> {
    (name(), type_ref(), any::<bool>(), prop::bool::weighted(0.1)).prop_map(
        |(name, type_ref, required, deprecated)| Field {
            name,
            type_ref,
            format: None,
            required,
            nullable: !required,
            deprecated,
            secret: None,
            description: "A description;\n- with a list\n\n{\n  \"a\": {}\n};".to_owned(),
        },
    )
}

fn fields() -> impl Strategy<Value = Vec<Field>> {
    vec(field(), 0..10).prop_map(|mut fields| {
        let mut seen = BTreeSet::new();
        fields.retain(|field| seen.insert(field.name.clone()));
        fields
    })
}

fn action() -> impl Strategy<Value = Action> {
    let region = select(vec![None, Some(Region::Required), Some(Region::Unused)]);
    let errors = btree_map(name(), Just(String::new()), 0..4);
    let action = (fields(), fields(), errors, region);
    (action, any::<bool>()).prop_map(|((mut request, mut response, errors, region), lists)| {
        if lists {
            request.push(optional("NextToken", TypeRef::String));
            response.push(optional("NextToken", TypeRef::String));
            let items = TypeRef::Array(Box::new(TypeRef::String));
            response.push(optional("Items", items));
        }
        Action {
            request,
            response,
            errors: errors
                .into_iter()
                .map(|(code, description)| ErrorCode { code, description })
                .collect(),
            region,
            access: lists.then_some(Access::Read),
            pagination: lists.then(|| Pagination::Token {
                items: "Items".to_owned(),
                token: "NextToken".to_owned(),
                next: "NextToken".to_owned(),
                last: None,
            }),
            ..Action::default()
        }
    })
}

fn optional(name: &str, type_ref: TypeRef) -> Field {
    Field {
        name: name.to_owned(),
        type_ref,
        format: None,
        required: false,
        nullable: false,
        deprecated: false,
        secret: None,
        description: String::new(),
    }
}

/// Generates a spec that defines some of its used types.
fn spec() -> impl Strategy<Value = Spec> {
    let types = btree_map(name(), fields(), 0..10);
    let service = select(vec!["cvm", "organization", "x"]);
    (btree_map(name(), action(), 1..12), types, service).prop_map(|(actions, types, service)| {
        let mut types: BTreeMap<String, DataType> = types
            .into_iter()
            .map(|(name, fields)| {
                let description = String::new();
                (
                    name,
                    DataType {
                        description,
                        fields,
                    },
                )
            })
            .collect();
        let of_requests = actions.values().flat_map(|action| &action.request);
        for field in of_requests.step_by(2) {
            if let Some(name) = field.type_ref.named() {
                types.entry(name.to_owned()).or_default();
            }
        }
        Spec {
            format: Format,
            service: service.to_owned(),
            version: "2021-03-31".to_owned(),
            endpoint: format!("{service}.intl.tencentcloudapi.com"),
            actions,
            types,
            errors: Vec::new(),
            sources: Sources::default(),
            imported: None,
        }
    })
}

/// Returns the texts of all Rust files for a spec: its crate's sources, and a build script's output.
fn texts(spec: &Spec) -> Vec<String> {
    let files = tc3_codegen::generate_crate(std::slice::from_ref(spec))
        .unwrap()
        .files;
    let sources = files
        .into_iter()
        .filter(|(path, _)| path.starts_with("src"));
    let source = tc3_codegen::generate_source(spec, &[]).unwrap();
    sources.map(|(_, text)| text).chain([source.text]).collect()
}

/// Returns forbidden tokens: macro calls and `unsafe`.
fn forbidden_tokens(tokens: TokenStream) -> Vec<String> {
    let mut forbidden_tokens = Vec::new();
    let mut before = [String::new(), String::new()];
    for token in tokens {
        if let TokenTree::Group(group) = &token {
            let [name, mark] = &before;
            if mark == "!" && name != "#" {
                forbidden_tokens.push(format!("{name}!"));
            }
            forbidden_tokens.extend(self::forbidden_tokens(group.stream()));
        }
        let text = token.to_string();
        if text == "unsafe" {
            forbidden_tokens.push(text.clone());
        }
        let [_, last] = before;
        before = [last, text];
    }
    forbidden_tokens
}

/// Returns the lines that begin an item or method without a blank line before it.
fn unseparated(text: &str) -> Vec<&str> {
    const PREFIXES: [&str; 9] = [
        "const ",
        "fn ",
        "impl",
        "mod ",
        "pub enum ",
        "pub fn ",
        "pub static ",
        "pub struct ",
        "type ",
    ];
    let mut unseparated = Vec::new();
    // An item may begin after a blank line or an opening brace, and after its attributes.
    let mut may_begin = true;
    for line in text.lines() {
        let code = line.trim_start();
        let begins = PREFIXES.iter().any(|prefix| code.starts_with(prefix));
        // Module declarations are not separated.
        if begins && !may_begin && !code.ends_with(';') {
            unseparated.push(line);
        }
        let continues = may_begin && (code.starts_with(['#', '/', ')']) || code.contains(" = \""));
        may_begin = code.is_empty() || code.ends_with('{') || continues;
    }
    unseparated
}

#[test]
fn checks_detect_violations() {
    let tokens = "#![allow(x)] fn f() { ::tc3::fields!(X); unsafe { g() } }";
    assert_eq!(
        forbidden_tokens(tokens.parse().unwrap()),
        ["fields!", "unsafe"]
    );
    let text = "mod a;\nmod b;\n\nimpl X {\n    fn a() {}\n    /// Two.\n    #[inline]\n    pub fn b() {}\n\n    \
         #[must_use]\n    fn c() {}\n}\nstruct Y;\nimpl Y {}\n";
    assert_eq!(unseparated(text), ["    pub fn b() {}", "impl Y {}"]);
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 12,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_file_is_plain_rust(spec in spec()) {
        let texts = texts(&spec);
        for text in &texts {
            let parsed = syn::parse_file(text);
            prop_assert!(parsed.is_ok(), "{:?} {text}", parsed.err());
            prop_assert_eq!(forbidden_tokens(text.parse().unwrap()), Vec::<String>::new());
            prop_assert_eq!(unseparated(text), Vec::<&str>::new(), "{}", text);
            prop_assert!(!text.contains("\n\n\n"), "{text}");
        }
        prop_assert_eq!(self::texts(&spec), texts);
    }
}
