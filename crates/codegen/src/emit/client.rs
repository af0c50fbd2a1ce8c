use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::Version;

/// Generates the client. Its action methods are in the modules of the actions.
pub(super) fn client(version: &Version, in_crate: bool) -> TokenStream {
    let docs = format!(
        " Client of `{}`, version {}.",
        version.service, version.version
    );
    let is_paginated = version.actions.iter().any(|of| of.pagination.is_some());
    let pages = is_paginated.then(pages);
    // Within a caller's crate, its features are not the runtime's.
    let from_env_blocking = in_crate.then(from_env_blocking);
    quote! {
        use super::SERVICE;

        #[doc = #docs]
        ///
        /// Clones are cheap and share all state.
        #[derive(Clone, Debug)]
        pub struct Client(pub(super) ::tc3::Client);

        impl Client {
            /// Returns a builder with default settings. A credential is required.
            pub fn builder() -> ::tc3::ClientBuilder<Self> {
                ::tc3::ClientBuilder::new(&SERVICE)
            }

            /// Creates a client with default settings and a credential from the environment, the profile file, the
            /// machine's role or the pod's identity. Region, site and endpoint come from the environment or the profile file.
            ///
            /// # Errors
            /// Fails if an environment variable is invalid. A missing credential is reported by the first call, with all
            /// searched places.
            pub fn from_env() -> ::std::result::Result<Self, ::tc3::Error> {
                ::tc3::Client::from_env(&SERVICE).map(Self)
            }

            #from_env_blocking

            /// Sends a prebuilt request.
            pub fn send<R: ::tc3::Request>(&self, request: &R) -> ::tc3::Call<R::Response> {
                self.0.send(request)
            }

            #pages
        }

        impl ::std::convert::From<::tc3::Client> for Client {
            fn from(client: ::tc3::Client) -> Self {
                Self(client)
            }
        }
    }
}

/// Generates the method that creates a client for `.wait()`.
fn from_env_blocking() -> TokenStream {
    quote! {
        /// Creates a client as [`from_env`](Self::from_env) does, for calls without an async runtime.
        ///
        /// # Errors
        /// Fails as [`from_env`](Self::from_env) does, and if the connection thread cannot be started.
        #[cfg(feature = "blocking")]
        pub fn from_env_blocking() -> ::std::result::Result<Self, ::tc3::Error> {
            ::tc3::Client::from_env_blocking(&SERVICE).map(Self)
        }
    }
}

/// Generates the methods for paginated actions.
fn pages() -> TokenStream {
    quote! {
        /// Returns the pages of a paginated action, for a prebuilt request.
        pub fn pages<R: ::tc3::pages::Paginated>(&self, request: R) -> ::tc3::Pages<R> {
            self.0.pages(request)
        }

        /// Returns the items of a paginated action, for a prebuilt request.
        pub fn items<R: ::tc3::pages::Paginated>(&self, request: R) -> ::tc3::Items<R> {
            self.0.items(request)
        }
    }
}
