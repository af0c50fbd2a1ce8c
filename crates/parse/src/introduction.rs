//! What a page says before its tables: domain name, description, rate, time of the last update.

use std::borrow::Cow;
use std::ops::Range;

use tc3_spec::Source;

use crate::block::{Block, Line};
use crate::words::{self, Section};

/// The facts before the tables.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Introduction {
    pub(crate) endpoint: Option<String>,
    pub(crate) description: String,
    pub(crate) rate_limit: Option<u32>,
    pub(crate) updated: Option<String>,
}

impl Introduction {
    /// Reads the lines before the tables.
    pub(crate) fn read(lines: &[Cow<'_, Line<'_>>]) -> Introduction {
        let mut introduction = Introduction::default();
        // The sentence stands above the description, which can name other domains.
        let section = lines
            .iter()
            .position(|line| words::section(&line.text) == Some(Section::Description));
        let domain = lines.iter().position(|line| host(&line.text).is_some());
        let start = match (domain, section) {
            (Some(at), _) => at,
            (None, Some(at)) => at + 1,
            (None, None) => lines.len(),
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
            }
            // The advertisement ends the section.
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
            let rate = |line: &Cow<'_, Line<'_>>| rate_limit(&line.text).map(|(_, rate)| rate);
            introduction.rate_limit = lines[start..end].iter().find_map(rate);
        }
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        introduction.description = paragraphs.join("\n");
        introduction
    }
}

/// Where the introduction ends: at the heading of the input parameters, or at the sentence above their table.
///
/// Gives too whether one of them was found; else the introduction ends with the lines.
fn end(lines: &[Cow<'_, Line<'_>>], start: usize) -> (usize, bool) {
    let last = |is: &dyn Fn(usize) -> bool| (start..lines.len()).rev().find(|&at| is(at));
    let sentence = last(&|at| words::is_parameters_sentence(&lines[at].text));
    let heading = last(&|at| {
        words::section(&lines[at].text) == Some(Section::Input)
            && sentence.is_none_or(|sentence| at <= sentence)
    });
    // In a language that is not known, the heading is the line with the number two.
    let second = || {
        last(&|at| {
            words::numbered(&lines[at].text).0 == Some(2) && lines[at].text.chars().count() < 60
        })
    };
    let end = heading.or(sentence).or_else(second);
    (end.unwrap_or(lines.len()), end.is_some())
}

/// Drops the sentence above the input table, in a language that is not known: it stands behind the sentence with the
/// rate, or is in other letters than the description.
fn drop_foreign_sentence(paragraphs: &mut Vec<String>) {
    let rate = paragraphs
        .iter()
        .skip(1)
        .rposition(|text| rate_limit(text).is_some() || foreign_rate_limit(text).is_some());
    if let Some(at) = rate {
        paragraphs.truncate(at + 2);
    } else if paragraphs.len() > 1
        && paragraphs[0].is_ascii()
        && paragraphs.last().is_some_and(|last| !last.is_ascii())
    {
        paragraphs.pop();
    }
}

