//! Measures the speed of parsing: `cargo bench -p tc3-parse`.
//!
//! Prints three ratios. Text: pages per second on one core, relative to the target of 2,000 (more is better). HTML: the
//! time per page relative to html5ever building a tree with a minimal sink (less is better; the target is at most 2).
//! Growth: the slowdown for four times the input, for lines that require lookahead (4 is linear).

#[path = "../tests/all/print/mod.rs"]
mod print;

use std::borrow::Cow;
use std::cell::{Ref, RefCell};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_document};
use print::{Language, Shape};
use tc3_parse::parse;

fn main() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../specs/organization/pages");
    let mut texts = Vec::new();
    let mut htmls = Vec::new();
    for version in std::fs::read_dir(pages).expect("the folder of pages") {
        for page in
            std::fs::read_dir(version.expect("a version").path()).expect("a folder of pages")
        {
            let text = std::fs::read(page.expect("a page").path()).expect("a page");
            for (name, action) in &parse("page", &text).actions {
                htmls.push(print::action(name, action, Shape::Html, Language::English));
            }
            texts.push(text);
        }
    }
    println!(
        "{} pages, {} bytes of text, {} of HTML",
        texts.len(),
        size(&texts),
        size(&htmls)
    );

    let text = time(|| {
        texts
            .iter()
            .map(|page| parse("page", black_box(page)).rows())
            .sum::<usize>()
    });
    let rate = texts.len() as f64 / text.as_secs_f64();
    println!(
        "text: {rate:.0} pages per second on one core, {:.1} times the target of 2,000",
        rate / 2000.0
    );

    let (ours, alone) = pair(&htmls, |page| parse("page", page.as_bytes()).rows(), tree);
    let rate = htmls.len() as f64 / ours.as_secs_f64();
    println!("HTML: {rate:.0} pages per second");
    println!(
        "HTML: {:.2} times the time of html5ever alone (target: at most 2)",
        ours.as_secs_f64() / alone.as_secs_f64()
    );
    println!(
        "growth: at most {:.1} times the time for four times the text (4 is linear)",
        growth()
    );
}

/// Lines that, repeated, begin tables, examples or structures and never end them.
const UNITS: &[&str] = &[
    "Parameter Name Type Description\n",
    "Name Type Description\nF String x\n",
    "Action Yes String x\n",
    "Action String\nVersion Yes String 2020-01-02\nRequestId String\n",
    "Used by actions: A.\n[\n",
    "| a |\nA line.\nAnother line. ",
    "| Error Code | Description |\n# A\nAction String ",
    "Name\nType\nDescription\nTag\nTag\n",
    "{\n\"Response\": {\n",
    "Error Code Description\nA.B x\n",
];

/// Returns the largest slowdown when a text of one of the units becomes four times as long.
fn growth() -> f64 {
    let seconds = |unit: &str, size: usize| {
        let text = unit.repeat(size / unit.len());
        let runs = (0..5).map(|_| {
            let start = Instant::now();
            black_box(parse("page", black_box(text.as_bytes())).rows());
            start.elapsed().as_secs_f64()
        });
        runs.fold(f64::INFINITY, f64::min)
    };
    let growth = |unit: &&str| seconds(unit, 800_000) / seconds(unit, 200_000);
    UNITS.iter().map(growth).fold(0.0, f64::max)
}

fn size<T: AsRef<[u8]>>(pages: &[T]) -> usize {
    pages.iter().map(|page| page.as_ref().len()).sum()
}

/// Returns the median time of a run.
fn time(run: impl Fn() -> usize) -> Duration {
    const ROUNDS: usize = 301;
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[ROUNDS / 2]
}

/// Returns the times of two functions over all pages, as the sum of the minimum time of each page. The functions take
/// turns, so that a busy machine slows both.
fn pair(
    pages: &[String],
    one: impl Fn(&str) -> usize,
    other: impl Fn(&str) -> usize,
) -> (Duration, Duration) {
    const ROUNDS: usize = 301;
    let least = |run: &dyn Fn(&str) -> usize, page: &str, known: Duration| {
        let start = Instant::now();
        black_box(run(black_box(page)));
        known.min(start.elapsed())
    };
    let of_page = |page: &String| {
        (0..ROUNDS).fold((Duration::MAX, Duration::MAX), |(ours, theirs), _| {
            (least(&one, page, ours), least(&other, page, theirs))
        })
    };
    let sum = |(ours, theirs), (one, other)| (ours + one, theirs + other);
    pages
        .iter()
        .map(of_page)
        .fold((Duration::ZERO, Duration::ZERO), sum)
}

/// Builds a tree of the page with html5ever, and returns its number of nodes.
fn tree(page: &str) -> usize {
    parse_document(Nodes::default(), ParseOpts::default()).one(page)
}

/// A sink that keeps only the names of elements, which the tree builder needs.
#[derive(Default)]
struct Nodes(RefCell<Vec<Option<QualName>>>);

impl Nodes {
    fn add(&self, name: Option<QualName>) -> usize {
        let mut nodes = self.0.borrow_mut();
        nodes.push(name);
        nodes.len()
    }
}

impl TreeSink for Nodes {
    type Handle = usize;
    type Output = usize;
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) -> usize {
        self.0.into_inner().len()
    }
    fn parse_error(&self, _: Cow<'static, str>) {}
    fn get_document(&self) -> usize {
        0
    }
    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.0.borrow(), |nodes| {
            nodes[target - 1]
                .as_ref()
                .expect("the parser names only elements")
        })
    }
    fn create_element(&self, name: QualName, _: Vec<Attribute>, _: ElementFlags) -> usize {
        self.add(Some(name))
    }
    fn create_comment(&self, _: StrTendril) -> usize {
        self.add(None)
    }
    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        self.add(None)
    }
    fn append(&self, _: &usize, _: NodeOrText<usize>) {}
    fn append_based_on_parent_node(&self, _: &usize, _: &usize, _: NodeOrText<usize>) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn get_template_contents(&self, _: &usize) -> usize {
        self.add(Some(QualName::new(
            None,
            ns!(html),
            local_name!("template"),
        )))
    }
    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }
    fn set_quirks_mode(&self, _: QuirksMode) {}
    fn append_before_sibling(&self, _: &usize, _: NodeOrText<usize>) {}
    fn add_attrs_if_missing(&self, _: &usize, _: Vec<Attribute>) {}
    fn remove_from_parent(&self, _: &usize) {}
    fn reparent_children(&self, _: &usize, _: &usize) {}
}
