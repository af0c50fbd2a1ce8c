//! Layout of all pages.

use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::Value;
use tc3_spec::Site;

use super::view::View;
use crate::assets;
use crate::reply::Reply;
use crate::words::Language;

/// A breadcrumb: the name and the path of a page.
pub(super) type Crumb<'c> = (&'c str, String);

/// Returns a page of this kind, with its breadcrumbs.
pub(super) fn page(
    view: &View<'_>,
    site: Site,
    title: &str,
    crumbs: &[Crumb<'_>],
    kind: &str,
    main: Markup,
) -> Reply {
    let site_name = site.name();
    Reply::page(html! {
        (DOCTYPE)
        html lang=(view.language.tag()) data-site=(site_name) data-theme=[view.theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – tc3" }
                (links())
                (data("words", &view.language.of_scripts()))
                @for script in assets::scripts() {
                    link rel="modulepreload" href={ "/assets/" (script) };
                }
                script type="module" src="/assets/app.js" {}
            }
            body {
                a class="skip" href="#main" { (view.text("skip")) }
                header {
                    a class="brand" href={ "/" (site_name) "/" } { "tc3 explore" }
                    form role="search" action={ "/" (site_name) "/search" } {
                        input type="search" name="q" aria-label=(view.text("search")) placeholder=(view.text("search-hint"))
                            autocomplete="off";
                        button type="submit" { (view.text("search")) }
                    }
                    nav class="sites" aria-label=(view.text("services")) {
                        @for other in [Site::Intl, Site::Mainland] {
                            a href={ "/" (other.name()) "/" } aria-current=[(other == site).then_some("true")] {
                                (view.text(other.name()))
                            }
                        }
                    }
                    nav class="languages" aria-label=(view.text("language")) {
                        @for language in Language::ALL {
                            a href={ "?" (view.query) "lang=" (language.tag()) } lang=(language.tag())
                                aria-current=[(language == view.language).then_some("true")] { (language.name()) }
                        }
                    }
                    div id="tools" {}
                }
                main id="main" tabindex="-1" data-page=(kind) {
                    @if !crumbs.is_empty() {
                        nav aria-label=(view.text("breadcrumb")) {
                            ol {
                                @for (name, path) in crumbs {
                                    li { a href=(path) { (name) } }
                                }
                                li aria-current="page" { (title) }
                            }
                        }
                    }
                    (main)
                }
            }
        }
    })
}

/// Returns the links to the style and the icon. Without an icon, browsers request `/favicon.ico`.
pub(super) fn links() -> Markup {
    html! {
        link rel="stylesheet" href="/assets/style.css";
        link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
    }
}

/// Returns data for scripts, escaped so that an HTML parser finds no markup in it.
pub(super) fn data(id: &str, value: &Value) -> Markup {
    let text = value.to_string().replace('<', "\\u003c");
    html! { script type="application/json" id=(id) { (PreEscaped(text)) } }
}
