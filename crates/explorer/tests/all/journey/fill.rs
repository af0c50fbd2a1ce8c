use serde_json::{Value, json};
use tc3_catalogue::Catalogue;
use tc3_explorer::Settings;

use super::{
    call, control, fill_json, filter, group, open, parameters, received, received_body, states, tab,
};
use crate::browser::{ALT, ENTER, Page, SHIFT, UP, browse};
use crate::site::{Site, settings, texts};

/// Parses JSON with exact numbers.
fn exact(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn controls() {
    browse(async |page| {
        controls_fill_the_call(&page).await;
        unset_empty_and_null_differ(&page).await;
        recursive_types_open_on_demand(&page).await;
        problems_are_shown_beside_fields(&page).await;
        page_keeps_position_if_focus_disappears(&page).await;
        outdated_check_failure_is_ignored(&page).await;
        listed_values_are_suggested(&page).await;
        long_lists_have_windows(&page).await;
        removed_item_shows_last_items(&page).await;
        invalid_text_blocks_navigation(&page).await;
        unset_discards_invalid_text(&page).await;
    });
}

async fn controls_fill_the_call(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/ccc/2020-02-10/CreateAICall").await;
    page.fill(&control(&["SdkAppId"]), "9007199254740993").await;
    for name in ["Callee", "LLMType", "APIKey", "APIUrl"] {
        page.fill(&control(&[name]), name).await;
    }
    // The text area grows with its lines. Enter alone adds no line.
    let prompt = control(&["SystemPrompt"]);
    page.fill(&prompt, "one").await;
    page.press(ENTER).await;
    page.press(&format!("{SHIFT}{ENTER}")).await;
    page.press("two").await;
    assert_eq!(page.run("return document.activeElement.rows").await, 2);
    // The page shows the documentation of the focused field.
    page.find("//div[@id='field-help']/h2[.='SystemPrompt']")
        .await;

    let list = ["Callers"];
    open(page, &list).await;
    let add = group(&list) + "//button[.='Add item']";
    for text in ["a", "b"] {
        page.enter_on(&add).await;
        page.press(text).await;
    }
    let item = |index: usize, tool: &str| {
        group(&list) + &format!("//li[{index}]//button[@aria-label='{tool}']")
    };
    page.click(&item(2, "Duplicate item")).await;
    page.press("2").await;
    page.click(&item(3, "Move up (Alt+↑)")).await;
    page.click(&item(1, "Remove item")).await;
    assert_eq!(parameters(page).await["Callers"], json!(["b2", "b"]));

    filter(page, "EndFunction").await;
    let boolean = control(&["EndFunctionEnable"]);
    for (value, found) in [
        ("true", json!(true)),
        ("", Value::Null),
        ("false", json!(false)),
    ] {
        page.choose(&boolean, value).await;
        let parameters = parameters(page).await;
        assert_eq!(
            parameters.get("EndFunctionEnable").is_some(),
            !value.is_empty()
        );
        assert_eq!(parameters["EndFunctionEnable"], found);
    }
    filter(page, "Temperature").await;
    page.fill(&control(&["Temperature"]), "0.70").await;
    filter(page, "NotifyMaxCount").await;
    page.fill(&control(&["NotifyMaxCount"]), "18446744073709551615")
        .await;

    filter(page, "Variables").await;
    let list = ["Variables"];
    open(page, &list).await;
    page.enter_on(&(group(&list) + "//button[.='Add item']"))
        .await;
    page.fill(&control(&["Variables", "[0]", "Key"]), "k").await;
    page.fill(&control(&["Variables", "[0]", "Value"]), "v")
        .await;
    let tool = |index: usize, tool: &str| {
        group(&list)
            + &format!("/div/ol/li[{index}]/div[@class='item-tools']/button[@aria-label='{tool}']")
    };
    page.click(&tool(1, "Duplicate item")).await;
    open(page, &["Variables", "[1]"]).await;
    page.fill(&control(&["Variables", "[1]", "Key"]), "second")
        .await;
    page.press(&format!("{ALT}{UP}")).await;
    page.click(&tool(2, "Duplicate item")).await;
    page.click(&tool(3, "Remove item")).await;

    filter(page, "ToneWord").await;
    let word = ["ToneWord"];
    assert!(page.run("return performance.getEntriesByType('resource').some(e => e.name.endsWith('/ToneWordInfo'))").await == false);
    open(page, &word).await;
    page.fill(&control(&["ToneWord", "FirstSentenceTimeout"]), "1e-3")
        .await;
    open(page, &["ToneWord", "ZHToneWords"]).await;
    page.find(&(group(&["ToneWord", "ZHToneWords"]) + "//div[@class='fields']"))
        .await;

    call(page).await;
    let sent = exact(
        r#"{
          "SdkAppId": 9007199254740993, "Callee": "Callee", "LLMType": "LLMType", "APIKey": "APIKey",
          "APIUrl": "APIUrl", "SystemPrompt": "one\ntwo", "Callers": ["b2", "b"], "EndFunctionEnable": false,
          "Temperature": 0.70, "NotifyMaxCount": 18446744073709551615,
          "Variables": [{"Key": "second", "Value": "v"}, {"Key": "k", "Value": "v"}],
          "ToneWord": {"FirstSentenceTimeout": 1e-3}
        }"#,
    );
    assert_eq!(exact(&received_body(page).await), sent);
    page.assert_quiet(&[]).await;
}

