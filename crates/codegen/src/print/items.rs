//! Items, and what stands in them.

use proc_macro2::{Delimiter, Group, Literal, TokenTree};

use super::flat::flat;
use super::split::{close, find, find_word, group, inside, split};
use super::wrap::{self, column};
use super::{INDENT, WIDTH, indent, width};

/// An item, a member of an `impl`, a field or a variant: attributes, and what they stand before.
struct Item<'a> {
    attributes: Vec<&'a Group>,
    tokens: &'a [TokenTree],
}

/// Appends items with blank lines between them, except between imports and between modules.
pub(super) fn items(tokens: &[TokenTree], at: usize, out: &mut String) {
    let mut previous: Option<&str> = None;
    let mut rest = tokens;
    while !rest.is_empty() {
        let (item, further) = next_item(rest);
        let kind = kind(item.tokens);
        let is_block = kind == "mod" && item.tokens.last().is_some_and(is_body);
        let is_grouped = matches!(kind, "use" | "mod") && previous == Some(kind) && !is_block;
        if previous.is_some() && !is_grouped {
            out.push('\n');
        }
        attributes(&item.attributes, at, out);
        indent(at, out);
        match kind {
            "struct" => structure(item.tokens, at, out),
            "enum" => enumeration(item.tokens, at, out),
            "impl" => implementation(item.tokens, at, out),
            "fn" => function(item.tokens, at, out),
            "static" | "const" => constant(item.tokens, at, out),
            "mod" if is_block => module(item.tokens, at, out),
            "macro" => invocation(item.tokens, at, out),
            _ => {
                out.push_str(&flat(item.tokens));
                out.push_str(";\n");
            }
        }
        previous = Some(kind);
        rest = further;
    }
}

fn is_body(token: &TokenTree) -> bool {
    group(token, Delimiter::Brace).is_some()
}

/// A module with its items.
fn module(tokens: &[TokenTree], at: usize, out: &mut String) {
    if let Some((body, head)) = tokens.split_last()
        && let Some(body) = group(body, Delimiter::Brace)
    {
        out.push_str(&flat(head));
        out.push_str(" {\n");
        items(&inside(body), at + INDENT, out);
        indent(at, out);
        out.push_str("}\n");
    }
}

/// Splits off the first item, without the semicolon that it may end with.
fn next_item(tokens: &[TokenTree]) -> (Item<'_>, &[TokenTree]) {
    let (attributes, rest) = leading_attributes(tokens);
    let is_import = kind(rest) == "use";
    let mut end = rest.len();
    let mut after = rest.len();
    for (at, token) in rest.iter().enumerate() {
        if matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';') {
            (end, after) = (at, at + 1);
            break;
        }
        if !is_import && group(token, Delimiter::Brace).is_some() {
            (end, after) = (at + 1, at + 1);
            break;
        }
    }
    let item = Item {
        attributes,
        tokens: &rest[..end],
    };
    (item, &rest[after..])
}

fn leading_attributes(mut tokens: &[TokenTree]) -> (Vec<&Group>, &[TokenTree]) {
    let mut attributes = Vec::new();
    while let [
        TokenTree::Punct(hash),
        TokenTree::Group(attribute),
        rest @ ..,
    ] = tokens
        && hash.as_char() == '#'
    {
        attributes.push(attribute);
        tokens = rest;
    }
    (attributes, tokens)
}

/// The keyword that tells what an item is, or `macro`.
fn kind(tokens: &[TokenTree]) -> &'static str {
    const KEYWORDS: [&str; 8] = [
        "const", "enum", "fn", "impl", "mod", "static", "struct", "use",
    ];
    for token in tokens {
        match token {
            TokenTree::Ident(ident) => {
                if let Some(keyword) = KEYWORDS.iter().find(|keyword| ident == *keyword) {
                    return keyword;
                }
            }
            TokenTree::Punct(punct) if punct.as_char() == '!' => return "macro",
            _ => {}
        }
    }
    ""
}

fn attributes(attributes: &[&Group], at: usize, out: &mut String) {
    for attribute in attributes {
        indent(at, out);
        let tokens = inside(attribute);
        match documentation(&tokens) {
            Some(line) => {
                out.push_str("///");
                out.push_str(&line);
            }
            None => {
                out.push_str("#[");
                out.push_str(&flat(&tokens));
                out.push(']');
            }
        }
        out.push('\n');
    }
}

/// The text of a documentation comment's line.
fn documentation(attribute: &[TokenTree]) -> Option<String> {
    match attribute {
        [
            TokenTree::Ident(doc),
            TokenTree::Punct(_),
            TokenTree::Literal(text),
        ] if doc == "doc" => Some(unquote(text)),
        _ => None,
    }
}

