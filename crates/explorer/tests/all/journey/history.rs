use serde_json::json;

use super::{MEMBERS, call, control, fill_json, parameters, tab};
use crate::browser::{ESCAPE, Page, browse};
use crate::site::{Site, settings};

#[test]
fn history() {
    browse(async |page| {
        link_restores_parameters(&page).await;
        history_omits_secrets(&page).await;
    });
}

async fn link_restores_parameters(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(
        &site,
        &format!("{MEMBERS}#p=%7B%22Limit%22%3A18446744073709551615%7D&r=ap-singapore"),
    )
    .await;
    let limit = page.find(&control(&["Limit"])).await;
    assert_eq!(
        limit.prop("value").await.unwrap().as_deref(),
        Some("18446744073709551615")
    );
    page.fill(&control(&["Offset"]), "7").await;
    page.wait("return decodeURIComponent(location.hash).includes('\"Offset\":7')")
        .await;
    let link = page.0.current_url().await.unwrap();
    // The link restores the form, also in the other language.
    page.open("about:blank").await;
    page.open(link.as_str()).await;
    assert_eq!(parameters(page).await["Offset"], 7);
    page.click("a[lang=zh]").await;
    page.find("html[lang=zh]").await;
    let filled = parameters(page).await;
    assert_eq!(filled["Offset"], 7);
    assert_eq!(filled["Limit"].to_string(), "18446744073709551615");
    page.open(&format!("http://{}{MEMBERS}#p=%7B%22Limit", site.host))
        .await;
    page.find(
        "//p[@class='notice'][contains(.,'{\"Limit')] | //p[@class='notice'][contains(.,'链接')]",
    )
    .await;
    page.assert_quiet(&[]).await;
}

async fn history_omits_secrets(page: &Page) {
    const PASSWORD: &str = "PlantedPassword-1";
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/ecm/2019-07-19/ResetInstances")
        .await;
    fill_json(
        page,
        &format!(r#"{{"InstanceIdSet": ["a"], "Password": "{PASSWORD}"}}"#),
    )
    .await;
    call(page).await;
    fill_json(
        page,
        &format!(r#"{{"InstanceIdSet": ["b"], "Password": "{PASSWORD}"}}"#),
    )
    .await;
    call(page).await;
    let kept = page
        .run("return JSON.stringify({...localStorage}) + location.href")
        .await;
    let kept = kept.as_str().unwrap();
    assert!(
        kept.contains("ResetInstances") && kept.contains("InstanceIdSet"),
        "{kept}"
    );
    assert!(!kept.contains(PASSWORD), "{kept}");
    tab(page, "history").await;
    page.find("//*[@id='panel-history']//td[contains(.,'(secret values left out)')]")
        .await;
    for row in [1, 2] {
        page.click(&format!("//*[@id='panel-history']//tbody/tr[{row}]//input"))
            .await;
    }
    page.click_button("Compare").await;
    let removed = page.find("dialog del").await.text().await.unwrap();
    let added = page.find("dialog ins").await.text().await.unwrap();
    assert!(
        removed.contains("\"a\"") && added.contains("\"b\""),
        "{removed} {added}"
    );
    page.press(ESCAPE).await;
    page.click("//*[@id='panel-history']//tbody/tr[2]//button[.='Refill']")
        .await;
    assert_eq!(parameters(page).await, json!({"InstanceIdSet": ["a"]}));
    // The history is the same on the page of another action.
    page.open(&format!("http://{}{MEMBERS}", site.host)).await;
    tab(page, "history").await;
    page.click("//*[@id='panel-history']//tbody/tr[1]//a[.='Open']")
        .await;
    page.wait("return location.pathname.endsWith('/ResetInstances')")
        .await;
    assert_eq!(parameters(page).await["InstanceIdSet"], json!(["b"]));
    tab(page, "history").await;
    page.click_button("Clear history").await;
    page.find("//*[@id='panel-history']/p[contains(.,'No calls yet')]")
        .await;
    page.assert_quiet(&[]).await;
}
