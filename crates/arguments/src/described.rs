use std::collections::BTreeMap;

use tc3_spec::{Action, DataType};

/// An action with the data types that its parameters use.
#[derive(Clone, Copy, Debug)]
pub struct Described<'s> {
    /// The name of the action.
    pub name: &'s str,
    /// The action.
    pub action: &'s Action,
    /// The data types of its service.
    pub types: &'s BTreeMap<String, DataType>,
}
