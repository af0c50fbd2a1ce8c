//! Derives the pagination of an action from its tables and descriptions.

mod words;

use std::collections::BTreeMap;

use crate::access::Access;
use crate::model::{Action, DataType, Field};
use crate::pagination::{Flag, NEXT_TOKEN, Pagination};
use crate::type_ref::TypeRef;

/// Parameters with a page number.
const NUMBERS: [&str; 6] = [
    "PageNumber",
    "PageNo",
    "PageNum",
    "PageIndex",
    "CurrentPage",
    "Page",
];

/// Parameters with a page size.
const SIZES: [&str; 7] = [
    "PageSize",
    "Limit",
    "PerPage",
    "PageLimit",
    "Size",
    "Count",
    "Rp",
];

/// Other parameters with a page size, used only beside a token.
const TOKEN_SIZES: [&str; 4] = ["MaxResults", "MaxKeys", "MaxItems", "MaxNum"];

/// Parameters with a token. The response has a field of the same name, optionally with the prefix `Next`.
const TOKENS: [&str; 10] = [
    NEXT_TOKEN,
    "PageToken",
    "PaginationToken",
    "ContinueToken",
    "ContinuationToken",
    "ScrollToken",
    "Cursor",
    "Marker",
    "NextMarker",
    "Context",
];

/// Boolean response fields that mark the last page, with their value on the last page.
const FLAGS: [(&str, bool); 7] = [
    ("ListOver", true),
    ("IsOver", true),
    ("IsEnd", true),
    ("HasMore", false),
    ("HasNext", false),
    ("IsTruncated", false),
    ("Truncated", false),
];

/// Response fields with the total number of items. Other names, such as `Count`, can mean the number of items of a page.
const TOTALS: [&str; 5] = ["Total", "TotalCnt", "TotalCount", "TotalNum", "TotalNumber"];

type Types = BTreeMap<String, DataType>;

impl Pagination {
    /// Returns the pagination of an action if it is unambiguous: the action only reads, its request has the parameters of
    /// one kind of pagination, and its response, or the only structure in it, has one possible array of items.
    pub fn of_action(access: Access, action: &Action, types: &Types) -> Pagination {
        let response = &action.response;
        let Some((within, fields, items)) = items(response, types) else {
            return Pagination::None;
        };
        if access == Access::Write {
            return Pagination::None;
        }
        let path = |field: &Field| match within {
            Some(within) => format!("{}.{}", within.name, field.name),
            None => field.name.clone(),
        };
        let items = path(items);
        let total = self::total(fields).map(path);
        let total = total.or_else(|| Some(self::total(response)?.name.clone()));
        by_token(action, &items)
            .or_else(|| by_offset(action, &items, &total))
            .or_else(|| by_number(action, &items, &total))
            .unwrap_or(Pagination::None)
    }

    /// Returns the action's parameter with the page size. A pagination by token does not contain it, because only the
    /// token selects the page.
    pub fn size<'a>(&'a self, action: &'a Action) -> Option<&'a str> {
        match self {
            Self::None => None,
            Self::Offset { .. } => Some("Limit"),
            Self::Number { size, .. } => size.as_deref(),
            Self::Token { .. } => {
                let mut names = SIZES.iter().chain(&TOKEN_SIZES);
                names.find_map(|name| Some(&*number(action, name)?.name))
            }
        }
    }

    /// Returns the reason why this pagination does not fit the action, or `None` if it fits.
    pub fn mismatch(&self, access: Access, action: &Action, types: &Types) -> Option<String> {
        let items = self.items()?;
        if access == Access::Write {
            return Some("an action that writes cannot be paginated".to_owned());
        }
        let response = |path: &str| field(&action.response, types, path);
        if !response(items).is_some_and(is_array) {
            return Some(format!("the response has no array `{items}`"));
        }
        let request = |name: &str| field(&action.request, types, name);
        let number: &[TypeRef] = &[TypeRef::Integer, TypeRef::String];
        let missing = |side: &str, found: Option<&Field>, name: &str, types: &[TypeRef]| {
            let fits = found.is_some_and(|field| types.contains(&field.type_ref));
            let expected = types.first().map(TypeRef::to_string).unwrap_or_default();
            (!fits).then(|| format!("the {side} has no `{name}` of type `{expected}`"))
        };
        let parameter = |name: &str| missing("request", request(name), name, number);
        let total = |total: &Option<String>| {
            let path = total.as_deref()?;
            missing("response", response(path), path, &[TypeRef::Integer])
        };
        match self {
            Pagination::None => None,
            Pagination::Offset { total: all, .. } => parameter("Offset")
                .or_else(|| parameter("Limit"))
                .or_else(|| total(all)),
            Pagination::Number {
                number,
                size,
                total: all,
                ..
            } => parameter(number)
                .or_else(|| parameter(size.as_deref()?))
                .or_else(|| total(all)),
            Pagination::Token {
                token, next, last, ..
            } => {
                let kinds: &[TypeRef] = match request(token) {
                    Some(field) if field.type_ref == TypeRef::Integer => &[TypeRef::Integer],
                    _ => &[TypeRef::String],
                };
                missing("request", request(token), token, kinds)
                    .or_else(|| missing("response", response(next), next, kinds))
                    .or_else(|| {
                        let field = last.as_ref()?.field.as_str();
                        missing("response", response(field), field, &[TypeRef::Boolean])
                    })
            }
        }
    }
}

