//! Expands the macro.

use std::path::{Path, PathBuf};
use std::{env, fs};

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::{Error, Ident, LitStr, Result};
use tc3_catalogue::Catalogue;
use tc3_spec::{Site, Spec};

use crate::input::{Input, Texts, combine};

/// A spec and its origin.
struct Source {
    spec: Spec,
    /// The location of errors.
    span: Span,
    /// The file; `None` if the spec is from the catalogue.
    file: Option<PathBuf>,
}

/// Generates the contents of the module.
pub(crate) fn expand(input: TokenStream) -> Result<TokenStream> {
    let Input { texts, actions } = syn::parse2(input)?;
    let Source { spec, span, file } = match &texts.spec {
        Some(path) => from_file(path, &texts)?,
        None => from_catalogue(&texts)?,
    };
    let names: Vec<String> = match &actions {
        Some(actions) => {
            check_actions(actions, &spec)?;
            actions.iter().map(ToString::to_string).collect()
        }
        None => spec.actions.keys().cloned().collect(),
    };
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let module = tc3_codegen::generate_module(&spec, &names);
    let module = module.map_err(|error| Error::new(span, error))?;
    let warnings = module.undefined.iter();
    let warnings = warnings.map(|undefined| warning(span, &undefined.to_string()));
    let module = module.tokens;
    // With `include_bytes`, a change of the spec triggers a rebuild.
    let watched = file.iter().map(|file| file.to_string_lossy());
    Ok(quote! {
        #(const _: &[u8] = ::core::include_bytes!(#watched);)*
        #(#warnings)*
        #module
    })
}

/// Loads the spec at a path. Its service and version must match those of the macro input, if given.
fn from_file(path: &LitStr, texts: &Texts) -> Result<Source> {
    let at_path = |message: String| Error::new(path.span(), message);
    let file = resolve(&path.value()).map_err(at_path)?;
    let spec = load(&path.value(), &file).map_err(at_path)?;
    let wanted = [
        (&texts.service, &spec.service),
        (&texts.version, &spec.version),
    ];
    let contradictions = wanted.into_iter().filter_map(|(wanted, found)| {
        let wanted = wanted.as_ref().filter(|wanted| wanted.value() != *found)?;
        let message = format!("the spec is of `{found}`: correct or remove this value");
        Some(Error::new(wanted.span(), message))
    });
    let site = texts.site.iter().map(|site| {
        let message = "`site` selects a service without a `spec`: remove `site` or `spec`";
        Error::new(site.span(), message)
    });
    combine(contradictions.chain(site))?;
    Ok(Source {
        spec,
        span: path.span(),
        file: Some(file),
    })
}

/// Loads a spec from the catalogue; by default of the international site and the newest version.
fn from_catalogue(texts: &Texts) -> Result<Source> {
    let site = match &texts.site {
        Some(name) => name
            .value()
            .parse()
            .map_err(|error| Error::new(name.span(), error))?,
        None => Site::Intl,
    };
    let catalogue = Catalogue::of_site(site);
    let service = texts.service.as_ref();
    let span = service.map_or_else(Span::call_site, LitStr::span);
    let service = service.map(LitStr::value).unwrap_or_default();
    let wanted = texts.version.as_ref();
    let version = catalogue.version(&service, wanted.map(LitStr::value).as_deref());
    let spec = version.and_then(|version| catalogue.load(&service, version));
    let spec = spec.map_err(|error| {
        let span = match (&error, wanted) {
            (tc3_catalogue::Error::UnknownVersion { .. }, Some(version)) => version.span(),
            _ => span,
        };
        Error::new(span, error)
    })?;
    Ok(Source {
        spec,
        span,
        file: None,
    })
}

/// Resolves the path of the spec file against the folder of `Cargo.toml`.
fn resolve(path: &str) -> std::result::Result<PathBuf, String> {
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

/// Reports every action that the spec lacks.
fn check_actions(actions: &[Ident], spec: &Spec) -> Result<()> {
    combine(actions.iter().filter_map(|action| {
        let checked = tc3_codegen::check_actions(spec, &[&action.to_string()]);
        let error = checked.err()?;
        Some(Error::new(action.span(), error))
    }))
}

/// Generates code that causes a warning. On stable Rust, a macro can warn only by the use of a deprecated item.
fn warning(span: Span, message: &str) -> TokenStream {
    quote_spanned! {span=>
        const _: () = {
            #[deprecated = #message]
            const UNDEFINED_TYPE: () = ();
            UNDEFINED_TYPE
        };
    }
}
