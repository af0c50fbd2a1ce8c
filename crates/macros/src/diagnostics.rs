use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;

/// What is wrong with the macro's input, each at the token that is wrong.
#[derive(Default)]
pub(crate) struct Diagnostics(Vec<(Span, String)>);

impl Diagnostics {
    pub(crate) fn at(span: Span, message: impl Into<String>) -> Self {
        let mut diagnostics = Self::default();
        diagnostics.add(span, message);
        diagnostics
    }

    pub(crate) fn add(&mut self, span: Span, message: impl Into<String>) {
        self.0.push((span, message.into()));
    }

    /// Stops if there is anything to report.
    pub(crate) fn check(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }

    /// Code that does not compile for these reasons.
    pub(crate) fn into_tokens(self) -> TokenStream {
        self.0
            .into_iter()
            .map(|(span, message)| quote_spanned!(span=> ::core::compile_error! { #message }))
            .collect()
    }
}

/// Code that compiles with a warning, which a macro can give only by the use of something deprecated.
pub(crate) fn warning(span: Span, message: &str) -> TokenStream {
    quote_spanned! {span=>
        const _: () = {
            #[deprecated = #message]
            const UNDEFINED_TYPE: () = ();
            UNDEFINED_TYPE
        };
    }
}
