//! Which pagination the tables of an action tell.

use crate::access::Access;
use crate::model::{Action, Field};
use crate::pagination::Pagination;
use crate::type_ref::TypeRef;

/// What responses call the number of all items. Other names, such as `Count`, may be that of the page's.
const TOTALS: [&str; 5] = ["Total", "TotalCnt", "TotalCount", "TotalNum", "TotalNumber"];

impl Pagination {
    /// What the tables of an action tell, if they leave no doubt: it reads, its request has the parameters of one
    /// way of paging and its response one array that can be meant.
    pub fn of_action(access: Access, action: &Action) -> Pagination {
        let Some(items) = items(&action.response) else {
            return Pagination::None;
        };
        if access == Access::Write {
            return Pagination::None;
        }
        let takes = |name, type_ref| has(&action.request, name, type_ref);
        let by_offset = takes("Offset", &TypeRef::Integer) && takes("Limit", &TypeRef::Integer);
        let by_token = takes("NextToken", &TypeRef::String)
            && takes("MaxResults", &TypeRef::Integer)
            && has(&action.response, "NextToken", &TypeRef::String);
        match (by_offset, by_token) {
            (true, false) => Pagination::Offset {
                items,
                total: total(&action.response),
            },
            (false, true) => Pagination::Token { items },
            _ => Pagination::None,
        }
    }

    /// Why this cannot be how the action's response comes in pages, if it cannot.
    pub fn misfit(&self, access: Access, action: &Action) -> Option<String> {
        let (items, total) = match self {
            Pagination::None => return None,
            Pagination::Offset { items, total } => (items, total.as_ref()),
            Pagination::Token { items } => (items, None),
        };
        if access == Access::Write {
            return Some("an action that writes cannot be paginated".to_owned());
        }
        let is_array = |field: &Field| field.name == *items && is_array(field);
        if !action.response.iter().any(is_array) {
            return Some(format!("the response has no array `{items}`"));
        }
        let (request, response) = (("request", &action.request), ("response", &action.response));
        let integer = TypeRef::Integer;
        let mut needs = Vec::new();
        match self {
            Pagination::Token { .. } => {
                needs.push((request, "NextToken", TypeRef::String));
                needs.push((response, "NextToken", TypeRef::String));
            }
            _ => {
                needs.push((request, "Offset", integer.clone()));
                needs.push((request, "Limit", integer.clone()));
            }
        }
        needs.extend(total.map(|total| (response, total.as_str(), integer)));
        let missing = needs.iter().find(|((_, fields), name, type_ref)| {
            let is_it = |field: &Field| field.name == *name && field.type_ref == *type_ref;
            !fields.iter().any(is_it)
        });
        missing.map(|((side, _), name, type_ref)| {
            format!("the {side} has no `{name}` of type `{type_ref}`")
        })
    }
}

/// The only array of a response, or the only one of structures.
fn items(response: &[Field]) -> Option<String> {
    let arrays = || response.iter().filter(|field| is_array(field));
    let structures = || arrays().filter(|field| field.type_ref.named().is_some());
    let only = only(arrays()).or_else(|| only(structures()))?;
    Some(only.name.clone())
}

fn total(response: &[Field]) -> Option<String> {
    let totals = response.iter().filter(|field| {
        field.type_ref == TypeRef::Integer && TOTALS.contains(&field.name.as_str())
    });
    only(totals).map(|field| field.name.clone())
}

fn only<'a>(mut fields: impl Iterator<Item = &'a Field>) -> Option<&'a Field> {
    let first = fields.next();
    first.filter(|_| fields.next().is_none())
}

fn is_array(field: &Field) -> bool {
    matches!(field.type_ref, TypeRef::Array(_))
}

