//! A change: where, what, and what it does to callers.

use std::fmt;

use super::kind::Kind;
use super::place::Place;

/// What a change does to a program that compiled against the old crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Consequence {
    /// The API in Rust is the same; what changed is documentation, or how a call behaves.
    Documentation,
    /// Whatever compiled still does, and there is something new; or what is advised against now warns.
    Addition,
    /// There are programs that do not compile any more, or in which a name means something else.
    Breaking,
}

/// One change of a service's specs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The version of the service: `2021-03-31`.
    pub version: String,
    /// What changed.
    pub place: Place,
    /// How it changed.
    pub kind: Kind,
    /// What stood there before, where the kind has something to tell: a type, a text, a number. Of an action that is
    /// gone, nothing.
    pub old: Option<String>,
    /// What stands there now; of an action that is gone, a new one that has the same tables.
    pub new: Option<String>,
    /// What it does to callers.
    pub consequence: Consequence,
    /// Why it does so.
    pub reason: &'static str,
}

impl Consequence {
    /// Its name, as programs read it.
    pub fn name(self) -> &'static str {
        match self {
            Consequence::Documentation => "documentation",
            Consequence::Addition => "addition",
            Consequence::Breaking => "breaking",
        }
    }
}

/// A consequence and its reason.
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

    /// That something, which is called as before in the documentation, has another name in Rust.
    pub fn renamed(version: &str, place: Place, old: &str, new: &str) -> Change {
        let verdict = breaking("its old name is gone, or means something else");
        let mut change = Change::new(version, place, Kind::Renamed, verdict);
        change.between(old, new);
        change
    }

    pub(super) fn between(&mut self, old: impl fmt::Display, new: impl fmt::Display) {
        self.old = Some(old.to_string());
        self.new = Some(new.to_string());
    }

    /// What happened to the place, in words: `became required`, `is of type Date, was String`.
    pub fn what(&self) -> String {
        let old = self.old.as_deref().unwrap_or("nothing");
        let new = self.new.as_deref().unwrap_or("nothing");
        let text = match self.kind {
            Kind::Added => "is new",
            Kind::Removed => match &self.new {
                Some(new) => {
                    return format!("is gone ({new}, which is new, has the same tables: renamed?)");
                }
                None => "is gone",
            },
            Kind::Renamed => return format!("is called {new} in Rust, was {old}"),
            Kind::Deprecated => "is deprecated",
            Kind::Undeprecated => "is no longer deprecated",
            Kind::Required => "became required",
            Kind::Optional => "became optional",
            Kind::Type => return format!("is of type {new}, was {old}"),
            Kind::Format => return format!("holds {new}, held {old}"),
            Kind::Typed => return format!("is a {new}, which is documented now"),
            Kind::Untyped => return format!("is a {new}, which is no longer documented"),
            Kind::Boxed => return format!("is a {new}, which came to hold this type"),
            Kind::Unboxed => return format!("is a {new}, which no longer holds this type"),
            Kind::Nullable => "may be null",
            Kind::NotNullable => "is no longer said to be null",
            Kind::Reworded => "is described otherwise",
            Kind::Moved => "stands in another row",
            Kind::Example => "shows something else",
            Kind::Endpoint => return format!("is at {new}, was at {old}"),
            Kind::RateLimit => return format!("allows {new}, allowed {old}"),
            Kind::Region => return format!("has the region {new}, had it {old}"),
            Kind::Access => return format!("{new}, which it did not before"),
            Kind::PagesAdded => return format!("comes in pages ({new})"),
            Kind::PagesRemoved => "comes in pages no longer",
            Kind::Pages => return format!("comes in other pages ({new}, before {old})"),
            Kind::FirstField => "has a response with fields",
            Kind::FirstCode => "has error codes, and had none",
            Kind::LastCode => "has no error codes any more",
            Kind::BuilderAdded => "has a builder without the feature `testing`",
            Kind::BuilderRemoved => "has a builder only with the feature `testing`",
        };
        text.to_owned()
    }

    /// Whether nothing changed but words and the order of rows, without a consequence for callers.
    pub fn is_editorial(&self) -> bool {
        self.consequence == Consequence::Documentation
            && matches!(self.kind, Kind::Reworded | Kind::Moved)
    }
}