async fn unset_empty_and_null_differ(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/ecm/2019-07-19/ResetInstances")
        .await;
    // A call marks missing required fields, but is still sent.
    call(page).await;
    super::tab(page, "form").await;
    page.find(&(group(&["InstanceIdSet"]) + "//span[.='Required: enter a value.']"))
        .await;
    open(page, &["InstanceIdSet"]).await;
    page.choose(
        &(group(&["InstanceIdSet"]) + "//select[@class='state']"),
        "empty",
    )
    .await;
    page.choose(&states(&["KeepData"]), "empty").await;
    page.choose(&states(&["KeepImageLogin"]), "null").await;
    page.fill(&control(&["ImageId"]), "img").await;
    page.fill(&control(&["ImageId"]), "").await;
    open(page, &["EnhancedService"]).await;
    page.choose(&(group(&["EnhancedService"]) + "/div/select"), "empty")
        .await;
    call(page).await;
    let sent =
        json!({"InstanceIdSet": [], "KeepData": "", "KeepImageLogin": null, "EnhancedService": {}});
    let received = received(page).await;
    assert_eq!(received["understood"]["parameters"], sent);
    super::tab(page, "form").await;
    page.choose(&states(&["KeepImageLogin"]), "unset").await;
    page.choose(&states(&["KeepData"]), "value").await;
    page.press("x").await;
    let left = json!({"InstanceIdSet": [], "KeepData": "x", "EnhancedService": {}});
    assert_eq!(parameters(page).await, left);
    page.assert_quiet(&[]).await;
}

async fn recursive_types_open_on_demand(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/billing/2018-07-09/CreateGatherRule")
        .await;
    page.fill(&control(&["Id"]), "-1").await;
    let mut path = vec!["RuleList"];
    open(page, &path).await;
    path.push("RuleDetail");
    open(page, &path).await;
    for _ in 0..2 {
        path.push("Children");
        open(page, &path).await;
        page.enter_on(&(group(&path) + "/div/div[@class='toolbar']/button[.='Add item']"))
            .await;
        path.push("[0]");
    }
    path.push("RuleKey");
    page.fill(&control(&path), "ownerUin").await;
    let wanted = json!({"Id": -1, "RuleList": {"RuleDetail": {"Children": [{"Children": [{"RuleKey": "ownerUin"}]}]}}});
    assert_eq!(parameters(page).await, wanted);
    // The number is outside the documented range.
    page.find("//p[@class='problem'][contains(.,'Must be from 0 to 18446744073709551615')]")
        .await;
    page.assert_quiet(&[]).await;
}

