//! `emulate`: output, responses, persistence after a kill, and start errors.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use tempfile::TempDir;
use tencentcloud_organization::tc3::{Credential, RateLimit, Retry};
use tencentcloud_organization::v20210331::Client;

/// A running emulator, which is killed when dropped.
struct Running {
    child: Child,
    /// The printed values, by the word before them.
    said: BTreeMap<String, String>,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut child = emulate(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the command starts");
        let out = child.stdout.take().expect("it is piped");
        let mut said = BTreeMap::new();
        // The last line has the URL of the control API.
        for line in BufReader::new(out).lines() {
            let line = line.expect("it is text");
            let (name, value) = line
                .split_once(": ")
                .or_else(|| line.split_once(' '))
                .expect("a name and a value");
            said.insert(name.to_owned(), value.to_owned());
            if value.ends_with("/emulator") {
                break;
            }
        }
        Self { child, said }
    }

    fn endpoint(&self) -> &str {
        self.said["listening"].trim_start_matches("at ")
    }

    fn client(&self) -> Client {
        let builder = Client::builder()
            .credential(Credential::new("AKIDEMULATOR", "emulator-key"))
            .endpoint(self.endpoint())
            .rate_limit(RateLimit::off())
            .retry(Retry::never())
            .no_proxy();
        let builder = match self.said.get("authority") {
            Some(path) => builder.only_root_certificates(fs::read(path).expect("it was written")),
            None => builder,
        };
        builder.build().expect("the settings are right")
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
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    command.arg("emulate").args(arguments);
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
            running.said["credential"],
            "TENCENTCLOUD_SECRET_ID=AKIDEMULATOR TENCENTCLOUD_SECRET_KEY=emulator-key"
        );
        assert!(running.said["Rust"].contains(endpoint));
        let address = endpoint.rsplit('/').next().expect("an address");
        assert!(running.said["Python"].contains(address));
        let call = running.client().describe_organization_member_email_bind();
        let bind = call.member_uin(111_111_111_111).send().await;
        assert_eq!(
            bind.expect("it answers").bind_status.as_deref(),
            Some("Unbound")
        );
        if let Some(temporary) = running.said.get("authority").filter(|of| *of != path) {
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
    assert_eq!(running.said["credential"], "those of the seed");
    let client = running.client();
    let describe = || {
        client
            .describe_organization_member_email_bind()
            .member_uin(6)
            .send()
    };
    let error = describe().await.expect_err("a fault was asked for");
    assert_eq!(error.code(), Some("InternalError"));
    describe().await.expect("the fault is used up");
}

/// After a kill, the state file is complete and has everything that was answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_process_keeps_answered_changes() {
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

    let answered: Arc<Mutex<BTreeMap<i64, u64>>> = Arc::default();
    for round in 1..=5 {
        let mut running = Running::start(&arguments);
        let client = running.client();
        let count = Arc::new(AtomicUsize::new(0));
        let mut tasks = tokio::task::JoinSet::new();
        for task in 0..4 {
            let (client, answered, count) =
                (client.clone(), Arc::clone(&answered), Arc::clone(&count));
            tasks.spawn(async move {
                for uin in (1..=MEMBERS).filter(|uin| uin % 4 == task) {
                    if answered.lock().expect("nobody panics").contains_key(&uin) {
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
                            answered.lock().expect("nobody panics").insert(uin, id);
                            count.fetch_add(1, Ordering::Relaxed);
                        }
                        // Added in an earlier round, whose answer was lost.
                        Err(error) if error.code() == Some("FailedOperation.MemberEmailExist") => {}
                        Err(_) => return,
                    }
                }
            });
        }
        // The process is killed at work, after some more answers in each round.
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
        let answered = answered.lock().expect("nobody panics");
        assert!(answered.len() >= 7 * round, "{} answers", answered.len());
        for (uin, id) in answered.iter() {
            assert_eq!(kept_ids.get(uin), Some(id), "member {uin}");
        }
    }

    // A new process resumes from the file.
    let running = Running::start(&arguments);
    let (uin, id) = *answered
        .lock()
        .expect("nobody panics")
        .first_entry()
        .map(|of| (*of.key(), *of.get()))
        .as_ref()
        .expect("answers");
    let call = running.client().describe_organization_member_email_bind();
    let bind = call.member_uin(uin).send().await.expect("it answers");
    assert_eq!(bind.bind_id, Some(id));
}

#[test]
fn invalid_input_is_reported_with_its_place() {
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
    write("other/thing/2020-01-02.json", r#"{"format": 2}"#);
    fs::create_dir(folder.path().join("none")).expect("a folder");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let taken = taken.local_addr().expect("an address").to_string();
    let missing = specs("missing");
    for (arguments, problem) in [
        (["--listen", "0.0.0.0:0"], "is not loopback"),
        (["--listen", &taken], &format!("cannot listen on {taken}")),
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
        (["--state", &broken], "broken.json:2:22: "),
        (["--state", &twice], "twice.json: duplicate account 1"),
    ] {
        refused(&arguments, 1, problem);
    }
    let output = emulate(&["--listen", &taken]).output();
    let told = output.expect("the command starts").stderr;
    let told = String::from_utf8(told).expect("the output is UTF-8");
    assert_eq!(told.matches("(os error").count(), 1, "{told}");
    for (arguments, problem) in [
        (["--fault", r#"{"drop": "later"}"#], "invalid fault"),
        (["--authority", "x.pem"], "--tls"),
        (["--listen", "nowhere"], "nowhere"),
    ] {
        refused(&arguments, 2, problem);
    }
    let kept = fs::read_to_string(&broken).expect("the file is there");
    assert!(kept.contains("[{]"), "what cannot be read is left as it is");
}

#[track_caller]
fn refused(arguments: &[&str], status: i32, problem: &str) {
    let output = emulate(arguments).output().expect("the command starts");
    let Output {
        status: ended,
        stdout,
        stderr,
    } = output;
    let told = String::from_utf8(stderr).expect("UTF-8");
    assert_eq!(ended.code(), Some(status), "{arguments:?}: {told}");
    assert!(told.contains(problem), "{arguments:?}: {told}");
    assert!(
        stdout.is_empty(),
        "{arguments:?}: it says nothing of listening"
    );
}

#[test]
fn state_file_is_locked() {
    let folder = TempDir::new().expect("a folder");
    let state = folder.path().join("state.json");
    let state = state.to_str().expect("a path of letters");
    let mut running = Running::start(&["--state", state]);
    refused(&["--state", state], 1, "is in use by another emulator");
    running.kill();
    // The lock ends with the process.
    Running::start(&["--state", state]);
    assert!(Path::new(state).is_file());
}
