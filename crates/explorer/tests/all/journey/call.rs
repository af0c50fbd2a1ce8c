use super::{MEMBERS, call, control, fill_json, parameters, received, tab};
use crate::browser::{DOWN, ENTER, Page, RIGHT, browse};
use crate::site::{Site, settings};
use serde_json::json;

#[test]
fn calls() {
    browse(async |page| {
        result_has_text_tree_and_table(&page).await;
        error_shows_meaning(&page).await;
        emulator_panel_controls_emulator(&page).await;
        browser_tabs_are_independent(&page).await;
        empty_form_sends_empty_object(&page).await;
    });
}

async fn result_has_text_tree_and_table(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, MEMBERS).await;
    page.fill(&control(&["Offset"]), "0").await;
    page.fill(&control(&["Limit"]), "1").await;
    call(page).await;
    let body = page
        .find("#panel-result .text-view")
        .await
        .text()
        .await
        .unwrap();
    let envelope: serde_json::Value = serde_json::from_str(&body).unwrap();
    let response = &envelope["Response"];
    let facts = page
        .find("#panel-result .facts")
        .await
        .text()
        .await
        .unwrap();
    assert!(
        facts.contains(response["RequestId"].as_str().unwrap()),
        "{facts}"
    );
    assert!(
        facts.contains("200") && facts.contains("emulator"),
        "{facts}"
    );

    let view = async |name: &str| {
        page.click(&format!("#panel-result [data-tab={name}]"))
            .await
    };
    view("tree").await;
    page.click("//*[@role='treeitem'][span[@class='key'][.='Items']]")
        .await;
    page.press(&format!("{DOWN}{RIGHT}{DOWN}")).await;
    let row = page.0.active_element().await.unwrap();
    assert_eq!(row.attr("aria-level").await.unwrap().as_deref(), Some("4"));
    view("table").await;
    let name = response["Items"][0]["Name"].as_str().unwrap();
    let column = "count(//*[@id='panel-result']//th[.='Name']/preceding-sibling::*) + 1";
    let cell = page
        .find(&format!("//*[@id='panel-result']//tbody/tr/*[{column}]"))
        .await;
    assert_eq!(cell.text().await.unwrap(), name);
    view("headers").await;
    page.find("//*[@id='panel-result']//tr[th='content-type'][td='application/json']")
        .await;

    page.click_button("Next page").await;
    page.wait(&format!(
        "const text = document.querySelector('#panel-result .text-view')?.textContent; return text && !text.includes({name:?})"
    ))
    .await;
    assert_eq!(
        received(page).await["understood"]["parameters"]["Offset"],
        1
    );
    assert_eq!(parameters(page).await["Offset"], 1);
    page.assert_quiet(&[]).await;
}

async fn error_shows_meaning(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, MEMBERS).await;
    fill_json(page, r#"{"Limt": 1}"#).await;
    tab(page, "form").await;
    // The page reports undocumented parameters before the call, and leads to them.
    page.click("//li/button[.='Limt']").await;
    let focused = page.0.active_element().await.unwrap();
    assert_eq!(focused.prop("value").await.unwrap().as_deref(), Some("1"));
    call(page).await;
    page.find("//div[@class='failure']/h2[.='UnknownParameter']")
        .await;
    let failure = page.find(".failure").await.text().await.unwrap();
    assert!(failure.contains("Meaning:"), "{failure}");
    page.assert_quiet(&[]).await;
}

async fn emulator_panel_controls_emulator(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, MEMBERS).await;
    page.click("//*[@id='tools']/button[.='Emulator']").await;
    page.wait(
        "return document.querySelector('dialog .text-view')?.textContent.includes('organizations')",
    )
    .await;
    page.click("dialog [data-tab=faults]").await;
    page.fill(
        "dialog [aria-label='Inject fault']",
        r#"{"action": "DescribeOrganizationMembers", "times": 1, "code": "InternalError"}"#,
    )
    .await;
    page.press(ENTER).await;
    page.click_button("Inject fault").await;
    page.wait("return document.querySelector('dialog [role=tabpanel]:not([hidden]) .text-view')?.textContent.includes('InternalError')").await;
    page.click("dialog [aria-label=Close]").await;
    fill_json(page, r#"{"Offset": 0, "Limit": 1}"#).await;
    call(page).await;
    // The client retries after the fault.
    let facts = page
        .find("#panel-result .facts")
        .await
        .text()
        .await
        .unwrap();
    assert!(facts.contains("Attempts\n2"), "{facts}");
    page.assert_quiet(&[]).await;
}

async fn browser_tabs_are_independent(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, MEMBERS).await;
    let first = page.0.window().await.unwrap();
    page.fill(&control(&["Limit"]), "1").await;
    let second = page.0.new_window(true).await.unwrap().handle;
    page.0.switch_to_window(second).await.unwrap();
    page.open(&format!("http://{}{MEMBERS}", site.host)).await;
    page.fill(&control(&["Limit"]), "2").await;
    call(page).await;
    assert_eq!(
        received(page).await["understood"]["parameters"],
        json!({"Limit": 2})
    );
    page.0.switch_to_window(first).await.unwrap();
    assert_eq!(parameters(page).await, json!({"Limit": 1}));
    call(page).await;
    assert_eq!(
        received(page).await["understood"]["parameters"],
        json!({"Limit": 1})
    );
    tab(page, "history").await;
    page.find("//*[@id='panel-history']//tbody/tr[2]").await;
    page.assert_quiet(&[]).await;
}

async fn empty_form_sends_empty_object(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/cvm/2017-03-12/DescribeZones")
        .await;
    page.find("//*[@id='panel-form']//p[.='This action takes no parameters.']")
        .await;
    call(page).await;
    assert_eq!(received(page).await["body"], "{}");
    page.assert_quiet(&[]).await;
}
