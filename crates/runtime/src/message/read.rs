//! The one reader of JSON for all message types, over their tables.
//!
//! A first pass reads values straight into fields of exactly the documented kind. Where it meets any other value, a second,
//! careful pass looks at the text of each value before it reads it, and decides by [`fit`] what becomes of it.

use std::borrow::Cow;
use std::fmt;

use serde_core::de::{
    self, Deserialize, DeserializeSeed, Deserializer as _, MapAccess, SeqAccess, Visitor,
};
use serde_json::value::RawValue;
use serde_json::{Deserializer, Error, error::Category};

use super::repair::repair;
use super::{Field, FieldReader, FieldValue, Json, Kind, Table, UnknownFields, fit};

/// How deep typed values may nest; `serde_json` has the same limit.
const DEPTH: usize = 128;

/// What stands in `{"Response": …}`.
#[derive(Debug)]
pub(crate) struct Envelope {
    /// The values of the response.
    pub(crate) values: Vec<FieldValue<'static>>,
    /// The service's refusal, if it sent one.
    pub(crate) refusal: Option<Refusal>,
}

/// The content of `Error` in a response.
#[derive(Debug, PartialEq)]
pub(crate) struct Refusal {
    /// Never empty.
    pub(crate) code: String,
    pub(crate) message: String,
}

const REFUSAL: &Table = &Table {
    name: "Error",
    fields: &[Field("Code", Kind::String), Field("Message", Kind::String)],
    required: &[],
};

/// Reads an object into the values of a message.
pub(super) fn read(
    text: &str,
    table: &'static Table,
) -> Result<Vec<FieldValue<'static>>, ReadError> {
    passes(text, |reader, text| {
        let mut values = Vec::new();
        let mut json = Deserializer::from_str(text);
        let visitor = MessageVisitor {
            reader,
            table,
            values: &mut values,
            refusal: None,
        };
        json.deserialize_any(visitor)?;
        json.end()?;
        Ok(values)
    })
}

/// Reads a service's answer, `{"Response": {…}}`, with members of any name beside `Response`.
pub(crate) fn read_envelope(body: &[u8], table: &'static Table) -> Result<Envelope, ReadError> {
    let body = body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body);
    passes(&String::from_utf8_lossy(body), |reader, text| {
        let mut json = Deserializer::from_str(text);
        let envelope = json.deserialize_any(EnvelopeVisitor { reader, table });
        let envelope = envelope.map_err(|error| match error.classify() {
            // The message would quote another value.
            Category::Data if !text.trim_start().starts_with('{') => de::Error::custom(NO_ENVELOPE),
            _ => error,
        })?;
        json.end()?;
        Ok(envelope)
    })
}

/// Reads a text by as many passes as it takes.
fn passes<T>(
    text: &str,
    read: impl Fn(&mut Reader, &str) -> Result<T, Error>,
) -> Result<T, ReadError> {
    let pass = |text: &str| {
        let mut reader = Reader::default();
        let mut result = read(&mut reader, text);
        // The text may be JSON whose values deviate from the documentation.
        if result.as_ref().is_err_and(Error::is_data) {
            reader = Reader {
                careful: true,
                ..Reader::default()
            };
            result = read(&mut reader, text);
        }
        result.map_err(|error| ReadError {
            message: reader.problem.unwrap_or_else(|| error.to_string()),
            path: reader.path,
        })
    };
    pass(text).or_else(|error| match repair(text) {
        Some(repaired) => pass(&repaired),
        None => Err(error),
    })
}

/// What a pass knows besides its place in the text.
#[derive(Default)]
struct Reader {
    /// Whether this is the careful pass.
    careful: bool,
    /// How deep the value nests that is read carefully.
    depth: usize,
    /// Where an error occurred, the innermost part first.
    path: Vec<Part>,
    /// What is wrong, if it was found in a part of the text, so that `serde_json` would give the wrong place.
    problem: Option<String>,
}

