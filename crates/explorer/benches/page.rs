//! Measures the pages in Chromium. Each figure is the minimum of several runs, followed by its limit after `≤`. Exits with 1 if
//! one exceeds its limit. The floor is the same figure of an empty page of the same server.
//!
//! Run with `cargo bench -p tc3-explorer`.

#[cfg(unix)]
#[path = "../tests/all/browser.rs"]
#[expect(dead_code, reason = "tests use more of it")]
mod browser;
#[cfg(unix)]
#[path = "../tests/all/credentials.rs"]
mod credentials;
#[cfg(unix)]
#[path = "../tests/all/endpoint.rs"]
mod endpoint;
#[cfg(unix)]
#[path = "../tests/all/site.rs"]
#[expect(dead_code, reason = "tests use more of it")]
mod site;

#[cfg(unix)]
mod figures {
    use std::time::Instant;

    use serde_json::{Value, json};

    use crate::browser::{CONTROL, Page};
    use crate::endpoint;
    use crate::site::{Site, settings};

    /// Number of measurements; the minimum counts.
    const RUNS: usize = 5;

    /// An empty page of the server.
    const EMPTY: &str = "/intl/absent/";

    /// Measures when the element of a selector was first painted.
    const PAINTED: &str = "
        window.painted = selector => new Promise(done => {
            const look = () => {
                if (!document.querySelector(selector)) return requestAnimationFrame(look);
                requestAnimationFrame(() => setTimeout(() => done(performance.now())));
            };
            look();
        });
        document.addEventListener('readystatechange', () => {
            if (document.readyState != 'interactive') return;
            const isAction = document.querySelector('main[data-page=action]');
            window.form = window.painted(isAction ? '#panel-form .fields > *' : '#tools select');
        });";

    /// Measured figures.
    #[derive(Default)]
    pub(crate) struct Figures {
        pub(crate) exceeded: bool,
    }

    impl Figures {
        /// Prints a figure beside its limit and its floor.
        fn report(&mut self, name: &str, figure: f64, limit: f64, floor: Option<f64>) {
            let ratio = floor.map_or_else(String::new, |floor| {
                format!(
                    ", {:.1} times the floor of {floor:.1}",
                    figure / floor.max(0.1)
                )
            });
            let above = if figure > limit { "  ABOVE" } else { "" };
            println!("{name}: {figure:.1} ≤ {limit}{ratio}{above}");
            self.exceeded |= figure > limit;
        }
    }

    /// Returns the minimum of several runs.
    async fn least(mut run: impl AsyncFnMut() -> f64) -> f64 {
        let mut least = f64::INFINITY;
        for _ in 0..RUNS {
            least = least.min(run().await);
        }
        least
    }

    fn number(value: &Value) -> f64 {
        value
            .as_f64()
            .unwrap_or_else(|| panic!("no number: {value}"))
    }

    /// Measures the time from the start of the server to its first response, in milliseconds.
    pub(crate) fn start(figures: &mut Figures) {
        let time = || {
            let start = Instant::now();
            let site = Site::unopened(settings());
            let host = site.host.clone();
            site.send("GET", "/assets/style.css", &[("Host", &host)], "");
            start.elapsed().as_secs_f64() * 1000.0
        };
        let least = (0..RUNS).map(|_| time()).fold(f64::INFINITY, f64::min);
        figures.report("start to first response, ms", least, 100.0, None);
    }

    /// Measures the pages.
    pub(crate) async fn pages(page: &Page, figures: &mut Figures) {
        let site = Site::unopened(settings());
        page.enter(&site, EMPTY).await;
        page.debug("Performance.enable", json!({})).await;
        let script = json!({"source": PAINTED});
        page.debug("Page.addScriptToEvaluateOnNewDocument", script)
            .await;
        let open = async |path: &str| page.open(&format!("http://{}{path}", site.host)).await;

        let paint = async |path: &str| {
            open(path).await;
            number(
                &page
                    .wait("return performance.getEntriesByName('first-paint')[0]?.startTime")
                    .await,
            )
        };
        let floor = least(async || paint(EMPTY).await).await;
        let action = least(async || paint("/intl/cvm/2017-03-12/RunInstances").await).await;
        figures.report("first paint of an action, ms", action, 300.0, Some(floor));

        let form = async |path: &str| {
            open(path).await;
            let time = "window.form.then(time => time - performance.getEntriesByType('navigation')[0].domInteractive)";
            number(&page.resolve(time).await)
        };
        let floor = least(async || form(EMPTY).await).await;
        let widest = least(async || form("/intl/mps/2019-06-12/ProcessMedia").await).await;
        figures.report(
            "widest form, parsed to painted, ms",
            widest,
            100.0,
            Some(floor),
        );
        // The protocol's count includes earlier documents.
        let count = "const nodes = document.createTreeWalker(document); let count = 1; while (nodes.nextNode()) count += 1; return count";
        let nodes = number(&page.run(count).await);
        figures.report("widest form, DOM nodes", nodes, 2000.0, None);

        let floor = least(async || {
            open(EMPTY).await;
            slow_frames(page).await
        })
        .await;
        let slow = least(async || {
            open("/intl/csip/2022-11-21/").await;
            slow_frames(page).await
        })
        .await;
        figures.report(
            "csip's actions scrolled, frames over 50 ms",
            slow,
            0.0,
            Some(floor),
        );

        let key = least(async || {
            open("/intl/").await;
            page.wait("return document.querySelector('#tools select')")
                .await;
            keystroke(page).await
        })
        .await;
        figures.report("slowest response to a keystroke, ms", key, 50.0, None);
    }

