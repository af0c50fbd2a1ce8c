use super::{Object, ReadError, Scanner, Value};
use crate::record::Record;
use std::borrow::Cow;

/// The members of one JSON object on their way into a record.
pub(crate) struct Members {
    fields: &'static [&'static str],
    /// The field that stands behind the last one that came, which services mostly send next.
    next: usize,
    /// How many fields, counted from the first, may have got a value.
    filled: usize,
    /// Values that did not fit the field of this index. Apart from `unknown`, so that a later member of the same
    /// name can take one back at a cost that does not grow with the object.
    misfits: Vec<(usize, Value)>,
    unknown: Object,
}

/// A member's name.
pub(crate) enum Member<'a> {
    /// That of a field.
    Field(usize),
    /// Another one.
    Unknown(Cow<'a, str>),
}

impl Member<'_> {
    /// The index of the field that it has.
    #[cfg(feature = "serde")]
    pub(crate) fn index(&self) -> Option<usize> {
        match self {
            Self::Field(index) => Some(*index),
            Self::Unknown(_) => None,
        }
    }
}

impl Members {
    /// Begins with a record that is empty.
    pub(crate) fn new(record: &dyn Record) -> Self {
        Self {
            fields: record.table().fields(),
            next: 0,
            filled: 0,
            misfits: Vec::new(),
            unknown: Object::new(),
        }
    }

    /// The name of a member.
    pub(crate) fn name<'a>(&self, member: &'a Member<'_>) -> &'a str {
        match member {
            Member::Field(index) => self.fields[*index],
            Member::Unknown(name) => name,
        }
    }

    /// Reads the name of the next member.
    pub(crate) fn find<'a>(&mut self, scanner: &mut Scanner<'a>) -> Result<Member<'a>, ReadError> {
        let index = match scanner.field(self.fields, self.next)? {
            Some(index) => index,
            None => {
                let name = scanner.name()?;
                // One without escapes would have been recognized.
                let Cow::Owned(name) = name else {
                    return Ok(Member::Unknown(name));
                };
                match self.fields.iter().position(|field| *field == name) {
                    Some(index) => index,
                    None => return Ok(Member::Unknown(Cow::Owned(name))),
                }
            }
        };
        self.next = index + 1;
        Ok(Member::Field(index))
    }

    /// Reads the value of a member; whether it has a field and fits it.
    pub(crate) fn read(
        &mut self,
        scanner: &mut Scanner<'_>,
        record: &mut dyn Record,
        member: Member<'_>,
    ) -> Result<bool, ReadError> {
        let index = match member {
            Member::Field(index) => index,
            Member::Unknown(name) => {
                let value = scanner.value().map_err(|error| error.in_member(&name))?;
                self.unknown.push(name.into_owned(), value);
                return Ok(false);
            }
        };
        let mark = scanner.mark();
        if index < self.filled {
            record.slot(index).clear();
        } else {
            self.filled = index + 1;
        }
        let in_field = |error: ReadError| error.in_member(self.fields[index]);
        let fits = scanner.slot(record.slot(index)).map_err(in_field)?;
        if !self.misfits.is_empty() {
            self.misfits.retain(|(other, _)| *other != index);
        }
        if !fits {
            scanner.go_back(mark);
            let value = scanner.value().map_err(in_field)?;
            record.slot(index).clear();
            self.misfits.push((index, value));
        }
        Ok(fits)
    }

    /// Hands over what has no field and what did not fit its field.
    pub(crate) fn settle(self, record: &mut dyn Record) {
        if self.unknown.is_empty() && self.misfits.is_empty() {
            return;
        }
        let extra = record.extra_mut().object_mut();
        for (name, value) in self.unknown {
            extra.push(name, value);
        }
        for (index, value) in self.misfits {
            extra.push(self.fields[index].to_owned(), value);
        }
        extra.settle();
    }
}
