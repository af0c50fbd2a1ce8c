//! The page with the services of a site.

use maud::html;
use tc3_catalogue::Catalogue;
use tc3_spec::Site;

use super::layout;
use super::view::View;
use crate::reply::Reply;

pub(super) fn page(view: &View<'_>, site: Site) -> Reply {
    let catalogue = Catalogue::of_site(site);
    let title = view.text("services");
    let main = html! {
        h1 { (title) }
        ul class="columns" {
            @for service in catalogue.services() {
                li {
                    a href={ "/" (site.name()) "/" (service) "/" } { (service) }
                    @for version in catalogue.versions(service) {
                        " " a class="version" href={ "/" (site.name()) "/" (service) "/" (version) "/" } { (version) }
                    }
                }
            }
        }
    };
    layout::page(view, site, title, &[], "services", main)
}