/// The place of the domain name in a line, if one stands there.
fn host(line: &str) -> Option<Range<usize>> {
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

/// Takes the sentence with the rate out of the paragraphs, and gives the requests a second that it allows.
///
/// It is the last such sentence: a description can speak of rates before.
fn take_rate_limit(paragraphs: &mut [String]) -> Option<u32> {
    let known = paragraphs
        .iter()
        .enumerate()
        .rev()
        .find_map(|(at, text)| Some((at, rate_limit(text)?)));
    if let Some((at, (range, rate))) = known {
        // It ends the section, but for notes; what stands within a description is a part of it.
        let is_last = paragraphs[at + 1..]
            .iter()
            .all(|text| text.starts_with("Note") || text.starts_with("注意"));
        if is_last && paragraphs[at][range.end..].trim().is_empty() {
            let length = paragraphs[at][..range.start].trim_end().len();
            paragraphs[at].truncate(length);
        }
        return Some(rate);
    }
    // In other languages the sentence is a paragraph of its own behind the description.
    let last = paragraphs
        .iter_mut()
        .skip(1)
        .rev()
        .find(|paragraph| !paragraph.is_empty())?;
    let rate = foreign_rate_limit(last)?;
    last.clear();
    Some(rate)
}

/// The sentence with the rate in a line, and the requests a second that it allows.
fn rate_limit(line: &str) -> Option<(Range<usize>, u32)> {
    const BEGINNINGS: &[&str] = &[
        "A maximum of ",
        "The default API request rate limit is ",
        "The default request rate limit is ",
        "Default API request rate limit",
        "Default request rate limit",
        "默认接口请求频率限制",
        "接口请求频率限制",
    ];
    const UNITS: &[&str] = &[
        "requests can be initiated per second",
        "requests/sec",
        "/sec",
        "times/sec",
        "次/秒",
        "次 / 秒",
    ];
    // Most lines say nothing of the kind.
    if !["maximum of", "rate limit", "频率限制"]
        .iter()
        .any(|words| line.contains(words))
    {
        return None;
    }
    BEGINNINGS.iter().find_map(|beginning| {
        let start = line.rfind(beginning)?;
        let number = line[start + beginning.len()..].trim_start_matches([':', '：', ' ', '\u{a0}']);
        let digits = number
            .bytes()
            .take_while(|byte| byte.is_ascii_digit() || *byte == b',')
            .count();
        let rate = number[..digits].replace(',', "").parse().ok()?;
        let rest = number[digits..].trim_start();
        let unit = UNITS.iter().find_map(|unit| rest.strip_prefix(unit))?;
        // The sentence ends with its full stop: behind the unit can stand `ond`, or ` for this API`.
        let end = unit.find(['.', '。']).map_or(unit.len(), |at| {
            at + unit[at..].chars().next().map_or(1, char::len_utf8)
        });
        Some((start..line.len() - unit.len() + end, rate))
    })
}

/// The rate in a paragraph that says nothing else, in languages other than English and Chinese.
fn foreign_rate_limit(paragraph: &str) -> Option<u32> {
    const SECONDS: &[&str] = &[
        "/s",
        "/сек",
        "/с",
        "в секунду",
        "por segundo",
        "/seg",
        "초당",
        "/초",
        "per detik",
        "/detik",
        "/秒",
        "毎秒",
        "pro sekunde",
        "par seconde",
        "per second",
    ];
    let text = paragraph.to_lowercase();
    let mut numbers = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|digits| !digits.is_empty());
    let rate = numbers.next()?.parse().ok()?;
    // One short sentence with one number in it.
    let is_sentence = text.chars().count() < 120
        && text
            .trim_end_matches(['.', '。'])
            .matches(['.', '。'])
            .count()
            == 0;
    (is_sentence && numbers.next().is_none() && SECONDS.iter().any(|unit| text.contains(unit)))
        .then_some(rate)
}

/// What a page of data types or error codes says of itself.
pub(crate) fn source(path: &str, blocks: &[Block<'_>]) -> Source {
    let mut lines = blocks.iter().filter_map(Block::line);
    Source {
        page: path.to_owned(),
        updated: lines.find_map(|line| updated(&line.text)),
        // How the page came to its folder it does not say itself.
        url: None,
        fetched: None,
    }
}

/// The time at the end of a line like `Last updated: 2025-03-06 17:08:32`.
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
        // The label is a few words with a colon: a sentence that ends with a time is something else.
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
    use super::{host, rate_limit, updated};

    #[test]
    fn finds_the_domain_name() {
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
    fn finds_the_rate() {
        for (line, expect) in [
            (
                "A maximum of 20 requests can be initiated per second for this API.",
                ("", 20),
            ),
            (
                "Is 20 by default.A maximum of 40 requests can be initiated per second for this API.",
                ("Is 20 by default.", 40),
            ),
            (
                "A maximum of 1,000 requests can be initiated per second for this API. More.",
                (" More.", 1000),
            ),
            ("Default request rate limit: 20/sec.", ("", 20)),
            ("Default API request rate limit: 5 requests/sec.", ("", 5)),
            (
                "The default API request rate limit is 20 requests/sec.",
                ("", 20),
            ),
            ("默认接口请求频率限制：20次/秒。", ("", 20)),
            ("默认接口请求频率限制: 100次/秒。", ("", 100)),
        ] {
            let (range, rate) = rate_limit(line).expect(line);
            assert_eq!(
                (
                    format!("{}{}", &line[..range.start], &line[range.end..]).as_str(),
                    rate
                ),
                expect,
                "{line}"
            );
        }
        assert_eq!(rate_limit("It answers up to 20 requests per second."), None);
    }

    #[test]
    fn finds_the_time_in_any_language() {
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
