use crate::record::{Fields, Given, Table, Values};

/// What was given of a record so far. Nothing here depends on the record's type, so that it is compiled once.
pub struct Parameters {
    table: Table,
    /// By the fields' indexes.
    given: Vec<Option<Given>>,
}

impl Parameters {
    /// Nothing of a record of this table.
    pub(super) fn new(table: Table) -> Self {
        let given = table.fields().map(|_| None).collect();
        Self { table, given }
    }

    /// The names of the record that it is for.
    pub(crate) fn table(&self) -> Table {
        self.table
    }

    /// By the fields' indexes, what was given.
    pub(crate) fn given(&self) -> &[Option<Given>] {
        &self.given
    }

    /// Takes the value of a field, in the stead of what was given before.
    #[inline(never)]
    pub(super) fn set(&mut self, index: usize, value: Given) {
        debug_assert!(
            index < self.given.len(),
            "{:?} has no field {index}",
            self.table
        );
        if let Some(given) = self.given.get_mut(index) {
            *given = Some(value);
        }
    }
}

impl Values for Parameters {
    fn fields(&self) -> Fields<'_> {
        Fields::Given(self)
    }
}
