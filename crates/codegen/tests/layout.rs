//! Whatever the names, the output is what rustfmt's defaults make of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;
use std::{env, fs};

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::RngSeed;
use tc3_spec::{
    Access, Action, DataType, ErrorCode, Field, Format, Pagination, Region, Sources, Spec, TypeRef,
};

const WORDS: [&str; 24] = [
    "A",
    "Address",
    "Async",
    "Box",
    "Configuration",
    "Describe",
    "Email",
    "Extra",
    "Fn",
    "IPv6",
    "Id",
    "Identity",
    "Interface",
    "Into",
    "Member",
    "Network",
    "Option",
    "Organization",
    "Self",
    "String",
    "Synchronization",
    "Type",
    "VPC",
    "type",
];

/// Names of one to six words. The longest that the vendor has are of about 60 letters, and beyond these rustfmt has
/// habits that nothing here follows.
fn name() -> impl Strategy<Value = String> {
    vec(select(&WORDS[..]), 1..=6)
        .prop_map(|words| words.concat())
        .prop_filter("the name is too long", |name| name.len() <= 60)
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
            description: "A description\n- with a list".to_owned(),
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
        description: String::new(),
    }
}

/// A spec in which some of the types that are named are defined.
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

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24,
        failure_persistence: None,
        // rustfmt has more rules than anybody has written down: what holds today is to hold tomorrow.
        rng_seed: RngSeed::Fixed(20_210_331),
        ..ProptestConfig::default()
    })]

    #[test]
    fn rustfmt_changes_nothing(spec in spec()) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("layout");
        let _ = fs::remove_dir_all(&folder);
        let generated = tc3_codegen::generate_crate(&[spec]).unwrap();
        for (path, text) in &generated.files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let output = Command::new("rustfmt")
            .args(["--edition", "2024", "--check", "--color", "never"])
            .args([folder.join("src/lib.rs"), folder.join("tests/examples.rs")])
            .output()
            .expect("rustfmt is a component of the toolchain: `rustup component add rustfmt`");
        prop_assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}
