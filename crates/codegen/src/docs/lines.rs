//! Formats lines of text as paragraphs, list items and samples.

use super::inline;
use super::json::Json;
use super::spans::backticks;
use super::visible::visible;

/// The width of a comment without indentation and slashes: 100 columns within an `impl`.
const WIDTH: usize = 92;

/// Appends text as Markdown, each line as a paragraph or list item.
pub(super) fn convert(text: &str, site: &str, out: &mut Vec<String>) {
    let lines: Vec<String> = text
        .split([
            '\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}',
        ])
        .map(visible)
        .filter(|line| !line.trim().is_empty())
        .collect();
    let mut previous_is_item = false;
    let mut fences = Fences::default();
    let mut samples = JsonSamples::of(&lines);
    let mut rest = lines.as_slice();
    while let Some((line, further)) = rest.split_first() {
        let item = list_item(line);
        let is_next_item = previous_is_item && item.is_some();
        if !out.is_empty() && !is_next_item {
            out.push(String::new());
        }
        previous_is_item = item.is_some();
        rest = if let Some(sample) = fences.sample(rest).or_else(|| samples.sample(rest)) {
            code_block(sample.lines, out);
            &rest[sample.taken..]
        } else {
            match item {
                Some(item) => fill("- ", "  ", &inline::convert(item, site), out),
                None => fill("", "", &inline::convert(line.trim(), site), out),
            }
            further
        };
    }
}

/// Appends a paragraph that is already Markdown.
pub(super) fn wrap(paragraph: &str, out: &mut Vec<String>) {
    let words: Vec<String> = paragraph.split(' ').map(str::to_owned).collect();
    fill("", "", &words, out);
}

/// Lines that are shown verbatim.
struct Sample<'a> {
    lines: &'a [String],
    /// The number of lines, including fences.
    taken: usize,
}

/// Appends lines as a code block. Descriptions have no other code blocks.
///
/// Rustdoc compiles and runs code blocks that it takes for Rust. So the block is marked as text, and its fences are
/// longer than any run of backticks in it, so that no line can end it.
fn code_block(lines: &[String], out: &mut Vec<String>) {
    let runs = lines.iter().flat_map(|line| line.split(|c| c != '`'));
    let longest = runs.map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    out.push(format!("{fence}text"));
    out.extend(lines.iter().map(|line| line.trim_end().to_owned()));
    out.push(fence);
}

/// Iterates over the fences of a text.
struct Fences {
    /// The minimum length of fences that are not closed from here on, to avoid repeated searches.
    unclosed: usize,
}

impl Default for Fences {
    fn default() -> Self {
        Self {
            unclosed: usize::MAX,
        }
    }
}

impl Fences {
    /// Returns the lines between a fence and its end.
    fn sample<'a>(&mut self, lines: &'a [String]) -> Option<Sample<'a>> {
        let (length, info) = fence(lines.first()?)?;
        if info.contains('`') || length >= self.unclosed {
            return None;
        }
        let closes = |line: &String| {
            fence(line).is_some_and(|(closing, rest)| closing >= length && rest.is_empty())
        };
        let Some(count) = lines[1..].iter().position(closes) else {
            self.unclosed = length;
            return None;
        };
        Some(Sample {
            lines: &lines[1..=count],
            taken: count + 2,
        })
    }
}

/// Returns the number of backticks of a fence, and the text after them.
fn fence(line: &str) -> Option<(usize, &str)> {
    let line = line.trim();
    let length = backticks(line);
    (length >= 3).then(|| (length, &line[length..]))
}

/// The multi-line objects and arrays of a text.
struct JsonSamples {
    text: String,
    /// The start of each line.
    starts: Vec<usize>,
    json: Json,
}

impl JsonSamples {
    fn of(lines: &[String]) -> Self {
        let mut text = String::new();
        let mut starts = Vec::with_capacity(lines.len());
        for line in lines {
            starts.push(text.len());
            text.push_str(line);
            text.push('\n');
        }
        let json = Json::of(&text);
        Self { text, starts, json }
    }

    /// Returns the value that starts with the first of these lines, which are the last ones of the text.
    fn sample<'a>(&mut self, lines: &'a [String]) -> Option<Sample<'a>> {
        if !lines.first()?.trim_start().starts_with(['{', '[']) {
            return None;
        }
        let start = self.starts[self.starts.len() - lines.len()];
        let text = &self.text[start..];
        let (sample, after) = text.split_at(self.json.value(text)?);
        let taken = sample.matches('\n').count() + 1;
        // On one line, it is as legible as inline code.
        (taken > 1 && after.starts_with('\n')).then(|| Sample {
            lines: &lines[..taken],
            taken,
        })
    }
}

/// Returns the text of a list item.
fn list_item(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let item = line
        .strip_prefix(['-', '*', '+', '•', '·'])?
        .strip_prefix([' ', '\u{a0}', '\u{3000}'])?
        .trim();
    (!item.is_empty() && !item.starts_with(['-', '*', '+'])).then_some(item)
}

/// Appends words as lines within the width.
fn fill(first: &str, indent: &str, words: &[String], out: &mut Vec<String>) {
    let mut line = first.to_owned();
    let mut is_empty = true;
    for word in words.iter().filter(|word| !word.is_empty()) {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push(std::mem::replace(&mut line, indent.to_owned()));
            is_empty = true;
        }
        if is_empty {
            line.push_str(&inline::at_line_start(word));
        } else {
            line.push(' ');
            line.push_str(word);
        }
        is_empty = false;
    }
    if !is_empty {
        out.push(line);
    }
}
