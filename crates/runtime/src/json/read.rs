use super::{Members, ReadError, Scanner};
use crate::record::{Places, Slot, Slots, fit};

/// Reads a JSON object into a record, in the stead of what was there; see the [module](super) for what is tolerated.
///
/// # Errors
/// Fails if the text is not that of one JSON object. The record then holds part of it.
pub fn read(text: &[u8], record: &mut dyn Slots) -> Result<(), ReadError> {
    let mut record = record.places();
    record.reset();
    let mut scanner = Scanner::new(text);
    scanner.record(record)?;
    scanner.end()
}

impl Scanner<'_> {
    /// Reads an object into a record that is empty.
    pub(crate) fn record(&mut self, mut record: Places<'_>) -> Result<(), ReadError> {
        let mut members = Members::new(record.table());
        let mut more = self.enter_object()?;
        while more {
            let member = members.find(self)?;
            members.read(self, &mut record, member)?;
            more = self.another(b'}')?;
        }
        members.settle(&mut record);
        Ok(())
    }

    /// Reads a value into the slot of something empty. Returns `false`, at whatever position, where it does not fit.
    pub(super) fn slot(&mut self, slot: Slot<'_>) -> Result<bool, ReadError> {
        match (self.peek(), slot) {
            (Some(b'"'), Slot::Str(place)) => place.set(self.string()?.into_owned()),
            (Some(b'-' | b'0'..=b'9'), slot) => return Ok(fit::number(self.number()?, slot)),
            (Some(b'{'), Slot::Record(record)) => self.record(record)?,
            (Some(b'{'), Slot::Optional(record)) => {
                return self.slot(record.begin().push());
            }
            (Some(b'['), Slot::List(list) | Slot::OptionalList(list)) => {
                let mut elements = list.begin();
                let mut more = self.enter(b']')?;
                for index in 0.. {
                    if !more {
                        break;
                    }
                    let read = self.element(elements.push());
                    if !read.map_err(|error| error.in_element(index))? {
                        return Ok(false);
                    }
                    more = self.another(b']')?;
                }
            }
            (Some(b'n'), slot) => {
                self.word("null")?;
                slot.clear();
            }
            (Some(_), Slot::Value(place)) => place.set(self.value()?),
            (Some(b't'), slot) => {
                self.word("true")?;
                return Ok(fit::boolean(true, slot));
            }
            (Some(b'f'), slot) => {
                self.word("false")?;
                return Ok(fit::boolean(false, slot));
            }
            (Some(b'"'), slot) => return Ok(fit::text(&self.string()?, slot)),
            (Some(b'{' | b'['), _) => return Ok(false),
            _ => return Err(self.fail("a value")),
        }
        Ok(true)
    }

    fn element(&mut self, slot: Slot<'_>) -> Result<bool, ReadError> {
        // A null in an array is no absent element.
        if self.peek() == Some(b'n') && !matches!(slot, Slot::Value(_)) {
            return Ok(false);
        }
        self.slot(slot)
    }
}
