//! Generates crates, modules and files from specs.

use std::collections::BTreeMap;
use std::path::PathBuf;

use proc_macro2::TokenStream;
use tc3_spec::Spec;

use crate::check::check;
use crate::error::Error;
use crate::items::GeneratedItem;
use crate::resolve::resolve;
use crate::runtime::Runtime;
use crate::undefined::UndefinedType;
use crate::{emit, ir, items, krate, select};

/// A generated crate, not yet written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedCrate {
    /// The texts of all files, including `Cargo.toml`, by path in the crate's folder.
    pub files: BTreeMap<PathBuf, String>,
    /// The data types that fields use but no spec defines; these fields are untyped.
    pub undefined: Vec<UndefinedType>,
}

/// The contents of a generated module.
#[derive(Clone, Debug)]
pub struct GeneratedModule {
    /// The code.
    pub tokens: TokenStream,
    /// The data types that fields use but the spec does not define; these fields are untyped.
    pub undefined: Vec<UndefinedType>,
}

/// The text of a generated module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedSource {
    /// The code.
    pub text: String,
    /// The data types that fields use but the spec does not define; these fields are untyped.
    pub undefined: Vec<UndefinedType>,
}

/// Generates the crate of a service from the specs of its versions, in any order. The crate is for this repository: it
/// includes a test of the documented examples, which it reads from the specs.
///
/// # Errors
/// Fails without specs, with specs of different services or of the same version, or with an invalid spec.
pub fn generate_crate(specs: &[Spec]) -> Result<GeneratedCrate, Error> {
    let versions = versions(specs)?.into_iter();
    let versions: Vec<_> = versions.map(|spec| resolve(spec, None)).collect();
    krate(versions, &krate::Kind::InRepository)
}

/// Generates a crate of a service for use elsewhere, with these actions (all if empty) and the data types that they
/// need. All names equal those of the crate of all actions.
///
/// The crate may be a member of any workspace, such as that of [`workspace_manifest`], or of none.
///
/// # Errors
/// Same as [`generate_crate`]. Also fails if no version has one of the actions.
pub fn generate_client(
    specs: &[Spec],
    actions: &[&str],
    runtime: &Runtime,
) -> Result<GeneratedCrate, Error> {
    let specs = versions(specs)?;
    let kind = krate::Kind::Elsewhere(runtime);
    if actions.is_empty() {
        let versions = specs.into_iter();
        let versions = versions.map(|spec| resolve(spec, None)).collect();
        return krate(versions, &kind);
    }
    let newest = specs.last().ok_or(Error::NoSpec)?;
    for name in actions {
        if !specs.iter().any(|spec| spec.actions.contains_key(*name)) {
            // The error is about one version; the newest is most likely meant.
            select::select(newest, &[name])?;
        }
    }
    let mut versions = Vec::new();
    for spec in specs {
        let has = |name: &&str| spec.actions.contains_key(*name);
        let own: Vec<&str> = actions.iter().copied().filter(has).collect();
        if !own.is_empty() {
            let selection = select::select(spec, &own)?;
            versions.push(resolve(spec, Some(&selection)));
        }
    }
    krate(versions, &kind)
}

/// Generates a crate like [`generate_client`], with a program that checks whether the types are lossless. The program
/// reads lines of a version, an action and a response, separated by tabs. It decodes each response, and writes it
/// encoded again, or a tab and the error.
///
/// # Errors
/// Same as [`generate_crate`].
pub fn generate_echo(specs: &[Spec], runtime: &Runtime) -> Result<GeneratedCrate, Error> {
    let versions = versions(specs)?.into_iter();
    let versions = versions.map(|spec| resolve(spec, None)).collect();
    krate(versions, &krate::Kind::Echo(runtime))
}

/// Generates the manifest of a workspace of crates in folders of these names.
pub fn workspace_manifest(crates: &[&str]) -> String {
    krate::workspace(crates)
}

/// Sorts the specs of a service by version.
fn versions(specs: &[Spec]) -> Result<Vec<&Spec>, Error> {
    let first = specs.first().ok_or(Error::NoSpec)?;
    let mut versions: BTreeMap<&str, &Spec> = BTreeMap::new();
    for spec in specs {
        check(spec)?;
        if spec.service != first.service {
            return Err(Error::TwoServices {
                first: first.service.clone(),
                second: spec.service.clone(),
            });
        }
        if versions.insert(&spec.version, spec).is_some() {
            return Err(Error::VersionTwice {
                service: spec.service.clone(),
                version: spec.version.clone(),
            });
        }
    }
    Ok(versions.into_values().collect())
}

fn krate(versions: Vec<ir::Version>, kind: &krate::Kind<'_>) -> Result<GeneratedCrate, Error> {
    let files = krate::files(&versions, kind)?;
    let undefined = versions.into_iter().flat_map(|version| version.undefined);
    Ok(GeneratedCrate {
        files,
        undefined: undefined.collect(),
    })
}

/// Generates the contents of a module: a client of these actions with the data types that they need. All names equal
/// those of the crate of all actions.
///
/// The code refers to the runtime as `::tc3`.
///
/// # Errors
/// Fails if the spec is invalid or lacks one of the actions.
pub fn generate_module(spec: &Spec, actions: &[&str]) -> Result<GeneratedModule, Error> {
    check(spec)?;
    let selection = select::select(spec, actions)?;
    Ok(module(&resolve(spec, Some(&selection))))
}

/// Generates the text of a file to include in a module: a client as from [`generate_module`], or of all actions if
/// `actions` is empty.
///
/// # Errors
/// Same as [`generate_module`].
pub fn generate_source(spec: &Spec, actions: &[&str]) -> Result<GeneratedSource, Error> {
    check(spec)?;
    let selection = select::select(spec, actions)?;
    let selection = (!actions.is_empty()).then_some(&selection);
    let version = resolve(spec, selection);
    let module = module(&version);
    let items = krate::items(&version, &version.module, module.tokens)?;
    Ok(GeneratedSource {
        text: format!("{}\n{items}", krate::SOURCE_HEADER),
        undefined: module.undefined,
    })
}

fn module(version: &ir::Version) -> GeneratedModule {
    GeneratedModule {
        tokens: emit::version(version, false).into_tokens(),
        undefined: version.undefined.clone(),
    }
}

/// Returns the items of the crate of all actions, in spec order: those that have names in the spec, and the
/// `request_id` of responses.
///
/// # Errors
/// Fails if the spec is invalid.
pub fn generated_items(spec: &Spec) -> Result<Vec<GeneratedItem>, Error> {
    check(spec)?;
    Ok(items::items(&resolve(spec, None)))
}

/// Checks that a spec has these actions.
///
/// # Errors
/// Fails if it lacks one of them; the error suggests the most similar name.
pub fn check_actions(spec: &Spec, actions: &[&str]) -> Result<(), Error> {
    select::select(spec, actions).map(|_| ())
}