async fn problems_are_shown_beside_fields(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/cvm/2017-03-12/RunInstances").await;
    let text = r#"{"ImageID": "x", "Placement": {"Zone": "z", "Nothing": 1}, "InstanceCount": 1}"#;
    fill_json(page, text).await;
    tab(page, "form").await;
    let beside = |label: &str, text: &str| {
        format!("//div[@class='field'][label='{label}']/p[@class='problem'][contains(.,'{text}')]")
    };
    page.find(&beside("ImageID", "Did you mean ImageId?")).await;
    // A closed group shows that it contains problems.
    let mark = "//span[contains(@class,'inside')][not(contains(@class,'none'))]";
    page.find(&(group(&["Placement"]) + "/summary" + mark))
        .await;
    page.find("//button[.='Problems: 2']").await;

    page.fill(&control(&["InstanceCount"]), "2").await;
    const TOP: &str = "return document.activeElement.getBoundingClientRect().top";
    let top = page.run(TOP).await;
    page.press("x").await;
    page.find("//button[.='Problems: 3']").await;
    assert_eq!(page.run(TOP).await, top);
    page.find(&beside("InstanceCount", "Must be a whole number."))
        .await;
    // The list leads to each problem, also to one in a group.
    page.click("//button[.='Problems: 3']").await;
    page.press(ENTER).await;
    page.wait("return document.activeElement.getAttribute('aria-invalid')")
        .await;
    page.click("//li/button[.='Placement.Nothing']").await;
    page.wait("return document.activeElement.closest('.field').querySelector('label').textContent == 'Nothing'")
        .await;
    page.assert_quiet(&[]).await;
}

async fn page_keeps_position_if_focus_disappears(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/apm/2021-06-22/ModifyApmApplicationConfig")
        .await;
    page.find("#panel-form textarea").await;
    for change in ["hidden = true", "remove()"] {
        let moved = page
            .resolve(&format!(
                "import('/assets/dom.js').then(({{ steady }}) => {{
                    const button = document.createElement('button');
                    const [above, below] = [0, 0].map(() => document.createElement('div'));
                    for (const one of [above, below]) one.style.height = '3000px';
                    document.querySelector('main').append(above, button, below);
                    button.focus();
                    const before = scrollY;
                    steady(() => button.{change});
                    return [before > 0, scrollY - before];
                }})"
            ))
            .await;
        assert_eq!(moved, json!([true, 0]), "{change}");
    }
    // Requesting more fields moves the focus to the first of them. The page must not scroll to the button before.
    let more = page
        .run(
            "const more = document.querySelector('#panel-form .more:not([hidden])');
            let moves = 0;
            window.scrollBy = () => { moves += 1; };
            more.focus({ preventScroll: true });
            more.click();
            return [moves, document.activeElement !== more, more.hidden];",
        )
        .await;
    assert_eq!(more, json!([0, true, false]));
    page.assert_quiet(&[]).await;
}

async fn outdated_check_failure_is_ignored(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, super::MEMBERS).await;
    page.run(
        "const real = window.fetch;
        window.fetch = (path, init) => {
            if (path !== '/api/check') return real(path, init);
            window.fetch = real;
            return new Promise((_, fail) => { window.failFirst = () => fail(new TypeError('lost')); });
        };",
    )
    .await;
    page.fill(&control(&["Limit"]), "1").await;
    page.wait("return window.failFirst !== undefined").await;
    page.fill(&control(&["Limit"]), "x").await;
    page.find("//button[.='Problems: 2']").await;
    // The next task runs after all reactions to the failure.
    let notices = page
        .resolve("(failFirst(), new Promise(done => setTimeout(done))).then(() => document.querySelector('#call .notices').textContent)")
        .await;
    assert_eq!(notices, "");
    page.assert_quiet(&[]).await;
}

