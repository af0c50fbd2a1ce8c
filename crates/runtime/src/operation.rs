use std::sync::Arc;

use crate::{Access, Action, Region, common_error};

/// What is called: an action that a spec describes, or one of which there is nothing but the name.
#[derive(Clone, Debug)]
pub(crate) enum Operation {
    Described(&'static Action),
    Named(Arc<str>),
}

impl Operation {
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Described(action) => action.name,
            Self::Named(name) => name,
        }
    }

    pub(crate) fn region(&self) -> Region {
        match self {
            Self::Described(action) => action.region,
            Self::Named(_) => Region::Optional,
        }
    }

    /// Of an action that nobody described, nobody knows that it only reads.
    pub(crate) fn access(&self) -> Access {
        match self {
            Self::Described(action) => action.access,
            Self::Named(_) => Access::Write,
        }
    }

    /// The documented meaning of a code: the action's own, or else the one common to all services.
    pub(crate) fn meaning(&self, code: &str) -> Option<&'static str> {
        let own = match self {
            Self::Described(action) => action.meaning(code),
            Self::Named(_) => None,
        };
        own.or_else(|| common_error::meaning(code))
    }
}
