//! Page of an action: its documentation, and the data for its form, its call and its code.

use maud::{Markup, html};
use serde_json::{Value, json};
use tc3_snippets::Language;
use tc3_spec::{Access, Action};

use super::documentation::fields;
use super::layout;
use super::prose::{line_of, paragraphs};
use super::view::View;
use crate::calls::{DEFAULT, EMULATOR, target_name};
use crate::form::{field, secrets};
use crate::problem::Problem;
use crate::reply::Reply;
use crate::subject::{Subject, describe, texts};

/// The tabs, by the keys of their names.
const TABS: [&str; 7] = [
    "form",
    "json",
    "request",
    "signature",
    "code",
    "result",
    "history",
];

pub(super) fn page(view: &View<'_>, subject: &Subject) -> Result<Reply, Problem> {
    let of = &subject.of;
    let folder = view.settings.texts.as_deref();
    let mut spec = subject.spec.clone();
    describe(&mut spec, of.site, folder);
    let action = spec
        .actions
        .get_mut(&subject.action)
        .ok_or_else(|| Problem::internal("the catalogue lost the action; reload the page"))?;
    let texts = texts(folder, of.site);
    let has_texts = texts.is_some();
    if let Some(texts) = texts
        && action.examples.is_empty()
        && let Ok(examples) = texts.examples(&of.service, &of.version, &subject.action)
    {
        action.examples = examples;
    }
    let action = &*action;
    let main = html! {
        (layout::data("action", &data(view, subject, action)))
        h1 { (subject.action) }
        (facts(view, &subject.action, action))
        noscript { p class="note" { (view.text("no-script")) } }
        div role="tablist" aria-label=(view.text("action")) hidden {
            @for tab in TABS {
                button type="button" role="tab" id={ "tab-" (tab) } data-tab=(tab)
                    aria-controls={ "panel-" (tab) } { (view.text(tab)) }
            }
        }
        @for tab in TABS {
            div role="tabpanel" id={ "panel-" (tab) } aria-labelledby={ "tab-" (tab) } hidden {}
        }
        aside id="documentation" aria-label=(view.text("documentation")) {
            div id="field-help" aria-live="polite" {}
            (paragraphs(&action.description))
            @if !has_texts && action.description.is_empty() {
                p class="note" { (line_of(view.text("no-texts"))) }
            }
            (documentation(view, subject, action))
        }
    };
    let crumbs = [
        (view.text("services"), format!("/{}/", of.site.name())),
        (&*format!("{} {}", of.service, of.version), of.href()),
    ];
    Ok(layout::page(
        view,
        of.site,
        &subject.action,
        &crumbs,
        "action",
        main,
    ))
}

/// Returns the facts of an action: access, rate limit and more.
fn facts(view: &View<'_>, name: &str, action: &Action) -> Markup {
    let access = action.access_or_derived(name);
    html! {
        p class="facts" {
            @match access {
                Access::Read => span class="read" { (view.text("read")) },
                Access::Write => span class="write" { (view.text("write")) },
            }
            @if let Some(rate) = action.rate_limit {
                " " span { (rate) " " (view.text("rate-limit")) }
            }
            @if action.deprecated { " " span class="deprecated" { (view.text("deprecated")) } }
        }
    }
}

fn documentation(view: &View<'_>, subject: &Subject, action: &Action) -> Markup {
    html! {
        @if !action.request.is_empty() {
            h2 { (view.text("parameters")) }
            (fields(view, &subject.of, &action.request, view.text("parameters"), "request"))
        }
        @if !action.response.is_empty() {
            h2 { (view.text("response")) }
            (fields(view, &subject.of, &action.response, view.text("response"), "response"))
        }
        @if !action.errors.is_empty() {
            h2 { (view.text("errors")) }
            dl class="errors" {
                @for error in &action.errors {
                    dt { code { (error.code) } }
                    dd { (line_of(&error.description)) }
                }
            }
        }
        @if !action.examples.is_empty() {
            h2 { (view.text("examples")) }
            @for example in &action.examples {
                details {
                    summary { (example.title.as_deref().unwrap_or(view.text("example"))) }
                    @if let Some(text) = &example.description { (paragraphs(text)) }
                    @for (part, value) in [("request", &example.request), ("response", &example.response)] {
                        @if let Some(value) = value {
                            h3 { (view.text(part)) }
                            pre tabindex="0" { code { (format!("{value:#}")) } }
                        }
                    }
                }
            }
        }
    }
}

/// Returns the data of the page for scripts.
fn data(view: &View<'_>, subject: &Subject, action: &Action) -> Value {
    let access = action.access_or_derived(&subject.action);
    let examples = action.examples.iter().filter_map(|example| {
        let request = format!("{:#}", example.request.as_ref()?);
        Some(json!({ "title": example.title, "request": request }))
    });
    let response = action.response.iter();
    let response = response.map(|of| json!({ "name": of.name, "type": of.type_ref }));
    let mut data = subject.name();
    let more = json!({
        "access": access,
        "request": action.request.iter().map(field).collect::<Vec<_>>(),
        "response": response.collect::<Vec<_>>(),
        "examples": examples.collect::<Vec<_>>(),
        "region": action.region,
        "secrets": secrets(action, &subject.spec.types),
        "regions": view.settings.regions.iter().map(|(name, _)| name).collect::<Vec<_>>(),
        "languages": Language::ALL.map(|language| json!({"name": language.name(), "title": language.title()})),
        "targets": targets(view),
        "target": EMULATOR,
        "can_write": view.settings.write,
    });
    if let (Value::Object(data), Value::Object(more)) = (&mut data, more) {
        data.extend(more);
    }
    data
}

/// Returns the targets of calls.
fn targets(view: &View<'_>) -> Vec<Value> {
    let emulator = json!({"name": EMULATOR, "title": view.text("emulator"), "is_emulator": true, "region": null});
    let accounts = view.settings.accounts.iter().map(|account| {
        let title = match account.name.as_str() {
            DEFAULT => view.text("default-target").to_owned(),
            name => format!("{}: {name}", view.text("profile")),
        };
        // An error is reported by the call.
        let region = account.source.region().ok().flatten();
        json!({
            "name": target_name(account), "title": title, "is_emulator": false, "region": region,
        })
    });
    [emulator].into_iter().chain(accounts).collect()
}
