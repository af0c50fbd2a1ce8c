//! Expands the macro.

use std::path::{Path, PathBuf};
use std::{env, fs};

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Error, Result};
use tc3_spec::Spec;

use crate::input::{Input, combine};

/// Generates the contents of the module.
pub(crate) fn expand(input: TokenStream) -> Result<TokenStream> {
    let input: Input = syn::parse2(input)?;
    let at_spec = |message: String| Error::new(input.spec.span(), message);
    let path = input.spec.value();
    let file = find(&path).map_err(at_spec)?;
    let spec = load(&path, &file).map_err(at_spec)?;
    check(&input, &spec)?;
    let names: Vec<String> = input.actions.iter().map(ToString::to_string).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let module =
        tc3_codegen::generate_module(&spec, &names).map_err(|error| at_spec(error.to_string()))?;
    let warnings = module.undefined.iter();
    let warnings = warnings.map(|undefined| warning(input.spec.span(), &undefined.to_string()));
    let (file, module) = (file.to_string_lossy(), module.tokens);
    // `include_bytes` makes a change of the spec trigger a rebuild.
    Ok(quote! {
        const _: &[u8] = ::core::include_bytes!(#file);
        #(#warnings)*
        #module
    })
}

/// Returns the path of the spec file.
fn find(path: &str) -> std::result::Result<PathBuf, String> {
    let root = env::var_os("CARGO_MANIFEST_DIR").ok_or(
        "`CARGO_MANIFEST_DIR` is not set, so the path cannot be resolved: build with cargo",
    )?;
    Ok(Path::new(&root).join(path))
}

fn load(path: &str, file: &Path) -> std::result::Result<Spec, String> {
    let text = fs::read_to_string(file)
        .map_err(|error| format!("cannot read {path} (relative to Cargo.toml): {error}"))?;
    Spec::from_json(&text, Path::new(path)).map_err(|error| error.to_string())
}

/// Reports every action that the spec does not have.
fn check(input: &Input, spec: &Spec) -> Result<()> {
    combine(input.actions.iter().filter_map(|action| {
        let checked = tc3_codegen::check_actions(spec, &[&action.to_string()]);
        let error = checked.err()?;
        Some(Error::new(action.span(), error))
    }))
}

/// Generates code that causes a warning. A stable macro can do so only by using a deprecated item.
fn warning(span: Span, message: &str) -> TokenStream {
    quote_spanned! {span=>
        const _: () = {
            #[deprecated = #message]
            const UNDEFINED_TYPE: () = ();
            UNDEFINED_TYPE
        };
    }
}
