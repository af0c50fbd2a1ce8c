use bytes::Bytes;

use crate::{Access, Action, CommonError, ErrorCode as _, Region};

/// Action of a call: described by a spec, or known only by its name.
#[derive(Debug)]
pub(crate) enum Operation {
    Described(&'static Action),
    Named(Box<str>),
}

impl Operation {
    pub(crate) fn described(&self) -> Option<&'static Action> {
        match self {
            Self::Described(action) => Some(action),
            Self::Named(_) => None,
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Described(action) => action.name,
            Self::Named(name) => name,
        }
    }

    /// Returns the name for a header, without a copy if it is described.
    pub(crate) fn name_bytes(&self) -> Bytes {
        match self {
            Self::Described(action) => Bytes::from_static(action.name.as_bytes()),
            Self::Named(name) => Bytes::copy_from_slice(name.as_bytes()),
        }
    }

    pub(crate) fn region(&self) -> Region {
        self.described()
            .map_or(Region::Optional, |action| action.region)
    }

    /// Returns the access of the action. One that is not described may modify state.
    pub(crate) fn access(&self) -> Access {
        self.described()
            .map_or(Access::Write, |action| action.access)
    }

    /// Returns the documented meaning of a code: the action's own, or else the one common to all services.
    pub(crate) fn meaning(&self, code: &str) -> Option<&'static str> {
        let own = self.described().map_or(&[][..], |action| action.errors);
        let mut known = own.iter().chain(CommonError::DOCUMENTED);
        let (_, meaning) = known.find(|(known, _)| *known == code)?;
        Some(meaning)
    }
}