fn by_offset(action: &Action, items: &str, total: &Option<String>) -> Option<Pagination> {
    let (offset, _) = (number(action, "Offset")?, number(action, "Limit")?);
    let (items, total) = (items.to_owned(), total.clone());
    if words::is_page_number(&offset.description) {
        return Some(Pagination::Number {
            items,
            number: "Offset".to_owned(),
            first: words::first_page(&offset.description).unwrap_or(0),
            size: Some("Limit".to_owned()),
            total,
        });
    }
    Some(Pagination::Offset {
        items,
        total,
        multiple: words::is_multiple(&offset.description),
    })
}

/// Without a total, the description must state the number of the first page, because a wrong one would not be detected.
fn by_number(action: &Action, items: &str, total: &Option<String>) -> Option<Pagination> {
    let page = NUMBERS.iter().find_map(|name| number(action, name))?;
    let size = SIZES.iter().find_map(|name| number(action, name));
    let first = words::first_page(&page.description).or(total.is_some().then_some(1))?;
    Some(Pagination::Number {
        items: items.to_owned(),
        number: page.name.clone(),
        first,
        size: size.map(|field| field.name.clone()),
        total: total.clone(),
    })
}

fn by_token(action: &Action, items: &str) -> Option<Pagination> {
    let flag = FLAGS.iter().find_map(|(name, value)| {
        let field = typed_field(&action.response, name, &[TypeRef::Boolean])?;
        let (field, value) = (field.name.clone(), *value);
        Some(Flag { field, value })
    });
    TOKENS.iter().find_map(|token| {
        // A number is never empty, so it can be a token only if a flag marks the last page.
        let types: &[TypeRef] = match flag {
            Some(_) => &[TypeRef::String, TypeRef::Integer],
            None => &[TypeRef::String],
        };
        let parameter = typed_field(&action.request, token, types)?;
        let types = std::slice::from_ref(&parameter.type_ref);
        let next = typed_field(&action.response, &format!("Next{token}"), types);
        let next = next.or_else(|| typed_field(&action.response, token, types))?;
        Some(Pagination::Token {
            items: items.to_owned(),
            token: parameter.name.clone(),
            next: next.name.clone(),
            last: flag.clone(),
        })
    })
}

/// Returns a parameter with a number, which may be of type String.
fn number<'a>(action: &'a Action, name: &str) -> Option<&'a Field> {
    typed_field(&action.request, name, &[TypeRef::Integer, TypeRef::String])
}

/// Finds the array of items in the response, or in the only structure of a response without arrays. Returns the structure,
/// the fields beside the array, and the array.
fn items<'a>(
    response: &'a [Field],
    types: &'a Types,
) -> Option<(Option<&'a Field>, &'a [Field], &'a Field)> {
    if response.iter().any(is_array) {
        return Some((None, response, array(response)?));
    }
    let named = |field: &&Field| field.type_ref.named().is_some();
    let structure = only(response.iter().filter(named))?;
    let fields = &types.get(structure.type_ref.named()?)?.fields;
    Some((Some(structure), fields, array(fields)?))
}

/// Returns the only array, or else the only array of structures.
fn array(fields: &[Field]) -> Option<&Field> {
    let arrays = || fields.iter().filter(|field| is_array(field));
    let structures = || arrays().filter(|field| field.type_ref.named().is_some());
    only(arrays()).or_else(|| only(structures()))
}

