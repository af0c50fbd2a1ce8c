use super::{Object, ReadError, Scanner, Value};
use crate::record::{Names, Places, Table, text};
use std::borrow::Cow;

/// The members of one JSON object on their way into a record.
pub(crate) struct Members {
    table: Table,
    /// The index of the next field behind the last one that came, and the names from there on. Services mostly send
    /// that one next.
    next: (usize, Names),
    /// How many fields, counted from the first, may have got a value.
    filled: usize,
    /// Values that did not fit the field of this index and name. Apart from `unknown`, so that a later member of the
    /// same name can take one back at a cost that does not grow with the object.
    misfits: Vec<(usize, &'static [u8], Value)>,
    unknown: Object,
}

/// A member's name.
pub(crate) enum Member<'a> {
    /// That of the field of this index.
    Field(usize, &'static [u8]),
    /// Another one.
    Unknown(Cow<'a, str>),
}

impl Member<'_> {
    /// The index of the field that it has.
    pub(crate) fn index(&self) -> Option<usize> {
        match self {
            Self::Field(index, _) => Some(*index),
            Self::Unknown(_) => None,
        }
    }

    /// What it is called.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Field(_, name) => text(name),
            Self::Unknown(name) => name,
        }
    }
}

impl Members {
    /// Begins with a record of this table, which is empty.
    pub(crate) fn new(table: Table) -> Self {
        Self {
            table,
            next: (0, table.names()),
            filled: 0,
            misfits: Vec::new(),
            unknown: Object::new(),
        }
    }

    /// Reads the name of the next member.
    pub(crate) fn find<'a>(&mut self, scanner: &mut Scanner<'a>) -> Result<Member<'a>, ReadError> {
        if let Some((index, name)) = scanner.field(self.table, &mut self.next)? {
            return Ok(Member::Field(index, name));
        }
        let name = scanner.name()?;
        // One without escapes would have been recognized.
        let Cow::Owned(name) = name else {
            return Ok(Member::Unknown(name));
        };
        let mut fields = self.table.names().enumerate();
        Ok(match fields.find(|(_, field)| *field == name.as_bytes()) {
            Some((index, field)) => Member::Field(index, field),
            None => Member::Unknown(Cow::Owned(name)),
        })
    }

    /// Reads the value of a member; whether it has a field and fits it.
    pub(crate) fn read(
        &mut self,
        scanner: &mut Scanner<'_>,
        record: &mut Places<'_>,
        member: Member<'_>,
    ) -> Result<bool, ReadError> {
        let (index, name) = match member {
            Member::Field(index, name) => (index, name),
            Member::Unknown(name) => {
                let value = scanner.value().map_err(|error| error.in_member(&name))?;
                self.unknown.push(name.into_owned(), value);
                return Ok(false);
            }
        };
        let mark = scanner.mark();
        if index < self.filled {
            record.place(index).clear();
        } else {
            self.filled = index + 1;
        }
        let in_field = |error: ReadError| error.in_member(text(name));
        let fits = scanner.slot(record.place(index)).map_err(in_field)?;
        if !self.misfits.is_empty() {
            self.misfits.retain(|(other, ..)| *other != index);
        }
        if !fits {
            scanner.go_back(mark);
            let value = scanner.value().map_err(in_field)?;
            record.place(index).clear();
            self.misfits.push((index, name, value));
        }
        Ok(fits)
    }

    /// Hands over what has no field and what did not fit its field.
    pub(crate) fn settle(self, record: &mut Places<'_>) {
        if self.unknown.is_empty() && self.misfits.is_empty() {
            return;
        }
        let extra = record.extra_mut().object_mut();
        for (name, value) in self.unknown {
            extra.push(name, value);
        }
        for (_, name, value) in self.misfits {
            extra.push(text(name).to_owned(), value);
        }
        extra.settle();
    }
}
