//! The pages. Reading and searching work without JavaScript.

mod action;
mod documentation;
mod layout;
mod prose;
mod search;
mod services;
mod version;
mod view;

use maud::html;

pub(crate) use self::view::View;
use crate::problem::Problem;
use crate::query::Query;
use crate::reply::Reply;
use crate::shared::Shared;
use crate::subject::{self, Version};

/// Returns the page at a path.
pub(crate) fn page(
    shared: &Shared,
    view: &View<'_>,
    segments: &[String],
    query: Query<'_>,
) -> Result<Reply, Problem> {
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let [site, rest @ ..] = &*segments else {
        return Ok(Reply::redirect(&shared.start));
    };
    let site = subject::site(site)?;
    match rest {
        [] => Ok(services::page(view, site)),
        ["search"] => search::page(view, site, &query.value("q").unwrap_or_default()),
        [service] => Ok(Reply::redirect(&Version::find(site, service, None)?.href())),
        [service, version] => version::page(view, &Version::find(site, service, Some(version))?),
        [service, version, action] => {
            let of = Version::find(site, service, Some(version))?;
            action::page(view, &of.action(action)?)
        }
        [service, version, "types", name] => {
            version::data_type(view, &Version::find(site, service, Some(version))?, name)
        }
        _ => Err(Problem::not_found(
            "there is no such page; start from the list of services",
        )),
    }
}

/// Returns the response to the address with the token: a page that loads the first page.
pub(crate) fn opening(view: &View<'_>, start: &str) -> Reply {
    let refresh = format!("0;url={start}");
    Reply::page(html! {
        (maud::DOCTYPE)
        html lang=(view.language.tag()) {
            head {
                meta charset="utf-8";
                meta http-equiv="refresh" content=(refresh);
                title { "tc3" }
                (layout::links())
            }
            body {
                main { p { (view.text("opening")) " " a href=(start) { (view.text("open-page")) } } }
            }
        }
    })
}

/// Returns an error page.
pub(crate) fn problem(view: &View<'_>, problem: &Problem) -> Reply {
    let main = html! {
        h1 { (view.text("problem")) }
        p class="problem" { (problem.message) }
    };
    let site = view.settings.site;
    layout::page(view, site, view.text("problem"), &[], "problem", main).with_status(problem.status)
}