impl Reader {
    /// Reads the value of a field.
    fn field<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        kind: Kind,
    ) -> Result<FieldValue<'static>, A::Error> {
        if !self.careful {
            return map.next_value_seed(ValueSeed { reader: self, kind });
        }
        let text = map.next_value::<&RawValue>()?;
        let value = self.part(text.get(), kind)?;
        Ok(value.unwrap_or_else(|| FieldValue::Misfit(Json::from_raw(text.to_owned()))))
    }

    /// Reads a part of the text.
    fn part<E: de::Error>(
        &mut self,
        text: &str,
        kind: Kind,
    ) -> Result<Option<FieldValue<'static>>, E> {
        self.value(text, kind).map_err(|error| {
            let problem = self.problem.get_or_insert_with(|| error.to_string());
            E::custom(problem)
        })
    }

    #[cold]
    fn in_member(&mut self, name: &str) {
        self.path.push(Part::Member(name.to_owned()));
    }

    #[cold]
    fn in_element(&mut self, index: usize) {
        self.path.push(Part::Element(index));
    }

    /// Reads a text of a single JSON value, if it fits the kind.
    fn value(&mut self, text: &str, kind: Kind) -> Result<Option<FieldValue<'static>>, Error> {
        Ok(match (text.as_bytes().first(), kind) {
            (_, Kind::Json) => Some(FieldValue::Json(Cow::Owned(text.parse()?))),
            (Some(b'n'), _) => Some(FieldValue::Absent),
            (Some(b't'), _) => fit::boolean(true, kind),
            (Some(b'f'), _) => fit::boolean(false, kind),
            (Some(b'"'), Kind::String) => {
                Some(FieldValue::String(Cow::Owned(serde_json::from_str(text)?)))
            }
            (Some(b'"'), _) => fit::text(&serde_json::from_str::<Cow<'_, str>>(text)?, kind),
            (Some(b'{'), Kind::Message(table)) => {
                let mut values = Vec::new();
                self.message(text, table(), &mut values)?;
                Some(FieldValue::Message(values))
            }
            (Some(b'['), Kind::List(element)) => self.list(text, *element)?,
            (Some(b'-' | b'0'..=b'9'), _) => fit::number(text, kind),
            _ => None,
        })
    }

    fn message(
        &mut self,
        text: &str,
        table: &'static Table,
        values: &mut Vec<FieldValue<'static>>,
    ) -> Result<(), Error> {
        self.nested(|reader| {
            Deserializer::from_str(text).deserialize_any(MessageVisitor {
                reader,
                table,
                values,
                refusal: None,
            })
        })
    }

    fn list(&mut self, text: &str, kind: Kind) -> Result<Option<FieldValue<'static>>, Error> {
        self.nested(|reader| {
            let elements: Vec<&RawValue> = serde_json::from_str(text)?;
            let mut values = Vec::new();
            for (index, element) in elements.into_iter().enumerate() {
                let text = element.get();
                let read = match kind {
                    Kind::Message(table) if text.starts_with('{') => {
                        reader.message(text, table(), &mut values).map(|()| None)
                    }
                    // Not `null` either: that is no absent element.
                    Kind::Message(_) => return Ok(None),
                    _ => match reader.value(text, kind) {
                        Ok(None | Some(FieldValue::Absent)) => return Ok(None),
                        read => read,
                    },
                };
                let read = read.inspect_err(|_| reader.in_element(index));
                values.extend(read?);
            }
            Ok(Some(FieldValue::List(values)))
        })
    }

    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, Error>) -> Result<T, Error> {
        if self.depth == DEPTH {
            let problem = format_args!("values nest deeper than {DEPTH} levels");
            return Err(de::Error::custom(problem));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    /// Leaves a value to the careful pass, which comes here only where nothing but an object will do.
    #[cold]
    fn deviates<E: de::Error>(&self) -> E {
        E::custom("expected an object")
    }
}

/// Reads a value of exactly the documented kind.
struct ValueSeed<'r> {
    reader: &'r mut Reader,
    kind: Kind,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = FieldValue<'static>;

    fn deserialize<D: de::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        match self.kind {
            // Only the text has all digits.
            Kind::F64 | Kind::Json => {
                let text = <&RawValue>::deserialize(deserializer)?.get();
                let value = self.reader.part(text, self.kind)?;
                value.ok_or_else(|| self.reader.deviates())
            }
            Kind::I64 | Kind::U64 => deserializer.deserialize_option(self),
            _ => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = FieldValue<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(FieldValue::Absent)
    }

    fn visit_none<E>(self) -> Result<Self::Value, E> {
        Ok(FieldValue::Absent)
    }

    /// Reads a number. With the feature `arbitrary_precision`, which another crate of the program may turn on,
    /// `serde_json` gives one as such only where a number is asked for.
    fn visit_some<D: de::Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_i64(self)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Self::Value, E> {
        match self.kind {
            Kind::Bool => Ok(FieldValue::Bool(value)),
            _ => Err(self.reader.deviates()),
        }
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Self::Value, E> {
        match self.kind {
            Kind::I64 => Ok(FieldValue::I64(value)),
            _ => Err(self.reader.deviates()),
        }
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Self::Value, E> {
        match (self.kind, i64::try_from(value)) {
            (Kind::U64, _) => Ok(FieldValue::U64(value)),
            (Kind::I64, Ok(value)) => Ok(FieldValue::I64(value)),
            _ => Err(self.reader.deviates()),
        }
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        match self.kind {
            Kind::String => Ok(FieldValue::String(Cow::Owned(text.to_owned()))),
            _ => Err(self.reader.deviates()),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let Self { reader, kind } = self;
        let Kind::List(&kind) = kind else {
            return Err(reader.deviates());
        };
        let mut values = Vec::new();
        loop {
            let count = values.len();
            let read = match kind {
                Kind::Message(table) => elements.next_element_seed(MessageVisitor {
                    reader,
                    table: table(),
                    values: &mut values,
                    refusal: None,
                }),
                _ => {
                    let value = elements.next_element_seed(ValueSeed { reader, kind });
                    value.map(|value| value.map(|value| values.push(value)))
                }
            };
            match read {
                Ok(Some(())) => {}
                Ok(None) => return Ok(FieldValue::List(values)),
                Err(error) => {
                    reader.in_element(match kind {
                        Kind::Message(table) => count / table().width(),
                        _ => count,
                    });
                    return Err(error);
                }
            }
            let is_message = matches!(kind, Kind::Message(_));
            if !is_message && matches!(values.last(), Some(FieldValue::Absent)) {
                return Err(reader.deviates());
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let Kind::Message(table) = self.kind else {
            return Err(self.reader.deviates());
        };
        let mut values = Vec::new();
        MessageVisitor {
            reader: self.reader,
            table: table(),
            values: &mut values,
            refusal: None,
        }
        .visit_map(map)?;
        Ok(FieldValue::Message(values))
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<Self::Value, E> {
        Err(self.reader.deviates())
    }
}

/// Appends the values of a message.
struct MessageVisitor<'r> {
    reader: &'r mut Reader,
    table: &'static Table,
    values: &'r mut Vec<FieldValue<'static>>,
    /// Where a service's refusal goes, in the message that may have one.
    refusal: Option<&'r mut Option<Refusal>>,
}

impl<'de> DeserializeSeed<'de> for MessageVisitor<'_> {
    type Value = ();

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for MessageVisitor<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let (table, start) = (self.table, self.values.len());
        let mut unknown = UnknownFields::new();
        let end = start + table.width();
        self.values.resize_with(end, FieldValue::default);
        let mut next = 0;
        while let Some(key) = map.next_key_seed(KeySeed { table, next })? {
            match key {
                Key::Field(index) => {
                    let Field(name, kind) = &table.fields[index];
                    let read = if self.refusal.is_some() && *name == ERROR {
                        self.refusal(&mut map, Some(*kind))
                    } else {
                        self.reader.field(&mut map, *kind)
                    };
                    let read = read.inspect_err(|_| self.reader.in_member(name));
                    self.values[start + index] = read?;
                    next = index + 1;
                }
                Key::Unknown(name) if self.refusal.is_some() && name == ERROR => {
                    let read = self.refusal(&mut map, None);
                    read.inspect_err(|_| self.reader.in_member(ERROR))?;
                }
                Key::Unknown(name) => {
                    let json = map.next_value::<Box<RawValue>>();
                    let json = json.inspect_err(|_| self.reader.in_member(&name));
                    unknown.insert_json(name, Json::from_raw(json?));
                }
            }
        }
        for (Field(name, _), value) in table.fields.iter().zip(&mut self.values[start..]) {
            if let FieldValue::Misfit(_) = value
                && let FieldValue::Misfit(json) = std::mem::take(value)
            {
                unknown.insert_json((*name).to_owned(), json);
            }
        }
        if !unknown.is_empty() {
            self.values[end - 1] = FieldValue::Unknown(Cow::Owned(unknown));
        }
        Ok(())
    }

    fn visit_unit<E: de::Error>(self) -> Result<(), E> {
        Err(self.reader.deviates())
    }

    fn visit_bool<E: de::Error>(self, _: bool) -> Result<(), E> {
        Err(self.reader.deviates())
    }

    fn visit_i64<E: de::Error>(self, _: i64) -> Result<(), E> {
        Err(self.reader.deviates())
    }

    fn visit_u64<E: de::Error>(self, _: u64) -> Result<(), E> {
        Err(self.reader.deviates())
    }

    fn visit_f64<E: de::Error>(self, _: f64) -> Result<(), E> {
        Err(self.reader.deviates())
    }

    fn visit_str<E: de::Error>(self, _: &str) -> Result<(), E> {
        Err(self.reader.deviates())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, _: A) -> Result<(), A::Error> {
        Err(self.reader.deviates())
    }
}

const NO_ENVELOPE: &str = "expected an object with the member `Response`";
const RESPONSE: &str = "Response";
const ERROR: &str = "Error";

impl MessageVisitor<'_> {
    /// Reads the member `Error`: the service's refusal, or else the value of a field of that name.
    fn refusal<'de, A: MapAccess<'de>>(
        &mut self,
        map: &mut A,
        field: Option<Kind>,
    ) -> Result<FieldValue<'static>, A::Error> {
        let text = map.next_value::<&RawValue>()?;
        let read = self.reader.part(text.get(), Kind::Message(|| REFUSAL))?;
        if let Some(FieldValue::Message(mut values)) = read {
            let mut fields = FieldReader::new(&mut values);
            let [code, message] = [(); 2].map(|()| fields.take::<String>().unwrap_or_default());
            if let Some(refusal) = self.refusal.as_deref_mut()
                && !code.is_empty()
            {
                *refusal = Some(Refusal { code, message });
                return Ok(FieldValue::Absent);
            }
        }
        match field {
            Some(kind) => {
                let value = self.reader.part(text.get(), kind)?;
                Ok(value.unwrap_or_else(|| FieldValue::Misfit(Json::from_raw(text.to_owned()))))
            }
            None if text.get() == "null" => Ok(FieldValue::Absent),
            None => Err(de::Error::custom(
                "expected an object with the member `Code`",
            )),
        }
    }
}

/// A member's name.
enum Key {
    /// That of the field of this index.
    Field(usize),
    Unknown(String),
}

/// Finds the field that a member belongs to. Services mostly send the fields in the order of the documentation.
struct KeySeed {
    table: &'static Table,
    /// The index of the field behind the last one that came.
    next: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        let fields = self.table.fields;
        let is_next = fields
            .get(self.next)
            .is_some_and(|Field(field, _)| *field == name);
        let index = if is_next {
            Some(self.next)
        } else {
            self.table.position(name)
        };
        Ok(index.map_or_else(|| Key::Unknown(name.to_owned()), Key::Field))
    }
}