/// The text that a string literal stands for.
fn unquote(literal: &Literal) -> String {
    let literal = literal.to_string();
    if let Some(raw) = literal.strip_prefix('r') {
        return raw.trim_matches('#').trim_matches('"').to_owned();
    }
    let mut text = String::with_capacity(literal.len());
    let mut rest = literal.trim_start_matches('"').chars();
    while let Some(c) = rest.next() {
        let escape = if c == '\\' { rest.next() } else { None };
        match escape {
            None => text.push(c),
            Some('n') => text.push('\n'),
            Some('r') => text.push('\r'),
            Some('t') => text.push('\t'),
            Some('0') => text.push('\0'),
            Some('u') => {
                let digits: String = rest.by_ref().take_while(|c| *c != '}').collect();
                let number = u32::from_str_radix(digits.trim_start_matches('{'), 16);
                text.extend(number.ok().and_then(char::from_u32));
            }
            Some(c) => text.push(c),
        }
    }
    // The closing quote.
    text.pop();
    text
}

/// A definition's header: what stands before its type parameters, and these.
struct Header<'a> {
    name: String,
    parameters: &'a [TokenTree],
    rest: &'a [TokenTree],
}

fn header<'a>(tokens: &'a [TokenTree], keyword: &str) -> Header<'a> {
    let name_end = find_word(tokens, keyword).map_or(0, |at| at + 2);
    let parameters_end = match tokens.get(name_end) {
        Some(TokenTree::Punct(punct)) if punct.as_char() == '<' => close(tokens, name_end),
        _ => name_end,
    };
    Header {
        name: flat(&tokens[..name_end]),
        parameters: &tokens[name_end..parameters_end],
        rest: &tokens[parameters_end..],
    }
}

fn structure(tokens: &[TokenTree], at: usize, out: &mut String) {
    let Header {
        name,
        parameters,
        rest,
    } = header(tokens, "struct");
    out.push_str(&name);
    let Some(body) = rest.first() else {
        out.push_str(";\n");
        return;
    };
    if let Some(fields) = group(body, Delimiter::Brace) {
        wrap::parameters(parameters, at, false, out);
        fields_in_braces(&inside(fields), at, out);
        return;
    }
    let Some(fields) = group(body, Delimiter::Parenthesis).map(inside) else {
        return;
    };
    let flat_parameters = flat(parameters);
    let head = column(out) + width(&flat_parameters);
    let fields_width = width(&flat(&fields));
    let is_narrow = !wrap::has_wide_tuple(&fields);
    if is_narrow && head + fields_width + 3 <= WIDTH {
        out.push_str(&format!("{flat_parameters}({});\n", flat(&fields)));
        return;
    }
    let is_open = head > WIDTH;
    wrap::parameters(parameters, at, is_open, out);
    if is_open && is_narrow && column(out) + fields_width + 3 < WIDTH {
        out.push_str(&format!("({});\n", flat(&fields)));
        return;
    }
    out.push_str("(\n");
    for field in split(&fields, ',') {
        indent(at + INDENT, out);
        wrap::ty(field, at + INDENT, WIDTH - 1, out);
        out.push_str(",\n");
    }
    indent(at, out);
    out.push_str(");\n");
}

fn fields_in_braces(fields: &[TokenTree], at: usize, out: &mut String) {
    out.push_str(" {\n");
    for field in split(fields, ',') {
        let (field_attributes, field) = leading_attributes(field);
        attributes(&field_attributes, at + INDENT, out);
        typed(field, at + INDENT, out);
        out.push_str(",\n");
    }
    indent(at, out);
    out.push_str("}\n");
}

/// A field or bound: a name and its type, which stands below if there is no room for it.
fn typed(tokens: &[TokenTree], at: usize, out: &mut String) {
    indent(at, out);
    let colon = find(tokens, ':').unwrap_or(tokens.len() - 1);
    let (name, ty) = tokens.split_at(colon + 1);
    out.push_str(&flat(name));
    let line = flat(ty);
    if column(out) + 1 + width(&line) < WIDTH {
        out.push_str(&format!(" {line}"));
    } else {
        out.push('\n');
        indent(at + INDENT, out);
        wrap::ty(ty, at + INDENT, WIDTH - 1, out);
    }
}

fn enumeration(tokens: &[TokenTree], at: usize, out: &mut String) {
    let Header { name, rest, .. } = header(tokens, "enum");
    out.push_str(&name);
    out.push_str(" {\n");
    let variants = rest.first().and_then(|body| group(body, Delimiter::Brace));
    let variants = variants.map(inside).unwrap_or_default();
    for variant in split(&variants, ',') {
        let (variant_attributes, variant) = leading_attributes(variant);
        attributes(&variant_attributes, at + INDENT, out);
        indent(at + INDENT, out);
        out.push_str(&flat(variant));
        out.push_str(",\n");
    }
    indent(at, out);
    out.push_str("}\n");
}

