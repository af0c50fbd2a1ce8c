//! The named items of a spec.

use crate::locate::Segment;
use crate::model::{ErrorCode, Field, Spec};
use crate::type_ref::TypeRef;

/// A named item of a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<'s> {
    /// The kind.
    pub kind: ItemKind,
    /// The action or data type that contains it, if any.
    pub owner: Option<&'s str>,
    /// The name.
    pub name: &'s str,
    /// The type of a parameter or field.
    pub type_ref: Option<&'s TypeRef>,
    /// The path to it in the spec file.
    pub steps: Vec<Segment>,
}

/// The kind of an [`Item`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ItemKind {
    /// An action.
    Action,
    /// A parameter of an action's request.
    Request,
    /// A parameter of an action's response.
    Response,
    /// An error code of an action.
    ActionError,
    /// A data type.
    Type,
    /// A field of a data type.
    Field,
    /// An error code of the whole service.
    Error,
}

impl Item<'_> {
    /// Returns the path in the spec, with names for list items: `actions.Order.request.Count`.
    pub fn path(&self) -> String {
        let owner = self.owner.unwrap_or_default();
        let name = self.name;
        match self.kind {
            ItemKind::Action => format!("actions.{name}"),
            ItemKind::Request => format!("actions.{owner}.request.{name}"),
            ItemKind::Response => format!("actions.{owner}.response.{name}"),
            ItemKind::ActionError => format!("actions.{owner}.errors.{name}"),
            ItemKind::Type => format!("types.{name}"),
            ItemKind::Field => format!("types.{owner}.fields.{name}"),
            ItemKind::Error => format!("errors.{name}"),
        }
    }
}

impl Spec {
    /// Returns all named items of the spec, in its order.
    pub fn items(&self) -> Vec<Item<'_>> {
        let mut items = Items(Vec::new());
        for (name, action) in &self.actions {
            let at = [key("actions"), key(name)];
            items.add(ItemKind::Action, None, name, at.to_vec());
            items.fields(ItemKind::Request, name, &action.request, &at, "request");
            items.fields(ItemKind::Response, name, &action.response, &at, "response");
            items.codes(ItemKind::ActionError, Some(name), &action.errors, &at);
        }
        for (name, data_type) in &self.types {
            let at = [key("types"), key(name)];
            items.add(ItemKind::Type, None, name, at.to_vec());
            items.fields(ItemKind::Field, name, &data_type.fields, &at, "fields");
        }
        items.codes(ItemKind::Error, None, &self.errors, &[]);
        items.0
    }
}

struct Items<'s>(Vec<Item<'s>>);

impl<'s> Items<'s> {
    fn add(&mut self, kind: ItemKind, owner: Option<&'s str>, name: &'s str, steps: Vec<Segment>) {
        self.0.push(Item {
            kind,
            owner,
            name,
            type_ref: None,
            steps,
        });
    }

    fn fields(
        &mut self,
        kind: ItemKind,
        owner: &'s str,
        fields: &'s [Field],
        at: &[Segment],
        list: &str,
    ) {
        for (index, field) in fields.iter().enumerate() {
            self.0.push(Item {
                kind,
                owner: Some(owner),
                name: &field.name,
                type_ref: Some(&field.type_ref),
                steps: element(at, list, index),
            });
        }
    }

    fn codes(
        &mut self,
        kind: ItemKind,
        owner: Option<&'s str>,
        codes: &'s [ErrorCode],
        at: &[Segment],
    ) {
        for (index, code) in codes.iter().enumerate() {
            self.add(kind, owner, &code.code, element(at, "errors", index));
        }
    }
}

fn key(name: &str) -> Segment {
    Segment::Key(name.to_owned())
}

fn element(at: &[Segment], list: &str, index: usize) -> Vec<Segment> {
    [at, &[key(list), Segment::Index(index)]].concat()
}
