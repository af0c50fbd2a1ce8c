//! Applies fixups to a spec.

use serde_json::Value;

use super::target::{Target, follow_mut};
use super::{Fixup, Fixups, Mismatch, short};
use crate::locate::{Segment, value_at};
use crate::model::{Source, Spec};

impl Spec {
    /// Applies all fixups of this version and returns them.
    ///
    /// # Errors
    /// Returns every fixup that is no longer needed, does not match the sources, or makes the spec invalid. The spec is then
    /// unchanged.
    pub fn fix<'f>(&mut self, fixups: &'f Fixups) -> Result<Vec<&'f Fixup>, Vec<Mismatch>> {
        let own: Vec<&Fixup> = fixups
            .iter()
            .filter(|fixup| fixup.version == self.version)
            .collect();
        if own.is_empty() {
            return Ok(own);
        }
        let before = value(self);
        let mut plan: Vec<(&Fixup, Target)> = Vec::new();
        let mut mismatches = Vec::new();
        for fixup in &own {
            match find_target(fixup, &before) {
                Ok(target) => match plan.iter().find(|(_, other)| target.overlaps(other)) {
                    Some((other, _)) => mismatches.push(fixup.mismatch(format!(
                        "{} is already corrected by `{}`: merge them into one",
                        fixup.at, other.name
                    ))),
                    None => plan.push((fixup, target)),
                },
                Err(message) => mismatches.push(fixup.mismatch(message)),
            }
        }
        if !mismatches.is_empty() {
            return Err(mismatches);
        }
        match self.with(&before, &plan) {
            Ok(mut fixed) => {
                for (name, action) in &mut fixed.actions {
                    // An action without a source would count as imported from metadata.
                    if action.source.is_none() && !self.actions.contains_key(name) {
                        action.source = Some(Source::of_fixup());
                    }
                }
                *self = fixed;
                Ok(own)
            }
            Err(message) => {
                // Applies each fixup alone to find the invalid ones. If none fails alone, all are reported.
                let alone = plan.iter().filter_map(|step| {
                    let message = self.with(&before, std::slice::from_ref(step)).err()?;
                    Some(step.0.mismatch(message))
                });
                let alone: Vec<Mismatch> = alone.collect();
                match alone.is_empty() {
                    true => Err(own
                        .iter()
                        .map(|fixup| fixup.mismatch(message.clone()))
                        .collect()),
                    false => Err(alone),
                }
            }
        }
    }

    /// Returns the corrected spec if it is valid.
    fn with(&self, before: &Value, plan: &[(&Fixup, Target)]) -> Result<Spec, String> {
        let mut value = before.clone();
        let mut removed: Vec<&[Segment]> = Vec::new();
        for (fixup, target) in plan {
            match target.normalize(fixup.to.as_ref()) {
                Some(to) => set(&mut value, target, to),
                None => removed.push(&target.steps),
            }
        }
        // Removes from the end, so that the other indexes stay valid.
        removed.sort_unstable();
        for steps in removed.into_iter().rev() {
            remove(&mut value, steps);
        }
        let spec: Spec =
            serde_json::from_value(value).map_err(|error| format!("invalid `to`: {error}"))?;
        let known = self.problems();
        match spec
            .problems()
            .into_iter()
            .find(|problem| !known.contains(problem))
        {
            Some(problem) => Err(format!("invalid `to`: {problem}")),
            None => Ok(spec),
        }
    }
}

impl Fixups {
    /// Returns the fixups that changed the item at these steps in a corrected spec, a part of it, or a value that contains it.
    pub fn touching(&self, spec: &Spec, item: &[Segment]) -> Vec<&Fixup> {
        let of_version = self.iter().filter(|fixup| fixup.version == spec.version);
        let mut of_version = of_version.peekable();
        if of_version.peek().is_none() {
            return Vec::new();
        }
        let value = value(spec);
        let touches = |fixup: &&Fixup| {
            let path = fixup.renamed().unwrap_or_else(|| fixup.at.clone());
            Target::find(&value, &path).is_ok_and(|target| {
                target.steps.starts_with(item) || item.starts_with(&target.steps)
            })
        };
        of_version.filter(touches).collect()
    }
}

impl Fixup {
    /// Returns the new path of the item if the fixup renames it.
    pub fn renamed(&self) -> Option<String> {
        let (item, key) = self.at.rsplit_once('.')?;
        let (from, to) = (self.from.as_ref()?.as_str()?, self.to.as_ref()?.as_str()?);
        let list = item.strip_suffix(from)?;
        matches!(key, "name" | "code" | "title").then(|| format!("{list}{to}"))
    }
}

