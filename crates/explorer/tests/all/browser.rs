//! Controls a real browser: headless Chromium, with its WebDriver.

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

/// Timeout for an element to appear. It is long, because the machine may be busy.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Poll interval.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// Chromium without windows, which is a quarter faster.
const SHELL: &str = "/usr/bin/chromium-headless-shell";

/// Host name of another site, which the browser maps to this machine.
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

/// A command of Chrome's driver that WebDriver does not define.
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

/// A browser driver that is stopped on drop, and the folder of its temporary files.
struct Driver {
    process: Child,
    _folder: TempDir,
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Ends the whole process group: after a failed test, the browser still runs.
        let group = format!("-{}", self.process.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.process.wait();
    }
}

/// Runs a test in a browser. Skips the test with a message if there is no browser or no driver.
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

/// Whether a browser is installed. Debian's driver reports a missing browser as one that exited.
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
    // The browser leaves temporary folders behind.
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

/// The current page of the browser.
pub(crate) struct Page(pub(crate) Client);

impl Page {
    pub(crate) async fn open(&self, url: &str) {
        self.0.goto(url).await.unwrap();
    }

    /// Opens the address of an explorer without cookies of earlier ones, and then one of its pages.
    pub(crate) async fn enter(&self, site: &Site, path: &str) {
        // The explorer of the previous page may have ended.
        self.open("about:blank").await;
        self.chrome("se/log", json!({"type": "browser"})).await;
        self.debug("Network.clearBrowserCookies", json!({})).await;
        self.open(&site.url).await;
        self.wait("return location.pathname == '/intl/' && document.readyState == 'complete'")
            .await;
        self.open(&format!("http://{}{path}", site.host)).await;
    }

    /// Waits for the element of a CSS selector, or of an XPath, which begins with a slash.
    pub(crate) async fn find(&self, selector: &str) -> Element {
        let locator = match selector.starts_with('/') {
            true => Locator::XPath(selector),
            false => Locator::Css(selector),
        };
        let wait = self.0.wait().at_most(TIMEOUT).every(POLL_INTERVAL);
        match wait.for_element(locator).await {
            Ok(element) => element,
            Err(error) => panic!("no {selector}: {error}: {}", self.text().await),
        }
    }

    /// Clicks an element with the pointer. Retries if the page replaced the element before the click.
    pub(crate) async fn click(&self, selector: &str) {
        let start = Instant::now();
        loop {
            match self.find(selector).await.click().await {
                Ok(()) => return,
                Err(error) if error.is_stale_element_reference() && start.elapsed() < TIMEOUT => {}
                Err(error) => panic!("cannot click {selector}: {error}"),
            }
        }
    }

    /// Presses Enter on an element. Unlike a click, this cannot miss an element that moves.
    pub(crate) async fn enter_on(&self, selector: &str) {
        let element = self.find(selector).await;
        element.send_keys(ENTER).await.unwrap();
    }

    /// Clicks the button with a text.
    pub(crate) async fn click_button(&self, text: &str) {
        self.click(&format!("//button[normalize-space()='{text}']"))
            .await;
    }

    /// Replaces the text of a control as if it was pasted. Retries a click that missed the control, because the control
    /// moved.
    pub(crate) async fn fill(&self, selector: &str, text: &str) {
        let start = Instant::now();
        loop {
            self.click(selector).await;
            let focused = self.0.active_element().await.unwrap().element_id();
            if focused == self.find(selector).await.element_id() {
                break;
            }
            if start.elapsed() > TIMEOUT {
                panic!("no focus on {selector}: {}", self.text().await);
            }
        }
        self.press(&format!("{CONTROL}a")).await;
        match text {
            "" => self.press(DELETE).await,
            // One command is faster than many for each key.
            _ => drop(self.debug("Input.insertText", json!({"text": text})).await),
        }
    }

    /// Chooses an option.
    pub(crate) async fn choose(&self, selector: &str, value: &str) {
        let select = self.find(selector).await;
        select.select_by_value(value).await.unwrap();
    }

    /// Presses keys one after the other. Control, Alt and Shift stay down until the last one.
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

    /// Sends a command that only Chrome's driver has.
    pub(crate) async fn chrome(&self, path: &'static str, body: Value) -> Value {
        self.0.issue_cmd(Chrome { path, body }).await.unwrap()
    }

    /// Sends a command to the browser's debugger.
    pub(crate) async fn debug(&self, command: &str, parameters: Value) -> Value {
        let body = json!({"cmd": command, "params": parameters});
        self.chrome("goog/cdp/execute", body).await
    }

    /// Asserts that all errors on the console contain one of the expected texts.
    pub(crate) async fn assert_quiet(&self, expected: &[&str]) {
        let entries = self.chrome("se/log", json!({"type": "browser"})).await;
        let is_expected = |message: &str| expected.iter().any(|part| message.contains(part));
        let loud = entries.as_array().unwrap().iter().filter(|entry| {
            entry["level"] == "SEVERE" && !is_expected(entry["message"].as_str().unwrap())
        });
        let loud: Vec<&Value> = loud.collect();
        assert!(loud.is_empty(), "{loud:#?}");
    }

    /// Waits until a script returns a value other than null and false, and returns the value.
    pub(crate) async fn wait(&self, script: &str) -> Value {
        let start = Instant::now();
        loop {
            let value = self.run(script).await;
            if !value.is_null() && value != false {
                return value;
            }
            if start.elapsed() > TIMEOUT {
                panic!("never true: {script}: {}", self.text().await);
            }
            tokio::time::sleep(POLL_INTERVAL).await;
        }
    }

    /// Returns the result of a script.
    pub(crate) async fn run(&self, script: &str) -> Value {
        self.0.execute(script, Vec::new()).await.unwrap()
    }

    /// Returns the value of a promise.
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