async fn listed_values_are_suggested(page: &Page) {
    let mut spec = Catalogue::international()
        .load("cvm", "2017-03-12")
        .unwrap();
    let action = spec.actions.get_mut("RunInstances").unwrap();
    for field in &mut action.request {
        field.description = match &*field.name {
            "InstanceChargeType" => {
                "Valid values: `PREPAID` (ahead), `SPOTPAID` (cheap).".to_owned()
            }
            "InstanceCount" => "Count. 1: one; 2: two".to_owned(),
            _ => String::new(),
        };
    }
    let folder = texts(&spec);
    let site = Site::unopened(Settings {
        texts: Some(folder.path().to_owned()),
        ..settings()
    });
    page.enter(&site, "/intl/cvm/2017-03-12/RunInstances").await;
    let control = control(&["InstanceChargeType"]);
    page.click(&control).await;
    let values = "return [...document.activeElement.list.options].map(option => option.value)";
    assert_eq!(page.run(values).await, json!(["PREPAID", "SPOTPAID"]));
    // Other values may be valid too.
    page.fill(&control, "NEWER").await;
    assert_eq!(parameters(page).await["InstanceChargeType"], "NEWER");
    page.click(&super::control(&["InstanceCount"])).await;
    assert_eq!(page.run(values).await, json!(["1", "2"]));
    page.assert_quiet(&[]).await;
}

async fn long_lists_have_windows(page: &Page) {
    const NODES: &str = "const nodes = document.createTreeWalker(document.querySelector('main')); let count = 1; while (nodes.nextNode()) count += 1; return count";
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/cvm/2017-03-12/DescribeInstances")
        .await;
    let items: Vec<Value> = (0..10_000)
        .map(|number| json!({"Name": number.to_string()}))
        .collect();
    page.click_button("Paste…").await;
    page.find("dialog[open] textarea").await;
    let text = json!({"Filters": items}).to_string();
    page.run(&format!(
        "document.querySelector('dialog textarea').value = {}",
        json!(text)
    ))
    .await;
    page.click_button("Fill the form").await;
    page.wait("return !document.querySelector('dialog')").await;
    let list = ["Filters"];
    open(page, &list).await;
    let add = group(&list) + "//button[.='Add item']";
    page.enter_on(&add).await;
    page.find(&group(&["Filters", "[10000]"])).await;
    page.find("//span[.='Items 10000 to 10000 of 10001']").await;
    page.click_button("Previous").await;
    // A moved item takes the window and the focus along.
    page.find(&group(&["Filters", "[9999]"])).await;
    let tool = |index: usize, tool: &str| {
        group(&list)
            + &format!("/div/ol/li[{index}]/div[@class='item-tools']/button[@aria-label='{tool}']")
    };
    page.click(&tool(50, "Move down (Alt+↓)")).await;
    page.find("//span[.='Items 10000 to 10000 of 10001']").await;
    page.click(&tool(1, "Duplicate item")).await;
    page.click(&tool(1, "Remove item")).await;
    page.fill(&(group(&list) + "//input[@inputmode='numeric']"), "5000")
        .await;
    page.press(ENTER).await;
    page.find(&group(&["Filters", "[5000]"])).await;
    // The items lack required values.
    page.find("//*[@class='problems']//li[51][contains(.,' more')]")
        .await;
    let nodes = page.run(NODES).await;
    assert!(nodes.as_u64() < Some(2000), "{nodes}");
    let filled = parameters(page).await;
    let filled = filled["Filters"].as_array().unwrap();
    assert_eq!(filled.len(), 10_001);
    assert_eq!(
        [
            &filled[9998]["Name"],
            &filled[9999],
            &filled[10_000]["Name"]
        ],
        [&json!("9998"), &json!({}), &json!("9999")]
    );
    // The parameters are too long for the address.
    page.find(
        "//*[@id='call']//p[contains(.,'too long for the address')]/button[.='Copy as JSON']",
    )
    .await;
    assert_eq!(page.run("return location.hash").await, "");
    page.assert_quiet(&[]).await;
}