impl Target {
    /// Whether one target contains the other. Two new items of a list have the same steps.
    fn overlaps(&self, other: &Target) -> bool {
        let (long, short) = match self.steps.len() < other.steps.len() {
            true => (other, self),
            false => (self, other),
        };
        let is_same = long.steps.len() == short.steps.len();
        long.steps.starts_with(&short.steps) && (!is_same || long.new == short.new)
    }
}

/// Returns the target of a fixup if the current value matches `from`.
///
/// # Errors
/// Fails if there is no such place, the value does not match, or the fixup is not needed.
fn find_target(fixup: &Fixup, spec: &Value) -> Result<Target, String> {
    let target = Target::find(spec, &fixup.at).map_err(|message| {
        let renamed = fixup
            .renamed()
            .and_then(|path| Target::find(spec, &path).ok());
        match renamed.is_some_and(|target| value_at(spec, &target.steps).is_some()) {
            true => NOT_NEEDED.to_owned(),
            false => message,
        }
    })?;
    let now = target.normalize(value_at(spec, &target.steps));
    let (from, to) = (
        target.normalize(fixup.from.as_ref()),
        target.normalize(fixup.to.as_ref()),
    );
    if from == to {
        return Err("`from` and `to` are the same: an absent flag is false".to_owned());
    }
    if now == to {
        return Err(NOT_NEEDED.to_owned());
    }
    let at = &fixup.at;
    match (now, from) {
        (None, None) => {}
        (Some(now), Some(from)) if matches_from(now, from) => {}
        (Some(now), None) => {
            return Err(format!(
                "the source now has {at} with the value {}: set `from` to it, or remove the fixup",
                short(now)
            ));
        }
        (None, Some(_)) => {
            return Err(format!(
                "the source lacks {at}, so `from` does not match: omit `from` to add it, or remove the fixup"
            ));
        }
        (Some(now), Some(_)) => {
            return Err(format!(
                "the source has {}, which is neither `from` nor `to`: correct or remove the fixup",
                short(now)
            ));
        }
    }
    if let (Some(to), Some((key, name))) = (to, &target.new)
        && to.get(key).and_then(Value::as_str) != Some(name)
    {
        return Err(format!(
            "the {key} in `to` must match the end of `at`, `{name}`"
        ));
    }
    Ok(target)
}

const NOT_NEEDED: &str = "the source is already correct: remove the fixup";

/// Whether the current value matches `from`. For an object, `from` may be a subset of its keys.
fn matches_from(now: &Value, from: &Value) -> bool {
    match (now, from) {
        (Value::Object(now), Value::Object(from)) => {
            from.iter().all(|(key, value)| now.get(key) == Some(value))
        }
        (now, from) => now == from,
    }
}

fn value(spec: &Spec) -> Value {
    serde_json::to_value(spec).unwrap_or_default()
}

fn set(spec: &mut Value, target: &Target, to: &Value) {
    let is_new = target.new.is_some();
    let Some((last, parent)) = target.steps.split_last() else {
        return;
    };
    let Some(parent) = container(spec, parent, last) else {
        return;
    };
    match (parent, last) {
        (Value::Object(members), Segment::Key(key)) => {
            members.insert(key.clone(), to.clone());
        }
        (Value::Array(items), Segment::Index(at)) => match items.get_mut(*at) {
            Some(item) if !is_new => *item = to.clone(),
            _ => items.push(to.clone()),
        },
        _ => {}
    }
}

/// Returns the object or list that contains a value. Creates a missing list, such as the service's error codes.
fn container<'v>(spec: &'v mut Value, parent: &[Segment], last: &Segment) -> Option<&'v mut Value> {
    if let (Some((Segment::Key(key), above)), Segment::Index(_)) = (parent.split_last(), last)
        && let Some(Value::Object(members)) = follow_mut(spec, above)
        && !members.contains_key(key)
    {
        members.insert(key.clone(), Value::Array(Vec::new()));
    }
    follow_mut(spec, parent)
}

fn remove(spec: &mut Value, steps: &[Segment]) {
    let Some((last, parent)) = steps.split_last() else {
        return;
    };
    match (follow_mut(spec, parent), last) {
        (Some(Value::Object(members)), Segment::Key(key)) => {
            members.remove(key);
        }
        (Some(Value::Array(items)), Segment::Index(at)) if *at < items.len() => {
            items.remove(*at);
        }
        _ => {}
    }
}
