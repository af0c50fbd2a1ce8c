//! Parses the text before a page's tables: domain name, description, rate limit, time of the last update.

use std::borrow::Cow;
use std::ops::Range;

use tc3_spec::Source;

use crate::block::{Block, Line};
use crate::source::At;
use crate::structure_intro::is_structure_name;
use crate::words::{self, Section};

/// The facts before the tables.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Introduction {
    pub(crate) endpoint: Option<String>,
    pub(crate) description: String,
    pub(crate) rate_limit: Option<u32>,
    pub(crate) updated: Option<String>,
    /// The location and text of an unreadable sentence about the rate limit.
    pub(crate) unread_rate: Option<(At, String)>,
}

impl Introduction {
    /// Parses the lines before the tables.
    pub(crate) fn read(lines: &[Cow<'_, Line<'_>>]) -> Introduction {
        let mut introduction = Introduction::default();
        // The sentence with the domain name precedes the description, which may mention other domains.
        let section = lines
            .iter()
            .position(|line| words::section(&line.text) == Some(Section::Description));
        let domain = lines.iter().position(|line| host(&line.text).is_some());
        // That sentence may lack the domain name.
        let label = || {
            lines
                .iter()
                .position(|line| words::is_domain_label(&line.text))
        };
        let start = match (domain.or_else(label), section) {
            (Some(at), _) => at,
            (None, Some(at)) => at + 1,
            (None, None) => after_title(lines),
        };
        let (end, is_known) = end(lines, start);
        introduction.updated = lines[..start]
            .iter()
            .rev()
            .find_map(|line| updated(&line.text));
        let mut paragraphs: Vec<String> = Vec::new();
        for (at, line) in lines[..end].iter().enumerate().skip(start) {
            let mut text = line.text.to_string();
            if Some(at) == domain
                && let Some(sentence) = host(&text)
            {
                introduction.endpoint = Some(text[sentence.clone()].to_owned());
                text = text[sentence.end..]
                    .trim_start_matches(['.', '。', '`', '*', ' '])
                    .to_owned();
            } else if at == start && words::is_domain_label(&text) {
                continue;
            }
            // The description ends before the advertisement.
            if words::is_advertisement(&text) {
                break;
            }
            paragraphs.push(text.trim().to_owned());
        }
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        if !is_known {
            drop_foreign_sentence(&mut paragraphs);
        }
        introduction.rate_limit = take_rate_limit(&mut paragraphs);
        if introduction.rate_limit.is_none() {
            // The advertisement may precede the sentence with the rate limit.
            let rest = || lines[start..end].iter();
            introduction.rate_limit = rest().find_map(|line| Some(words::rate(&line.text)?.1));
            if introduction.rate_limit.is_none() {
                let unread = rest().find(|line| words::mentions_rate(&line.text));
                introduction.unread_rate = unread.map(|line| (line.at, line.text.to_string()));
            }
        }
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        introduction.description = paragraphs.join("\n");
        introduction
    }
}

/// Returns the end of the introduction: the heading of the input parameters, or the sentence above their table.
///
/// Also returns whether one of them was found; otherwise the introduction ends with the lines.
fn end(lines: &[Cow<'_, Line<'_>>], start: usize) -> (usize, bool) {
    let last = |is: &dyn Fn(usize) -> bool| (start..lines.len()).rev().find(|&at| is(at));
    let sentence = last(&|at| words::is_parameters_sentence(&lines[at].text));
    let before = sentence.unwrap_or(lines.len());
    let heading =
        last(&|at| words::section(&lines[at].text) == Some(Section::Input) && at <= before);
    // In an unknown language, the heading is the line with number two.
    let second = || {
        last(&|at| {
            let line = &lines[at];
            let stands_alone = line.heading() || at + 1 == before || sentence.is_none();
            at < before
                && stands_alone
                && words::numbered(&line.text).0 == Some(2)
                && line.text.chars().count() < 60
        })
    };
    let end = heading.or_else(second).or(sentence);
    (end.unwrap_or(lines.len()), end.is_some())
}

/// Removes the sentence above the input table in an unknown language: it follows the sentence with the rate limit, or
/// is in another script than the description.
fn drop_foreign_sentence(paragraphs: &mut Vec<String>) {
    let rate = paragraphs
        .iter()
        .skip(1)
        .rposition(|text| words::rate(text).is_some() || words::foreign_rate(text).is_some());
    // The first paragraph was skipped.
    if let Some(at) = rate.map(|at| at + 1) {
        if at + 1 < paragraphs.len() {
            paragraphs.pop();
        }
    } else if paragraphs.len() > 1
        && paragraphs[0].is_ascii()
        && paragraphs.last().is_some_and(|last| !last.is_ascii())
    {
        paragraphs.pop();
    }
}

