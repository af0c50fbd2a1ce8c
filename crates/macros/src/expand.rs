//! From the input to the module.

use std::path::{Path, PathBuf};
use std::{env, fs};

use proc_macro2::TokenStream;
use quote::quote;
use tc3_codegen::Error;
use tc3_spec::Spec;

use crate::diagnostics::{self, Diagnostics};
use crate::input::Input;

/// The contents of the module.
pub(crate) fn expand(input: TokenStream) -> Result<TokenStream, Diagnostics> {
    let input = Input::parse(input)?;
    let file = find(&input)?;
    let spec = load(&input, &file)?;
    check(&input, &spec)?;
    let names: Vec<String> = input.actions.iter().map(ToString::to_string).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let module = tc3_codegen::generate_module(&spec, &names)
        .map_err(|error| Diagnostics::at(input.path_span, error.to_string()))?;
    let warnings = module.undefined.iter();
    let warnings = warnings.map(|of| diagnostics::warning(input.path_span, &of.to_string()));
    let (file, module) = (file.to_string_lossy(), module.tokens);
    // What is included is watched: a change of the spec compiles the package again.
    Ok(quote! {
        const _: &[u8] = ::core::include_bytes!(#file);
        #(#warnings)*
        #module
    })
}

/// The spec's file.
fn find(input: &Input) -> Result<PathBuf, Diagnostics> {
    let root = env::var_os("CARGO_MANIFEST_DIR").ok_or_else(|| {
        let message = "`CARGO_MANIFEST_DIR` is not set, so the path is relative to nothing";
        Diagnostics::at(input.path_span, message)
    })?;
    Ok(Path::new(&root).join(&input.path))
}

fn load(input: &Input, file: &Path) -> Result<Spec, Diagnostics> {
    let at_path = |message: String| Diagnostics::at(input.path_span, message);
    let text = fs::read_to_string(file).map_err(|error| {
        at_path(format!(
            "cannot read {}, in the folder of Cargo.toml: {error}",
            input.path
        ))
    })?;
    Spec::from_json(&text, Path::new(&input.path)).map_err(|error| at_path(error.to_string()))
}

/// Finds every action that the spec does not have.
fn check(input: &Input, spec: &Spec) -> Result<(), Diagnostics> {
    let mut diagnostics = Diagnostics::default();
    for action in &input.actions {
        if let Err(error @ Error::UnknownAction { .. }) =
            tc3_codegen::check_actions(spec, &[&action.to_string()])
        {
            diagnostics.add(action.span(), error.to_string());
        }
    }
    diagnostics.check()
}
