//! Tests what users do with pointer and keys, in a real browser.

mod call;
mod failures;
mod fill;
mod forms;
mod history;
mod keyboard;
mod profile;
mod search;
mod views;

use serde_json::{Value, json};

use crate::browser::Page;
use crate::site::Site;

/// Page of an action that the emulator implements.
const MEMBERS: &str = "/intl/organization/2021-03-31/DescribeOrganizationMembers";

/// Returns the XPath of a group of the form, from the labels of the group and its parents.
fn group(path: &[&str]) -> String {
    let mut found = "//*[@id='panel-form']".to_owned();
    for label in path {
        found += &format!("//details[summary/span[@class='name'][.='{label}']]");
    }
    found
}

/// Returns the XPath of the control of a value.
fn control(path: &[&str]) -> String {
    let (label, around) = path.split_last().unwrap();
    group(around) + &format!("//div[@class='field'][label[.='{label}']]//*[@id]")
}

/// Returns the XPath of the select for the state beside a control.
fn states(path: &[&str]) -> String {
    control(path) + "/following-sibling::select"
}

/// Opens a group.
async fn open(page: &Page, path: &[&str]) {
    page.enter_on(&(group(path) + "/summary")).await;
}

/// Filters the parameters in the form by a text.
async fn filter(page: &Page, text: &str) {
    page.fill("#panel-form .filter", text).await;
}

/// Clicks a tab of the page.
async fn tab(page: &Page, name: &str) {
    page.click(&format!("#tab-{name}")).await;
}

/// Returns the parameters from the JSON tab, and goes back to the form.
async fn parameters(page: &Page) -> Value {
    tab(page, "json").await;
    let text = page.find("textarea.json").await.prop("value").await;
    tab(page, "form").await;
    serde_json::from_str(&text.unwrap().unwrap()).unwrap()
}

/// Fills the form from the JSON tab.
async fn fill_json(page: &Page, text: &str) {
    tab(page, "json").await;
    page.fill("textarea.json", text).await;
}

/// Allows scripts to read and write the clipboard, or refuses both.
async fn allow_clipboard(page: &Page, site: &Site, is_allowed: bool) {
    let permissions = match is_allowed {
        true => json!(["clipboardReadWrite", "clipboardSanitizedWrite"]),
        // A grant refuses all other permissions.
        false => json!(["geolocation"]),
    };
    let origin = format!("http://{}", site.host);
    let parameters = json!({"permissions": permissions, "origin": origin});
    page.debug("Browser.grantPermissions", parameters).await;
}

/// Makes the call, and waits for its result.
async fn call(page: &Page) {
    page.click("#call button.primary").await;
    page.wait("return document.querySelector('#tab-result[aria-selected=true]') && !document.querySelector('#call .primary:disabled')")
        .await;
}

/// Returns the last request that the page's emulator received.
async fn received(page: &Page) -> Value {
    let requests = "(([, site, service, version]) => fetch(`/api/emulator/requests?${new URLSearchParams({site, service, version})}`))\
        (location.pathname.split('/')).then(r => r.text())";
    let text = page.resolve(requests).await;
    let requests: Value = serde_json::from_str(text.as_str().unwrap()).unwrap();
    requests.as_array().unwrap().last().unwrap().clone()
}

/// Returns the body of the last request that the page's emulator received.
async fn received_body(page: &Page) -> String {
    received(page).await["body"].as_str().unwrap().to_owned()
}
