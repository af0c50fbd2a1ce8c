//! `emulate`: output, responses, persistence after a kill, and start errors.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;
use tencentcloud_organization::tc3::{Credential, RateLimit, Retry};
use tencentcloud_organization::v20210331::Client;

use crate::program::Folder;

/// A running emulator, which is killed when dropped.
struct Running {
    child: Child,
    /// The printed values, by the word before them.
    printed: BTreeMap<String, String>,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut child = emulate(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let out = child.stdout.take().expect("it is piped");
        let mut printed = BTreeMap::new();
        // The last line has the URL of the control API.
        for line in BufReader::new(out).lines() {
            let line = line.expect("it is text");
            let (name, value) = line
                .split_once(": ")
                .or_else(|| line.split_once(' '))
                .expect("a name and a value");
            printed.insert(name.to_owned(), value.to_owned());
            if value.ends_with("/emulator") {
                break;
            }
        }
        Self { child, printed }
    }

    fn endpoint(&self) -> &str {
        self.printed["listening"].trim_start_matches("at ")
    }

    fn client(&self) -> Client {
        let builder = Client::builder()
            .credential(Credential::new("AKIDEMULATOR", "emulator-key"))
            .endpoint(self.endpoint())
            .rate_limit(RateLimit::off())
            .retry(Retry::never())
            .no_proxy();
        let builder = match self.printed.get("authority") {
            Some(path) => builder.only_root_certificates(fs::read(path).expect("it was written")),
            None => builder,
        };
        builder.build().expect("valid settings")
    }

    fn kill(&mut self) {
        self.child.kill().expect("it can be killed");
        self.child.wait().expect("it ends");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // The process may have been killed before.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn emulate(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tc3"));
    command.args(["emulate", "organization"]).args(arguments);
    command
}

#[tokio::test]
async fn output_configures_a_client() {
    let folder = TempDir::new().expect("a folder");
    let authority = folder.path().join("authority.pem");
    let path = authority.to_str().expect("a path of letters");
    for arguments in [&[][..], &["--tls"], &["--tls", "--authority", path]] {
        let running = Running::start(arguments);
        let endpoint = running.endpoint();
        let scheme = if arguments.is_empty() {
            "http"
        } else {
            "https"
        };
        assert!(
            endpoint.starts_with(&format!("{scheme}://127.0.0.1:")),
            "{endpoint}"
        );
        assert_eq!(
            running.printed["credential"],
            "TENCENTCLOUD_SECRET_ID=AKIDEMULATOR TENCENTCLOUD_SECRET_KEY=emulator-key"
        );
        assert!(running.printed["Rust"].contains(endpoint));
        let address = endpoint.rsplit('/').next().expect("an address");
        assert!(running.printed["Python"].contains(address));
        let call = running.client().describe_organization_member_email_bind();
        let bind = call.member_uin(111_111_111_111).send().await;
        assert_eq!(
            bind.expect("a response").bind_status.as_deref(),
            Some("Unbound")
        );
        let proxy = "http://127.0.0.1:1";
        let mut call_by_environment = Folder::new()
            .variable("HTTP_PROXY", proxy)
            .variable("HTTPS_PROXY", proxy);
        let printed = [
            &running.printed["credential"],
            &running.printed["environment, for Rust and tc3"],
        ];
        let variables = printed.iter().flat_map(|printed| printed.split(' '));
        for (name, value) in variables.filter_map(|variable| variable.split_once('=')) {
            call_by_environment = call_by_environment.variable(name, value.trim_matches('"'));
        }
        let member = ["--MemberUin", "111111111111"];
        let call = ["organization", "DescribeOrganizationMemberEmailBind"];
        let outcome = call_by_environment.run(&[call, member].concat());
        assert!(
            outcome.stdout.contains("\"BindStatus\": \"Unbound\""),
            "{}",
            outcome.stderr
        );
        if let Some(temporary) = running.printed.get("authority").filter(|of| *of != path) {
            fs::remove_file(temporary).expect("it was written");
        }
    }
    assert!(authority.is_file());
}

#[tokio::test]
async fn faults_and_seed() {
    let folder = TempDir::new().expect("a folder");
    let seed = folder.path().join("seed.json");
    let text = r#"{
        "callers": [{ "secret_id": "AKIDEMULATOR", "secret_key": "emulator-key", "uin": 5 }],
        "organizations": [{ "id": 1, "admin": 5, "members": [{ "uin": 6 }] }]
    }"#;
    fs::write(&seed, text).expect("a file");
    let fault =
        r#"{"action": "DescribeOrganizationMemberEmailBind", "times": 1, "code": "InternalError"}"#;
    let seed = seed.to_str().expect("a path of letters");
    let running = Running::start(&["--seed", seed, "--fault", fault]);
    assert_eq!(running.printed["credential"], "one of the seed");
    let client = running.client();
    let describe = || {
        client
            .describe_organization_member_email_bind()
            .member_uin(6)
            .send()
    };
    let error = describe().await.expect_err("a fault was injected");
    assert_eq!(error.code(), Some("InternalError"));
    describe().await.expect("the fault is used up");
}

