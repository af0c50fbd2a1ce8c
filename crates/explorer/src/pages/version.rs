//! The pages of a service version and of its data types.

use std::collections::BTreeMap;

use maud::html;
use tc3_catalogue::{Catalogue, summary};
use tc3_spec::Access;

use super::documentation::fields;
use super::layout;
use super::prose::{line_of, paragraphs};
use super::view::View;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::subject::{self, Version, texts};

pub(super) fn page(view: &View<'_>, of: &Version) -> Result<Reply, Problem> {
    let spec = of.spec()?;
    let texts = texts(view.settings.texts.as_deref(), of.site);
    let summaries = texts.and_then(|texts| texts.summaries(&of.service, &of.version).ok());
    let summaries: BTreeMap<String, String> = summaries.unwrap_or_default();
    let title = format!("{} {}", of.service, of.version);
    let others = Catalogue::of_site(of.site).versions(&of.service);
    let others: Vec<&str> = others.filter(|other| *other != of.version).collect();
    let main = html! {
        h1 { (title) }
        @if !others.is_empty() {
            p {
                (view.text("version")) ":"
                @for other in others {
                    " " a href={ "/" (of.site.name()) "/" (of.service) "/" (other) "/" } { (other) }
                }
            }
        }
        h2 { (view.text("actions")) " (" (spec.actions.len()) ")" }
        ul class="actions" {
            @for (name, action) in &spec.actions {
                @let writes = action.access_or_derived(name) == Access::Write;
                li {
                    a href=(name) { (name) }
                    @if writes { " " span class="write" { (view.text("write")) } }
                    @if action.deprecated { " " span class="deprecated" { (view.text("deprecated")) } }
                    @if let Some(text) = summaries.get(name) { " " span class="summary" { (line_of(summary(text))) } }
                }
            }
        }
        @if !spec.errors.is_empty() {
            h2 { (view.text("errors")) " (" (spec.errors.len()) ")" }
            ul class="columns" {
                @for error in &spec.errors {
                    li id={ "error-" (error.code) } {
                        code { (error.code) }
                        @if !error.description.is_empty() { " " (line_of(&error.description)) }
                    }
                }
            }
        }
        @if !spec.types.is_empty() {
            h2 { (view.text("types")) " (" (spec.types.len()) ")" }
            ul class="columns" {
                @for name in spec.types.keys() {
                    li { a href={ "types/" (name) } { (name) } }
                }
            }
        }
    };
    let crumbs = [(view.text("services"), format!("/{}/", of.site.name()))];
    Ok(layout::page(
        view, of.site, &title, &crumbs, "version", main,
    ))
}

pub(super) fn data_type(view: &View<'_>, of: &Version, name: &str) -> Result<Reply, Problem> {
    let spec = subject::data_type(of, name, view.settings.texts.as_deref())?;
    let data_type = &spec.types[name];
    let main = html! {
        h1 { (name) }
        (paragraphs(&data_type.description))
        h2 { (view.text("fields")) }
        (fields(view, of, &data_type.fields, view.text("fields"), "field"))
    };
    let crumbs = [
        (view.text("services"), format!("/{}/", of.site.name())),
        (&*format!("{} {}", of.service, of.version), of.href()),
    ];
    Ok(layout::page(view, of.site, name, &crumbs, "type", main))
}
