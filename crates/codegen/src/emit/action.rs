use proc_macro2::{Literal, TokenStream};
use quote::quote;
use tc3_spec::{Access, Region};

use super::attributes;
use super::builder::{Owner, builder, own_names};
use super::errors;
use super::message::message;
use super::method::method;
use super::paths::Paths;
use super::types::Types;
use crate::ir::{Action, ErrorCodes, Field, Message, Pagination};
use crate::names::bare;

/// Generates the module of an action: request, response, error enum, builder, and the client's method. `service` has the
/// error codes of the service.
pub(super) fn action(action: &Action, service: Option<&ErrorCodes>, in_crate: bool) -> TokenStream {
    let own = own_names(&action.request).chain(own_names(&action.response));
    let own = own.chain(action.errors.iter().map(|errors| bare(&errors.ident)));
    let paths = Paths::new(own);
    let types = Types {
        paths: &paths,
        data: quote!(types::),
        in_crate,
    };
    let request = message(&action.request, &types);
    let response = response(&action.response, &types);
    let definition = definition(action);
    let errors = action.errors.as_ref();
    let errors =
        errors.map(|codes| errors::errors(codes, &errors::Owner::Action(&action.wire), &paths));
    let builder = action.request.builder.as_ref().map(|names| {
        let owner = Owner::Request {
            action: &action.wire,
            response: &action.response.ident,
            pagination: action.pagination.as_ref(),
        };
        let method = method(action, names, service, &paths);
        let builder = builder(&action.request, names, &owner, &types);
        quote!(#method #builder)
    });
    let pagination = action.pagination.as_ref();
    let pagination = pagination.map(|pagination| paginated(action, pagination, &types));
    let version_imports = version_imports(action);
    let runtime_imports = paths.imports();
    quote! {
        #version_imports
        #runtime_imports
        #builder
        #request
        #response
        #definition
        #pagination
        #errors
    }
}

/// Generates the response. Responses without own fields share a type of the runtime.
fn response(response: &Message, types: &Types<'_>) -> TokenStream {
    if response.builder.is_some() {
        let message = message(response, types);
        let builder = types.builder_in_module(response);
        return quote!(#message #builder);
    }
    let docs = attributes::docs(&response.docs);
    let ident = &response.ident;
    quote! {
        #docs
        pub type #ident = ::tc3::EmptyResponse;
    }
}

/// Generates the imports from the version's module.
fn version_imports(action: &Action) -> TokenStream {
    let uses_data = |field: &Field| field.ty.data().is_some();
    let fields = &action.request.fields;
    if fields.iter().chain(&action.response.fields).any(uses_data) {
        quote!(
            use super::{SERVICE, types};
        )
    } else {
        quote!(
            use super::SERVICE;
        )
    }
}

/// Generates the metadata of the action for the runtime.
///
/// ```text
/// impl ::tc3::Request for AddTagRequest {
///     type Response = AddTagResponse;
///
///     const ACTION: &'static ::tc3::Action = &::tc3::Action::new("AddTag", &SERVICE).rate_limit(20);
/// }
/// ```
fn definition(action: &Action) -> TokenStream {
    let (request, response, wire) = (&action.request.ident, &action.response.ident, &action.wire);
    let errors = action.errors.as_ref().map(|errors| {
        let ident = &errors.ident;
        quote!(.errors(<#ident as ::tc3::ErrorCode>::DOCUMENTED))
    });
    let rate_limit = action.rate_limit.map(|rate| {
        let rate = Literal::u32_unsuffixed(rate);
        quote!(.rate_limit(#rate))
    });
    let region = match action.region {
        Region::Required => quote!(.region(::tc3::Region::Required)),
        Region::Unused => quote!(.region(::tc3::Region::Unused)),
        Region::Optional => TokenStream::new(),
    };
    // The runtime's default is that an action writes.
    let access = (action.access == Access::Read).then(|| quote!(.access(::tc3::Access::Read)));
    let client_token = action.client_token.then(|| quote!(.client_token(true)));
    quote! {
        impl ::tc3::Request for #request {
            type Response = #response;

            const ACTION: &'static ::tc3::Action = &::tc3::Action::new(#wire, &SERVICE)
                #errors #rate_limit #region #access #client_token;
        }
    }
}

/// Generates the metadata of the action's pagination.
fn paginated(action: &Action, pagination: &Pagination, types: &Types<'_>) -> TokenStream {
    let Pagination { paging, path, .. } = pagination;
    let (request, response) = (&action.request.ident, &action.response.ident);
    let items = paging.items();
    let item = types.of(&pagination.item);
    let [option, vec] = ["Option", "Vec"].map(|name| types.paths.get(name));
    let paging = self::paging(paging);
    let mut list = quote!(page);
    for (depth, Field { ident, .. }) in path.iter().enumerate() {
        list = if depth == 0 {
            quote!(#list.#ident)
        } else {
            quote!(#list?.#ident)
        };
    }
    let response_fields = &action.response.fields;
    let is_deprecated = response_fields
        .iter()
        .chain(path)
        .any(|field| field.deprecated);
    let allow = is_deprecated.then(|| quote!(#[allow(deprecated)]));
    quote! {
        #allow
        impl ::tc3::pages::Paginated for #request {
            type Item = #item;

            const PAGING: ::tc3::pages::Paging = ::tc3::pages::Paging::#paging;
            const ITEMS: &'static str = #items;

            #[inline]
            fn items(page: #response) -> #option<#vec<#item>> {
                #list
            }
        }
    }
}

/// Generates a variant of the runtime's `Paging`.
fn paging(paging: &tc3_spec::Pagination) -> TokenStream {
    let optional = |value: Option<TokenStream>| match value {
        Some(value) => quote!(Some(#value)),
        None => quote!(None),
    };
    let path = |path: &Option<String>| optional(path.as_ref().map(|path| quote!(#path)));
    match paging {
        tc3_spec::Pagination::None => TokenStream::new(),
        tc3_spec::Pagination::Offset {
            total, multiple, ..
        } => {
            let total = path(total);
            quote!(Offset { total: #total, multiple: #multiple })
        }
        tc3_spec::Pagination::Number {
            number,
            first,
            size,
            total,
            ..
        } => {
            let (first, size, total) = (Literal::u64_unsuffixed(*first), path(size), path(total));
            quote!(Number { number: #number, first: #first, size: #size, total: #total })
        }
        tc3_spec::Pagination::Token {
            token, next, last, ..
        } => {
            let last = last.as_ref().map(|tc3_spec::Flag { field, value }| {
                quote!(::tc3::pages::Flag { field: #field, value: #value })
            });
            let last = optional(last);
            quote!(Token { token: #token, next: #next, last: #last })
        }
    }
}
