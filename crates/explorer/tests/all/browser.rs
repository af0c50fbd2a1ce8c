//! A real browser: headless Chromium, driven by its WebDriver.

use std::future::Future;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource as _, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use url::Url;

use crate::site::Site;

/// Timeout for a page to show something. A busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// Poll interval.
const PERIOD: Duration = Duration::from_millis(20);

/// Chromium without windows, which takes a quarter less time.
const SHELL: &str = "/usr/bin/chromium-headless-shell";

/// The name of another site, which leads to this machine.
pub(crate) const EVIL: &str = "evil.example";

pub(crate) const CONTROL: char = '\u{e009}';
pub(crate) const ALT: char = '\u{e00a}';
pub(crate) const SHIFT: char = '\u{e008}';
pub(crate) const DELETE: &str = "\u{e017}";
pub(crate) const ENTER: &str = "\u{e007}";
pub(crate) const ESCAPE: &str = "\u{e00c}";
pub(crate) const TAB: &str = "\u{e004}";
pub(crate) const UP: &str = "\u{e013}";
pub(crate) const RIGHT: &str = "\u{e014}";
pub(crate) const DOWN: &str = "\u{e015}";

/// The keys that stay down while others are pressed.
const HELD: [char; 3] = [CONTROL, ALT, SHIFT];

/// A command that only Chrome's driver has.
#[derive(Debug)]
struct Chrome {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Chrome {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!(
            "session/{}/{}",
            session.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}

/// A browser that is closed when it is dropped, and the folder of its temporary files.
struct Driver {
    process: Child,
    _folder: TempDir,
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Its browser, which is in its group, does not end with it if a test failed.
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
    }
}

/// Runs a test in a browser. Without one, or its driver, it says so and the test is skipped.
pub(crate) fn browse<F: Future<Output = ()>>(test: impl FnOnce(Page) -> F) {
    let skip = |missing: &str| {
        eprintln!("skipped: {missing} is not installed; `apt install chromium-driver chromium`");
    };
    let Some((driver, port)) = driver() else {
        return skip("chromedriver");
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,900",
                format!("--host-resolver-rules=MAP {EVIL} 127.0.0.1"), "--lang=en-US",
            ],
        });
        if Path::new(SHELL).exists() {
            options["binary"] = json!(SHELL);
        }
        let Value::Object(capabilities) = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
        }) else {
            unreachable!("it is an object")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await;
        let client = match client {
            Err(_) if !has_browser() => return skip("chromium"),
            client => client.unwrap(),
        };
        test(Page(client.clone())).await;
        client.close().await.unwrap();
    });
    drop(driver);
}

/// Whether there is a browser to drive. Debian's driver says of a missing one that it exited.
fn has_browser() -> bool {
    let names = [
        SHELL,
        "chromium",
        "chromium-browser",
        "google-chrome",
        "chrome",
    ];
    names.into_iter().any(can_start)
}

fn can_start(program: &str) -> bool {
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null());
    command.status().is_ok()
}

