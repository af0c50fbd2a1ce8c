//! A real browser: headless Chromium, driven by its WebDriver.

use std::future::Future;
use std::io::{BufRead as _, BufReader};
use std::os::unix::process::CommandExt as _;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::site::Site;

/// How long a page may take to show something. A busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// The name of another site, which leads to this machine.
pub(crate) const EVIL: &str = "evil.example";

/// A browser that is closed when it is dropped.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        // Its browser, which is in its group, does not end with it if a test failed.
        let group = format!("-{}", self.0.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).status();
        let _ = self.0.wait();
    }
}

/// Runs a test in a browser. Without one, or its driver, it says so and the test is skipped.
pub(crate) fn browse<F: Future<Output = ()>>(test: impl FnOnce(Page) -> F) {
    let Some((driver, port)) = driver() else {
        eprintln!("skipped: chromedriver is not installed; `apt install chromium-driver chromium`");
        return;
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let options = json!({
            "args": [
                "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--window-size=1280,900",
                format!("--host-resolver-rules=MAP {EVIL} 127.0.0.1"), "--lang=en-US",
            ],
        });
        let Value::Object(capabilities) = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
        }) else {
            unreachable!("it is an object")
        };
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        test(Page(client.clone())).await;
        client.close().await.unwrap();
    });
    drop(driver);
}

/// Starts the driver on a free port.
fn driver() -> Option<(Driver, u16)> {
    let mut command = Command::new("chromedriver");
    command.arg("--port=0").process_group(0);
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    let mut child = Driver(command.spawn().ok()?);
    let mut lines = BufReader::new(child.0.stdout.take()?).lines();
    let port = lines.find_map(|line| {
        let line = line.ok()?;
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    Some((child, port?))
}

/// The page that the browser shows.
pub(crate) struct Page(pub(crate) Client);

impl Page {
    pub(crate) async fn open(&self, url: &str) {
        self.0.goto(url).await.unwrap();
    }

    /// Opens the address of an explorer, and then a page of it.
    pub(crate) async fn enter(&self, site: &Site, path: &str) {
        self.open(&site.url).await;
        self.wait("return location.pathname == '/intl/' && document.readyState == 'complete'")
            .await;
        self.open(&format!("http://{}{path}", site.host)).await;
    }

    /// Waits for an element.
    pub(crate) async fn find(&self, selector: &str) -> Element {
        let wait = self.0.wait().at_most(PATIENCE);
        let found = wait.for_element(Locator::Css(selector)).await;
        match found {
            Ok(element) => element,
            Err(error) => panic!("no {selector}: {error}: {}", self.text().await),
        }
    }

    /// Waits until a script returns something other than null and false, and returns that.
    pub(crate) async fn wait(&self, script: &str) -> Value {
        let start = std::time::Instant::now();
        loop {
            let value = self.run(script).await;
            if !value.is_null() && value != false {
                return value;
            }
            let text = self.text().await;
            assert!(start.elapsed() < PATIENCE, "never true: {script}: {text}");
            tokio::time::sleep(Duration::from_millis(20)).await;
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
