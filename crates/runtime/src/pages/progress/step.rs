/// Maximum number of empty pages in a row that are not the end.
pub(super) const MAX_EMPTY_PAGES: usize = 1000;

/// What to do for the next page.
#[derive(Debug)]
pub(crate) enum Step {
    /// Fetch the page with the [parameters](super::Progress::parameters).
    Fetch,
    /// Return this error, once.
    Fail(String),
    End,
}

/// What becomes of a page that was received.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// The caller gets the page.
    Keep,
    /// The page repeats items that the caller has.
    Discard,
}

/// What a page leads to, as one way of paging sees it.
pub(super) struct Next {
    pub(super) verdict: Verdict,
    pub(super) step: Step,
    /// Parameters of the next request that differ from those of the last one.
    pub(super) parameters: Vec<(&'static str, u64)>,
}

impl Next {
    pub(super) fn end() -> Self {
        Self::step(Step::End)
    }

    pub(super) fn fail(problem: String) -> Self {
        Self::step(Step::Fail(problem))
    }

    /// More items came than the total says.
    pub(super) fn beyond(name: Option<&str>, total: u64) -> Self {
        let name = name.unwrap_or_default();
        Self::fail(format!(
            "`{name}` is {total}, but more items came; the list may be incomplete"
        ))
    }

    pub(super) fn fetch(name: &'static str, number: u64) -> Self {
        Self::step(Step::Fetch).with(name, number)
    }

    pub(super) fn step(step: Step) -> Self {
        Self {
            verdict: Verdict::Keep,
            step,
            parameters: Vec::new(),
        }
    }

    pub(super) fn with(mut self, name: &'static str, number: u64) -> Self {
        self.parameters.push((name, number));
        self
    }

    /// Discards the page that led here.
    pub(super) fn discard(self) -> Self {
        Self {
            verdict: Verdict::Discard,
            ..self
        }
    }
}
