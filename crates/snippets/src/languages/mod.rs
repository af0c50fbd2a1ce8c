//! One module for each language.

mod cpp;
mod csharp;
mod curl;
mod go;
mod java;
mod node;
mod php;
mod python;
mod ruby;
mod rust;
mod tc3;
mod tccli;

use crate::call::Checked;
use crate::error::Error;
use crate::language::Language;

/// Returns the code of a call.
pub(crate) fn print(call: &Checked<'_>, language: Language) -> Result<String, Error> {
    match language {
        Language::Rust => rust::print(call, rust::Kind::Crate),
        Language::RustBlocking => rust::print(call, rust::Kind::Blocking),
        Language::Macro => rust::print(call, rust::Kind::Macro),
        Language::Python => Ok(python::print(call)),
        Language::Node => Ok(node::print(call)),
        Language::Go => Ok(go::print(call)),
        Language::Java => Ok(java::print(call)),
        Language::Php => php::print(call),
        Language::Csharp => Ok(csharp::print(call)),
        Language::Cpp => Ok(cpp::print(call)),
        Language::Ruby => Ok(ruby::print(call)),
        Language::Curl => Ok(curl::print(call)),
        Language::Tccli => tccli::print(call),
        Language::Tc3 => tc3::print(call),
    }
}
