//! Generates the program that a crate's front page shows: a call of one of the service's actions.
//!
//! It calls the most suitable action: one that reads, with few and plain required parameters, and something to print. A
//! test compiles the programs of the committed crates and of odd services.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};
use tc3_spec::{Access, Pagination};

use crate::ir::{Action, Field, Message, Type, Version};
use crate::names::{bare, ident};

/// A program, and the action that it calls.
pub(super) struct Sample<'a> {
    pub(super) version: &'a Version,
    pub(super) action: &'a Action,
    pub(super) code: TokenStream,
}

/// Returns a program for the newest version that has an action.
pub(super) fn sample<'a>(krate: &str, versions: &'a [Version]) -> Option<Sample<'a>> {
    let mut newest = versions.iter().rev();
    let version = newest.find(|version| !version.actions.is_empty())?;
    let action = version.actions.iter().min_by_key(|action| rank(action))?;
    let (krate, module, call) = (ident(krate), &version.module, call(version, action));
    let code = quote! {
        use #krate::{tc3, #module};

        #[tokio::main]
        async fn main() -> Result<(), tc3::Error> {
            let client = #module::Client::from_env()?;
            #call
            Ok(())
        }
    };
    Some(Sample {
        version,
        action,
        code,
    })
}

/// Orders actions by their suitability. An action is best if it reads, has few required parameters with plain values,
/// and has a response with something to print.
fn rank(action: &Action) -> impl Ord + use<> {
    let required: Vec<&Field> = required(action).collect();
    let is_deprecated = action.deprecated || required.iter().any(|field| field.deprecated);
    let of_list = required.iter().filter(|field| is_size(action, field));
    let number = match required.len() - of_list.count() {
        number @ 1..=3 => number,
        0 => 4,
        number => number + 1,
    };
    (
        action.access != Access::Read,
        is_deprecated,
        required.iter().any(|field| !is_plain(&field.ty)),
        action.pagination.is_none() && printed_field(&action.response).is_none(),
        number,
    )
}

/// Returns the parameters that the call must set. Lists start at their first page.
fn required(action: &Action) -> impl Iterator<Item = &Field> {
    let paging = action.pagination.as_ref();
    let position = paging.and_then(|pagination| pagination.paging.position());
    let fields = action.request.required().map(|(field, _)| field);
    fields.filter(move |field| Some(field.wire.as_str()) != position)
}

/// Whether a parameter is the number of items on a page.
fn is_size(action: &Action, field: &Field) -> bool {
    let paging = action.pagination.as_ref();
    let size = match paging.map(|pagination| &pagination.paging) {
        Some(Pagination::Number { size, .. }) => size.as_deref(),
        Some(Pagination::Offset { .. }) => Some("Limit"),
        Some(Pagination::Token { .. } | Pagination::None) | None => None,
    };
    size == Some(field.wire.as_str())
}

fn is_plain(ty: &Type) -> bool {
    !matches!(ty, Type::Data(_) | Type::Json | Type::List(_))
}

/// Returns the field of a response to print: the first list, or the first plain value.
fn printed_field(response: &Message) -> Option<&Field> {
    let fields = || {
        let fields = response.fields.iter();
        fields.filter(|field| field.is_option && !field.deprecated && !is_secret(field))
    };
    let mut lists = fields().filter(|field| matches!(field.ty, Type::List(_)));
    let plain = || fields().find(|field| is_plain(&field.ty));
    lists.next().or_else(plain)
}

/// Whether a field is a secret, or could be one: a program that people copy must not print it.
fn is_secret(field: &Field) -> bool {
    let words = ["Key", "Password", "Secret", "Token"];
    let is_named_so = || words.iter().any(|word| field.wire.ends_with(word));
    field.secret.unwrap_or_else(is_named_so)
}

/// Generates the call and the use of its response.
fn call(version: &Version, action: &Action) -> TokenStream {
    let mut values = Values {
        version,
        action,
        enclosing: Vec::new(),
    };
    let method = &action.method;
    let setters = values.setters(required(action));
    let call = quote!(client.#method()#setters);
    if let Some(pagination) = &action.pagination {
        let items = &pagination.items;
        return quote! {
            let mut items = #call.#items();
            while let Some(item) = items.next().await {
                let item = item?;
                println!("{item:?}");
            }
        };
    }
    let print = match printed_field(&action.response) {
        Some(Field {
            ident,
            ty: Type::List(_),
            ..
        }) => quote! {
            for item in response.#ident.unwrap_or_default() {
                println!("{item:?}");
            }
        },
        Some(Field { ident, .. }) => quote!(println!("{:?}", response.#ident);),
        None => quote!(println!("{response:?}");),
    };
    quote! {
        let response = #call.send().await?;
        #print
    }
}

/// Generates values of fields.
struct Values<'a> {
    version: &'a Version,
    action: &'a Action,
    /// The data types that contain the value; a recursive type must not contain itself again.
    enclosing: Vec<&'a Ident>,
}

/// Position of a value: an argument of a setter, which converts it, or an element of a nested list.
#[derive(Clone, Copy)]
enum ValuePosition {
    Argument,
    Nested,
}

impl<'a> Values<'a> {
    /// Generates the calls of the setters of fields.
    fn setters(&mut self, fields: impl Iterator<Item = &'a Field>) -> TokenStream {
        let calls = fields.map(|field| {
            let value = self.value(field, &field.ty, ValuePosition::Argument);
            let setter = &field.ident;
            quote!(.#setter(#value))
        });
        calls.collect()
    }

    fn value(&mut self, field: &Field, ty: &'a Type, position: ValuePosition) -> TokenStream {
        match (ty, position) {
            (Type::Bool, _) => quote!(true),
            (Type::I64 | Type::U64, _) => {
                // A list with pages of one item would be slow.
                let number = if is_size(self.action, field) { 20 } else { 1 };
                Literal::u64_unsuffixed(number).to_token_stream()
            }
            (Type::F64, _) => quote!(1.0),
            (Type::String, ValuePosition::Argument) => placeholder(field).to_token_stream(),
            (Type::String, ValuePosition::Nested) => {
                let text = placeholder(field);
                quote!(#text.to_owned())
            }
            (Type::Json, _) => quote!(tc3::Json::default()),
            (Type::Data(ident), _) => self.data(ident),
            (Type::List(element), ValuePosition::Argument) => {
                let position = match **element {
                    Type::List(_) => ValuePosition::Nested,
                    _ => ValuePosition::Argument,
                };
                let value = self.value(field, element, position);
                quote!([#value])
            }
            (Type::List(element), ValuePosition::Nested) => {
                let value = self.value(field, element, ValuePosition::Nested);
                quote!(vec![#value])
            }
        }
    }

    /// Generates a value of a data type with its required fields. A recursive type ends with a default.
    fn data(&mut self, ident: &'a Ident) -> TokenStream {
        let module = &self.version.module;
        let mut types = self.version.types.iter();
        let message = types.find(|message| message.ident == *ident);
        let message = message.filter(|message| message.required().next().is_some());
        let Some(message) = message.filter(|_| !self.enclosing.contains(&ident)) else {
            return quote!(#module::#ident::default());
        };
        self.enclosing.push(ident);
        let setters = self.setters(message.required().map(|(field, _)| field));
        self.enclosing.pop();
        quote!(#module::#ident::builder()#setters.build())
    }
}

/// Returns a placeholder that describes the value: `instance-id`.
fn placeholder(field: &Field) -> String {
    bare(&field.ident).replace('_', "-")
}