    /// Returns a metric of the browser.
    async fn metric(page: &Page, name: &str) -> f64 {
        let metrics = page.debug("Performance.getMetrics", json!({})).await;
        let metrics = metrics["metrics"].as_array().expect("metrics");
        let found = metrics.iter().find(|metric| metric["name"] == name);
        number(&found.expect("the metric")["value"])
    }

    /// Scrolls a page to its end, and returns how many frames took too long.
    async fn slow_frames(page: &Page) -> f64 {
        let scroll = "new Promise(done => {
            let [slow, count, last] = [0, 0, performance.now()];
            const step = document.documentElement.scrollHeight / 100;
            const frame = now => {
                if (now - last > 50) slow += 1;
                last = now;
                scrollBy(0, step);
                if ((count += 1) < 100) requestAnimationFrame(frame);
                else done(slow);
            };
            requestAnimationFrame(now => { last = now; requestAnimationFrame(frame); });
        })";
        number(&page.resolve(scroll).await)
    }

    /// Types a misspelled name, and returns the time of the slowest response.
    async fn keystroke(page: &Page) -> f64 {
        page.press(&format!("{CONTROL}k")).await;
        page.find("dialog input").await;
        page.run("performance.clearResourceTimings()").await;
        const SLOWEST: &str = "return performance.getEntriesByType('resource').filter(of => of.name.includes('/api/search') && of.responseEnd).map(of => of.duration)";
        for (count, letter) in "runinstnaces".chars().enumerate() {
            page.press(&letter.to_string()).await;
            page.wait(&format!("{SLOWEST}.length > {count}")).await;
        }
        let times = page.run(SLOWEST).await;
        let times = times.as_array().expect("times").iter().map(number);
        times.fold(0.0, f64::max)
    }

    /// Measures a response of 10 MB, and the tab that shows it.
    pub(crate) async fn response(page: &Page, figures: &mut Figures) {
        let member = |number: usize| {
            json!({
                "MemberUin": number, "Name": format!("member-{number}"), "MemberType": "Invite", "OrgPolicyType": "Financial",
                "Remark": "x".repeat(150), "CreateTime": "2022-01-01 00:00:00", "NodeId": number % 100, "NodeName": "node",
                "OrgPermission": [{"Id": 1, "Name": "view"}, {"Id": 2, "Name": "pay"}],
            })
        };
        let items: Vec<Value> = (0..27_000).map(member).collect();
        let response =
            json!({"Response": {"Items": items, "Total": 27_000, "RequestId": "r"}}).to_string();
        let size = response.len();
        assert!(size > 10_000_000, "{size}");
        let (site, _requests) = endpoint::site(Some(response), false);
        let path = "/intl/organization/2021-03-31/DescribeOrganizationMembers";
        page.enter(&site, path).await;
        let time = least(async || {
            page.0.refresh().await.expect("the page");
            page.choose("#call select", "profile:planted").await;
            page.run("performance.clearResourceTimings(); window.shown = window.painted('#panel-result .piece')").await;
            page.click("#call button.primary").await;
            let time = "window.shown.then(time => time - performance.getEntriesByType('resource').find(of => of.name.endsWith('/api/call')).responseEnd)";
            number(&page.resolve(time).await)
        })
        .await;
        figures.report("10 MB, received to painted, ms", time, 500.0, None);
        // Builds all views, and waits for the indented text.
        for view in ["tree", "table", "raw"] {
            page.click(&format!("#panel-result [data-tab={view}]"))
                .await;
        }
        page.wait(
            "return document.querySelector('#panel-result .piece').textContent.startsWith('{\\n')",
        )
        .await;
        page.debug("HeapProfiler.collectGarbage", json!({})).await;
        let heap = metric(page, "JSHeapUsedSize").await / 1_048_576.0;
        figures.report("heap of the tab with 10 MB, MiB", heap, 60.0, None);
    }
}

#[cfg(unix)]
fn main() {
    let mut figures = figures::Figures::default();
    figures::start(&mut figures);
    browser::browse(async |page| {
        figures::pages(&page, &mut figures).await;
        figures::response(&page, &mut figures).await;
    });
    if figures.exceeded {
        std::process::exit(1);
    }
}

#[cfg(not(unix))]
fn main() {
    eprintln!("skipped: the browser's driver is only started on Unix");
}