/// After a kill, the state file is complete and has all acknowledged changes.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_process_keeps_acknowledged_changes() {
    const MEMBERS: i64 = 300;
    let folder = TempDir::new().expect("a folder");
    let (seed, state) = (
        folder.path().join("seed.json"),
        folder.path().join("state.json"),
    );
    let members: Vec<String> = (1..=MEMBERS)
        .map(|uin| format!(r#"{{"uin":{uin}}}"#))
        .collect();
    let text = format!(
        r#"{{"callers":[{{"secret_id":"AKIDEMULATOR","secret_key":"emulator-key","uin":1000}}],
            "limits":{{"bindings_a_day":1000,"members_a_phone":1000}},
            "organizations":[{{"id":1,"admin":1000,"members":[{}]}}]}}"#,
        members.join(",")
    );
    fs::write(&seed, text).expect("a file");
    let (seed, state) = (
        seed.to_str().expect("a path of letters"),
        state.to_str().expect("a path of letters"),
    );
    let arguments = ["--no-rate-limits", "--seed", seed, "--state", state];

    let acknowledged: Arc<Mutex<BTreeMap<i64, u64>>> = Arc::default();
    for round in 1..=5 {
        let mut running = Running::start(&arguments);
        let client = running.client();
        let count = Arc::new(AtomicUsize::new(0));
        let mut tasks = tokio::task::JoinSet::new();
        for task in 0..4 {
            let (client, acknowledged, count) = (
                client.clone(),
                Arc::clone(&acknowledged),
                Arc::clone(&count),
            );
            tasks.spawn(async move {
                for uin in (1..=MEMBERS).filter(|uin| uin % 4 == task) {
                    if acknowledged
                        .lock()
                        .expect("no thread panicked")
                        .contains_key(&uin)
                    {
                        continue;
                    }
                    let call = client
                        .add_organization_member_email()
                        .member_uin(uin)
                        .email(format!("member-{uin}@example.com"))
                        .country_code("86")
                        .phone("13000000000")
                        .send();
                    match call.await {
                        Ok(added) => {
                            let id = added.bind_id.expect("a binding has an id");
                            acknowledged
                                .lock()
                                .expect("no thread panicked")
                                .insert(uin, id);
                            count.fetch_add(1, Ordering::Relaxed);
                        }
                        // Added in an earlier round, whose response was lost.
                        Err(error) if error.code() == Some("FailedOperation.MemberEmailExist") => {}
                        Err(_) => return,
                    }
                }
            });
        }
        // The process is killed during requests, after more responses in each round.
        while count.load(Ordering::Relaxed) < 7 * round && !tasks.is_empty() {
            if let Ok(Some(ended)) =
                tokio::time::timeout(std::time::Duration::from_millis(1), tasks.join_next()).await
            {
                ended.expect("no task panics");
            }
        }
        running.kill();
        tasks.join_all().await;

        let text = fs::read_to_string(state).expect("the file is there");
        let kept: serde_json::Value = serde_json::from_str(&text).expect("the file is whole");
        let mut kept_ids = BTreeMap::new();
        let members = kept["organizations"][0]["members"]
            .as_array()
            .expect("members");
        for member in members {
            if let Some(id) = member["bindings"][0]["id"].as_u64() {
                kept_ids.insert(member["uin"].as_i64().expect("a number"), id);
            }
        }
        let acknowledged = acknowledged.lock().expect("no thread panicked");
        assert!(
            acknowledged.len() >= 7 * round,
            "{} responses",
            acknowledged.len()
        );
        for (uin, id) in acknowledged.iter() {
            assert_eq!(kept_ids.get(uin), Some(id), "member {uin}");
        }
    }

    // A new process resumes from the file.
    let running = Running::start(&arguments);
    let (uin, id) = *acknowledged
        .lock()
        .expect("no thread panicked")
        .first_entry()
        .map(|of| (*of.key(), *of.get()))
        .as_ref()
        .expect("responses");
    let call = running.client().describe_organization_member_email_bind();
    let bind = call.member_uin(uin).send().await.expect("a response");
    assert_eq!(bind.bind_id, Some(id));
}

