//! Follows the sections of an action's page by their headings.

use crate::block::Line;
use crate::request_lines::{is_request_line, is_url};
use crate::words::{self, Section};

/// The current section of a page that is read line by line.
///
/// An unknown heading begins an unknown section.
#[derive(Default)]
pub(crate) struct Sections {
    current: Option<Section>,
    number: u32,
    level: u8,
}

/// The role of a line.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineRole {
    /// The heading of a section.
    Heading,
    /// A line in a section, or in an unknown one.
    In(Option<Section>),
}

impl Sections {
    /// Takes the next line and returns its role.
    pub(crate) fn take(&mut self, line: &Line<'_>) -> LineRole {
        let text = &*line.text;
        let number = words::numbered(text).0;
        let is_marked = number.is_some() || (1..=2).contains(&line.level);
        if let Some(section) = words::section(text) {
            // `Request parameters` is also a heading within examples.
            let is_part = self.current == Some(Section::Example)
                && !is_marked
                && words::example_part(text).is_some();
            if !is_part {
                self.current = Some(section);
                self.number = number.unwrap_or(self.number);
                self.level = line.level;
                return LineRole::Heading;
            }
        } else if is_marked && words::example_title(text).is_none() && self.is_next(line, number) {
            self.current = None;
            self.number = number.unwrap_or(self.number);
            return LineRole::Heading;
        } else if matches!(self.current, Some(Section::Input | Section::Output))
            && (is_request_line(text) || is_url(text))
        {
            // This example has no heading.
            self.current = None;
        }
        LineRole::In(self.current)
    }

    /// Whether an unknown heading begins a section of the page.
    fn is_next(&self, line: &Line<'_>, number: Option<u32>) -> bool {
        let counts_up = number.is_none_or(|number| number == self.number + 1 && self.number > 0);
        let is_short =
            line.text.chars().count() < 60 && !line.text.ends_with(['.', '。', ';', '；']);
        match line.level {
            // Titles of examples are numbered too.
            0 => {
                counts_up && number.is_some() && is_short && self.current != Some(Section::Example)
            }
            level => level <= self.level.max(1) && counts_up,
        }
    }
}