fn implementation(tokens: &[TokenTree], at: usize, out: &mut String) {
    let Some((body, head)) = tokens.split_last() else {
        return;
    };
    let members = group(body, Delimiter::Brace)
        .map(inside)
        .unwrap_or_default();
    let parameters_end = match head.get(1) {
        Some(TokenTree::Punct(punct)) if punct.as_char() == '<' => close(head, 1),
        _ => 1,
    };
    let line = flat(head);
    if column(out) + width(&line) + 2 <= WIDTH {
        out.push_str(&line);
        out.push(' ');
    } else {
        out.push_str("impl");
        let parameters = &head[1..parameters_end];
        let is_open = at + 4 + width(&flat(parameters)) > WIDTH;
        wrap::parameters(parameters, at, is_open, out);
        out.push('\n');
        indent(at + INDENT, out);
        wrap::ty(&head[parameters_end..], at + INDENT, WIDTH, out);
        out.push('\n');
        indent(at, out);
    }
    out.push_str("{\n");
    items(&members, at + INDENT, out);
    indent(at, out);
    out.push_str("}\n");
}

fn function(tokens: &[TokenTree], at: usize, out: &mut String) {
    let Some((body, signature)) = tokens.split_last() else {
        return;
    };
    let body = group(body, Delimiter::Brace)
        .map(inside)
        .unwrap_or_default();
    let bounds_start = find_word(signature, "where").unwrap_or(signature.len());
    let (signature, bounds) = signature.split_at(bounds_start);
    let arguments_at = signature
        .iter()
        .position(|token| group(token, Delimiter::Parenthesis).is_some())
        .unwrap_or(signature.len() - 1);
    let line = flat(signature);
    let trailing = if bounds.is_empty() { 2 } else { 0 };
    let mut is_brace_below = false;
    let arguments = group(&signature[arguments_at], Delimiter::Parenthesis);
    let arguments = arguments.map(inside).unwrap_or_default();
    if at + width(&line) + trailing <= WIDTH {
        out.push_str(&line);
    } else if arguments.is_empty() && at + width(&line) <= WIDTH {
        out.push_str(&line);
        is_brace_below = true;
    } else {
        out.push_str(&flat(&signature[..arguments_at]));
        out.push_str("(\n");
        for argument in split(&arguments, ',') {
            indent(at + INDENT, out);
            wrap::parameter(argument, at + INDENT, out);
        }
        indent(at, out);
        // rustfmt does not count the parenthesis and the space behind it.
        let limit = WIDTH + ") ".len();
        out.push_str(") -> ");
        // Behind the parentheses stands the arrow, of two tokens.
        wrap::ty(&signature[arguments_at + 3..], at, limit, out);
        // Nor does it want the brace within an indent's width of the margin.
        is_brace_below = column(out) + trailing > WIDTH - at;
    }
    if let Some((_, bounds)) = bounds.split_first() {
        out.push('\n');
        indent(at, out);
        out.push_str("where\n");
        for bound in split(bounds, ',') {
            typed(bound, at + INDENT, out);
            out.push_str(",\n");
        }
        indent(at, out);
    } else if is_brace_below {
        out.push('\n');
        indent(at, out);
    } else {
        out.push(' ');
    }
    out.push_str("{\n");
    statements(&body, at + INDENT, out);
    indent(at, out);
    out.push_str("}\n");
}

fn statements(body: &[TokenTree], at: usize, out: &mut String) {
    let ends_in_value =
        !matches!(body.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == ';');
    let statements = split(body, ';');
    for (index, statement) in statements.iter().enumerate() {
        indent(at, out);
        if let Some(equals) = find(statement, '=') {
            out.push_str(&flat(&statement[..=equals]));
            wrap::value(&statement[equals + 1..], at, out);
        } else {
            wrap::expression(statement, at, out);
            if !(ends_in_value && index + 1 == statements.len()) {
                out.push(';');
            }
        }
        out.push('\n');
    }
}

fn constant(tokens: &[TokenTree], at: usize, out: &mut String) {
    let equals = find(tokens, '=').unwrap_or(tokens.len() - 1);
    out.push_str(&flat(&tokens[..=equals]));
    wrap::value(&tokens[equals + 1..], at, out);
    out.push('\n');
}

/// One of the runtime's macros: `path!(words { rows });`.
fn invocation(tokens: &[TokenTree], at: usize, out: &mut String) {
    let Some((arguments, path)) = tokens.split_last() else {
        return;
    };
    let arguments = group(arguments, Delimiter::Parenthesis).map(inside);
    let arguments = arguments.unwrap_or_default();
    out.push_str(&flat(path));
    out.push('(');
    let rows = arguments
        .last()
        .and_then(|rows| group(rows, Delimiter::Brace));
    let Some(rows) = rows.map(inside) else {
        out.push_str(&flat(&arguments));
        out.push_str(");\n");
        return;
    };
    out.push_str(&flat(&arguments[..arguments.len() - 1]));
    out.push_str(" {");
    let end = if find(&rows, ';').is_some() { ';' } else { ',' };
    let rows = split(&rows, end);
    if !rows.is_empty() {
        out.push('\n');
        for row in rows {
            indent(at + INDENT, out);
            out.push_str(&flat(row));
            out.push(end);
            out.push('\n');
        }
        indent(at, out);
    }
    out.push_str("});\n");
}
