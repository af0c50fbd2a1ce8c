//! A change and its consequence.

use std::fmt;

use super::kind::Kind;
use super::place::Place;

/// The consequence of a change for callers of the old crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consequence {
    /// The Rust API is the same; only documentation or runtime behaviour changed.
    Documentation,
    /// Existing code compiles. There are additions or new deprecation warnings.
    Addition,
    /// Some code no longer compiles or changes its meaning.
    Breaking,
}

/// One change of a service's specs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The service version, such as `2021-03-31`.
    pub version: String,
    /// The changed item.
    pub place: Place,
    /// The kind of change.
    pub kind: Kind,
    /// The old value, if the kind has one: a type, text or number.
    pub old: Option<String>,
    /// The new value. For a removed action, a new action with equal tables.
    pub new: Option<String>,
    /// The consequence for callers.
    pub consequence: Consequence,
    /// The reason for the consequence.
    pub reason: &'static str,
}

impl Consequence {
    /// Returns the machine-readable name.
    pub fn name(self) -> &'static str {
        match self {
            Consequence::Documentation => "documentation",
            Consequence::Addition => "addition",
            Consequence::Breaking => "breaking",
        }
    }
}

/// A consequence with its reason.
pub(super) type Verdict = (Consequence, &'static str);

pub(super) fn breaking(reason: &'static str) -> Verdict {
    (Consequence::Breaking, reason)
}

pub(super) fn addition(reason: &'static str) -> Verdict {
    (Consequence::Addition, reason)
}

pub(super) fn documentation(reason: &'static str) -> Verdict {
    (Consequence::Documentation, reason)
}

impl Change {
    pub(super) fn new(version: &str, place: Place, kind: Kind, verdict: Verdict) -> Change {
        let (consequence, reason) = verdict;
        Change {
            version: version.to_owned(),
            place,
            kind,
            old: None,
            new: None,
            consequence,
            reason,
        }
    }

    /// Creates the change for an item whose Rust name changes although its documented name is the same.
    pub fn renamed(version: &str, place: Place, old: &str, new: &str) -> Change {
        let verdict = breaking("its old name is removed or has another meaning");
        let mut change = Change::new(version, place, Kind::Renamed, verdict);
        change.between(old, new);
        change
    }

    pub(super) fn between(&mut self, old: impl fmt::Display, new: impl fmt::Display) {
        self.old = Some(old.to_string());
        self.new = Some(new.to_string());
    }

    /// Describes the change: `became required`, `is of type Date, was String`.
    pub fn description(&self) -> String {
        let old = self.old.as_deref().unwrap_or("nothing");
        let new = self.new.as_deref().unwrap_or("nothing");
        let text = match self.kind {
            Kind::Added => "is new",
            Kind::Removed => match &self.new {
                Some(new) => {
                    return format!(
                        "was removed ({new}, which is new, has the same tables: renamed?)"
                    );
                }
                None => "was removed",
            },
            Kind::Renamed => return format!("is called {new} in Rust, was {old}"),
            Kind::Deprecated => "is deprecated",
            Kind::Undeprecated => "is no longer deprecated",
            Kind::Required => "became required",
            Kind::Optional => "became optional",
            Kind::Type => return format!("is of type {new}, was {old}"),
            Kind::Format => return format!("has the integer format {new}, was {old}"),
            Kind::Typed => return format!("is a {new}, which is documented now"),
            Kind::Untyped => return format!("is a {new}, which is no longer documented"),
            Kind::Boxed => return format!("is a {new}, which now contains this type"),
            Kind::Unboxed => return format!("is a {new}, which no longer contains this type"),
            Kind::Nullable => "may be null",
            Kind::NotNullable => "is no longer documented as nullable",
            Kind::Secret => return format!("is {new}, was {old}"),
            Kind::Reworded => "has a new description",
            Kind::Moved => "moved to another row",
            Kind::Example => "has new content",
            Kind::Endpoint => return format!("is at {new}, was at {old}"),
            Kind::RateLimit => return format!("has the rate limit {new}, was {old}"),
            Kind::Region => return format!("has the region {new}, was {old}"),
            Kind::Access => return format!("now {new}"),
            Kind::PagesAdded => return format!("is paginated ({new})"),
            Kind::PagesRemoved => "is no longer paginated",
            Kind::Pages => return format!("is paginated differently ({new}, was {old})"),
            Kind::FirstField => "has a response with fields",
            Kind::FirstCode => "now has error codes",
            Kind::LastCode => "no longer has error codes",
            Kind::BuilderAdded => "has a builder without the feature `testing`",
            Kind::BuilderRemoved => "has a builder only with the feature `testing`",
        };
        text.to_owned()
    }

    /// Whether only wording or row order changed, without a consequence for callers.
    pub fn is_editorial(&self) -> bool {
        self.consequence == Consequence::Documentation
            && matches!(self.kind, Kind::Reworded | Kind::Moved)
    }
}
