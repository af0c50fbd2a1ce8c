use serde_json::{Value, json};
use tc3_emulator::Emulator;
use tc3_explorer::Settings;

use super::{call, fill_json, tab};
use crate::browser::{CONTROL, ENTER, Page, browse};
use crate::credentials::accounts;
use crate::security::emulator;
use crate::site::{Site, settings};

const WRITE: &str = "/intl/organization/2021-03-31/AddOrganizationNode";

fn site(emulator: &Emulator, write: bool) -> Site {
    Site::unopened(Settings {
        accounts: accounts(),
        endpoint: Some(emulator.endpoint().to_owned()),
        write,
        ..settings()
    })
}

#[test]
fn profiles() {
    browse(async |page| {
        write_needs_confirmation(&page).await;
        read_only_profile_cannot_write(&page).await;
    });
}

async fn write_needs_confirmation(page: &Page) {
    let emulator = emulator();
    let site = site(&emulator, true);
    page.enter(&site, WRITE).await;
    fill_json(page, r#"{"Name": "Research", "ParentNodeId": 1}"#).await;
    page.choose("#call select", "profile:planted").await;
    page.fill("#call input", "ap-singapore").await;
    page.click("#call button.primary").await;
    let dialog = page.find("dialog[open]").await.text().await.unwrap();
    let host = emulator.endpoint();
    for fact in [
        "planted",
        host,
        "ap-singapore",
        "AddOrganizationNode",
        "Research",
    ] {
        assert!(dialog.contains(fact), "{fact}: {dialog}");
    }
    assert!(!dialog.contains("confirm-"), "{dialog}");
    page.click_button("Cancel").await;
    page.wait("return !document.querySelector('dialog')").await;
    assert!(
        emulator.requests().is_empty(),
        "it was sent before the confirmation"
    );
    page.click("#call button.primary").await;
    page.click_button("Call it").await;
    page.find("#panel-result .facts").await;
    let requests = emulator.requests();
    assert_eq!(requests.len(), 1);
    let sent = requests[0].understood.parameters.clone().map(Value::Object);
    let mut sent = sent.unwrap();
    sent.as_object_mut().unwrap().remove("ClientToken");
    assert_eq!(sent, json!({"Name": "Research", "ParentNodeId": 1}));
    let seen = page.0.source().await.unwrap();
    assert!(
        !seen.contains("PlantedSecretKey"),
        "the secret key is in the page"
    );
    page.assert_quiet(&["status of 409"]).await;
}

async fn read_only_profile_cannot_write(page: &Page) {
    let emulator = emulator();
    let site = site(&emulator, false);
    page.enter(&site, WRITE).await;
    page.choose("#call select", "profile:planted").await;
    let button = page.find("#call button.primary").await;
    assert!(!button.is_enabled().await.unwrap());
    let note = page.find("#call .note").await.text().await.unwrap();
    assert!(note.contains("--write"), "{note}");
    page.press(&format!("{CONTROL}{ENTER}")).await;
    page.choose("#call select", "emulator").await;
    call(page).await;
    page.open(&format!(
        "http://{}/intl/organization/2021-03-31/DescribeOrganization",
        site.host
    ))
    .await;
    page.choose("#call select", "profile:planted").await;
    call(page).await;
    tab(page, "history").await;
    let requests = emulator.requests();
    let actions = requests
        .iter()
        .map(|request| request.understood.action.as_deref());
    assert_eq!(actions.collect::<Vec<_>>(), [Some("DescribeOrganization")]);
    page.assert_quiet(&[]).await;
}
