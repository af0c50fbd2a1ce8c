//! The page with search results.

use maud::html;
use tc3_spec::Site;

use super::layout;
use super::view::View;
use crate::api::search::{href, search};
use crate::problem::Problem;
use crate::reply::Reply;

/// Maximum number of results on a page.
const LIMIT: usize = 100;

pub(super) fn page(view: &View<'_>, site: Site, words: &str) -> Result<Reply, Problem> {
    let found = search(view.settings, site, words, LIMIT)?;
    let title = view.text("search");
    let main = html! {
        h1 { (title) ": " (words) }
        @if found.is_empty() {
            p { (view.text("nothing-found")) }
        }
        ul class="hits" {
            @for found in &found {
                li {
                    a href=(href(site, found)) {
                        (found.service) @if let Some(name) = found.name() { "." (name) }
                    }
                    " " span class="kind" { (found.kind) } " " span class="version" { (found.version) }
                    @if let Some(text) = &found.text { p { (text) } }
                }
            }
        }
    };
    let crumbs = [(view.text("services"), format!("/{}/", site.name()))];
    Ok(layout::page(view, site, title, &crumbs, "search", main))
}
