use serde_json::{Value, json};

use super::{allow_clipboard, call, control, fill_json, parameters, received, tab};
use crate::browser::{ENTER, ESCAPE, Page, browse};
use crate::site::{Site, settings};

const RUN: &str = "/intl/cvm/2017-03-12/RunInstances";

#[test]
fn views() {
    browse(async |page| {
        json_view_edits_parameters(&page).await;
        pasted_lines_fill_the_form(&page).await;
        request_signature_and_code_agree(&page).await;
    });
}

async fn json_view_edits_parameters(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, RUN).await;
    page.fill(&control(&["ImageId"]), "img-1").await;
    assert_eq!(parameters(page).await, json!({"ImageId": "img-1"}));
    fill_json(
        page,
        "{\"InstanceCount\": 9007199254740993, \"ImageId\": \"img-2\"}",
    )
    .await;
    tab(page, "form").await;
    let image = page.find(&control(&["ImageId"])).await;
    assert_eq!(image.prop("value").await.unwrap().as_deref(), Some("img-2"));
    let count = page.find(&control(&["InstanceCount"])).await;
    assert_eq!(
        count.prop("value").await.unwrap().as_deref(),
        Some("9007199254740993")
    );
    // The call bar shows an error of the text, and the text keeps its position.
    let notice = "//*[@id='call']//p[contains(.,'correct it first')]";
    const TOP: &str = "return document.activeElement.getBoundingClientRect().top";
    tab(page, "json").await;
    page.click("textarea.json").await;
    let top = page.run(TOP).await;
    page.press("x").await;
    page.find(notice).await;
    assert_eq!(page.run(TOP).await, top);
    // The form keeps its values, and the call is blocked.
    fill_json(page, r#"{"ImageId": "img-3","#).await;
    page.press(&format!("{ENTER}  \"InstanceCount\": 1 2}}"))
        .await;
    page.wait("return document.querySelector('#panel-json .problem')?.textContent.startsWith('Line 2, column ')").await;
    // Each tab shows the error.
    for name in ["json", "form"] {
        tab(page, name).await;
        page.find(notice).await;
        page.click("#call button.primary").await;
        page.wait("return document.querySelector('#call .status').textContent.includes('correct it first')")
            .await;
    }
    let image = page.find(&control(&["ImageId"])).await;
    assert_eq!(image.prop("value").await.unwrap().as_deref(), Some("img-2"));
    // A change in the form replaces the text.
    page.click(&format!("{notice}/button")).await;
    page.find("#tab-json[aria-selected=true]").await;
    tab(page, "form").await;
    page.fill(&control(&["ImageId"]), "img-4").await;
    page.wait("return !document.querySelector('#call .notices').textContent")
        .await;
    call(page).await;
    let sent = received(page).await["understood"]["parameters"].clone();
    assert_eq!(sent["ImageId"], "img-4");
    assert_eq!(parameters(page).await["ImageId"], "img-4");
    // Invalid JSON in a control of the form blocks the call too.
    fill_json(page, r#"{"Nothing": 1}"#).await;
    tab(page, "form").await;
    page.fill(&control(&["Nothing"]), "{1").await;
    page.click("#call button.primary").await;
    page.wait("return document.querySelector('#call .status').textContent.includes('Nothing is not valid')")
        .await;
    page.assert_quiet(&[]).await;
}

/// Marks the pasted `InstanceType` as secret, because no spec in the catalogue has a suitable parameter.
const SECRET_TYPE: &str = "const real = window.fetch; window.fetch = async (path, init) => {
    const response = await real(path, init);
    if (path !== '/api/paste' || !response.ok) return response;
    return Response.json({ ...await response.json(), secrets: { '': { InstanceType: true } } });
}";