/// Finds the domain name in a line.
pub(crate) fn host(line: &str) -> Option<Range<usize>> {
    const DOMAIN: &str = ".tencentcloudapi.com";
    let at = line.find(DOMAIN)?;
    let is_part = |byte: u8| {
        byte.is_ascii_lowercase()
            || byte.is_ascii_digit()
            || byte == b'.'
            || byte == b'-'
            || byte == b'_'
    };
    let start = at
        - line.as_bytes()[..at]
            .iter()
            .rev()
            .take_while(|byte| is_part(**byte))
            .count();
    (start < at && !line[start..at].starts_with('.')).then_some(start..at + DOMAIN.len())
}

/// Returns the start of the description on a page without domain name and headings: after its title and time.
fn after_title(lines: &[Cow<'_, Line<'_>>]) -> usize {
    let is_title = |line: &Line<'_>| {
        line.heading() || updated(&line.text).is_some() || is_structure_name(&line.text)
    };
    lines
        .iter()
        .rposition(|line| is_title(line))
        .map_or(0, |at| at + 1)
}

/// Removes the sentence with the rate limit from the paragraphs, and returns the requests per second.
///
/// The last such sentence counts, because a description may mention rates before it.
fn take_rate_limit(paragraphs: &mut [String]) -> Option<u32> {
    let known = paragraphs.iter().rev().find_map(|text| words::rate(text));
    if let Some((_, rate)) = known {
        for text in paragraphs
            .iter_mut()
            .filter(|text| words::rate(text).is_some())
        {
            *text = words::without_rate(text, rate);
        }
        return Some(rate);
    }
    // In unknown languages, the sentence is a separate paragraph after the description.
    let last = paragraphs
        .iter_mut()
        .skip(1)
        .rev()
        .find(|paragraph| !paragraph.is_empty())?;
    let rate = words::foreign_rate(last)?;
    last.clear();
    Some(rate)
}

/// Returns the source of a page of data types or error codes, with the time of its last update.
pub(crate) fn source(path: &str, blocks: &[Block<'_>]) -> Source {
    let mut lines = blocks.iter().filter_map(Block::line);
    Source {
        page: path.to_owned(),
        updated: lines.find_map(|line| updated(&line.text)),
        // Filled in by the caller: a page does not know its own URL.
        url: None,
        fetched: None,
    }
}

/// Parses the time at the end of a line like `Last updated: 2025-03-06 17:08:32`.
fn updated(line: &str) -> Option<String> {
    let fits = |text: &str, shape: &str| {
        text.len() == shape.len()
            && text.bytes().zip(shape.bytes()).all(|(byte, want)| {
                if want == b'0' {
                    byte.is_ascii_digit()
                } else {
                    byte == want
                }
            })
    };
    let line = line.trim().trim_end_matches(['*', '_', ')']);
    for shape in ["0000-00-00 00:00:00", "0000-00-00 00:00", "0000-00-00"] {
        let Some(text) = line
            .len()
            .checked_sub(shape.len())
            .and_then(|start| line.get(start..))
        else {
            continue;
        };
        let label = &line[..line.len() - text.len()];
        // The label is a few words with a colon; any other sentence that ends with a time is ignored.
        if fits(text, shape)
            && label.chars().count() <= 40
            && label.trim_end().ends_with([':', '：'])
        {
            return Some(text.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{host, updated};

    #[test]
    fn domain_names() {
        for (line, expect) in [
            (
                "Domain name for API request: cvm.intl.tencentcloudapi.com.",
                Some("cvm.intl.tencentcloudapi.com"),
            ),
            (
                "接口请求域名： tcb.tencentcloudapi.com 。",
                Some("tcb.tencentcloudapi.com"),
            ),
            (
                "https://sts.ap-guangzhou.tencentcloudapi.com/",
                Some("sts.ap-guangzhou.tencentcloudapi.com"),
            ),
            ("the domain .tencentcloudapi.com", None),
            ("tencentcloudapi.com", None),
        ] {
            assert_eq!(host(line).map(|range| &line[range]), expect, "{line}");
        }
    }

    #[test]
    fn update_times() {
        for line in [
            "Last updated: 2026-03-20 00:29:19",
            "Última atualização: 2026-03-20 00:29:19",
            "最近更新时间:2026-03-20 00:29:19",
        ] {
            assert_eq!(
                updated(line).as_deref(),
                Some("2026-03-20 00:29:19"),
                "{line}"
            );
        }
        assert_eq!(
            updated("The certificate expires on 2026-03-20 00:29:19"),
            None
        );
        assert_eq!(updated("2026-03-20 00:29:19"), None);
    }
}
