use std::cell::RefCell;
use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::names::ident;

/// The external items that generated code refers to by their last segment where possible.
const KNOWN: [&[&str]; 22] = [
    &["std", "boxed", "Box"],
    &["std", "convert", "Into"],
    &["std", "iter", "IntoIterator"],
    &["std", "option", "Option"],
    &["std", "string", "String"],
    &["std", "vec", "Vec"],
    &["tc3", "Call"],
    &["tc3", "ErrorCode"],
    &["tc3", "Json"],
    &["tc3", "UnknownCode"],
    &["tc3", "UnknownFields"],
    &["tc3", "__private", "Field"],
    &["tc3", "__private", "FieldReader"],
    &["tc3", "__private", "FieldWriter"],
    &["tc3", "__private", "Kind"],
    &["tc3", "__private", "Message"],
    &["tc3", "__private", "RawBuilder"],
    &["tc3", "__private", "Table"],
    &["tc3", "builder", "Caller"],
    &["tc3", "builder", "NoClient"],
    &["tc3", "builder", "Set"],
    &["tc3", "builder", "Unset"],
];

/// The imports of a module. Items are referred to by their last segment, or by the full path if the module defines
/// something of that name.
pub(super) struct Paths {
    own: BTreeSet<String>,
    /// The imported paths.
    used: RefCell<BTreeSet<&'static [&'static str]>>,
}

impl Paths {
    /// Creates the imports of a module that defines `own`.
    pub(super) fn new(own: impl IntoIterator<Item = String>) -> Self {
        Self {
            own: own.into_iter().collect(),
            used: RefCell::default(),
        }
    }

    /// Returns the path or name of the item with this last segment.
    pub(super) fn get(&self, name: &str) -> TokenStream {
        if self.own.contains(name) {
            return Self::full_path(name);
        }
        self.used.borrow_mut().insert(known(name));
        let name = ident(name);
        quote!(#name)
    }

    /// Returns the full path.
    fn full_path(name: &str) -> TokenStream {
        let idents = known(name).iter().map(|segment| ident(segment));
        quote!(#(::#idents)*)
    }

    /// Generates the imports, except those of the prelude.
    pub(super) fn imports(&self) -> TokenStream {
        let used = self.used.borrow();
        let modules = ["__private", "builder", ""].map(|module| {
            let of_module = |path: &&&'static [&'static str]| match (module, **path) {
                ("", ["tc3", _]) => true,
                (module, ["tc3", parent, _]) => *parent == module,
                _ => false,
            };
            let names = used.iter().filter(of_module).filter_map(|path| path.last());
            let names: Vec<_> = names.map(|name| ident(name)).collect();
            let path = if module.is_empty() {
                quote!(::tc3)
            } else {
                let module = ident(module);
                quote!(::tc3::#module)
            };
            match names.as_slice() {
                [] => TokenStream::new(),
                [name] => quote!(use #path::#name;),
                names => quote!(use #path::{#(#names),*};),
            }
        });
        quote!(#(#modules)*)
    }
}

fn known(name: &str) -> &'static [&'static str] {
    let mut paths = KNOWN.into_iter();
    paths
        .find(|path| path.last() == Some(&name))
        .expect("emitters use only listed paths")
}