/// Starts the driver on a free port.
fn driver() -> Option<(Driver, u16)> {
    let mut command = Command::new("chromedriver");
    command.arg("--port=0").process_group(0);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    // The browser leaves folders behind, even if it is closed.
    let folder = TempDir::new().unwrap();
    command.env("TMPDIR", folder.path());
    let process = command.spawn().ok()?;
    let mut driver = Driver {
        process,
        _folder: folder,
    };
    let mut lines = BufReader::new(driver.process.stdout.take()?).lines();
    let port = lines.find_map(|line| {
        let line = line.ok()?;
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    Some((driver, port?))
}

/// The page that the browser shows.
pub(crate) struct Page(pub(crate) Client);

impl Page {
    pub(crate) async fn open(&self, url: &str) {
        self.0.goto(url).await.unwrap();
    }

    /// Opens the address of an explorer as a person who was never there, and then a page of it.
    pub(crate) async fn enter(&self, site: &Site, path: &str) {
        // The page before may lose its explorer.
        self.open("about:blank").await;
        self.chrome("se/log", json!({"type": "browser"})).await;
        self.debug("Network.clearBrowserCookies", json!({})).await;
        self.open(&site.url).await;
        self.wait("return location.pathname == '/intl/' && document.readyState == 'complete'")
            .await;
        self.open(&format!("http://{}{path}", site.host)).await;
    }

    /// Waits for an element, which a CSS selector names, or an XPath that begins with a slash.
    pub(crate) async fn find(&self, selector: &str) -> Element {
        let locator = match selector.starts_with('/') {
            true => Locator::XPath(selector),
            false => Locator::Css(selector),
        };
        let wait = self.0.wait().at_most(PATIENCE).every(PERIOD);
        match wait.for_element(locator).await {
            Ok(element) => element,
            Err(error) => panic!("no {selector}: {error}: {}", self.text().await),
        }
    }

    /// Clicks an element with the pointer. If it was replaced after it was found, what replaced it is clicked.
    pub(crate) async fn click(&self, selector: &str) {
        let start = Instant::now();
        loop {
            match self.find(selector).await.click().await {
                Ok(()) => return,
                Err(error) if error.is_stale_element_reference() && start.elapsed() < PATIENCE => {}
                Err(error) => panic!("cannot click {selector}: {error}"),
            }
        }
    }

    /// Presses Enter on an element. Unlike a click, it cannot miss an element that moves, because something above it appears.
    pub(crate) async fn enter_on(&self, selector: &str) {
        let element = self.find(selector).await;
        element.send_keys(ENTER).await.unwrap();
    }

    /// Clicks the button with a text.
    pub(crate) async fn click_button(&self, text: &str) {
        self.click(&format!("//button[normalize-space()='{text}']"))
            .await;
    }

    /// Replaces what is in a control by a text without keys, as if it was pasted. A click that missed it, because something
    /// above it appeared, is repeated.
    pub(crate) async fn fill(&self, selector: &str, text: &str) {
        let start = Instant::now();
        loop {
            self.click(selector).await;
            let focused = self.0.active_element().await.unwrap().element_id();
            if focused == self.find(selector).await.element_id() {
                break;
            }
            if start.elapsed() > PATIENCE {
                panic!("no focus on {selector}: {}", self.text().await);
            }
        }
        self.press(&format!("{CONTROL}a")).await;
        match text {
            "" => self.press(DELETE).await,
            // In one step, because the driver needs many for each key.
            _ => drop(self.debug("Input.insertText", json!({"text": text})).await),
        }
    }

    /// Chooses an option.
    pub(crate) async fn choose(&self, selector: &str, value: &str) {
        let select = self.find(selector).await;
        select.select_by_value(value).await.unwrap();
    }

    /// Presses keys one after the other, where the focus is. Control, Alt and Shift stay down until the last one.
    pub(crate) async fn press(&self, keys: &str) {
        let is_held = |key: &char| HELD.contains(key);
        let down = |value| KeyAction::Down { value };
        let up = |value| KeyAction::Up { value };
        let mut actions = KeyActions::new("keys".to_owned());
        for key in keys.chars() {
            actions = actions.then(down(key));
            if !is_held(&key) {
                actions = actions.then(up(key));
            }
        }
        for key in keys.chars().filter(is_held) {
            actions = actions.then(up(key));
        }
        self.0.perform_actions(actions).await.unwrap();
    }

    /// Asks the browser's driver for what only Chrome has.
    pub(crate) async fn chrome(&self, path: &'static str, body: Value) -> Value {
        self.0.issue_cmd(Chrome { path, body }).await.unwrap()
    }

    /// Asks the browser's debugger.
    pub(crate) async fn debug(&self, command: &str, parameters: Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        self.chrome("goog/cdp/execute", body).await
    }

    /// Asserts that the console has no errors but those that were asked for, each known by a part of its text.
    pub(crate) async fn assert_quiet(&self, expected: &[&str]) {
        let entries = self.chrome("se/log", json!({"type": "browser"})).await;
        let is_expected = |message: &str| expected.iter().any(|part| message.contains(part));
        let loud = entries.as_array().unwrap().iter().filter(|entry| {
            entry["level"] == "SEVERE" && !is_expected(entry["message"].as_str().unwrap())
        });
        let loud: Vec<&Value> = loud.collect();
        assert!(loud.is_empty(), "{loud:#?}");
    }

    /// Waits until a script returns something other than null and false, and returns that.
    pub(crate) async fn wait(&self, script: &str) -> Value {
        let start = Instant::now();
        loop {
            let value = self.run(script).await;
            if !value.is_null() && value != false {
                return value;
            }
            if start.elapsed() > PATIENCE {
                panic!("never true: {script}: {}", self.text().await);
            }
            tokio::time::sleep(PERIOD).await;
        }
    }

    /// Returns what a script returns.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.0.execute(script, Vec::new()).await.unwrap()
    }

    /// Returns what the promise of a script resolves to.
    pub(crate) async fn resolve(&self, promise: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1]; Promise.resolve({promise}).then(done, error => done(String(error)));"
        );
        self.0.execute_async(&script, Vec::new()).await.unwrap()
    }

    /// Returns the visible text.
    pub(crate) async fn text(&self) -> String {
        let text = self.run("return document.body.innerText").await;
        text.as_str().unwrap_or_default().to_owned()
    }
}