async fn pasted_lines_fill_the_form(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, RUN).await;
    let paste = async |line: &str| {
        page.click_button("Paste…").await;
        page.find("dialog[open] textarea").await;
        page.press(line).await;
        page.click_button("Fill the form").await;
    };
    paste("tc3 --region ap-singapore cvm RunInstances --Placement.Zone ap-singapore-1 --InstanceCount 2").await;
    page.wait("return !document.querySelector('dialog')").await;
    let filled = json!({"Placement": {"Zone": "ap-singapore-1"}, "InstanceCount": 2});
    assert_eq!(parameters(page).await, filled);
    let region = page.find("#call input").await.prop("value").await.unwrap();
    assert_eq!(region.as_deref(), Some("ap-singapore"));
    paste("tc3 cvm RunInstances --ImageId 'a").await;
    page.wait("return document.querySelector('dialog [role=alert]').textContent.length > 10")
        .await;
    page.press(ESCAPE).await;
    // The address must not contain a parameter that only the spec of the other action marks as secret.
    page.run(SECRET_TYPE).await;
    paste("tc3 cvm DescribeImages --InstanceType S5").await;
    page.find("//dialog//*[@role='alert'][contains(.,'DescribeImages')]")
        .await;
    page.press(ESCAPE).await;
    // The command line of another action opens its page.
    paste("tccli cvm DescribeZones --region ap-tokyo --version 2017-03-12").await;
    page.wait("return location.pathname.endsWith('/DescribeZones')")
        .await;
    page.find("#call input").await;
    page.wait("return document.querySelector('#call input').value == 'ap-tokyo'")
        .await;
    page.assert_quiet(&["status of 400"]).await;
}

/// Waits until an element has text, and returns the text.
async fn text(page: &Page, selector: &str) -> String {
    let script = format!("return document.querySelector('{selector}')?.textContent");
    page.wait(&format!("{script} || null"))
        .await
        .as_str()
        .unwrap()
        .to_owned()
}

async fn request_signature_and_code_agree(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/cvm/2017-03-12/DescribeZones")
        .await;
    allow_clipboard(page, &site, true).await;
    page.fill("#call input", "ap-singapore").await;
    // The page updates its tabs shortly after the last key.
    page.wait("return location.hash.includes('ap-singapore')")
        .await;
    tab(page, "request").await;
    let request = text(page, "#panel-request pre").await;
    tab(page, "signature").await;
    let header = text(page, "#panel-signature section:nth-of-type(6) pre").await;
    let signature = text(page, "#panel-signature section:nth-of-type(5) pre").await;
    let scope = text(page, "#panel-signature section:nth-of-type(4) pre").await;
    assert!(request.contains("x-tc-region: ap-singapore"), "{request}");
    assert!(
        header.ends_with(&signature) && header.contains(&scope),
        "{header}"
    );
    assert!(request.contains(&scope), "{request}");
    // All marks of the value are highlighted.
    page.click("#panel-signature section:nth-of-type(6) mark[data-value=signature]")
        .await;
    assert_eq!(page.run("return document.querySelectorAll('#panel-signature mark.lit, #panel-signature pre.lit').length > 2").await, true);

    tab(page, "code").await;
    page.choose("#panel-code select", "python").await;
    page.wait("return document.querySelector('#panel-code pre').textContent.includes('import')")
        .await;
    page.click("#panel-code .toolbar button").await;
    page.find("//*[@id='panel-code']//button[.='Copied']").await;
    let copied = page.resolve("navigator.clipboard.readText()").await;
    let code = text(page, "#panel-code pre").await;
    assert_eq!(copied, Value::from(code.clone()));
    allow_clipboard(page, &site, false).await;
    page.find("//*[@id='panel-code']//button[.='Copy']").await;
    page.click("#panel-code .toolbar button").await;
    page.find("//*[@id='panel-code']//button[.='Selected: press Ctrl+C']")
        .await;
    let selected = page.run("return getSelection().toString()").await;
    assert_eq!(selected.as_str().unwrap().trim(), code.trim());
    assert!(
        code.contains("ap-singapore") && code.contains("DescribeZones"),
        "{code}"
    );

    call(page).await;
    let received = received(page).await;
    let head = received["head"].as_str().unwrap();
    assert!(head.contains("x-tc-region: ap-singapore"), "{head}");
    assert!(head.contains(&scope), "{head}");
    page.assert_quiet(&[]).await;
}
