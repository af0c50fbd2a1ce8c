//! Help of an action: its parameters, its response and its error codes.

use tc3_spec::{Access, DataType, Field, TypeRef};

use crate::target::Target;

/// Maximum depth of nested structures.
const MAX_DEPTH: usize = 3;

/// Returns the help of an action.
pub(crate) fn text(target: &Target) -> String {
    let described = target.described();
    let action = described.action;
    let mut text = format!(
        "{} {} {}\n",
        target.service.name, target.action, target.service.version
    );
    if !action.description.is_empty() {
        text += &format!("\n{}\n", action.description);
    }
    let mut facts = vec![match action.access_or_derived(&target.action) {
        Access::Read => "only reads".to_owned(),
        Access::Write => "may modify state".to_owned(),
    }];
    if let Some(rate) = action.rate_limit {
        facts.push(format!("at most {rate} calls a second"));
    }
    let pagination = action.pagination_or_derived(&target.action, &target.spec.types);
    if pagination != tc3_spec::Pagination::None {
        facts.push("lists pages".to_owned());
    }
    if action.deprecated {
        facts.push("deprecated".to_owned());
    }
    text += &format!("\n{}.\n", capitalized(&facts.join(", ")));
    text += &format!(
        "\nUsage: tc3 {} {}{} [OPTIONS]\n",
        target.service.name,
        target.action,
        usage(&action.request)
    );
    let (required, optional): (Vec<&Field>, Vec<&Field>) =
        action.request.iter().partition(|field| is_required(field));
    for (heading, fields) in [("Required parameters", required), ("Parameters", optional)] {
        if !fields.is_empty() {
            text += &format!("\n{heading}:\n");
            for field in fields {
                tree(&mut text, target, field, "--", &mut Vec::new());
            }
        }
    }
    text += "\nResponse:\n";
    for field in &action.response {
        text += &format!("  {:<28} {}\n", field.name, field.type_ref);
        for line in field.description.lines() {
            text += &format!("        {line}\n");
        }
    }
    text += "  RequestId                    String\n";
    if !action.errors.is_empty() {
        text += "\nError codes:\n";
        for error in &action.errors {
            let line = format!("  {}  {}", error.code, error.description);
            text += &format!("{}\n", line.trim_end());
        }
    }
    text += "\n`tc3 --help` has all options.\n";
    text
}

/// Whether the user must set a parameter. The runtime generates the ClientToken.
fn is_required(field: &Field) -> bool {
    field.required && !field.is_client_token()
}

/// Returns the required parameters with placeholders.
fn usage(request: &[Field]) -> String {
    let required = request.iter().filter(|field| is_required(field));
    let required =
        required.map(|field| format!(" --{} {}", field.name, placeholder(&field.type_ref)));
    required.collect()
}

/// Returns the placeholder of a value: its type.
fn placeholder(type_ref: &TypeRef) -> String {
    let name = type_ref.element().to_string().to_uppercase();
    match type_ref {
        TypeRef::Array(_) => format!("{name}..."),
        _ => name,
    }
}

/// Adds a parameter and the fields of its structure, with their paths.
fn tree<'s>(
    text: &mut String,
    target: &'s Target,
    field: &'s Field,
    prefix: &str,
    above: &mut Vec<&'s str>,
) {
    let path = format!("{prefix}{}", field.name);
    let mut notes = Vec::new();
    if is_required(field) && !above.is_empty() {
        notes.push("required");
    }
    if field.deprecated {
        notes.push("deprecated");
    }
    let notes = match &*notes {
        [] => String::new(),
        notes => format!(" ({})", notes.join(", ")),
    };
    let indent = "  ".repeat(above.len() + 1);
    let left = format!("{indent}{path}");
    text.push_str(format!("{left:<40} {}{notes}\n", field.type_ref).as_str());
    for line in field.description.lines() {
        text.push_str(&format!("{indent}      {line}\n"));
    }
    let Some(name) = field.type_ref.named() else {
        return;
    };
    let Some(DataType { fields, .. }) = target.spec.types.get(name) else {
        return;
    };
    if above.contains(&name) || above.len() >= MAX_DEPTH {
        return;
    }
    above.push(name);
    let mut path = path;
    let mut type_ref = &field.type_ref;
    while let TypeRef::Array(element) = type_ref {
        path += ".0";
        type_ref = element;
    }
    for field in fields {
        tree(text, target, field, &format!("{path}."), above);
    }
    above.pop();
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}