async fn removed_item_shows_last_items(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/cvm/2017-03-12/DescribeInstances")
        .await;
    let mut items = vec![json!("ins-1"); 120];
    items.push(json!(1));
    fill_json(page, &json!({"InstanceIds": items}).to_string()).await;
    tab(page, "form").await;
    let problem = "//li/button[.='InstanceIds.120']";
    page.find(problem).await;
    // Keeps the listed problems, which become outdated.
    page.run("window.fetch = () => new Promise(() => {})").await;
    fill_json(page, &json!({"InstanceIds": items[..53]}).to_string()).await;
    tab(page, "form").await;
    page.click(problem).await;
    page.find("//span[.='Items 50 to 52 of 53']").await;
    page.find(&control(&["InstanceIds", "[52]"])).await;
    let position = group(&["InstanceIds"]) + "//input[@inputmode='numeric']";
    page.fill(&position, "999999999999999999999").await;
    page.press(ENTER).await;
    page.find(&control(&["InstanceIds", "[52]"])).await;
    page.assert_quiet(&[]).await;
}

async fn invalid_text_blocks_navigation(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/cvm/2017-03-12/DescribeInstances")
        .await;
    // The last item of the first window is no String, so its control shows JSON.
    let mut items = vec![json!("ins-1"); 49];
    items.push(json!({"A": 1}));
    items.push(json!("ins-2"));
    fill_json(page, &json!({"InstanceIds": items}).to_string()).await;
    tab(page, "form").await;
    let list = ["InstanceIds"];
    open(page, &list).await;
    let last = control(&["InstanceIds", "[49]"]);
    page.fill(&last, "{1").await;
    let problem =
        group(&list) + "//*[@class='problem'][contains(.,'InstanceIds[49] is not valid')]";
    let no_problem = format!(
        "//*[@id='panel-form'][not({})]",
        problem.trim_start_matches('/')
    );
    let tool = |index: usize, tool: &str| {
        group(&list)
            + &format!("/div/ol/li[{index}]/div[@class='item-tools']/button[@aria-label='{tool}']")
    };
    for button in [
        group(&list) + "//button[.='Next']",
        group(&list) + "//button[.='Add item']",
        tool(50, "Duplicate item"),
        tool(50, "Move down (Alt+↓)"),
    ] {
        page.enter_on(&button).await;
        page.find(&problem).await;
        let text = page.find(&last).await.prop("value").await.unwrap();
        assert_eq!(text.as_deref(), Some("{1"), "{button}");
        // A change removes the message.
        page.fill(&control(&["InstanceIds", "[0]"]), &button.len().to_string())
            .await;
        page.find(&no_problem).await;
    }
    // An item with invalid text stays in the window, even above its limit.
    page.enter_on(&tool(1, "Duplicate item")).await;
    page.find("//span[.='Items 0 to 50 of 52']").await;
    let last = control(&["InstanceIds", "[50]"]);
    let text = page.find(&last).await.prop("value").await.unwrap();
    assert_eq!(text.as_deref(), Some("{1"));
    page.fill(&last, "{\"B\": 2}").await;
    page.enter_on(&(group(&list) + "//button[.='Next']")).await;
    page.find("//span[.='Items 50 to 51 of 52']").await;
    let filled = parameters(page).await;
    assert_eq!(filled["InstanceIds"][50], json!({"B": 2}));
    page.assert_quiet(&[]).await;
}

async fn unset_discards_invalid_text(page: &Page) {
    let site = Site::unopened(settings());
    page.enter(&site, "/intl/ecm/2019-07-19/ResetInstances")
        .await;
    // The value of the structure's field does not have the documented shape.
    let odd = json!({"InstanceIdSet": ["i"], "EnhancedService": {"SecurityService": 1}});
    fill_json(page, &odd.to_string()).await;
    tab(page, "form").await;
    open(page, &["EnhancedService"]).await;
    let inner = control(&["EnhancedService", "SecurityService"]);
    page.fill(&inner, "{1").await;
    page.click("#call button.primary").await;
    page.wait("return document.querySelector('#call .status').textContent.includes('EnhancedService.SecurityService is not valid')")
        .await;
    page.choose(&(group(&["EnhancedService"]) + "/div/select"), "unset")
        .await;
    call(page).await;
    let received = received(page).await;
    let sent = json!({"InstanceIdSet": ["i"]});
    assert_eq!(received["understood"]["parameters"], sent);
    page.assert_quiet(&[]).await;
}