/// Whether the fields have one of this name and type that is still to be used.
fn has(fields: &[Field], name: &str, type_ref: &TypeRef) -> bool {
    let is_it =
        |field: &Field| field.name == name && field.type_ref == *type_ref && !field.deprecated;
    fields.iter().any(is_it)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(fields: &[(&str, &str)]) -> Vec<Field> {
        let field = |(name, type_ref): &(&str, &str)| Field {
            name: (*name).to_owned(),
            type_ref: type_ref.parse().expect("a type"),
            format: None,
            required: false,
            nullable: false,
            deprecated: false,
            description: String::new(),
        };
        fields.iter().map(field).collect()
    }

    fn action(request: &[(&str, &str)], response: &[(&str, &str)]) -> Action {
        Action {
            request: fields(request),
            response: fields(response),
            ..Action::default()
        }
    }

    /// Checks what a response gives with the parameters of both ways in turn.
    #[track_caller]
    fn check(response: &[(&str, &str)], items: Option<&str>, total: Option<&str>) {
        let offset = action(&[("Limit", "Integer"), ("Offset", "Integer")], response);
        let expect = match items {
            None => Pagination::None,
            Some(items) => Pagination::Offset {
                items: items.to_owned(),
                total: total.map(str::to_owned),
            },
        };
        assert_eq!(Pagination::of_action(Access::Read, &offset), expect);
        assert_eq!(expect.misfit(Access::Read, &offset), None);
        assert_eq!(
            Pagination::of_action(Access::Write, &offset),
            Pagination::None
        );

        let response: Vec<_> = response
            .iter()
            .chain(&[("NextToken", "String")])
            .copied()
            .collect();
        let token = action(
            &[("MaxResults", "Integer"), ("NextToken", "String")],
            &response,
        );
        let expect = items.map_or(Pagination::None, |items| Pagination::Token {
            items: items.to_owned(),
        });
        assert_eq!(Pagination::of_action(Access::Read, &token), expect);
        assert_eq!(expect.misfit(Access::Read, &token), None);
    }

    #[test]
    fn one_array_is_the_items() {
        check(
            &[("Members", "Array of Member"), ("TotalCount", "Integer")],
            Some("Members"),
            Some("TotalCount"),
        );
        check(
            &[("Total", "Integer"), ("Names", "Array of String")],
            Some("Names"),
            Some("Total"),
        );
        check(
            &[("Names", "Array of String"), ("Members", "Array of Member")],
            Some("Members"),
            None,
        );
    }

    #[test]
    fn what_is_in_doubt_is_left_out() {
        check(&[("TotalCount", "Integer")], None, None);
        check(&[("A", "Array of A"), ("B", "Array of B")], None, None);
        check(
            &[("A", "Array of String"), ("B", "Array of Integer")],
            None,
            None,
        );
        check(&[("Result", "Result")], None, None);
        let total = |totals: [(&'static str, &'static str); 2], expect| {
            let [first, second] = totals;
            check(&[("A", "Array of A"), first, second], Some("A"), expect);
        };
        total([("Total", "Integer"), ("TotalCount", "Integer")], None);
        total([("Count", "Integer"), ("TotalCount", "String")], None);
    }

    #[test]
    fn parameters_must_be_what_they_are_called() {
        let response = [("A", "Array of A"), ("NextToken", "String")];
        for request in [
            &[("Offset", "Integer")][..],
            &[("Offset", "String"), ("Limit", "Integer")],
            &[("NextToken", "String")],
            &[("NextToken", "Integer"), ("MaxResults", "Integer")],
            &[
                ("NextToken", "String"),
                ("MaxResults", "Integer"),
                ("Offset", "Integer"),
                ("Limit", "Integer"),
            ],
        ] {
            let action = action(request, &response);
            let derived = Pagination::of_action(Access::Read, &action);
            assert_eq!(derived, Pagination::None, "{request:?}");
        }
        let mut deprecated = action(&[("Offset", "Integer"), ("Limit", "Integer")], &response);
        deprecated.request[0].deprecated = true;
        let derived = Pagination::of_action(Access::Read, &deprecated);
        assert_eq!(derived, Pagination::None);
    }

    #[test]
    fn what_does_not_fit_says_why() {
        let offset = |items: &str, total: Option<&str>| Pagination::Offset {
            items: items.to_owned(),
            total: total.map(str::to_owned),
        };
        let token = Pagination::Token {
            items: "A".to_owned(),
        };
        let action = action(
            &[("Offset", "Integer"), ("Limit", "Integer")],
            &[("A", "Array of A"), ("Total", "String")],
        );
        for (pagination, access, expect) in [
            (&offset("A", None), Access::Read, None),
            (&Pagination::None, Access::Write, None),
            (
                &offset("A", None),
                Access::Write,
                Some("an action that writes cannot be paginated"),
            ),
            (
                &offset("Total", None),
                Access::Read,
                Some("the response has no array `Total`"),
            ),
            (
                &offset("A", Some("Total")),
                Access::Read,
                Some("the response has no `Total` of type `Integer`"),
            ),
            (
                &token,
                Access::Read,
                Some("the request has no `NextToken` of type `String`"),
            ),
        ] {
            let misfit = pagination.misfit(access, &action);
            assert_eq!(misfit.as_deref(), expect, "{pagination:?}");
        }
    }
}
