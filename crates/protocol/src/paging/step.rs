/// Number of consecutive empty pages that ends the list with an error.
pub(super) const MAX_EMPTY_PAGES: usize = 1000;

/// Next step of the pagination.
#[derive(Debug)]
pub enum Step {
    /// Fetch a page with the [parameters](super::Progress::parameters).
    Fetch,
    /// Return this error, once.
    Fail(String),
    /// There are no more pages.
    End,
}

/// Use of a received page.
#[derive(Debug)]
pub enum Verdict {
    /// Return the page to the caller.
    Keep,
    /// Discard the page, because it repeats items that the caller has.
    Discard,
}

/// Result of processing a page.
pub(super) struct Next {
    pub(super) verdict: Verdict,
    pub(super) step: Step,
    /// Parameters that change in the next request.
    pub(super) parameters: Vec<(&'static str, u64)>,
}

impl Next {
    pub(super) fn end() -> Self {
        Self::step(Step::End)
    }

    pub(super) fn fail(problem: String) -> Self {
        Self::step(Step::Fail(problem))
    }

    /// Fails because more items were received than the total says.
    pub(super) fn excess(name: Option<&str>, total: u64) -> Self {
        let name = name.unwrap_or_default();
        Self::fail(format!(
            "`{name}` is {total}, but more items were received; the list may be incomplete"
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

    /// Discards the received page.
    pub(super) fn discard(self) -> Self {
        Self {
            verdict: Verdict::Discard,
            ..self
        }
    }
}
