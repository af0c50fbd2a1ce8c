/// How deep typed values may nest; `serde_json` has about the same limit.
pub(super) const DEPTH: usize = 128;

/// The name and the fields of a message type.
#[derive(Debug)]
pub struct Table {
    /// The name in the documentation, as `Debug` and errors show it.
    pub name: &'static str,
    /// The fields in the documentation's order.
    pub fields: &'static [Field],
    /// The wire names of the fields without which a request is incomplete.
    pub required: &'static [&'static str],
}

/// A field of a message type: its name on the wire, and what it holds.
#[derive(Debug)]
pub struct Field(pub &'static str, pub Kind);

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A Boolean.
    Bool,
    /// A signed Integer.
    I64,
    /// An unsigned Integer.
    U64,
    /// A Float or Double.
    F64,
    /// A String, or what is written as one: dates, timestamps, binary content.
    String,
    /// A String that `Debug` does not show, whatever its name.
    Secret,
    /// A String that `Debug` shows, whatever its name.
    Public,
    /// JSON of undocumented shape.
    Json,
    /// A structure. A function gives its table, since structures can contain themselves.
    Message(fn() -> &'static Table),
    /// An array.
    List(&'static Kind),
}

impl Table {
    /// The index of the field with this wire name.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        let mut fields = self.fields.iter();
        fields.position(|Field(field, _)| *field == name)
    }

    /// How many values a message has: one for each field, then its unknown fields.
    pub(crate) fn width(&self) -> usize {
        self.fields.len() + 1
    }
}