#[test]
fn invalid_input_is_reported() {
    let folder = TempDir::new().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a file");
        path.to_str().expect("a path of letters").to_owned()
    };
    let specs = |name: &str| {
        folder
            .path()
            .join(name)
            .to_str()
            .expect("letters")
            .to_owned()
    };
    let broken = write("broken.json", "{\n  \"organizations\": [{]\n}\n");
    let unknown = write("unknown.json", r#"{"organisations": []}"#);
    let twice = write("twice.json", r#"{"accounts": [{"uin": 1}, {"uin": 1}]}"#);
    let no_callers = write("no_callers.json", r#"{"accounts": [{"uin": 1}]}"#);
    write("other/thing/2020-01-02.json", r#"{"format": 2}"#);
    fs::create_dir(folder.path().join("none")).expect("a folder");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let taken = taken.local_addr().expect("an address").to_string();
    let missing = specs("missing");
    for (arguments, problem) in [
        (["--listen", &taken], &*format!("cannot listen on {taken}")),
        (["--specs", &missing], "missing"),
        (
            ["--specs", &specs("none")],
            "expected files like organization/2021-03-31.json",
        ),
        (
            ["--specs", &specs("other")],
            "2020-01-02.json:1:13: format 2 is not supported",
        ),
        (["--seed", &missing], "cannot read the seed"),
        (["--seed", &broken], "broken.json:2:22: "),
        (["--seed", &unknown], "unknown field `organisations`"),
        (["--seed", &twice], "twice.json: duplicate account 1"),
        (
            ["--seed", &no_callers],
            "no callers, so every call would be refused; add",
        ),
        (["--callers", &missing], "cannot read the callers"),
        (["--callers", &broken], "expected a sequence"),
        (
            ["--control-token-file", &missing],
            "cannot read the control token",
        ),
        (
            ["--control-token-file", &no_callers],
            "at least 16 visible ASCII characters",
        ),
        (["--state", &broken], "broken.json:2:22: "),
        (["--state", &twice], "twice.json: duplicate account 1"),
    ] {
        refused(&arguments, 3, problem);
    }
    let output = emulate(&["--listen", &taken]).output();
    let stderr = output.expect("the command starts").stderr;
    let stderr = String::from_utf8(stderr).expect("the output is UTF-8");
    assert_eq!(stderr.matches("(os error").count(), 1, "{stderr}");
    for (arguments, problem) in [
        (["--listen", "0.0.0.0:0"], "or set a control token"),
        (["--fault", r#"{"drop": "later"}"#], "invalid fault"),
        (
            ["--fault", r#"{"action": "DescribeOrganizationMember"}"#],
            "did you mean `DescribeOrganizationMembers`?",
        ),
        (["--authority", "x.pem"], "--tls"),
        (["--listen", "nowhere"], "nowhere"),
        (["--clock", "noon"], "must be `real` or a Unix time"),
    ] {
        refused(&arguments, 2, problem);
    }
    let kept = fs::read_to_string(&broken).expect("the file is there");
    assert!(kept.contains("[{]"), "an invalid file is unchanged");
}

#[track_caller]
fn refused(arguments: &[&str], status: i32, problem: &str) {
    let output = emulate(arguments).output().expect("the command starts");
    let Output {
        status: ended,
        stdout,
        stderr,
    } = output;
    let stderr = String::from_utf8(stderr).expect("UTF-8");
    assert_eq!(ended.code(), Some(status), "{arguments:?}: {stderr}");
    assert!(stderr.contains(problem), "{arguments:?}: {stderr}");
    assert!(stdout.is_empty(), "{arguments:?}: nothing is printed");
}

#[test]
fn state_file_is_locked() {
    let folder = TempDir::new().expect("a folder");
    let state = folder.path().join("state.json");
    let state = state.to_str().expect("a path of letters");
    let mut running = Running::start(&["--state", state]);
    refused(&["--state", state], 3, "is in use by another emulator");
    running.kill();
    // The lock ends with the process.
    Running::start(&["--state", state]);
    assert!(Path::new(state).is_file());
}

/// Sends a control request, `METHOD PATH | HEADER\nBODY`, and returns the response.
fn control(running: &Running, request: &str) -> serde_json::Value {
    let address = running.endpoint().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("it listens");
    let (head, body) = request.split_once("\n").unwrap_or((request, ""));
    let mut lines = head.split(" | ");
    let line = lines.next().expect("a request line");
    let headers: Vec<&str> = lines.collect();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\nConnection: close\r\n\
         Content-Length: {}\r\n{}\r\n{body}",
        body.len(),
        headers
            .iter()
            .map(|header| format!("{header}\r\n"))
            .collect::<String>(),
    );
    stream.write_all(request.as_bytes()).expect("it reads");
    let mut response = String::new();
    stream.read_to_string(&mut response).expect("a response");
    let (_, body) = response.split_once("\r\n\r\n").expect("a body");
    serde_json::from_str(body).expect("JSON")
}

const SEED: &str = include_str!("../../src/emulate/seed.json");
const FAULT: &str = include_str!("../../src/emulate/fault.json");

/// The examples in `--help` and the README work, and `--help` names every key.
#[tokio::test]
async fn documented_formats_are_accepted() {
    let output = emulate(&["--help"]).output().expect("the command starts");
    let help = String::from_utf8(output.stdout).expect("UTF-8");
    let readme = include_str!("../../../../README.md");
    for example in [SEED, FAULT] {
        assert!(help.contains(example), "{help}");
        assert!(
            readme.contains(&format!("```json\n{example}```")),
            "{example}"
        );
    }
    // The parser lists the keys that it knows.
    let unknown = |json: &str| {
        let seed = tc3_emulator::Seed::from_json(json, Path::new("x"));
        seed.expect_err("an unknown key").to_string()
    };
    let organization = |key: &str| {
        unknown(&format!(
            r#"{{"organizations":[{{"id":1,"admin":1,"{key}":[{{"x":1}}]}}]}}"#
        ))
    };
    for error in [
        unknown(r#"{"x":1}"#),
        unknown(r#"{"callers":[{"x":1}]}"#),
        unknown(r#"{"limits":{"x":1}}"#),
        unknown(r#"{"clock":{"x":1}}"#),
        unknown(r#"{"accounts":[{"x":1}]}"#),
        unknown(r#"{"organizations":[{"x":1}]}"#),
        organization("members"),
        organization("nodes"),
        organization("invitations"),
        tc3_emulator::Fault::from_json(r#"{"x":1}"#)
            .expect_err("an unknown key")
            .to_string(),
    ] {
        let keys: Vec<&str> = error.split('`').skip(3).step_by(2).collect();
        assert!(keys.len() > 1, "{error}");
        for key in keys {
            assert!(help.contains(key), "`{key}` is missing: {help}");
        }
    }

    let folder = TempDir::new().expect("a folder");
    let seed = folder.path().join("seed.json");
    fs::write(&seed, SEED).expect("a file");
    let seed = seed.to_str().expect("a path of letters");
    let running = Running::start(&["--seed", seed, "--fault", FAULT, "--real-time-clients"]);
    let builder = Client::builder()
        .credential(Credential::new("AKIDTEST", "test-key"))
        .endpoint(running.endpoint())
        .retry(Retry::never())
        .no_proxy();
    let client = builder.build().expect("valid settings");
    let members = || {
        client
            .describe_organization_members()
            .offset(0)
            .limit(10)
            .send()
    };
    let error = members().await.expect_err("a fault was injected");
    assert_eq!(error.code(), Some("InternalError"));
    let members = members().await.expect("the fault is used up").items;
    let members = members.expect("a list");
    assert_eq!(members[0].name.as_deref(), Some("Ada"));
    assert_eq!(members[0].node_name.as_deref(), Some("Research"));
}

#[test]
fn state_is_a_seed() {
    let folder = TempDir::new().expect("a folder");
    let path = |name: &str| {
        folder
            .path()
            .join(name)
            .to_str()
            .expect("letters")
            .to_owned()
    };
    let (state, callers) = (path("state.json"), path("callers.json"));
    let first = Running::start(&["--clock", "86400", "--state", &state]);
    let wanted = control(&first, "GET /emulator/state");
    drop(first);
    fs::write(
        &callers,
        r#"[{"secret_id": "A", "secret_key": "b", "uin": 100000000001}]"#,
    )
    .expect("a file");
    refused(&["--seed", &state], 3, r#""uin": 100000000001"#);
    let second = Running::start(&["--seed", &state, "--callers", &callers]);
    let found = control(&second, "GET /emulator/state");
    assert_eq!(found, wanted);
    assert_eq!(found["clock"], serde_json::json!({ "stopped": 86400 }));
}

#[test]
fn control_token_opens_other_addresses() {
    let folder = TempDir::new().expect("a folder");
    let token = folder.path().join("token.txt");
    fs::write(&token, "planted-control-token\n").expect("a file");
    let token = token.to_str().expect("a path of letters");
    let running = Running::start(&["--listen", "0.0.0.0:0", "--control-token-file", token]);
    assert!(running.endpoint().starts_with("http://127.0.0.1:"));
    let printed = format!("{:?}", running.printed);
    assert!(!printed.contains("planted"), "{printed}");
    let refused = control(&running, "GET /emulator/clock");
    assert!(refused["error"].is_string(), "{refused}");
    let clock = control(
        &running,
        "POST /emulator/clock | Authorization: Bearer planted-control-token\n{\"stop_at\": 86400}",
    );
    assert_eq!(clock["clients"]["time"], 86400);
}
