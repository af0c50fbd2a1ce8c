//! The documented responses of a service.

use serde_json::Value;
use tc3_spec::Spec;

/// The documented responses of one service.
pub(super) struct Service {
    pub(super) name: String,
    pub(super) specs: Vec<Spec>,
    /// The invalid responses, one line each.
    pub(super) unreadable: Vec<String>,
}

/// A documented response.
pub(super) struct Response<'a> {
    pub(super) spec: &'a Spec,
    pub(super) action: &'a str,
    pub(super) index: usize,
    /// `None` if it is not JSON.
    pub(super) value: Option<&'a Value>,
    /// Whether it is an error of the service.
    pub(super) is_error: bool,
}

impl Response<'_> {
    /// Returns the name in messages: service, version, action and index.
    pub(super) fn name(&self) -> String {
        let (service, version) = (&self.spec.service, &self.spec.version);
        format!("{service} {version} {}[{}]", self.action, self.index)
    }
}

impl Service {
    pub(super) fn responses(&self) -> impl Iterator<Item = Response<'_>> {
        let actions = self.specs.iter().flat_map(|spec| {
            let actions = spec.actions.iter();
            actions.map(move |(name, action)| (spec, name, action))
        });
        actions.flat_map(|(spec, name, action)| {
            let examples = action.examples.iter().enumerate();
            examples.map(move |(index, example)| Response {
                spec,
                action: name,
                index,
                value: example.response.as_ref(),
                is_error: example
                    .response
                    .as_ref()
                    .is_some_and(|of| of.get("Error").is_some())
                    && !action.response.iter().any(|of| of.name == "Error"),
            })
        })
    }

    pub(super) fn well_formed(&self) -> impl Iterator<Item = Response<'_>> {
        self.responses()
            .filter(|of| of.value.is_some() && !of.is_error)
    }
}
