use proc_macro2::{Literal, TokenStream};
use quote::quote;
use tc3_spec::{Access, Region};

use super::attributes;
use super::builder::{Owner, builder, own_names};
use super::errors;
use super::paths::Paths;
use super::record::{Kind, record};
use super::types::Types;
use crate::ir::{Action, Builder, Field, Pagination, Paging, Record};
use crate::names::bare;

/// The module of an action: its request and response, the enum of its error codes, the request's builder, and the
/// client's method that starts one.
pub(super) fn action(action: &Action) -> TokenStream {
    let own = own_names(&action.request).chain(own_names(&action.response));
    let own = own.chain(action.errors.iter().map(|errors| bare(&errors.ident)));
    let paths = Paths::new(own);
    let types = Types {
        paths: &paths,
        data: quote!(types::),
    };
    let request = record(&action.request, Kind::Request, &types);
    let response = response(&action.response, &types);
    let definition = definition(action);
    let errors = action.errors.as_ref();
    let errors =
        errors.map(|codes| errors::errors(codes, &errors::Owner::Action(&action.wire), &paths));
    let builder = action.request.builder.as_ref().map(|made| {
        let owner = Owner::Request {
            action: &action.wire,
            response: &action.response.ident,
            pagination: action.pagination.as_ref(),
        };
        let method = method(action, made);
        let builder = builder(&action.request, made, &owner, &types);
        quote!(#method #builder)
    });
    let pagination = action.pagination.as_ref();
    let pagination = pagination.map(|of| paginated(action, of, &types));
    let items = quote!(#request #response #definition #pagination #errors #builder);
    let of_version = module_imports(action);
    let of_runtime = paths.imports(&items);
    quote!(#of_version #of_runtime #items)
}

/// The response. Many have nothing to tell but that the service did it, and share a type of the runtime.
fn response(response: &Record, types: &Types<'_>) -> TokenStream {
    if response.fields.len() > 1 {
        return record(response, Kind::Other, types);
    }
    let docs = attributes::docs(&response.docs);
    let ident = &response.ident;
    quote! {
        #docs
        pub type #ident = ::tc3::Acknowledged;
    }
}

/// The client's method, which starts a request.
fn method(action: &Action, made: &Builder) -> TokenStream {
    let docs = attributes::docs(&action.docs.clone().and(&action.facts));
    let (method, builder, request) = (&action.method, &made.ident, &action.request.ident);
    let deprecated = attributes::deprecated(action.deprecated);
    quote! {
        impl super::Client {
            #docs
            #deprecated
            #[inline]
            pub fn #method(&self) -> #builder<::tc3::Client> {
                let draft = ::tc3::builder::start::<#request, _>(&self.0);
                #builder(draft)
            }
        }
    }
}

/// What the module calls of the version's module.
fn module_imports(action: &Action) -> TokenStream {
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

/// What the runtime knows of the action.
fn definition(action: &Action) -> TokenStream {
    let (request, response, wire) = (&action.request.ident, &action.response.ident, &action.wire);
    let errors = action.errors.as_ref().map(|errors| {
        let ident = &errors.ident;
        quote!(errors: #ident,)
    });
    let rate_limit = action.rate_limit.map(|rate| {
        let rate = Literal::u32_unsuffixed(rate);
        quote!(rate_limit: #rate,)
    });
    let region = match action.region {
        Region::Required => quote!(region: Required,),
        Region::Unused => quote!(region: Unused,),
        Region::Optional => TokenStream::new(),
    };
    // Without it, the runtime takes an action for one that writes.
    let access = (action.access == Access::Read).then(|| quote!(access: Read,));
    let client_token = action.client_token.then(|| quote!(client_token: true,));
    quote! {
        ::tc3::action!(#wire of SERVICE {
            request: #request,
            response: #response,
            #errors
            #rate_limit
            #region
            #access
            #client_token
        });
    }
}

/// What the runtime knows of the action's pages.
fn paginated(action: &Action, pagination: &Pagination, types: &Types<'_>) -> TokenStream {
    let (request, field) = (&action.request.ident, &pagination.field);
    let item = types.of(&pagination.item);
    let (by, total) = match &pagination.paging {
        Paging::Offset { total } => (quote!(Offset), total.as_ref()),
        Paging::Token => (quote!(Token), None),
    };
    let total = total.map(|total| quote!(total: #total,));
    quote! {
        ::tc3::paginated!(#request by #by {
            items: #field of #item,
            #total
        });
    }
}
