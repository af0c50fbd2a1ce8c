//! The HTML of index pages and of pages that are not documentation.

use std::collections::BTreeSet;

use scraper::{Html, Selector};
use tc3_parse::Subject;
use url::Url;

use crate::site::without_fragment;

/// A link of an index page whose text names a subject.
#[derive(Debug, PartialEq)]
pub(crate) struct Link {
    pub(crate) url: Url,
    pub(crate) subject: Subject,
}

/// Returns the links of the index page at `base` in page order, without duplicates.
pub(crate) fn links(base: &Url, bytes: &[u8]) -> Vec<Link> {
    let html = Html::parse_document(&String::from_utf8_lossy(bytes));
    let attribute = |css, name| {
        let mut found = select(&html, css).filter_map(move |(element, _)| element.attr(name));
        found.next().and_then(|to| base.join(to).ok())
    };
    let base = attribute("base[href]", "href").unwrap_or_else(|| base.clone());
    let mut seen = BTreeSet::new();
    let mut links = Vec::new();
    for (element, text) in select(&html, "a[href]") {
        let to = element.attr("href").and_then(|to| base.join(to).ok());
        let (Some(url), Some(subject)) = (to, Subject::named(&text)) else {
            continue;
        };
        let url = without_fragment(url);
        // Skips links to sections of the index page.
        if is_web(&url) && url != without_fragment(base.clone()) && seen.insert(url.clone()) {
            links.push(Link { url, subject });
        }
    }
    links
}

/// Whether a URL is an HTTP URL with a host.
pub(crate) fn is_web(url: &Url) -> bool {
    matches!(url.scheme(), "http" | "https") && url.has_host()
}

/// Facts about a page that is not documentation, for error messages.
pub(crate) struct UnknownPage {
    pub(crate) title: Option<String>,
    pub(crate) has_text: bool,
    pub(crate) asks_for_password: bool,
}

impl UnknownPage {
    pub(crate) fn parse(bytes: &[u8]) -> UnknownPage {
        let html = Html::parse_document(&String::from_utf8_lossy(bytes));
        let text = |css| {
            select(&html, css)
                .map(|(_, text)| text)
                .find(|text| !text.is_empty())
        };
        UnknownPage {
            title: text("title").or_else(|| text("h1")),
            has_text: text("body").is_some(),
            asks_for_password: select(&html, "input[type=password i]").next().is_some(),
        }
    }
}

/// Returns the elements that match a selector, each with its text.
fn select<'a>(
    html: &'a Html,
    css: &str,
) -> impl Iterator<Item = (scraper::ElementRef<'a>, String)> {
    let selector = Selector::parse(css).ok();
    let found: Vec<_> = selector
        .iter()
        .flat_map(|selector| html.select(selector).collect::<Vec<_>>())
        .collect();
    found.into_iter().map(|element| {
        let text: String = element.text().collect();
        let words: Vec<&str> = text.split_whitespace().collect();
        (element, words.join(" "))
    })
}

/// Whether a page has `</html>`.
pub(crate) fn has_end(page: &[u8]) -> bool {
    const END: &[u8] = b"</html";
    page.windows(END.len())
        .any(|part| part.eq_ignore_ascii_case(END))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn index_links_are_selected_by_text() {
        let base = Url::parse("https://docs.example/product/1?x=y").expect("a URL");
        let html = r##"<a href="/a">DescribeUsers</a> <td><a href="b#top"> <b>ListUsers</b>
            </a></td><a href="/t">数据结构</a><a href="/e">Error Codes</a><a href="/o">Overview</a>
            <a href="#x">CreateUser</a><a href="/a#y">DescribeUsers</a><a href="javascript:x">DropUser</a>
            <a href="http://[">BadUser</a><a href="https://other.example/c">CountUsers</a><a>NoUser</a>"##;
        let links = links(&base, html.as_bytes());
        let links: Vec<_> = links
            .iter()
            .map(|link| (link.url.as_str(), link.subject.to_string()))
            .collect();
        assert_eq!(
            links,
            [
                ("https://docs.example/a", "DescribeUsers".to_owned()),
                ("https://docs.example/product/b", "ListUsers".to_owned()),
                ("https://docs.example/t", "DataTypes".to_owned()),
                ("https://docs.example/e", "ErrorCodes".to_owned()),
                ("https://other.example/c", "CountUsers".to_owned()),
            ]
        );
    }

    #[test]
    fn base_element_is_applied() {
        let base = Url::parse("https://docs.example/index").expect("a URL");
        let links = links(&base, br#"<base href="/deep/"><a href="a">ListUsers</a>"#);
        assert_eq!(links[0].url.as_str(), "https://docs.example/deep/a");
    }
}
