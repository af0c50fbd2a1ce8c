//! Explains a service.

use std::collections::BTreeMap;

use tc3_spec::{Access, Spec};

/// Returns the actions of a service, with their summaries if texts are imported.
pub(crate) fn text(spec: &Spec, summaries: &BTreeMap<String, String>) -> String {
    let Spec {
        service,
        version,
        endpoint,
        actions,
        ..
    } = spec;
    let mut text = format!(
        "{service} {version}, {} actions, at {endpoint}\n\nUsage: tc3 {service} ACTION [--PARAMETER VALUE]... [OPTIONS]\n\n",
        actions.len()
    );
    for (access, heading) in [
        (Access::Read, "Actions that only read"),
        (Access::Write, "Actions that may modify state"),
    ] {
        let actions = actions.iter();
        let mut actions = actions
            .filter(|(name, action)| action.access_or_derived(name) == access)
            .peekable();
        if actions.peek().is_some() {
            text += &format!("{heading}:\n");
            for (name, action) in actions {
                let deprecated = if action.deprecated {
                    " (deprecated)"
                } else {
                    ""
                };
                let left = format!("  {name}{deprecated}");
                let summary = summaries.get(name).map_or("", String::as_str);
                text += format!("{left:<42} {summary}").trim_end();
                text.push('\n');
            }
            text.push('\n');
        }
    }
    text + &format!(
        "`tc3 {service} ACTION --help` has the parameters of an action, `tc3 --help` all options.\n"
    )
}
