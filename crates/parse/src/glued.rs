//! Splits lines that were joined: a closing brace and a heading, or the headers and body of a request.

use crate::block::{Block, Line};
use crate::request_lines::{is_request_line, is_url};
use crate::words;

/// Splits lines that contain the start of another line.
pub(crate) fn split(blocks: Vec<Block<'_>>) -> Vec<Block<'_>> {
    let mut out = Vec::with_capacity(blocks.len());
    for block in blocks {
        let Block::Line(mut line) = block else {
            out.push(block);
            continue;
        };
        while let Some(at) = split_point(&line.text) {
            let after = line.text[at..].trim_start().to_owned();
            let before = line.text[..at].trim_end().to_owned();
            out.push(Block::Line(Line {
                text: before.into(),
                ..line
            }));
            line = Line {
                text: after.into(),
                level: 0,
                gap: false,
                ..line
            };
        }
        out.push(Block::Line(line));
    }
    out
}

/// Returns where another line begins within a line.
fn split_point(text: &str) -> Option<usize> {
    if is_request_line(text) {
        return body(text);
    }
    if let Some(at) = heading_after_json(text) {
        return Some(at);
    }
    // `Input Example POST / HTTP/1.1`, `Output Example {`
    let near = &text.as_bytes()[..text.len().min(100)];
    memchr::memchr2(b'{', b'/', near)?;
    let begins = ["POST / HTTP/", "GET /?Action=", "https://", "{"]
        .iter()
        .filter_map(|begin| text.find(begin))
        .min()
        .filter(|at| *at > 0 && *at < 80)?;
    words::example_part(&text[..begins])?;
    Some(begins)
}

/// Returns where the body begins in a request line with headers and body.
fn body(text: &str) -> Option<usize> {
    let version = text.find("HTTP/")?;
    Some(version + text[version..].find('{')?)
}

/// Returns where a heading begins after the last brace of a line of JSON.
fn heading_after_json(text: &str) -> Option<usize> {
    if !text.starts_with(['{', '}', ']']) {
        return None;
    }
    let at = text.rfind('}')? + 1;
    let rest = text[at..].trim_start();
    // Almost all lines of JSON end with a brace or comma.
    if rest.is_empty() || rest.starts_with([',', ']', '"', ';']) {
        return None;
    }
    let is_line = words::section(rest).is_some()
        || words::example_part(rest).is_some()
        || words::example_title(rest).is_some()
        || is_request_line(rest)
        || is_url(rest);
    let is_part =
        || split_point(rest).is_some_and(|length| words::example_part(&rest[..length]).is_some());
    (is_line || is_part()).then_some(at)
}
