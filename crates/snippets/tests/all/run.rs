//! Runs snippets against the emulator, which must receive the same call from every language.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tc3_emulator::{Emulator, Seed, Understood};
use tc3_snippets::{Call, Error, Language, snippet};
use tempfile::TempDir;

use crate::calls::{Named, organization};
use crate::installed::{node, path_of_tccli, program, python, skip};

#[test]
fn curl() {
    if program("openssl").is_none() || program("curl").is_none() {
        return skip("snippets of curl", "curl and openssl are not installed");
    }
    let shells = ["sh", "dash", "bash", "busybox", "zsh"];
    let shells = shells
        .into_iter()
        .filter_map(|name| Some((name, program(name)?)));
    for (name, shell) in shells {
        let command = || {
            let mut command = Command::new(shell.get_program());
            command.args((name == "busybox").then_some("sh"));
            command
        };
        run(Language::Curl, "http", command);
    }
}

#[test]
fn python_sdk() {
    let Some(python) = python("tencentcloud.organization.v20210331.organization_client") else {
        return skip(
            "snippets of Python",
            "the SDK is not installed, see the tests of the emulator",
        );
    };
    run(Language::Python, "http", || {
        Command::new(python.get_program())
    });
}

#[test]
fn node_sdk() {
    if node().is_none() {
        return skip(
            "snippets of Node.js",
            "install its SDK: `npm install --prefix target/node-sdk tencentcloud-sdk-nodejs-common`",
        );
    }
    run(Language::Node, "http", || node().expect("it was found"));
}

#[test]
fn tccli() {
    let Some(path) = path_of_tccli() else {
        return skip(
            "snippets of tccli",
            "it is not installed: `pip install tccli-intl-en`",
        );
    };
    run(Language::Tccli, "https", || {
        let mut shell = Command::new("sh");
        shell.env("PATH", &path);
        shell
    });
}

/// Runs the snippets of all calls, and checks the requests that the emulator received.
#[track_caller]
fn run(language: Language, scheme: &str, interpreter: impl Fn() -> Command) {
    let place = TempDir::new().expect("a folder");
    let emulator = Emulator::builder().rate_limits(false);
    let emulator = if scheme == "https" {
        emulator.tls()
    } else {
        emulator
    };
    let emulator = emulator.start_blocking().expect("it starts");
    let file = place
        .path()
        .join(format!("snippet.{}", language.extension()));
    let authority = place.path().join("authority.pem");
    fs::write(&authority, emulator.authority().unwrap_or_default()).expect("writable");
    // tccli has no option for an authority, and ignores the variables of its HTTP library.
    let trust = format!("import certifi\ncertifi.where = lambda: {authority:?}\n");
    fs::write(place.path().join("sitecustomize.py"), trust).expect("writable");
    let mut count = 0;
    for named in organization() {
        let call = Call {
            endpoint: Some(emulator.endpoint()),
            ..named.call()
        };
        let text = match snippet(&call, language) {
            Ok(text) => text,
            Err(Error::Unsupported { .. }) => continue,
            Err(error) => panic!("{}: {error}", named.name),
        };
        fs::write(&file, &text).expect("writable");
        emulator.clear_requests();
        let mut command = interpreter();
        isolate(&mut command, place.path());
        command.env("PYTHONPATH", place.path());
        let output = command.arg(&file).output().expect("it starts");
        let requests = emulator.requests();
        let context = || {
            let [stdout, stderr] =
                [&output.stdout, &output.stderr].map(|it| String::from_utf8_lossy(it));
            format!("{} in {language}:\n{text}\n{stdout}\n{stderr}", named.name)
        };
        let [request] = &requests[..] else {
            panic!("{} requests by {}", requests.len(), context());
        };
        check(&named, &request.understood, &context());
        count += 1;
    }
    assert!(count > 0);
}

/// Sets the environment of a snippet: a credential of the emulator, and no settings of the user.
pub(crate) fn isolate(command: &mut Command, home: &Path) {
    for name in ["http_proxy", "https_proxy", "all_proxy", "no_proxy"] {
        command.env_remove(name).env_remove(name.to_uppercase());
    }
    command
        .env("HOME", home)
        .env("PYTHONUTF8", "1")
        .env("TENCENTCLOUD_SECRET_ID", Seed::SECRET_ID)
        .env("TENCENTCLOUD_SECRET_KEY", Seed::SECRET_KEY);
}

/// Checks that the emulator understood the call.
#[track_caller]
pub(crate) fn check(named: &Named, understood: &Understood, context: &str) {
    let call = named.call();
    let texts = [&understood.service, &understood.version, &understood.action];
    let texts = texts.map(|text| text.as_deref().unwrap_or_default());
    let expect = [&call.spec.service, &call.spec.version, call.action];
    assert_eq!(texts, expect, "{context}");
    assert_eq!(
        understood.secret_id.as_deref(),
        Some(Seed::SECRET_ID),
        "{context}"
    );
    // The emulator knows the caller only after it has verified the signature.
    assert!(
        understood.caller.is_some(),
        "the signature is wrong: {context}"
    );
    // tccli always sends a region.
    if call.region.is_some() {
        assert_eq!(understood.region.as_deref(), call.region, "{context}");
    }
    let parameters = understood.parameters.clone().map(Value::Object);
    let expect = Value::Object(call.parameters.clone());
    assert_eq!(parameters, Some(expect), "{context}");
}