/// Returns the only field with the total number of items. A number of pages, or of items of a page, does not count.
fn total(fields: &[Field]) -> Option<&Field> {
    only(fields.iter().filter(|field| {
        field.type_ref == TypeRef::Integer && TOTALS.contains(&field.name.as_str())
    }))
    .filter(|field| !words::is_of_page(&field.description))
}

fn only<'a>(mut fields: impl Iterator<Item = &'a Field>) -> Option<&'a Field> {
    let first = fields.next();
    first.filter(|_| fields.next().is_none())
}

fn is_array(field: &Field) -> bool {
    matches!(field.type_ref, TypeRef::Array(_))
}

/// Returns the field with this name and one of these types, unless it is deprecated.
fn typed_field<'a>(fields: &'a [Field], name: &str, types: &[TypeRef]) -> Option<&'a Field> {
    let matches =
        |field: &&Field| field.name == name && types.contains(&field.type_ref) && !field.deprecated;
    fields.iter().find(matches)
}

/// Returns the field at a path, such as `Result.Members`.
pub(crate) fn field<'a>(fields: &'a [Field], types: &'a Types, path: &str) -> Option<&'a Field> {
    let (name, within) = match path.split_once('.') {
        Some((name, within)) => (name, Some(within)),
        None => (path, None),
    };
    let found = fields.iter().find(|field| field.name == name)?;
    let Some(within) = within else {
        return Some(found);
    };
    // An array of structures has more than one such field.
    if is_array(found) {
        return None;
    }
    field(&types.get(found.type_ref.named()?)?.fields, types, within)
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
            secret: None,
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

    /// Returns a data type with a list, and one without.
    fn types() -> Types {
        let of = |of: &[(&str, &str)]| DataType {
            fields: fields(of),
            ..DataType::default()
        };
        let page = [("Rows", "Array of Row"), ("TotalCount", "Integer")];
        Types::from([
            ("Page".to_owned(), of(&page)),
            ("Row".to_owned(), of(&[("Name", "String")])),
        ])
    }

    fn derived(action: &Action) -> Pagination {
        Pagination::of_action(Access::Read, action, &types())
    }

    fn by_offset(items: &str, total: Option<&str>) -> Pagination {
        Pagination::Offset {
            items: items.to_owned(),
            total: total.map(str::to_owned),
            multiple: false,
        }
    }

    fn by_number(items: &str, number: &str, first: u64, total: Option<&str>) -> Pagination {
        Pagination::Number {
            items: items.to_owned(),
            number: number.to_owned(),
            first,
            size: Some(
                if number == "Offset" {
                    "Limit"
                } else {
                    "PageSize"
                }
                .to_owned(),
            ),
            total: total.map(str::to_owned),
        }
    }

    fn by_token(items: &str, token: &str, next: &str, last: Option<(&str, bool)>) -> Pagination {
        Pagination::Token {
            items: items.to_owned(),
            token: token.to_owned(),
            next: next.to_owned(),
            last: last.map(|(field, value)| Flag {
                field: field.to_owned(),
                value,
            }),
        }
    }

    /// Checks the derived pagination of a response, first with an offset and then with a token.
    #[track_caller]
    fn check(response: &[(&str, &str)], items: Option<&str>, total: Option<&str>) {
        let offset = action(&[("Limit", "Integer"), ("Offset", "Integer")], response);
        let expect = match items {
            None => Pagination::None,
            Some(items) => by_offset(items, total),
        };
        assert_eq!(derived(&offset), expect);
        assert_eq!(expect.mismatch(Access::Read, &offset, &types()), None);
        assert_eq!(
            Pagination::of_action(Access::Write, &offset, &types()),
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
        let expect = items.map_or(Pagination::None, |items| {
            by_token(items, "NextToken", "NextToken", None)
        });
        assert_eq!(derived(&token), expect);
        assert_eq!(expect.mismatch(Access::Read, &token, &types()), None);
    }

    #[test]
    fn only_array_has_the_items() {
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
    fn ambiguous_array_or_total_is_omitted() {
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
    fn parameter_types_are_checked() {
        let response = [("A", "Array of A"), ("NextToken", "String")];
        for request in [
            &[("Offset", "Integer")][..],
            &[("NextToken", "Integer"), ("MaxResults", "Integer")],
            &[("Offset", "Boolean"), ("Limit", "Integer")],
            &[("PageNumber", "Integer")],
        ] {
            let action = action(request, &response);
            assert_eq!(derived(&action), Pagination::None, "{request:?}");
        }
        let mut deprecated = action(&[("Offset", "Integer"), ("Limit", "Integer")], &response);
        deprecated.request[0].deprecated = true;
        assert_eq!(derived(&deprecated), Pagination::None);
    }

    #[test]
    fn page_numbers() {
        let response = [("Rows", "Array of Row"), ("Total", "Integer")];
        for (parameter, description, first) in [
            ("PageNumber", "", 1),
            ("PageNo", "Starts from 0.", 0),
            ("Page", "Page number. Default value: 1.", 1),
        ] {
            let mut action = action(
                &[(parameter, "Integer"), ("PageSize", "Integer")],
                &response,
            );
            action.request[0].description = description.to_owned();
            let expect = by_number("Rows", parameter, first, Some("Total"));
            assert_eq!(derived(&action), expect);
            assert_eq!(expect.mismatch(Access::Read, &action, &types()), None);
        }
    }

    #[test]
    fn descriptions_determine_the_kind() {
        let response = [("Rows", "Array of Row"), ("Total", "Integer")];
        let mut action = action(&[("Offset", "Integer"), ("Limit", "Integer")], &response);
        let mut check = |offset: &str, total: &str, expect| {
            action.request[0].description = offset.to_owned();
            action.response[1].description = total.to_owned();
            assert_eq!(derived(&action), expect, "{offset} {total}");
        };
        let multiple = Pagination::Offset {
            items: "Rows".to_owned(),
            total: Some("Total".to_owned()),
            multiple: true,
        };
        check("An integer multiple of `Limit`.", "", multiple);
        check("", "Number of returned rows.", by_offset("Rows", None));
        let number = by_number("Rows", "Offset", 1, Some("Total"));
        check("Page number. Default value: 1.", "", number);
        check(
            "Page number.",
            "Number of pages",
            by_number("Rows", "Offset", 0, None),
        );
    }

    #[test]
    fn tokens_under_other_names() {
        for (token, next, flag) in [
            ("NextToken", "NextToken", None),
            ("Cursor", "NextCursor", Some(("HasMore", false))),
            ("Context", "Context", Some(("ListOver", true))),
        ] {
            let mut response = vec![("Rows", "Array of Row"), (next, "String")];
            response.extend(flag.map(|(name, _)| (name, "Boolean")));
            let action = action(
                &[
                    (token, "String"),
                    ("Offset", "Integer"),
                    ("Limit", "Integer"),
                ],
                &response,
            );
            let expect = by_token("Rows", token, next, flag);
            assert_eq!(derived(&action), expect);
            assert_eq!(expect.mismatch(Access::Read, &action, &types()), None);
        }
    }

    #[test]
    fn items_in_the_only_structure() {
        let request = [("Offset", "Integer"), ("Limit", "Integer")];
        let nested = action(&request, &[("Data", "Page"), ("RequestId", "String")]);
        let expect = by_offset("Data.Rows", Some("Data.TotalCount"));
        assert_eq!(derived(&nested), expect);
        assert_eq!(expect.mismatch(Access::Read, &nested, &types()), None);
        for response in [
            &[("Data", "Row")][..],
            &[("Data", "Unknown")],
            &[("Data", "Page"), ("More", "Page")],
            &[("Data", "Page"), ("A", "Array of A"), ("B", "Array of B")],
        ] {
            let action = action(&request, response);
            assert_eq!(derived(&action), Pagination::None, "{response:?}");
        }
    }

    #[test]
    fn mismatch_reports_the_reason() {
        let action = action(
            &[("Offset", "Integer"), ("Limit", "Integer")],
            &[("A", "Array of A"), ("Total", "String")],
        );
        for (pagination, access, expect) in [
            (&by_offset("A", None), Access::Read, None),
            (&Pagination::None, Access::Write, None),
            (
                &by_offset("A", None),
                Access::Write,
                Some("an action that writes cannot be paginated"),
            ),
            (
                &by_offset("Total", None),
                Access::Read,
                Some("the response has no array `Total`"),
            ),
            (
                &by_offset("A", Some("Total")),
                Access::Read,
                Some("the response has no `Total` of type `Integer`"),
            ),
            (
                &by_token("A", "NextToken", "NextToken", None),
                Access::Read,
                Some("the request has no `NextToken` of type `String`"),
            ),
        ] {
            let mismatch = pagination.mismatch(access, &action, &types());
            assert_eq!(mismatch.as_deref(), expect, "{pagination:?}");
        }
    }
}
