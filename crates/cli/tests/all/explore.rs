//! Start of `tc3 explore`. The explorer has its own tests of its pages.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};

use crate::program::Folder;

/// A running explorer, which is killed when it is dropped.
struct Explorer {
    child: Child,
    /// The address that it printed.
    url: String,
}

impl Drop for Explorer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Explorer {
    fn start(folder: &Folder, arguments: &[&str]) -> Self {
        let words = [&["explore", "--port", "0"], arguments].concat();
        let mut command = folder.command(&words);
        let mut child = command
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut url = String::new();
        let stdout = child.stdout.take().expect("its output");
        BufReader::new(stdout)
            .read_line(&mut url)
            .expect("the address");
        let url = url.trim_end().to_owned();
        Self { child, url }
    }

    /// Opens the address, and returns the response and the cookie of the session.
    fn open(&self) -> (String, String) {
        let path = self.url.splitn(4, '/').nth(3).expect("a path");
        let opened = self.get(&format!("/{path}"), "");
        let (_, cookie) = opened.split_once("set-cookie: ").expect("a cookie");
        let cookie = cookie.split(';').next().expect("its value").to_owned();
        (opened, cookie)
    }

    /// Returns the response to a GET request.
    fn get(&self, path: &str, cookie: &str) -> String {
        let host = self.url.split('/').nth(2).expect("a host");
        let mut stream = TcpStream::connect(host).expect("it listens");
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
        )
        .expect("it is sent");
        let mut response = String::new();
        stream.read_to_string(&mut response).expect("a response");
        response
    }
}

#[test]
fn printed_address_opens_the_action() {
    const KEY: &str = "planted-key-0123456789";
    let folder = Folder::new()
        .variable("TENCENTCLOUD_SECRET_ID", "AKIDx")
        .variable("TENCENTCLOUD_SECRET_KEY", KEY);
    let explorer = Explorer::start(&folder, &["cvm.RunInstances"]);
    let (opened, cookie) = explorer.open();
    let page = "/intl/cvm/2017-03-12/RunInstances";
    assert!(opened.contains(page), "{opened}");
    let action = explorer.get(page, &cookie);
    assert!(action.contains("InstanceChargeType"), "{action}");
    assert!(!action.contains(KEY) && !action.contains("AKIDx"));
}

#[test]
fn chosen_profile_is_read_again_for_each_page() {
    let folder = Folder::new().variable("TENCENTCLOUD_REGION", "ap-bangkok");
    fs::create_dir(folder.folder.path().join(".tencentcloud")).expect("a folder");
    let write = |region: &str| {
        let text = format!("[audit]\nsecret_id = AKIDx\nsecret_key = x\nregion = {region}\n");
        folder.write(".tencentcloud/credentials", &text);
    };
    write("ap-tokyo");
    let explorer = Explorer::start(&folder, &["--profile", "audit", "cvm.RunInstances"]);
    let (_, cookie) = explorer.open();
    for region in ["ap-tokyo", "ap-seoul"] {
        write(region);
        let page = explorer.get("/intl/cvm/2017-03-12/RunInstances", &cookie);
        let setting = format!(r#""region":"{region}""#);
        assert!(
            page.contains("profile:audit") && page.contains(&setting),
            "{page}"
        );
    }
}

#[test]
fn wrong_start_is_a_usage_error() {
    let folder = Folder::new();
    for (name, hint) in [("cvn", "cvm"), ("cvm.RunInstance", "RunInstances")] {
        let outcome = folder.run(&["explore", name]);
        assert_eq!(outcome.status, 2, "{outcome:?}");
        assert!(outcome.stderr.contains(hint), "{outcome:?}");
        assert!(outcome.stdout.is_empty(), "{outcome:?}");
    }
}

#[test]
fn chosen_port_must_be_free() {
    let other = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = other.local_addr().expect("an address").port().to_string();
    let outcome = Folder::new().run(&["explore", "--port", &port]);
    assert_eq!(outcome.status, 3, "{outcome:?}");
    assert!(outcome.stderr.contains(&port), "{outcome:?}");
}
