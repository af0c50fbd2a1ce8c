//! Crates, modules and files of specs.

use std::collections::BTreeMap;
use std::path::PathBuf;

use proc_macro2::TokenStream;
use tc3_spec::Spec;

use crate::check::check;
use crate::error::Error;
use crate::items::GeneratedItem;
use crate::resolve::resolve;
use crate::undefined::UndefinedType;
use crate::{emit, ir, items, krate, select};

/// A generated crate, not yet written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedCrate {
    /// The texts of all its files by their path in the crate's folder, `Cargo.toml` among them.
    pub files: BTreeMap<PathBuf, String>,
    /// The data types that fields are made of and that no spec defines: these fields are untyped.
    pub undefined: Vec<UndefinedType>,
}

/// The contents of a generated module.
#[derive(Clone, Debug)]
pub struct GeneratedModule {
    /// The code.
    pub tokens: TokenStream,
    /// The data types that its fields are made of and that the spec does not define: these fields are untyped.
    pub undefined: Vec<UndefinedType>,
}

/// The text of a generated module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GeneratedSource {
    /// The code.
    pub text: String,
    /// The data types that its fields are made of and that the spec does not define: these fields are untyped.
    pub undefined: Vec<UndefinedType>,
}

/// Generates the crate of one service from the specs of its versions, in any order, as it lies beside the specs in this
/// repository: with a test that puts the documentation's examples through it.
///
/// # Errors
/// If there is no spec, if the specs are of different services or of the same version, or if one is not valid.
pub fn generate_crate(specs: &[Spec]) -> Result<GeneratedCrate, Error> {
    let versions = versions(specs)?.into_iter();
    let versions: Vec<_> = versions.map(|spec| resolve(spec, None)).collect();
    krate(versions, &krate::Kind::InRepository)
}

/// Generates a crate of one service for use elsewhere, with these actions of its versions and the data types that they
/// are made of; with all of them if no action is named. Everything is called as in the crate of all actions.
///
/// The crate is a member of a workspace with the manifest of [`workspace_manifest`].
///
/// # Errors
/// As [`generate_crate`], and if no version has one of the actions.
pub fn generate_client(specs: &[Spec], actions: &[&str]) -> Result<GeneratedCrate, Error> {
    let specs = versions(specs)?;
    if actions.is_empty() {
        let versions = specs.into_iter();
        let versions = versions.map(|spec| resolve(spec, None)).collect();
        return krate(versions, &krate::Kind::Elsewhere);
    }
    let newest = specs.last().ok_or(Error::NoSpec)?;
    for name in actions {
        if !specs.iter().any(|spec| spec.actions.contains_key(*name)) {
            // The message is about one version; the newest is the one that is most likely meant.
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
    krate(versions, &krate::Kind::Elsewhere)
}

/// Generates a crate of one service as [`generate_client`] does, with a program besides: it reads lines of a version, an
/// action and a response, with tabs between them, reads the response into the action's type, and writes it again, or an
/// error behind a tab. So one can see whether the types hold all that a service may answer.
///
/// # Errors
/// As [`generate_crate`].
pub fn generate_echo(specs: &[Spec]) -> Result<GeneratedCrate, Error> {
    let versions = versions(specs)?.into_iter();
    let versions = versions.map(|spec| resolve(spec, None)).collect();
    krate(versions, &krate::Kind::Echo)
}

/// The manifest of a workspace whose members are crates of [`generate_client`], in the folders of these names; `runtime`
/// is the path of the crate `tc3` from there.
pub fn workspace_manifest(crates: &[&str], runtime: &str) -> String {
    krate::workspace(crates, runtime)
}

/// The specs of one service, in the order of their versions.
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

fn krate(versions: Vec<ir::Version>, kind: &krate::Kind) -> Result<GeneratedCrate, Error> {
    let files = krate::files(&versions, kind)?;
    let undefined = versions.into_iter().flat_map(|version| version.undefined);
    Ok(GeneratedCrate {
        files,
        undefined: undefined.collect(),
    })
}

/// Generates the contents of one module: a client of these actions of the spec, with the data types that they are
/// made of. Everything is called as in the crate of all actions.
///
/// The module's code calls the runtime as `::tc3`.
///
/// # Errors
/// If the spec is not valid, or if it lacks one of the actions.
pub fn generate_module(spec: &Spec, actions: &[&str]) -> Result<GeneratedModule, Error> {
    check(spec)?;
    let selection = select::select(spec, actions)?;
    Ok(module(&resolve(spec, Some(&selection))))
}

/// Generates the text of a file to be included in a module: a client as [`generate_module`] makes it, or one of all
/// actions if none is named.
///
/// # Errors
/// As [`generate_module`].
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

/// The items that are generated of a spec in a crate of all its actions, in the order of the spec: those that bear names of
/// things in it, and `request_id` of the responses, which no spec names.
///
/// # Errors
/// If the spec is not valid.
pub fn generated_items(spec: &Spec) -> Result<Vec<GeneratedItem>, Error> {
    check(spec)?;
    Ok(items::items(&resolve(spec, None)))
}

/// Checks that a spec has these actions.
///
/// # Errors
/// If it lacks one of them; the error has the name of the one that is most like it.
pub fn check_actions(spec: &Spec, actions: &[&str]) -> Result<(), Error> {
    select::select(spec, actions).map(|_| ())
}
