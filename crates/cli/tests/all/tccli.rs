//! Invocations of tccli, the vendor's command line, run by both programs against the emulator.
//!
//! Its wheel needs the vendor's whole SDK, which is 235 MB. The parts for two services suffice, which `.ci/run` installs.

use std::collections::BTreeMap;
use std::env;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Map, Value, json};
use tc3_catalogue::Catalogue;
use tc3_emulator::{Caller, Emulator, Seed};
use tempfile::TempDir;

use crate::tccli_cases::{CASES, Case, Tc3};

/// A process that runs tccli.
struct Tccli {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

/// Result of a program: the request that the emulator received, and the output.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    request: Option<Value>,
    status: i64,
    text: String,
}

impl Tccli {
    /// Returns a Python with tccli, or `None`, with a message, if there is none.
    fn python() -> Option<PathBuf> {
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let target = env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
        let python = workspace.join(target).join("python-sdk/bin/python");
        let import = "import tccli.main, tencentcloud.cvm, tencentcloud.organization";
        let mut command = Command::new(&python);
        // It writes a log when it is loaded.
        let home = TempDir::new().expect("a folder");
        command.args(["-c", import]).env("HOME", home.path());
        let is_found = command.output().is_ok_and(|output| output.status.success());
        if !is_found {
            // The test harness shows what is written to stderr itself.
            let skipped =
                "skipped: tccli is not installed in target/python-sdk; .ci/run installs it";
            writeln!(io::stderr(), "{skipped}").expect("stderr");
        }
        is_found.then_some(python)
    }

    fn start(python: &Path, home: &Path, authority: &Path) -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/run_tccli.py");
        let mut command = Command::new(python);
        command.arg(script).arg(authority).env_clear();
        command.env("HOME", home).env("PYTHONUTF8", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().expect("Python starts");
        Self {
            input: child.stdin.take().expect("it is piped"),
            output: BufReader::new(child.stdout.take().expect("it is piped")),
            child,
        }
    }

    fn run(
        &mut self,
        words: &[String],
        environment: &BTreeMap<&str, String>,
        folder: &Path,
    ) -> (i64, String) {
        let case = json!({"arguments": words, "environment": environment, "folder": folder});
        writeln!(self.input, "{case}").expect("it reads");
        let mut line = String::new();
        self.output.read_line(&mut line).expect("a response");
        let response: Value = serde_json::from_str(&line).expect("a response");
        let status = response["status"].as_i64().expect("a status");
        (
            status,
            response["text"].as_str().unwrap_or_default().to_owned(),
        )
    }
}

