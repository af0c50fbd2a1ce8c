//! Responses as rows and columns.

use std::collections::{HashMap, HashSet};

use tc3_arguments::Described;
use tc3_spec::{DataType, Field, Pagination, TypeRef};

use crate::node::Node;
use crate::target::Target;

/// The documented list of a response.
#[derive(Clone, Debug)]
pub(crate) struct List {
    /// Path of the list in the response.
    pub(crate) path: String,
    /// Whether the rest of the response only has counts and pagination.
    pub(crate) is_alone: bool,
    /// Names of the fields of an item, in the documented order; none for scalars.
    pub(crate) fields: Vec<String>,
}

/// Rows of a printed response.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Rows {
    /// A scalar.
    Scalar(Node),
    /// A list of scalars.
    Scalars(Vec<Node>),
    /// The members of a structure.
    Record(Vec<(String, Node)>),
    /// A list of structures or of lists, and the other members of the response. Lists have no column names.
    Table {
        columns: Vec<String>,
        rows: Vec<Vec<Node>>,
        others: Vec<(String, Node)>,
    },
}

impl List {
    /// Returns the list of an action's response: the paginated one, or the only list of structures.
    pub(crate) fn of(target: &Target) -> Option<Self> {
        let described = target.described();
        let action = described.action;
        let pagination = action.pagination_or_derived(described.name, described.types);
        let path = match pagination.items() {
            Some(path) => path.to_owned(),
            None => {
                let is_list = |field: &&Field| matches!(&field.type_ref, TypeRef::Array(of) if matches!(**of, TypeRef::Named(_)));
                let mut lists = action.response.iter().filter(is_list);
                let list = lists.next().filter(|_| lists.next().is_none());
                list?.name.clone()
            }
        };
        let list = field(described, &action.response, &path)?;
        let mut rest = action.response.iter().filter(|field| field.name != path);
        let is_counts = rest.all(|field| field.type_ref == TypeRef::Integer);
        let fields = fields(described, list).iter();
        Some(Self {
            path,
            is_alone: is_counts || pagination != Pagination::None,
            fields: fields.map(|field| field.name.clone()).collect(),
        })
    }
}

/// Finds a field by its path.
pub(crate) fn field<'s>(
    described: Described<'s>,
    within: &'s [Field],
    path: &str,
) -> Option<&'s Field> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let found = within.iter().find(|field| field.name == name)?;
    match rest {
        "" => Some(found),
        rest => field(described, fields(described, found), rest),
    }
}

/// Returns the fields of a field's structure, or of the structures in its list.
pub(crate) fn fields<'s>(described: Described<'s>, field: &Field) -> &'s [Field] {
    let data_type = field
        .type_ref
        .named()
        .and_then(|name| described.types.get(name));
    data_type.map_or(&[], |DataType { fields, .. }| fields)
}

impl Rows {
    /// Arranges a response with its documented list, or the result of a query.
    ///
    /// `chosen` has the paths of the columns; it is empty for all.
    pub(crate) fn new(value: Node, list: Option<&List>, chosen: &[String]) -> Self {
        if let (Node::Object(members), Some(list)) = (&value, list) {
            let others = others(members, &list.path);
            let items = match value.pick(&list.path) {
                Node::List(items) => items,
                _ => Vec::new(),
            };
            return table(items, &list.fields, chosen, others);
        }
        match value {
            Node::List(items) if !items.is_empty() && items.iter().all(Node::is_scalar) => {
                Self::Scalars(items)
            }
            Node::List(items) => table(items, &[], chosen, Vec::new()),
            Node::Object(_) if !chosen.is_empty() => {
                let picked = chosen.iter().map(|path| (path.clone(), value.pick(path)));
                Self::Record(picked.collect())
            }
            Node::Object(members) => Self::Record(members),
            scalar => Self::Scalar(scalar),
        }
    }
}

/// Returns the members of a response besides the list at a path.
fn others(members: &[(String, Node)], path: &str) -> Vec<(String, Node)> {
    let (name, rest) = path.split_once('.').unwrap_or((path, ""));
    let mut found = Vec::new();
    for (member, value) in members {
        match value {
            _ if member != name => found.push((member.clone(), value.clone())),
            Node::Object(within) if !rest.is_empty() => {
                let within = others(within, rest).into_iter();
                found.extend(within.map(|(inner, value)| (format!("{member}.{inner}"), value)));
            }
            _ => {}
        }
    }
    found
}

/// Arranges items. Documented columns come first, in their order, then others in the order of the response.
fn table(
    items: Vec<Node>,
    documented: &[String],
    chosen: &[String],
    others: Vec<(String, Node)>,
) -> Rows {
    let mut columns: Vec<String> = chosen.to_vec();
    if items.iter().all(|item| matches!(item, Node::List(_))) && !items.is_empty() {
        let lists = items.into_iter().map(|item| match item {
            Node::List(cells) => cells,
            other => vec![other],
        });
        let rows = lists.collect();
        return Rows::Table {
            columns,
            rows,
            others,
        };
    }
    if columns.is_empty() {
        let names = items.iter().flat_map(|item| match item {
            Node::Object(members) => members.as_slice(),
            _ => &[],
        });
        let mut known = HashSet::new();
        let names = names.map(|(name, _)| name);
        let found: Vec<&String> = names.filter(|name| known.insert(*name)).collect();
        let is_documented = |name: &&String| items.is_empty() || known.contains(name);
        columns = documented.iter().filter(is_documented).cloned().collect();
        let more = found.into_iter().filter(|name| !documented.contains(name));
        columns.extend(more.cloned());
    }
    // Items that are not structures have one cell.
    let row = |item: Node| match item {
        Node::Object(members) if chosen.is_empty() => {
            let mut members: HashMap<String, Node> = members.into_iter().rev().collect();
            let cells = columns.iter().map(|name| members.remove(name));
            cells.map(|cell| cell.unwrap_or(Node::Null)).collect()
        }
        Node::Object(_) => columns.iter().map(|path| item.pick(path)).collect(),
        other => vec![other],
    };
    let rows = items.into_iter().map(row).collect();
    Rows::Table {
        columns,
        rows,
        others,
    }
}
