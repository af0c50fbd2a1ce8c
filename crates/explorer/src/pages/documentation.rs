//! Documentation as markup.

use maud::{Markup, html};
use tc3_spec::Field;

use super::prose::paragraphs;
use super::view::View;
use crate::subject::Version;

/// Returns a table of parameters or fields, which `label` names; their rows have IDs that begin with `prefix`.
pub(super) fn fields(
    view: &View<'_>,
    of: &Version,
    fields: &[Field],
    label: &str,
    prefix: &str,
) -> Markup {
    html! {
        div class="scroll" tabindex="0" role="region" aria-label=(label) {
            table class="fields" {
                thead {
                    tr {
                        th scope="col" { (view.text("name")) }
                        th scope="col" { (view.text("type")) }
                        th scope="col" { (view.text("description")) }
                    }
                }
                tbody {
                    @for field in fields {
                        tr id={ (prefix) "-" (field.name) } {
                            th scope="row" {
                                code { (field.name) }
                                @if field.required { " " span class="required" { (view.text("required")) } }
                                @if field.deprecated { " " span class="deprecated" { (view.text("deprecated")) } }
                            }
                            td {
                                @match field.type_ref.named() {
                                    Some(name) => a href={ (of.href()) "types/" (name) } { (field.type_ref) },
                                    None => (field.type_ref),
                                }
                            }
                            td {
                                (paragraphs(&field.description))
                                @if field.nullable { p class="note" { (view.text("nullable")) } }
                            }
                        }
                    }
                }
            }
        }
    }
}