/// Reads the members of an answer.
struct EnvelopeVisitor<'r> {
    reader: &'r mut Reader,
    table: &'static Table,
}

impl<'de> Visitor<'de> for EnvelopeVisitor<'_> {
    type Value = Envelope;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Envelope, A::Error> {
        let Self { reader, table } = self;
        let mut beside = UnknownFields::new();
        let (mut values, mut refusal) = (Vec::new(), None);
        while let Some(name) = map.next_key::<String>()? {
            let read = if name == RESPONSE {
                values.clear();
                refusal = None;
                map.next_value_seed(MessageVisitor {
                    reader,
                    table,
                    values: &mut values,
                    refusal: Some(&mut refusal),
                })
            } else {
                let json = map.next_value::<Box<RawValue>>();
                json.map(|json| beside.insert_json(name.clone(), Json::from_raw(json)))
            };
            read.inspect_err(|_| reader.in_member(&name))?;
        }
        let Some(last) = values.last_mut() else {
            return Err(de::Error::custom(NO_ENVELOPE));
        };
        if !beside.is_empty() {
            if let FieldValue::Unknown(within) = std::mem::take(last) {
                for (name, json) in within.into_owned() {
                    beside.insert_json(name, json);
                }
            }
            *last = FieldValue::Unknown(Cow::Owned(beside));
        }
        Ok(Envelope { values, refusal })
    }
}

/// Why a text could not be read, and where.
#[derive(Debug)]
pub(crate) struct ReadError {
    message: String,
    /// The innermost part first.
    path: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Member(String),
    Element(usize),
}

/// How many parts of a path an error shows at either end.
const PARTS: usize = 8;

/// How many characters of a name an error shows.
const NAME: usize = 32;

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        let count = self.path.len();
        for (index, part) in self.path.iter().rev().enumerate() {
            if index == 0 {
                f.write_str(", in `")?;
            }
            if index >= PARTS && index + PARTS < count {
                if index == PARTS {
                    f.write_str(".…")?;
                }
                continue;
            }
            match part {
                Part::Element(index) => write!(f, "[{index}]")?,
                Part::Member(name) => {
                    let dot = if index == 0 { "" } else { "." };
                    let name: String = name.chars().take(NAME).collect();
                    write!(f, "{dot}{}", name.escape_debug())?;
                }
            }
        }
        if count > 0 {
            f.write_str("`")?;
        }
        Ok(())
    }
}

impl std::error::Error for ReadError {}
