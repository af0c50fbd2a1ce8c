use crate::message::{FieldValue, Kind, Table};

/// Page with access to the fields that pagination needs.
pub(super) struct Received<'p> {
    table: &'static Table,
    values: &'p [FieldValue],
    /// Values of the items, [`width`](Self::width) values for each item.
    pub(super) items: &'p [FieldValue],
    pub(super) width: usize,
}

impl<'p> Received<'p> {
    /// Finds the items of a page.
    ///
    /// # Errors
    /// Fails if the items do not fit their documented type.
    pub(super) fn new(
        table: &'static Table,
        values: &'p [FieldValue],
        items: &str,
    ) -> Result<Self, String> {
        let found = find(table, values, items)?;
        let width = match found {
            Some((Kind::List(Kind::Message(table)), _)) => table().width(),
            _ => 1,
        };
        let items = match found {
            Some((_, FieldValue::List(items) | FieldValue::Messages(items))) => items,
            _ => [].as_slice(),
        };
        Ok(Self {
            table,
            values,
            items,
            width,
        })
    }

    /// Returns the number of items.
    pub(super) fn count(&self) -> u64 {
        (self.items.len() / self.width) as u64
    }

    /// Returns the total number of items. Services that do not count send 0 beside items, which is ignored.
    pub(super) fn total(&self, path: Option<&str>) -> Option<u64> {
        let (_, total) = find(self.table, self.values, path?).ok()??;
        number(total).filter(|total| *total > 0 || self.items.is_empty())
    }

    /// Returns the value of a field.
    ///
    /// # Errors
    /// Fails if the value does not fit its documented type.
    pub(super) fn field(&self, path: &str) -> Result<Option<&'p FieldValue>, String> {
        Ok(find(self.table, self.values, path)?.map(|(_, value)| value))
    }

    /// Describes a field whose value does not fit its documented type.
    pub(super) fn type_mismatch(&self, path: &str) -> String {
        type_mismatch(self.table, path)
    }

    /// Returns whether both pages have items, and one page begins with all items of the other page.
    pub(super) fn is_same(&self, previous: &[FieldValue]) -> bool {
        let shared = previous.len().min(self.items.len());
        shared > 0 && previous[..shared] == self.items[..shared]
    }

    /// Returns the new items, if this page begins with the last items of a previous page.
    pub(super) fn after_repeated(&self, previous: &[FieldValue]) -> Option<&'p [FieldValue]> {
        if self.items.is_empty() {
            return None;
        }
        let mut starts = (0..previous.len()).step_by(self.width);
        starts.find_map(|start| {
            let shared = (previous.len() - start).min(self.items.len());
            let (repeated, new) = self.items.split_at(shared);
            (previous[start..][..shared] == *repeated).then_some(new)
        })
    }
}

fn type_mismatch(table: &Table, path: &str) -> String {
    format!(
        "`{path}` of the page does not fit its documented type, so the list cannot be continued; \
         its JSON is in the unknown fields of `{}`",
        table.name
    )
}

/// Finds a field by its path.
fn find<'p>(
    table: &'static Table,
    values: &'p [FieldValue],
    path: &str,
) -> Result<Option<(Kind, &'p FieldValue)>, String> {
    let (mut table, mut values, mut rest) = (table, values, path);
    loop {
        // The table of a listing that is described at run time has fields that are named by their whole paths.
        let (name, inner_path) = match table.position(rest) {
            Some(_) => (rest, ""),
            None => rest.split_once('.').unwrap_or((rest, "")),
        };
        if let Some(FieldValue::Unknown(unknown)) = values.last()
            && unknown.get(name).is_some()
        {
            return Err(type_mismatch(table, path));
        }
        let Some(index) = table.position(name) else {
            return Ok(None);
        };
        let (kind, value) = (table.fields[index].1, values.get(index));
        match (inner_path, kind, value) {
            ("", _, Some(value)) => return Ok(Some((kind, value))),
            (_, Kind::Message(inner), Some(FieldValue::Message(inner_values))) => {
                (table, values, rest) = (inner(), inner_values, inner_path);
            }
            _ => return Ok(None),
        }
    }
}

/// Returns the number in a parameter or a response field.
pub(super) fn number(value: &FieldValue) -> Option<u64> {
    match value {
        FieldValue::I64(number) => u64::try_from(*number).ok(),
        FieldValue::U64(number) => Some(*number),
        FieldValue::String(text) => text.parse().ok(),
        _ => None,
    }
}