impl Drop for Tccli {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts an emulator with the credentials of the profiles.
fn emulator(is_tls: bool) -> Emulator {
    let catalogue = Catalogue::international();
    let seed = Seed::demonstration().caller(Caller::new("AKIDOPS", "ops-key", 1));
    let mut builder = Emulator::builder().seed(seed).rate_limits(false);
    for (service, version) in [
        ("cvm", "2017-03-12"),
        ("organization", "2018-12-25"),
        ("organization", "2021-03-31"),
    ] {
        builder = builder.spec(catalogue.load(service, version).expect("it is whole"));
    }
    if is_tls {
        builder = builder.tls();
    }
    builder.start_blocking().expect("it starts")
}

/// Writes the profiles of tccli, and files with parameters.
fn files(folder: &Path) {
    let profiles = folder.join(".tccli");
    std::fs::create_dir(&profiles).expect("a folder");
    for (name, id, key, region) in [
        ("default", Seed::SECRET_ID, Seed::SECRET_KEY, "ap-default"),
        ("ops", "AKIDOPS", "ops-key", "ap-ops"),
    ] {
        let credential = json!({"secretId": id, "secretKey": key});
        let services = [("cvm", "2017-03-12"), ("organization", "2021-03-31")];
        let services = services.map(|(service, version)| {
            let settings = json!({"version": version, "endpoint": format!("{service}.intl.tencentcloudapi.com")});
            (service.to_owned(), settings)
        });
        let mut configure: Map<String, Value> = services.into_iter().collect();
        let settings = json!({"region": region, "output": "json", "arrayCount": 10});
        configure.insert("_sys_param".to_owned(), settings);
        for (kind, text) in [("credential", credential), ("configure", configure.into())] {
            let path = profiles.join(format!("{name}.{kind}"));
            std::fs::write(path, text.to_string()).expect("a file");
        }
    }
    let input = json!({"Limit": 3, "Filters": [{"Name": "zone", "Values": ["a", "b"]}]});
    std::fs::write(folder.join("in.json"), input.to_string()).expect("a file");
}

/// Returns the parsed parts of the last request, if there is one, and clears the log.
fn take_request(emulator: &Emulator) -> Option<Value> {
    let requests = emulator.requests();
    emulator.clear_requests();
    let request = requests.last()?;
    let of = &request.understood;
    assert!(of.caller.is_some(), "the signature is wrong: {request:?}");
    Some(json!({
        "service": of.service, "version": of.version, "action": of.action, "region": of.region,
        "secret_id": of.secret_id, "parameters": of.parameters,
    }))
}

#[test]
fn invocations_send_equal_requests() {
    let Some(python) = Tccli::python() else {
        return;
    };
    let folder = TempDir::new().expect("a folder");
    let home = folder.path();
    files(home);
    let [plain, secure] = [false, true].map(emulator);
    let authority = home.join("authority.pem");
    std::fs::write(&authority, secure.authority().expect("TLS")).expect("a file");
    let mut tccli = Tccli::start(&python, home, &authority);
    let mut failures = Vec::new();
    for case in CASES {
        let mut environment: BTreeMap<&str, String> = BTreeMap::new();
        environment.insert("HOME", home.to_str().expect("letters").to_owned());
        environment.insert("PATH", env::var("PATH").unwrap_or_default());
        environment.extend(
            case.environment
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned())),
        );
        let tccli_outcome = {
            let host = secure.endpoint().trim_start_matches("https://");
            let (status, text) = tccli.run(&case.words(host), &environment, home);
            Outcome {
                request: take_request(&secure),
                status,
                text,
            }
        };
        let tc3_outcome = {
            let mut command = Command::new(env!("CARGO_BIN_EXE_tc3"));
            command.args(case.words(plain.endpoint())).current_dir(home);
            let output = command
                .env_clear()
                .envs(&environment)
                .output()
                .expect("it starts");
            let text = [output.stdout, output.stderr].concat();
            Outcome {
                request: take_request(&plain),
                status: output.status.code().expect("it exits").into(),
                text: String::from_utf8_lossy(&text).chars().take(300).collect(),
            }
        };
        if let Err(problem) = case.check(&tccli_outcome, &tc3_outcome) {
            failures.push(format!(
                "{}: {problem}\ntccli: {tccli_outcome:?}\ntc3: {tc3_outcome:?}",
                case.line
            ));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

impl Case {
    /// Returns the arguments of the line. Single quotes and backslashes have their meaning in shells.
    fn words(&self, endpoint: &str) -> Vec<String> {
        let mut words = vec![String::new()];
        let (mut is_quoted, mut is_escaped) = (false, false);
        for character in self.line.chars() {
            match character {
                '\\' if !is_quoted => {
                    is_escaped = true;
                    continue;
                }
                '\'' if is_escaped => words.last_mut().expect("a word").push(character),
                '\'' => is_quoted = !is_quoted,
                ' ' if !is_quoted => words.push(String::new()),
                character => words.last_mut().expect("a word").push(character),
            }
            is_escaped = false;
        }
        words.extend(["--endpoint".to_owned(), endpoint.to_owned()]);
        words
    }

    /// Checks the results of both programs.
    fn check(&self, tccli_outcome: &Outcome, tc3_outcome: &Outcome) -> Result<(), &'static str> {
        let mut tc3_outcome = tc3_outcome.clone();
        if let Some(request) = &mut tc3_outcome.request
            && let Some(parameters) = request["parameters"].as_object_mut()
            && !self.line.contains("ClientToken")
        {
            // tc3 adds one, so that a retry cannot act twice.
            parameters.remove("ClientToken");
        }
        let sent = tc3_outcome
            .request
            .as_ref()
            .map(|request| request["parameters"].to_string());
        match self.tc3 {
            Tc3::Same if tccli_outcome.request.is_none() => Err("tccli sends nothing"),
            Tc3::Same if tccli_outcome.status != 0 || tc3_outcome.status != 0 => {
                Err("a program fails")
            }
            Tc3::Same if tccli_outcome.request != tc3_outcome.request => Err("the requests differ"),
            Tc3::Refuses(_) if tccli_outcome.request.is_none() => Err("tccli sends nothing"),
            Tc3::Sends(_) if tccli_outcome.request.is_some() => Err("tccli sends a request"),
            Tc3::Nothing if tccli_outcome.request.is_some() => Err("tccli sends a request"),
            Tc3::Nothing if tc3_outcome.request.is_some() => Err("tc3 sends a request"),
            Tc3::Refuses(_) if tc3_outcome.request.is_some() => Err("tc3 sends a request"),
            Tc3::Refuses(problem)
                if tc3_outcome.status != 2 || !tc3_outcome.text.contains(problem) =>
            {
                Err("tc3 has another error")
            }
            Tc3::Sends(parameters) if sent.as_deref() != Some(parameters) => {
                Err("tc3 sends another request")
            }
            _ => Ok(()),
        }
    }
}
