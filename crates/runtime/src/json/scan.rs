use super::number::Digits;
use super::{Number, Object, ReadError, Value};
use crate::record::{Names, Table, text};
use std::borrow::Cow;

/// How deep objects and arrays may nest.
const DEPTH: usize = 128;

/// A place in a JSON text.
///
/// Methods that read a value begin at the value's first byte or at white space before it, and end behind it.
pub(crate) struct Scanner<'a> {
    text: &'a [u8],
    position: usize,
    depth: usize,
    /// Where strings with escapes are put together, so that each needs one allocation of its length.
    scratch: String,
}

/// A place to which a scanner can go back.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    position: usize,
    depth: usize,
}

impl<'a> Scanner<'a> {
    pub(crate) fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            position: 0,
            depth: 0,
            scratch: String::new(),
        }
    }

    /// The next byte that is not white space, without going behind it.
    pub(crate) fn peek(&mut self) -> Option<u8> {
        while let Some(&byte) = self.text.get(self.position) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Some(byte);
            }
            self.position += 1;
        }
        None
    }

    /// An error at the next byte.
    #[cold]
    pub(crate) fn fail(&self, expected: &'static str) -> ReadError {
        ReadError::new(self.text, self.position, expected)
    }

    /// An error at a place before.
    #[cold]
    pub(crate) fn fail_at(&self, mark: Mark, expected: &'static str) -> ReadError {
        ReadError::new(self.text, mark.position, expected)
    }

    /// Where it is now.
    pub(crate) fn mark(&self) -> Mark {
        Mark {
            position: self.position,
            depth: self.depth,
        }
    }

    pub(crate) fn go_back(&mut self, mark: Mark) {
        self.position = mark.position;
        self.depth = mark.depth;
    }

    /// Goes behind a byte order mark at the beginning.
    pub(crate) fn skip_byte_order_mark(&mut self) {
        if self.text.starts_with("\u{FEFF}".as_bytes()) {
            self.position = 3;
        }
    }

    /// Makes sure that only white space is left.
    pub(crate) fn end(&mut self) -> Result<(), ReadError> {
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(self.fail("nothing more")),
        }
    }

    /// Makes sure that nothing is left, not even white space.
    pub(crate) fn end_here(&self) -> Result<(), ReadError> {
        if self.position < self.text.len() {
            return Err(self.fail("nothing more"));
        }
        Ok(())
    }

    /// Goes into an object; whether it has a first member.
    pub(crate) fn enter_object(&mut self) -> Result<bool, ReadError> {
        match self.peek() {
            Some(b'{') => self.enter(b'}'),
            _ => Err(self.fail("an object")),
        }
    }

    /// Goes into the object or array of which the bracket is next; whether it has a first member or element.
    pub(crate) fn enter(&mut self, close: u8) -> Result<bool, ReadError> {
        if self.depth == DEPTH {
            return Err(self.fail("no deeper nesting than 128"));
        }
        self.position += 1;
        if self.peek() == Some(close) {
            self.position += 1;
            return Ok(false);
        }
        self.depth += 1;
        Ok(true)
    }

    /// Goes behind the comma to another member or element, or out of the object or array; whether there is another.
    pub(crate) fn another(&mut self, close: u8) -> Result<bool, ReadError> {
        match self.peek() {
            Some(b',') => {
                self.position += 1;
                Ok(true)
            }
            Some(byte) if byte == close => {
                self.position += 1;
                self.depth -= 1;
                Ok(false)
            }
            _ if close == b'}' => Err(self.fail("`,` or `}`")),
            _ => Err(self.fail("`,` or `]`")),
        }
    }

    /// The name of a member; goes behind the colon.
    pub(crate) fn name(&mut self) -> Result<Cow<'a, str>, ReadError> {
        if self.peek() != Some(b'"') {
            return Err(self.fail("a name in quotation marks"));
        }
        let name = self.string()?;
        self.colon().map_err(|error| error.in_member(&name))?;
        Ok(name)
    }

    /// Which of the table's fields has the name of the member, with that name; goes behind the colon if there is one,
    /// else stays. A name with escapes is not recognized.
    ///
    /// It looks from the next field on, which becomes the one behind that which it finds.
    pub(crate) fn field(
        &mut self,
        table: Table,
        next: &mut (usize, Names),
    ) -> Result<Option<(usize, &'static [u8])>, ReadError> {
        if self.peek() != Some(b'"') {
            return Ok(None);
        }
        let rest = &self.text[self.position + 1..];
        let is_name = |(_, name): &(usize, &[u8])| {
            rest.get(name.len()) == Some(&b'"') && rest.starts_with(name)
        };
        let (mut first, mut names) = *next;
        let found = names.by_ref().enumerate().find(is_name).or_else(|| {
            (first, names) = (0, table.names());
            names.by_ref().enumerate().find(is_name)
        });
        let Some((index, name)) = found else {
            return Ok(None);
        };
        let index = first + index;
        *next = (index + 1, names);
        self.position += name.len() + 2;
        self.colon().map_err(|error| error.in_member(text(name)))?;
        Ok(Some((index, name)))
    }

    fn colon(&mut self) -> Result<(), ReadError> {
        if self.peek() != Some(b':') {
            return Err(self.fail("`:`"));
        }
        self.position += 1;
        Ok(())
    }

    /// Goes behind `null`, `true` or `false`, of which the first letter is next.
    pub(crate) fn word(&mut self, word: &'static str) -> Result<(), ReadError> {
        let rest = &self.text[self.position..];
        if !rest.starts_with(word.as_bytes()) {
            return Err(self.fail("a value"));
        }
        self.position += word.len();
        Ok(())
    }

    /// Any value.
    pub(crate) fn value(&mut self) -> Result<Value, ReadError> {
        match self.peek() {
            Some(b'n') => self.word("null").map(|()| Value::Null),
            Some(b't') => self.word("true").map(|()| Value::Bool(true)),
            Some(b'f') => self.word("false").map(|()| Value::Bool(false)),
            Some(b'"') => Ok(Value::String(self.string()?.into_owned())),
            Some(b'-' | b'0'..=b'9') => Ok(Value::Number(Number::new(self.number()?))),
            Some(b'[') => self.array().map(Value::Array),
            Some(b'{') => self.object().map(Value::Object),
            _ => Err(self.fail("a value")),
        }
    }

    fn array(&mut self) -> Result<Vec<Value>, ReadError> {
        let mut elements = Vec::new();
        let mut more = self.enter(b']')?;
        while more {
            let element = self
                .value()
                .map_err(|error| error.in_element(elements.len()))?;
            elements.push(element);
            more = self.another(b']')?;
        }
        Ok(elements)
    }

    /// The object of which the bracket is next.
    pub(crate) fn object(&mut self) -> Result<Object, ReadError> {
        let mut object = Object::new();
        let mut more = self.enter(b'}')?;
        while more {
            let name = self.name()?;
            let value = self.value().map_err(|error| error.in_member(&name))?;
            object.push(name.into_owned(), value);
            more = self.another(b'}')?;
        }
        object.settle();
        Ok(object)
    }

    /// A number.
    pub(crate) fn number(&mut self) -> Result<Digits<'a>, ReadError> {
        let start = self.position;
        let negative = self.text.get(start) == Some(&b'-');
        if negative {
            self.position += 1;
        }
        let digits = self.position;
        let mut size = Some(0u64);
        while let Some(digit @ b'0'..=b'9') = self.text.get(self.position) {
            size = size.and_then(|size| size.checked_mul(10)?.checked_add(u64::from(digit - b'0')));
            self.position += 1;
        }
        match self.text[digits..self.position] {
            [] => return Err(self.fail("a digit")),
            [b'0', _, ..] => {
                self.position = digits + 1;
                return Err(self.fail("no digit after a leading zero"));
            }
            _ => {}
        }
        let fraction = self.text.get(self.position) == Some(&b'.');
        if fraction {
            self.position += 1;
            self.digits()?;
        }
        let exponent = matches!(self.text.get(self.position), Some(b'e' | b'E'));
        if exponent {
            self.position += 1;
            if matches!(self.text.get(self.position), Some(b'+' | b'-')) {
                self.position += 1;
            }
            self.digits()?;
        }
        if !fraction && !exponent {
            match (negative, size) {
                (false, Some(size)) => {
                    return Ok(i64::try_from(size).map_or(Digits::U64(size), Digits::I64));
                }
                // The integer -0 is 0, but its text is not.
                (true, Some(size @ 1..)) => {
                    if let Some(value) = 0i64.checked_sub_unsigned(size) {
                        return Ok(Digits::I64(value));
                    }
                }
                _ => {}
            }
        }
        // All of it is ASCII.
        let text = str::from_utf8(&self.text[start..self.position]).unwrap_or_default();
        Ok(Digits::Text(text))
    }

    /// One digit or more.
    fn digits(&mut self) -> Result<(), ReadError> {
        if !matches!(self.text.get(self.position), Some(b'0'..=b'9')) {
            return Err(self.fail("a digit"));
        }
        while let Some(b'0'..=b'9') = self.text.get(self.position) {
            self.position += 1;
        }
        Ok(())
    }

    /// The string of which the quotation mark is next.
    pub(crate) fn string(&mut self) -> Result<Cow<'a, str>, ReadError> {
        self.position += 1;
        let run = self.run();
        if self.text.get(self.position) == Some(&b'"') {
            self.position += 1;
            return Ok(run);
        }
        let mut string = std::mem::take(&mut self.scratch);
        string.clear();
        string.push_str(&run);
        loop {
            match self.text.get(self.position) {
                Some(b'"') => break,
                Some(b'\\') => string.push(self.escape()?),
                Some(..0x20) => return Err(self.fail("no control character in a string")),
                Some(_) => string.push_str(&self.run()),
                None => return Err(self.fail("the rest of a string")),
            }
        }
        self.position += 1;
        let unescaped = Cow::Owned(string.as_str().to_owned());
        self.scratch = string;
        Ok(unescaped)
    }

    /// The text up to the next byte that is not an ordinary one of a string.
    fn run(&mut self) -> Cow<'a, str> {
        let rest = &self.text[self.position..];
        let run = &rest[..ordinary(rest)];
        self.position += run.len();
        // Text that is UTF-8 is found to be so much faster by the first.
        str::from_utf8(run).map_or_else(|_| String::from_utf8_lossy(run), Cow::Borrowed)
    }

    /// The character for an escape, of which the backslash is next.
    fn escape(&mut self) -> Result<char, ReadError> {
        let letter = self.text.get(self.position + 1);
        let character = match letter {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{C}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => {
                let unit = self.code_unit()?;
                return self.character(unit);
            }
            _ => return Err(self.fail("an escape that JSON has")),
        };
        self.position += 2;
        Ok(character)
    }

    /// The four hexadecimal digits of the `\u` that is next.
    fn code_unit(&mut self) -> Result<u32, ReadError> {
        let digits = self.text[self.position..].get(2..6).unwrap_or_default();
        let unit = digits.iter().try_fold(0, |unit, &digit| {
            Some(unit << 4 | char::from(digit).to_digit(16)?)
        });
        match unit {
            Some(unit) if digits.len() == 4 => {
                self.position += 6;
                Ok(unit)
            }
            _ => Err(self.fail("four hexadecimal digits after `\\u`")),
        }
    }

    /// The character that begins with this code unit of UTF-16.
    fn character(&mut self, unit: u32) -> Result<char, ReadError> {
        if (0xD800..0xDC00).contains(&unit) && self.text[self.position..].starts_with(b"\\u") {
            let mark = self.position;
            let low = self.code_unit()?;
            if (0xDC00..0xE000).contains(&low) {
                let code = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            self.position = mark;
        }
        Ok(char::from_u32(unit).unwrap_or(char::REPLACEMENT_CHARACTER))
    }
}

