//! A template of all parameters of an action.

use tc3_spec::{Field, TypeRef};

use crate::target::Target;

/// Returns a YAML template: required parameters with empty values, all others as comments.
pub(crate) fn text(target: &Target) -> String {
    let described = target.described();
    let mut skeleton = Skeleton {
        target,
        text: format!(
            "# {} {} {}: fill in, and pass with --input FILE\n",
            target.service.name, target.action, target.service.version
        ),
        above: Vec::new(),
    };
    if described.action.request.is_empty() {
        return skeleton.text + "{}\n";
    }
    skeleton.fields(&described.action.request, "", true);
    skeleton.text
}

struct Skeleton<'s> {
    target: &'s Target,
    text: String,
    /// The enclosing data types, so that a recursive one is shown once.
    above: Vec<&'s str>,
}

impl<'s> Skeleton<'s> {
    /// Adds fields. Those that are not active are comments.
    fn fields(&mut self, fields: &'s [Field], indent: &str, is_active: bool) {
        for field in fields {
            let is_required = field.required && !field.is_client_token();
            let is_active = is_active && is_required;
            let mut note = field.type_ref.to_string();
            if is_required {
                note += ", required";
            }
            let comment = if is_active { "" } else { "# " };
            self.value(
                &format!("{comment}{indent}{}:", field.name),
                &field.type_ref,
                indent,
                is_active,
                &note,
            );
        }
    }

    fn value(
        &mut self,
        name: &str,
        type_ref: &'s TypeRef,
        indent: &str,
        is_active: bool,
        note: &str,
    ) {
        let named = type_ref.named().and_then(|name| {
            let found = self.target.spec.types.get_key_value(name)?;
            (!self.above.contains(&name)).then_some(found)
        });
        let Some((of, data_type)) = named.filter(|(_, data_type)| !data_type.fields.is_empty())
        else {
            let empty = match type_ref {
                TypeRef::Array(_) => "[]",
                TypeRef::Named(_) => "{}",
                TypeRef::Integer => "0",
                TypeRef::Float | TypeRef::Double => "0.0",
                TypeRef::Boolean => "false",
                _ => "\"\"",
            };
            self.text += &format!("{name} {empty}  # {note}\n");
            return;
        };
        self.text += &format!("{name}  # {note}\n");
        self.above.push(of);
        let mut deeper = indent.to_owned();
        let mut depth = type_ref;
        let mut dashes = String::new();
        while let TypeRef::Array(element) = depth {
            dashes += "- ";
            depth = element;
        }
        deeper += &" ".repeat(2 + dashes.len());
        let start = self.text.len();
        self.fields(&data_type.fields, &deeper, is_active);
        if !dashes.is_empty() {
            self.mark(start, &deeper, &dashes);
        }
        self.above.pop();
    }

    /// Adds the dashes of a list before its first element, whose line starts at `start`.
    fn mark(&mut self, start: usize, indent: &str, dashes: &str) {
        let comment = if self.text[start..].starts_with('#') {
            2
        } else {
            0
        };
        let end = start + comment + indent.len();
        self.text.replace_range(end - dashes.len()..end, dashes);
    }
}
