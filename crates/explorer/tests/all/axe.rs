//! Tests the accessibility of each kind of page, tab and dialog with axe-core.

use std::cell::RefCell;

use serde_json::json;
use tc3_explorer::Settings;

use crate::browser::{CONTROL, ENTER, ESCAPE, Page, browse};
use crate::credentials::accounts;
use crate::site::{Site, settings};

/// Environment variable with the path of `axe.min.js` of axe-core.
const SCRIPT: &str = "TC3_AXE";

#[test]
fn pages_have_no_violation() {
    let Some(path) = std::env::var_os(SCRIPT) else {
        eprintln!("skipped: {SCRIPT} is not set; `npm install axe-core`, and set it to axe.min.js");
        return;
    };
    let script = std::fs::read_to_string(path).unwrap();
    let site = Site::unopened(Settings {
        accounts: accounts(),
        write: true,
        ..settings()
    });
    browse(async |page| {
        page.enter(&site, "/intl/").await;
        // Disables transitions, so that axe-core sees the final colors.
        let still = json!({"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]});
        page.debug("Emulation.setEmulatedMedia", still).await;
        let found = RefCell::default();
        for (theme, language, width) in [("light", "en", 1280), ("dark", "zh", 320)] {
            let cookies = format!(
                "for (const cookie of ['tc3-theme={theme}', 'tc3-lang={language}']) document.cookie = `${{cookie}}; Path=/`"
            );
            page.run(&cookies).await;
            let metrics =
                json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
            page.debug("Emulation.setDeviceMetricsOverride", metrics)
                .await;
            let checker = Checker {
                page: &page,
                site: &site,
                script: &script,
                view: format!("{theme} {language} {width}"),
                width,
                found: &found,
            };
            checker.check_pages().await;
            checker.check_action().await;
            checker.check_calls().await;
            checker.check_dialogs().await;
        }
        let found = found.into_inner();
        assert!(found.is_empty(), "{}", found.join("\n"));
    });
}

/// Checks the pages in one theme, language and width.
struct Checker<'c> {
    page: &'c Page,
    site: &'c Site,
    script: &'c str,
    view: String,
    width: u64,
    /// Findings.
    found: &'c RefCell<Vec<String>>,
}

impl Checker<'_> {
    async fn open(&self, path: &str) {
        self.page
            .open(&format!("http://{}{path}", self.site.host))
            .await;
        self.page
            .wait("return document.querySelector('#tools select')")
            .await;
        self.page.run(self.script).await;
    }

    /// Reports violations, and a page that is wider than the window.
    async fn check(&self, name: &str) {
        let run = "axe.run({resultTypes: ['violations']}).then(found => found.violations.map(of => \
            ({id: of.id, nodes: of.nodes.slice(0, 3).map(node => node.html.slice(0, 200) + ' ' + node.failureSummary)})))";
        let found = self.page.resolve(run).await;
        let wide = self
            .page
            .run("return document.documentElement.scrollWidth")
            .await;
        let mut all = self.found.borrow_mut();
        if found != json!([]) {
            all.push(format!("{} {name}: {found:#}", self.view));
        }
        if wide.as_u64() > Some(self.width) {
            all.push(format!("{} {name}: {wide} pixels wide", self.view));
        }
    }

    async fn check_pages(&self) {
        for path in [
            "/intl/",
            "/intl/cvm/2017-03-12/",
            "/intl/cvm/2017-03-12/types/Placement",
            "/intl/search?q=runinstnaces",
            "/intl/search?q=zzqqxx",
            "/intl/cvm/2017-03-12/RunInstance",
        ] {
            self.open(path).await;
            self.check(path).await;
        }
    }

    /// Checks the form, closed and open, and the tabs derived from it.
    async fn check_action(&self) {
        let page = self.page;
        self.open("/intl/cvm/2017-03-12/RunInstances").await;
        page.find("#panel-form .fields").await;
        self.check("form").await;
        page.run("for (const group of [...document.querySelectorAll('#panel-form details')].slice(0, 8)) group.open = true").await;
        page.wait("return !document.querySelector('#panel-form .body > .quiet') && document.querySelector('#panel-form ol + div button')").await;
        page.run("for (const add of document.querySelectorAll('#panel-form ol + div button')) add.click()").await;
        page.fill("#panel-form input[inputmode]", "x").await;
        page.wait("return document.querySelector('.problems li')")
            .await;
        self.check("form with lists and problems").await;
        page.click("#tab-json").await;
        page.fill("textarea.json", "{x").await;
        page.wait("return document.querySelector('#panel-json .problem:not([hidden])')")
            .await;
        self.check("invalid JSON").await;
        page.fill("textarea.json", "{}").await;
        for tab in ["request", "signature", "code"] {
            page.click(&format!("#tab-{tab}")).await;
            page.wait(&format!(
                "return document.querySelector('#panel-{tab} pre')?.textContent"
            ))
            .await;
            if tab == "signature" {
                page.click("#panel-signature mark").await;
            }
            self.check(tab).await;
        }
    }

    /// Checks a result, an error, and the history of both.
    async fn check_calls(&self) {
        let page = self.page;
        self.open("/intl/organization/2021-03-31/DescribeOrganizationMembers")
            .await;
        page.find("#panel-form .fields").await;
        page.press(&format!("{CONTROL}{ENTER}")).await;
        page.find("#panel-result .text-view").await;
        self.check("result").await;
        for tab in ["tree", "table", "headers"] {
            page.click(&format!("#panel-result [data-tab={tab}]")).await;
            page.wait("return document.querySelector('#panel-result > [role=tabpanel]:not([hidden])').textContent").await;
            self.check(tab).await;
        }
        page.click("#tab-json").await;
        page.fill("textarea.json", r#"{"X": "1"}"#).await;
        page.press(&format!("{CONTROL}{ENTER}")).await;
        page.find(".failure").await;
        self.check("error").await;
        page.click("#tab-history").await;
        page.find("#panel-history tr").await;
        self.check("history").await;
        for row in 1..=2 {
            page.click(&format!("#panel-history tbody tr:nth-child({row}) input"))
                .await;
        }
        page.click("#panel-history .toolbar button").await;
        page.find("dialog del").await;
        self.check("comparison").await;
        page.press(ESCAPE).await;
    }

    async fn check_dialogs(&self) {
        let page = self.page;
        self.open("/intl/organization/2021-03-31/AddOrganizationNode")
            .await;
        page.press(&format!("{CONTROL}k")).await;
        page.find("dialog input").await;
        page.press("inst").await;
        page.find("dialog .hit").await;
        self.check("search").await;
        page.press(ESCAPE).await;
        page.click("#tools button:nth-of-type(2)").await;
        for part in ["requests", "faults", "clock", "outbox", "state"] {
            page.click(&format!("dialog [data-tab={part}]")).await;
            page.find("dialog [role=tabpanel]:not([hidden]) .text-view")
                .await;
            self.check(part).await;
        }
        page.press(ESCAPE).await;
        page.click("#panel-form .toolbar button").await;
        page.find("dialog textarea").await;
        self.check("paste").await;
        page.press(ESCAPE).await;
        page.choose("#call select", "profile:planted").await;
        page.press(&format!("{CONTROL}{ENTER}")).await;
        page.find("dialog button.danger").await;
        self.check("confirmation").await;
        page.press(ESCAPE).await;
    }
}