/// How many bytes stand before the first quotation mark, backslash or control character.
pub(super) fn ordinary(bytes: &[u8]) -> usize {
    let (words, rest) = bytes.as_chunks();
    for (index, word) in words.iter().enumerate() {
        if let Some(first) = special(*word) {
            return 8 * index + first;
        }
    }
    // The last eight bytes hold the rest; what of them was seen already is ordinary.
    if let Some(word) = bytes.last_chunk() {
        return special(*word).map_or(bytes.len(), |first| bytes.len() - 8 + first);
    }
    let is_special = |byte: &u8| matches!(byte, 0..=0x1F | b'"' | b'\\');
    rest.iter().position(is_special).unwrap_or(rest.len())
}

/// Which of eight bytes is the first quotation mark, backslash or control character.
fn special(bytes: [u8; 8]) -> Option<usize> {
    const ONES: u64 = u64::from_ne_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_ne_bytes([0x80; 8]);
    // In each of the eight bytes sets the high bit if the byte is below `limit`, which must not be above 0x80; a
    // borrow may also set it in a byte above such a one, so only the lowest that is set counts.
    let below = |word: u64, limit: u8| word.wrapping_sub(ONES * u64::from(limit)) & !word & HIGH;

    let word = u64::from_le_bytes(bytes);
    let found = below(word, 0x20)
        | below(word ^ (ONES * u64::from(b'"')), 1)
        | below(word ^ (ONES * u64::from(b'\\')), 1);
    (found != 0).then(|| found.trailing_zeros() as usize / 8)
}
