use crate::browser::{CONTROL, ENTER, browse};
use crate::site::{Site, settings};
use serde_json::json;

#[test]
fn keyboard_search_finds_misspelled_name() {
    let site = Site::unopened(settings());
    browse(async |page| {
        page.enter(&site, "/intl/").await;
        page.find("#tools select").await;
        page.press(&format!("{CONTROL}k")).await;
        page.find("dialog[open] [role=combobox]").await;
        page.press("runinstnaces").await;
        page.find("//div[@role='option'][@aria-selected='true'][b='RunInstances']")
            .await;
        page.press(ENTER).await;
        page.wait("return location.pathname == '/intl/cvm/2017-03-12/RunInstances'")
            .await;
        page.find("#panel-form textarea").await;
        // The slash opens the search too, unless the user types it into a value.
        page.click("#panel-form textarea").await;
        page.press("/").await;
        assert!(
            page.run("return document.querySelector('dialog')")
                .await
                .is_null()
        );
        page.click("h1").await;
        page.press("/zzqqxx").await;
        page.wait("return document.querySelector('dialog [role=status]').textContent.startsWith('Nothing found')")
            .await;
        page.assert_quiet(&[]).await;
    });
}

#[test]
fn pages_work_without_scripts() {
    let site = Site::unopened(settings());
    browse(async |page| {
        page.debug(
            "Emulation.setScriptExecutionDisabled",
            json!({"value": true}),
        )
        .await;
        page.open(&site.url).await;
        page.click("input[name=q]").await;
        page.press(&format!("runinstnaces{ENTER}")).await;
        page.click("a[href='/intl/cvm/2017-03-12/RunInstances']")
            .await;
        let note = page.find("noscript p").await.text().await.unwrap();
        assert!(note.starts_with("JavaScript is off"), "{note}");
        let tools = page.find("#tools").await.html(true).await.unwrap();
        assert_eq!(tools, "", "scripts ran");
        page.find("#request-ImageId").await;
        page.click("#request-Placement a").await;
        let title = page.find("h1").await.text().await.unwrap();
        assert_eq!(title, "Placement");
        page.click("nav[aria-label] a[href='/intl/cvm/2017-03-12/']")
            .await;
        page.find("a[href='DescribeInstances']").await;
        page.click("a[lang=zh]").await;
        page.find("html[lang=zh]").await;
        page.assert_quiet(&[]).await;
    });
}
