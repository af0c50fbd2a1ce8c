use serde_json::json;

use super::{allow_clipboard, received};
use crate::browser::{CONTROL, ENTER, Page, RIGHT, TAB, browse};
use crate::site::{Site, settings};

/// Presses Tab until the focused element meets a condition of JavaScript on `at`.
async fn go_to(page: &Page, condition: &str) {
    for _ in 0..60 {
        let script = format!("const at = document.activeElement; return !!({condition})");
        if page.run(&script).await == true {
            return;
        }
        page.press(TAB).await;
    }
    panic!(
        "the Tab key does not lead to {condition}: {}",
        page.text().await
    );
}

#[test]
fn keyboard_suffices() {
    let site = Site::unopened(settings());
    browse(async |page| {
        page.enter(&site, "/intl/").await;
        page.find("#tools select").await;
        page.press(TAB).await;
        let skip = page
            .run("return document.activeElement.getAttribute('href')")
            .await;
        assert_eq!(skip, "#main");
        page.press(&format!("{CONTROL}k")).await;
        page.find("dialog [role=combobox]").await;
        page.press("DescribeOrganizationMembers").await;
        page.find("//div[@aria-selected='true'][b='DescribeOrganizationMembers'][span='organization 2021-03-31']").await;
        page.press(ENTER).await;
        page.wait("return location.pathname.endsWith('/DescribeOrganizationMembers')")
            .await;
        page.find("#panel-form input").await;

        go_to(&page, "at.labels?.[0]?.textContent == 'Limit'").await;
        page.press("1").await;
        page.press(&format!("{CONTROL}{ENTER}")).await;
        page.find("#panel-result .text-view").await;
        assert_eq!(
            received(&page).await["understood"]["parameters"]["Limit"],
            json!(1)
        );

        allow_clipboard(&page, &site, true).await;
        page.run("document.activeElement.blur()").await;
        go_to(
            &page,
            "at.role == 'tab' && at.closest('main > [role=tablist]')",
        )
        .await;
        // Home leads to the tab of the form, and four steps to the tab of the code.
        page.press("\u{e011}").await;
        page.press(&RIGHT.repeat(4)).await;
        page.find("#tab-code[aria-selected=true]").await;
        page.wait("return document.querySelector('#panel-code pre').textContent.includes('Limit')")
            .await;
        go_to(&page, "at.textContent == 'Copy'").await;
        page.press(ENTER).await;
        page.find("//*[@id='panel-code']//button[.='Copied']").await;
        let copied = page.resolve("navigator.clipboard.readText()").await;
        assert!(copied.as_str().unwrap().contains("Limit"), "{copied}");
        page.assert_quiet(&[]).await;
    });
}
