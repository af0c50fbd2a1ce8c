use serde_json::json;
use tc3_catalogue::Catalogue;
use tc3_explorer::Settings;

use super::{call, fill_json, tab};
use crate::browser::{Page, browse};
use crate::endpoint;
use crate::site::{Site, settings, texts};

/// Text that looks like markup, and changes the direction of the text around it.
const HOSTILE: &str =
    "</script><img src=x onerror=\"document.title='evil'\"> \u{202e}evil\u{2066}{{7*7}}";

#[test]
fn failures() {
    browse(async |page| {
        server_crash_during_call_is_reported(&page).await;
        call_is_aborted(&page).await;
        hostile_responses_are_text(&page).await;
        megabytes_of_description_are_shown(&page).await;
    });
}

async fn server_crash_during_call_is_reported(page: &Page) {
    let (site, requests) = endpoint::site(None, true);
    page.enter(&site, "/intl/organization/2021-03-31/AddOrganizationNode")
        .await;
    fill_json(page, r#"{"Name": "Research", "ParentNodeId": 1}"#).await;
    page.choose("#call select", "profile:planted").await;
    page.click("#call button.primary").await;
    page.click_button("Call it").await;
    page.find("//*[@id='call']//button[.='Abort'][not(@hidden)]")
        .await;
    requests.recv().unwrap();
    drop(site);
    let failure = page.find(".failure").await.text().await.unwrap();
    assert!(failure.contains("Start `tc3 explore` again"), "{failure}");
    assert!(failure.contains("may have been carried out"), "{failure}");
    // The page keeps the values and reports the crash on all tabs.
    tab(page, "code").await;
    page.find("//*[@id='panel-code']//p[contains(.,'Start `tc3 explore` again')]")
        .await;
    tab(page, "json").await;
    let text = page
        .find("textarea.json")
        .await
        .prop("value")
        .await
        .unwrap();
    assert!(text.unwrap().contains("Research"));
    page.assert_quiet(&["status of 409", "net::ERR_"]).await;
}

async fn call_is_aborted(page: &Page) {
    let (site, requests) = endpoint::site(None, false);
    page.enter(&site, "/intl/organization/2021-03-31/DescribeOrganization")
        .await;
    page.choose("#call select", "profile:planted").await;
    page.click("#call button.primary").await;
    requests.recv().unwrap();
    page.click_button("Abort").await;
    page.find("//div[@class='failure'][contains(.,'The call was aborted')]")
        .await;
    page.assert_quiet(&[]).await;
}

async fn hostile_responses_are_text(page: &Page) {
    let response = json!({
        "RequestId": HOSTILE, HOSTILE: HOSTILE,
        "Items": [{HOSTILE: HOSTILE, "Name": HOSTILE, "__proto__": {"x": 1}, "constructor": null}],
    });
    let (site, _requests) = endpoint::site(Some(json!({"Response": response}).to_string()), false);
    page.enter(&site, super::MEMBERS).await;
    page.choose("#call select", "profile:planted").await;
    call(page).await;
    for view in ["tree", "table", "headers", "raw"] {
        page.click(&format!("#panel-result [data-tab={view}]"))
            .await;
        page.wait("return document.querySelector('#panel-result > [role=tabpanel]:not([hidden])').textContent").await;
        assert_eq!(
            page.run(
                "return document.querySelectorAll('#panel-result img, #panel-result script').length"
            )
            .await,
            0
        );
    }
    let summary = page.find("#panel-result .deviations summary").await;
    summary.click().await.unwrap();
    page.click("#panel-result .deviations li button").await;
    page.find("#panel-result .deviates").await;
    assert_ne!(page.0.title().await.unwrap(), "evil");
    page.assert_quiet(&[]).await;
}

async fn megabytes_of_description_are_shown(page: &Page) {
    let mut spec = Catalogue::international()
        .load("cvm", "2017-03-12")
        .unwrap();
    let long = format!(
        "{HOSTILE}\n{}\n{HOSTILE} the end",
        "many words ".repeat(300_000)
    );
    let action = spec.actions.get_mut("RunInstances").unwrap();
    action.request[0].description = long.clone();
    action.description = long;
    let folder = texts(&spec);
    let site = Site::unopened(Settings {
        texts: Some(folder.path().to_owned()),
        ..settings()
    });
    page.enter(&site, "/intl/cvm/2017-03-12/RunInstances").await;
    page.find("#panel-form textarea").await;
    page.find("//*[@id='documentation']/p[contains(.,'the end')]")
        .await;
    let first = "//*[@id='panel-form']//div[@class='fields']/*[1]";
    page.click(&format!("{first}//*[self::label or self::summary]"))
        .await;
    page.find("//*[@id='field-help']/p[contains(.,'the end')]")
        .await;
    assert_eq!(
        page.run("return document.querySelectorAll('main img, main script:not([type])').length")
            .await,
        0
    );
    page.open(&format!("http://{}/intl/cvm/2017-03-12/", site.host))
        .await;
    page.find("a[href='RunInstances']").await;
    page.press("/").await;
    page.find("dialog [role=combobox]").await;
    page.press("onerror").await;
    page.wait("return document.querySelector('dialog [role=status]').textContent")
        .await;
    assert_eq!(
        page.run("return document.querySelectorAll('img').length")
            .await,
        0
    );
    assert_ne!(page.0.title().await.unwrap(), "evil");
    page.assert_quiet(&[]).await;
}
