/// Maximum nesting of typed values. `serde_json` has about the same limit.
pub(super) const MAX_DEPTH: usize = 128;

/// Name and fields of a message type.
#[derive(Debug)]
pub struct Table {
    /// Name in the documentation, which `Debug` and errors show.
    pub name: &'static str,
    /// Fields in the order of the documentation.
    pub fields: &'static [Field],
}

/// Field of a message type: its wire name and its kind.
#[derive(Debug)]
pub struct Field(pub &'static str, pub Kind);

/// Kind of a field's value.
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
    /// A String, or a type that is written as one: a date, a timestamp, binary content.
    String,
    /// A String that `Debug` redacts regardless of its name.
    Secret,
    /// A String that `Debug` shows regardless of its name.
    Public,
    /// JSON of undocumented shape.
    Json,
    /// A structure. A function returns its table, because structures can be recursive.
    Message(fn() -> &'static Table),
    /// An array.
    List(&'static Kind),
}

impl Table {
    /// Returns the index of the field with this wire name.
    pub fn position(&self, name: &str) -> Option<usize> {
        let mut fields = self.fields.iter();
        fields.position(|Field(field, _)| *field == name)
    }

    /// Returns the number of values of a message: one for each field, and one for the unknown fields.
    pub fn width(&self) -> usize {
        self.fields.len() + 1
    }
}
