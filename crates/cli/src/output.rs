//! Printing of responses: the query, the format, and the columns.

use std::io::{self, IsTerminal as _};

use tc3_arguments::{ArgumentSpan, Problem};
use tc3_spec::nearest_names;

use crate::failure::Failure;
use crate::json;
use crate::line::Line;
use crate::node::{self, Node};
use crate::options::{Format, Options};
use crate::query::Query;
use crate::rows::{self, List, Rows};
use crate::table;
use crate::target::Target;
use crate::terminal::{Colour, print_raw, visible_lines};

/// Settings for printing responses.
pub(crate) struct Printer {
    format: Format,
    pub(crate) query: Option<Query>,
    columns: Vec<String>,
    pub(crate) list: Option<List>,
    is_terminal: bool,
}

impl Printer {
    /// Creates a printer for the responses of an action.
    ///
    /// # Errors
    /// Fails if the query or a column is invalid, or the format does not allow it.
    pub(crate) fn new(line: &Line, target: &Target, options: &Options) -> Result<Self, Failure> {
        let query = options.query.as_deref();
        let query = query.map(|text| Query::of_option(line, &["--query", "--filter"], 0, text));
        let printer = Self {
            format: options.output,
            query: query.transpose()?,
            columns: options.columns.clone(),
            // JSON lines contain only the items.
            list: List::of(target).filter(|list| list.is_alone || options.output == Format::Table),
            is_terminal: io::stdout().is_terminal(),
        };
        if options.output == Format::Raw && (printer.query.is_some() || options.all) {
            return Err(Failure::usage(
                "--output raw prints the unchanged response; remove --query and --all, or choose another format",
            ));
        }
        printer.check_columns(line, target)?;
        Ok(printer)
    }

    /// Checks that the columns are documented, unless a query produces them.
    fn check_columns(&self, line: &Line, target: &Target) -> Result<(), Failure> {
        if self.columns.is_empty() {
            return Ok(());
        }
        if !matches!(self.format, Format::Table | Format::Text | Format::Tsv) {
            return Err(Failure::usage(
                "--columns requires --output table, text or tsv; use --query to choose parts of other formats",
            ));
        }
        if self.query.is_some() {
            return Ok(());
        }
        let described = target.described();
        let response = &described.action.response;
        let list = self.list.as_ref();
        let item = list.and_then(|list| rows::field(described, response, &list.path));
        let fields = item.map_or(&**response, |item| rows::fields(described, item));
        let mut problems = Vec::new();
        let value = line.value_of(&["--columns"]);
        let mut start = value.map_or(0, |(_, start)| start);
        for path in &self.columns {
            if rows::field(described, fields, path).is_none() {
                let names = fields.iter().map(|field| field.name.as_str());
                let similar = nearest_names(path, names).into_iter().map(str::to_owned);
                problems.push(Problem {
                    message: format!("{} has no column `{path}`", target.action),
                    place: value.and_then(|(argument, _)| {
                        let range = start..start + path.len();
                        let word = line.words.get(argument)?.get(range.clone())?;
                        (word == path).then_some(ArgumentSpan {
                            argument,
                            range,
                            is_hidden: false,
                        })
                    }),
                    similar: similar.collect(),
                });
            }
            start += path.len() + 1;
        }
        match &*problems {
            [] => Ok(()),
            _ => Err(Failure::problems(line, 0..0, problems)),
        }
    }

    /// Whether only the items of a list are printed, so that each page can be printed as it arrives.
    pub(crate) fn is_streaming(&self) -> bool {
        self.format == Format::Jsonl && self.query.is_none() && self.list.is_some()
    }

    /// Prints items of a list, each on a line. Returns whether standard output is still open.
    pub(crate) fn print_items(&self, items: &[&str]) -> Result<bool, Failure> {
        let lines: String = items
            .iter()
            .map(|item| node::compact(item) + "\n")
            .collect();
        Ok(print_raw(&self.json(lines))?)
    }

    /// Prints a response, or the result of a query. `body` is the unchanged response.
    ///
    /// # Errors
    /// Fails if the response cannot be printed. If the query fails, the whole response is printed, so that it is not lost.
    pub(crate) fn print(&self, response: &str, body: &str) -> Result<(), Failure> {
        let (text, result) = match self.text(response, body) {
            Ok(text) => (text, Ok(())),
            Err(failure) => (self.indented(response), Err(failure)),
        };
        print_raw(&text)?;
        result
    }

    fn text(&self, response: &str, body: &str) -> Result<String, Failure> {
        let selected = self.query.as_ref().map(|query| query.apply(response));
        let selected = selected.transpose().map_err(|problem| {
            Failure::Output(format!("the query cannot be evaluated: {problem}"))
        })?;
        let text = selected.as_ref().map_or(response.to_owned(), Node::json);
        Ok(match self.format {
            Format::Raw => self.json(body.to_owned() + "\n"),
            Format::Json => self.indented(&text),
            Format::Yaml => self.lines(yaml(&text)?),
            Format::Jsonl => self.json({
                let list = match (&selected, &self.list) {
                    (Some(selected), _) => Some(selected.clone()),
                    (None, Some(list)) => Some(parse(&text)?.pick(&list.path)),
                    (None, None) => None,
                };
                match list {
                    Some(Node::List(items)) => items.iter().map(|it| it.json() + "\n").collect(),
                    Some(Node::Null) if selected.is_none() => String::new(),
                    _ => node::compact(&text) + "\n",
                }
            }),
            Format::Table | Format::Text | Format::Tsv => {
                let list = self.list.as_ref().filter(|_| selected.is_none());
                let value = selected.map_or_else(|| parse(&text), Ok)?;
                let rows = Rows::new(value, list, &self.columns);
                match self.format {
                    Format::Table => table::table(&rows, self.width()),
                    format => self.lines(table::lines(&rows, format == Format::Tsv)),
                }
            }
        })
    }

    /// Returns indented JSON, coloured and visible on a terminal.
    fn indented(&self, json: &str) -> String {
        let text = match self.is_terminal {
            true => json::indent(json, &Colour::of_output(), json::visible),
            false => json::indent(json, &Colour::off(), str::to_owned),
        };
        text + "\n"
    }

    /// Returns JSON as it is, or visible on a terminal.
    fn json(&self, json: String) -> String {
        match self.is_terminal {
            true => json::visible(&json),
            false => json,
        }
    }

    /// Returns lines as they are, or visible on a terminal. Tabs separate cells.
    fn lines(&self, lines: String) -> String {
        match self.is_terminal {
            true => visible_lines(&lines),
            false => lines,
        }
    }

    /// Returns the width of the terminal, if standard output is one.
    fn width(&self) -> Option<u16> {
        let size = terminal_size::terminal_size().filter(|_| self.is_terminal);
        size.map(|(width, _)| width.0)
    }
}

fn parse(text: &str) -> Result<Node, Failure> {
    Node::parse(text).map_err(|error| Failure::Output(format!("the response is not JSON: {error}")))
}

/// Returns a YAML document. Integers keep all digits; strings that look like other values are quoted.
fn yaml(text: &str) -> Result<String, Failure> {
    let failed = |problem: String| Failure::Output(format!("cannot write YAML: {problem}"));
    let json: tc3::Json = text
        .parse()
        .map_err(|error: serde_json::Error| failed(error.to_string()))?;
    serde_saphyr::to_string(&json).map_err(|error| failed(error.to_string()))
}
