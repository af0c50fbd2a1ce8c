//! Attacks by a page of another site, in the browser that has the session.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::thread;

use serde_json::json;
use tc3_emulator::Emulator;
use tc3_explorer::Settings;

use crate::browser::{EVIL, browse};
use crate::credentials::accounts;
use crate::security::emulator;
use crate::site::{Site, settings};

/// Serves an empty page of another site, and returns its address.
fn other_site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let mut stream = stream;
            let _ = stream.read(&mut [0; 4096]);
            let body = "<!doctype html><title>evil</title><body>evil";
            let head = format!(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.write_all((head + body).as_bytes());
        }
    });
    format!("http://{EVIL}:{port}/")
}

/// Starts an explorer whose profile may write, to an emulator that records the requests.
fn site(emulator: &Emulator) -> Site {
    Site::unopened(Settings {
        accounts: accounts(),
        endpoint: Some(emulator.endpoint().to_owned()),
        write: true,
        ..settings()
    })
}

#[test]
fn requests_of_another_site_are_refused() {
    let emulator = emulator();
    let site = site(&emulator);
    browse(async |page| {
        page.enter(&site, "/intl/").await;
        page.open(&other_site()).await;
        let host = &site.host;
        let call = json!({
            "of": {"site": "intl", "service": "organization", "version": "2021-03-31", "action": "DescribeOrganization"},
            "target": "profile:planted", "region": null, "parameters": "{}", "confirmed": null,
        });
        for options in [
            json!({"credentials": "include"}),
            json!({"credentials": "include", "method": "POST", "body": call.to_string()}),
            json!({
                "credentials": "include", "method": "POST", "body": call.to_string(),
                "headers": {"Content-Type": "application/json"},
            }),
        ] {
            let path = if options["method"] == "POST" {
                "call"
            } else {
                "search?site=intl&q=a"
            };
            let fetch = format!("fetch('http://{host}/api/{path}', {options}).then(r => r.text())");
            let got = page.resolve(&fetch).await;
            assert!(
                got.as_str().unwrap().contains("TypeError"),
                "{options} {got}"
            );
        }
        // The browser sends this request, but the explorer must refuse it.
        let blind = json!({"credentials": "include", "mode": "no-cors", "method": "POST", "body": call.to_string()});
        let opaque = format!("fetch('http://{host}/api/call', {blind}).then(r => r.type, String)");
        page.resolve(&opaque).await;
        for (name, create) in [
            (
                "img",
                format!("Object.assign(new Image(), {{src: 'http://{host}/assets/style.css'}})"),
            ),
            (
                "script",
                format!(
                    "Object.assign(document.createElement('script'), {{src: 'http://{host}/assets/app.js'}})"
                ),
            ),
        ] {
            let load = format!(
                "new Promise(done => {{ const e = {create}; e.onload = () => done('loaded'); e.onerror = () => done('refused'); \
                 document.body.append(e) }})"
            );
            assert_eq!(page.resolve(&load).await, "refused", "{name}");
        }
        let socket = format!(
            "new Promise(done => {{ const s = new WebSocket('ws://{host}/api/call'); s.onopen = () => done('open'); \
             s.onerror = () => done('refused') }})"
        );
        assert_eq!(page.resolve(&socket).await, "refused");
        let frame = format!(
            "new Promise(done => {{ const f = document.createElement('iframe'); f.src = 'http://{host}/intl/'; \
             f.onload = () => done('loaded'); document.body.append(f) }})"
        );
        page.resolve(&frame).await;
        page.0.enter_frame(0).await.unwrap();
        let framed = page.0.source().await.unwrap();
        assert!(!framed.contains("tc3 explore"), "{framed}");
        page.0.enter_parent_frame().await.unwrap();
        let submit = format!(
            "const f = document.createElement('form'); f.method = 'POST'; f.enctype = 'text/plain'; \
             f.action = 'http://{host}/api/call'; const i = document.createElement('input'); \
             i.name = {:?}; f.append(i); document.body.append(f); f.submit()",
            call.to_string()
        );
        page.run(&submit).await;
        page.wait("return location.pathname == '/api/call'").await;
        assert!(page.text().await.contains("error"));
    });
    assert!(
        emulator.requests().is_empty(),
        "a page of another site made a call"
    );
}

#[test]
fn foreign_host_name_is_refused() {
    let emulator = emulator();
    let site = site(&emulator);
    browse(async |page| {
        page.enter(&site, "/intl/").await;
        page.open(&format!("http://{EVIL}:{}/intl/", site.port()))
            .await;
        assert!(
            page.text().await.contains("is refused"),
            "{}",
            page.text().await
        );
        let fetch = "fetch('/api/search?site=intl&q=cvm').then(r => r.status)";
        assert_eq!(page.resolve(fetch).await, 403);
    });
}

#[test]
fn link_of_another_site_is_refused() {
    let emulator = emulator();
    let site = site(&emulator);
    browse(async |page| {
        page.enter(&site, "/intl/").await;
        page.open(&other_site()).await;
        let link = format!("location.href = 'http://{}/intl/'", site.host);
        page.run(&link).await;
        page.wait("return location.pathname == '/intl/'").await;
        assert!(
            page.run("return document.querySelector(\"a[href='/intl/cvm/']\")")
                .await
                .is_null()
        );
        let text = page.text().await;
        assert!(text.contains("address bar"), "{text}");
        // The same address opens if the user enters it.
        page.open(&format!("http://{}/intl/", site.host)).await;
        page.find("a[href='/intl/cvm/']").await;
        let secret = page.run("return document.cookie").await;
        assert!(!secret.as_str().unwrap().contains("explorer"), "{secret}");
    });
}
