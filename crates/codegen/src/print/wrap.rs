//! What does not fit on one line.

use proc_macro2::{Delimiter, TokenTree};

use super::flat::flat;
use super::split::{close, find, find_word, group, inside, split};
use super::{CALL_WIDTH, INDENT, WIDTH, indent, width};

/// Appends a type to the line that `out` ends with: on it, if it ends within `limit`, else with its arguments on
/// lines of their own.
pub(super) fn ty(tokens: &[TokenTree], at: usize, limit: usize, out: &mut String) {
    let line = flat(tokens);
    if column(out) + width(&line) <= limit && !has_wide_tuple(tokens) {
        out.push_str(&line);
    } else if let Some(open) = find(tokens, '<')
        && !is_bound_to_impl(&tokens[open..])
    {
        let end = close(tokens, open);
        out.push_str(&flat(&tokens[..open]));
        out.push_str("<\n");
        lines(&split(&tokens[open + 1..end - 1], ','), at, out);
        indent(at, out);
        out.push('>');
    } else if let [TokenTree::Group(tuple)] = tokens {
        out.push_str("(\n");
        lines(&split(&inside(tuple), ','), at, out);
        indent(at, out);
        out.push(')');
    } else {
        out.push_str(&line);
    }
}

/// Appends a function's parameter and the comma behind it. rustfmt gives it some columns more than other types, and
/// does not break it if that does not help.
pub(super) fn parameter(tokens: &[TokenTree], at: usize, out: &mut String) {
    let line = flat(tokens);
    let mut broken = String::new();
    ty(tokens, at, 0, &mut broken);
    let is_broken_too_wide = broken.lines().skip(1).any(|line| width(line) > WIDTH);
    if column(out) + width(&line) < WIDTH + 5 || is_broken_too_wide {
        out.push_str(&line);
    } else {
        out.push_str(&broken);
    }
    out.push_str(",\n");
}

/// Whether an associated type is another `impl Trait`, which rustfmt leaves on its line however long that gets.
fn is_bound_to_impl(arguments: &[TokenTree]) -> bool {
    find(arguments, '=').is_some() && find_word(arguments, "impl").is_some()
}

/// Whether a tuple in the type is too wide for one line, however much room there is.
pub(super) fn has_wide_tuple(tokens: &[TokenTree]) -> bool {
    let groups = tokens
        .iter()
        .filter_map(|token| group(token, Delimiter::Parenthesis));
    // The comma of a tuple of one does not count.
    groups
        .into_iter()
        .any(|group| width(flat(&inside(group)).trim_end_matches(',')) > CALL_WIDTH)
}

/// Appends types on lines of their own, within what is indented by `at`.
fn lines(types: &[&[TokenTree]], at: usize, out: &mut String) {
    for piece in types {
        indent(at + INDENT, out);
        ty(piece, at + INDENT, WIDTH - 1, out);
        out.push_str(",\n");
    }
}

/// Appends the list of a definition's type parameters, one to a line if `is_open`.
pub(super) fn parameters(tokens: &[TokenTree], at: usize, is_open: bool, out: &mut String) {
    if tokens.is_empty() {
        return;
    }
    if !is_open {
        out.push_str(&flat(tokens));
        return;
    }
    out.push_str("<\n");
    lines(&split(&tokens[1..tokens.len() - 1], ','), at, out);
    indent(at, out);
    out.push('>');
}

/// Appends the value of an assignment or definition, and its semicolon, to the line that `out` ends with.
pub(super) fn value(tokens: &[TokenTree], at: usize, out: &mut String) {
    let line = flat(tokens);
    let arguments = tokens
        .last()
        .and_then(|token| group(token, Delimiter::Parenthesis));
    let arguments = arguments.map(inside).unwrap_or_default();
    let is_short = width(&flat(&arguments)) <= CALL_WIDTH;
    if is_short && column(out) + 1 + width(&line) < WIDTH {
        out.push_str(&format!(" {line};"));
    } else if is_short && at + INDENT + width(&line) < WIDTH {
        out.push('\n');
        indent(at + INDENT, out);
        out.push_str(&format!("{line};"));
    } else {
        out.push(' ');
        call(tokens, at, out);
        out.push(';');
    }
}

/// Appends an expression, with the arguments of a call on lines of their own if it does not fit.
pub(super) fn expression(tokens: &[TokenTree], at: usize, out: &mut String) {
    let line = flat(tokens);
    if column(out) + width(&line) <= WIDTH {
        out.push_str(&line);
    } else {
        call(tokens, at, out);
    }
}

/// Appends a call with its arguments on lines of their own, or those of its type where that is too wide by itself. If
/// its one argument is a call, these are that one's.
fn call(tokens: &[TokenTree], at: usize, out: &mut String) {
    let Some((function, arguments)) = as_call(tokens) else {
        out.push_str(&flat(tokens));
        return;
    };
    let head = flat(function);
    // rustfmt leaves a path a column more.
    if column(out) + width(&head) > WIDTH + 1 && find(function, '<').is_some() {
        ty(function, at, 0, out);
        out.push_str(&format!("({})", flat(&arguments)));
        return;
    }
    out.push_str(&head);
    if let Some((inner, further)) = as_call(&arguments)
        && !further.is_empty()
        && split(&arguments, ',').len() == 1
        && column(out) + 2 + width(&flat(inner)) <= WIDTH
    {
        out.push('(');
        call(&arguments, at, out);
        out.push(')');
        return;
    }
    out.push_str("(\n");
    for argument in split(&arguments, ',') {
        indent(at + INDENT, out);
        out.push_str(&flat(argument));
        out.push_str(",\n");
    }
    indent(at, out);
    out.push(')');
}

/// What a call calls, and its arguments.
fn as_call(tokens: &[TokenTree]) -> Option<(&[TokenTree], Vec<TokenTree>)> {
    let (last, function) = tokens.split_last()?;
    let arguments = group(last, Delimiter::Parenthesis)?;
    (!function.is_empty()).then(|| (function, inside(arguments)))
}

/// The column behind the text.
pub(super) fn column(text: &str) -> usize {
    width(text.rsplit('\n').next().unwrap_or_default())
}
