//! Completion: the candidates, and real shells that use them.

use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use tc3_catalogue::Catalogue;
use tc3_emulator::Emulator;

use crate::docs::imported;
use crate::program::Folder;
use crate::service::response;

/// Returns the candidates for the last word, in the format of fish: with help after a tab.
fn candidates(folder: &Folder, words: &[&str]) -> Vec<String> {
    let mut arguments = vec!["--", "tc3"];
    arguments.extend(words);
    let mut command = folder.command(&arguments);
    let output = command
        .env("TC3_COMPLETE", "fish")
        .output()
        .expect("it starts");
    assert_eq!(output.stderr, b"", "{words:?}");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(str::to_owned).collect()
}

/// Returns the candidates for the last word of a line, without help.
fn values(folder: &Folder, line: &str) -> Vec<String> {
    let words: Vec<&str> = line.split(' ').collect();
    let candidates = candidates(folder, &words).into_iter();
    candidates
        .map(|candidate| candidate.split('\t').next().unwrap_or_default().to_owned())
        .collect()
}

#[track_caller]
fn check(line: &str, expected: &[&str]) {
    assert_eq!(values(&Folder::new(), line), expected, "{line}");
}

#[track_caller]
fn check_contains(line: &str, expected: &[&str]) {
    let found = values(&Folder::new(), line);
    for value in expected {
        assert!(
            found.iter().any(|of| of == value),
            "{line}: {value} in {found:?}"
        );
    }
}

#[test]
fn services_commands_and_actions() {
    check("cvm", &["cvm"]);
    check_contains("", &["cvm", "organization", "explain", "docs", "--region"]);
    check("expl", &["explain", "explore"]);
    check("cvm RunInst", &["RunInstances"]);
    check("--region ap-tokyo cvm RunInst", &["RunInstances"]);
    // Services and actions of a site and of a version.
    check("--site mainland aai Sent", &["SentenceRecognition"]);
    check("aai Sent", &[]);
    check(
        "--Version 2018-05-25 tke AcquireClusterAdm",
        &["AcquireClusterAdminRole"],
    );
    check("nothing Run", &[]);
    check("docs imp", &["import"]);
    check("completion po", &["powershell"]);
}

#[test]
fn parameters_and_their_parts() {
    check("cvm RunInstances --InstanceNa", &["--InstanceName"]);
    check("cvm DescribeInstances --Lim", &["--Limit"]);
    let parts = [
        "--Placement.Zone",
        "--Placement.HostId",
        "--Placement.HostIds",
        "--Placement.ProjectId",
    ];
    check("cvm RunInstances --Placement.", &parts);
    check("cvm RunInstances --Placement.Z", &["--Placement.Zone"]);
    check_contains(
        "cvm RunInstances --Plac",
        &["--Placement", "--Placement.Zone"],
    );
    check(
        "cvm DescribeInstances --Filters.",
        &["--Filters.0.Name", "--Filters.0.Values"],
    );
    check("cvm DescribeInstances --Filters.0.N", &["--Filters.0.Name"]);
    // A given parameter is not offered again, and the next element follows.
    let line = "cvm DescribeInstances --Filters.0.Name zone --Filters.";
    check(
        line,
        &[
            "--Filters.0.Values",
            "--Filters.1.Name",
            "--Filters.1.Values",
        ],
    );
    check("cvm DescribeInstances --Limit 5 --Limi", &["--Limit"]);
    let left = values(&Folder::new(), "cvm DescribeInstances --Limit 5 --");
    assert!(!left.contains(&"--Limit".to_owned()), "{left:?}");
    // Required parameters come first.
    let all = values(&Folder::new(), "cvm TerminateInstances --");
    assert_eq!(all.first().map(String::as_str), Some("--InstanceIds"));
    assert!(all.contains(&"--region".to_owned()));
    for unknown in [
        "cvm DescribeInstances --Nothing.",
        "cvm DescribeInstances --Limit.",
        "cvm DescribeInstances --Filters.x.",
    ] {
        check(unknown, &[]);
    }
}

/// In debug builds, clap checks that parameters and options do not conflict.
#[test]
fn parameters_with_names_of_options() {
    for site in tc3_spec::Site::ALL {
        let catalogue = Catalogue::of_site(site);
        let hits = ["Version", "Region", "region", "profile", "input", "output"];
        for word in hits {
            for hit in catalogue.search(word, 3).expect("an index") {
                if let tc3_catalogue::HitKind::Parameter { action, parameter } = hit.kind {
                    let line = format!(
                        "--site {} --Version {} {} {action} --{parameter}",
                        site.name(),
                        hit.version,
                        hit.service
                    );
                    let found = values(&Folder::new(), &line);
                    assert!(
                        found.contains(&format!("--{parameter}")),
                        "{line}: {found:?}"
                    );
                }
            }
        }
    }
}

#[test]
fn values_of_options_and_parameters() {
    check("cvm RunInstances --region ap-si", &["ap-singapore"]);
    check(
        "cvm RunInstances --region=ap-si",
        &["--region=ap-singapore"],
    );
    check("--site m", &["mainland"]);
    check("cvm DescribeInstances --Version 2", &["2017-03-12"]);
    check("cvm DescribeInstances --output ra", &["raw"]);
    check("cvm RunInstances --DryRun t", &["true"]);
    let folder = Folder::new();
    fs::create_dir(folder.folder.path().join(".tencentcloud")).expect("a folder");
    let secrets = "[default]\nsecret_id = planted\n[audit]\nsecret_key = planted\n";
    folder.write(".tencentcloud/credentials", secrets);
    fs::create_dir(folder.folder.path().join(".tccli")).expect("a folder");
    folder.write(".tccli/ops.credential", "{\"secretKey\": \"planted\"}");
    let profiles = values(&folder, "cvm DescribeInstances --profile ");
    assert_eq!(profiles, ["audit", "default", "ops"]);
    folder.write("body.json", "{}");
    assert_eq!(
        values(&folder, "cvm DescribeInstances --input bo"),
        ["body.json"]
    );
}

#[test]
fn names_to_explain() {
    check("explain organiz", &["organization"]);
    check("explain cvm.RunInst", &["cvm.RunInstances"]);
    check(
        "explain cvm.RunInstances.Placement.Z",
        &["cvm.RunInstances.Placement.Zone"],
    );
    check("examples cvm.TerminateInst", &["cvm.TerminateInstances"]);
    check("explain nothing.", &[]);
}

#[test]
fn help_has_types_and_imported_texts() {
    let words = ["cvm", "TerminateInstances", "--InstanceI"];
    let before = candidates(&Folder::new(), &words);
    assert_eq!(before, ["--InstanceIds\tArray of String, required"]);
    let found = candidates(&imported(), &words);
    assert_eq!(
        found,
        ["--InstanceIds\tArray of String, required: Which machines."]
    );
}

/// Only values that are a single word for every shell are candidates.
#[test]
fn listed_values_are_candidates() {
    let line = "cvm RunInstances --InstanceChargeType ";
    let is_value = |value: &String| !value.starts_with('-');
    let listed = |folder: &Folder, line: &str| {
        let values = values(folder, line).into_iter();
        values.filter(is_value).collect::<Vec<_>>()
    };
    assert!(listed(&Folder::new(), line).is_empty());
    assert_eq!(listed(&imported(), line), ["PREPAID", "POSTPAID_BY_HOUR"]);
    let begun = format!("{line}POST");
    assert_eq!(listed(&imported(), &begun), ["POSTPAID_BY_HOUR"]);
}

#[test]
fn damaged_texts_are_ignored() {
    let folder = imported();
    folder.write(".local/share/tc3/texts/intl.bin", "damaged");
    assert_eq!(values(&folder, "cvm TerminateInst"), ["TerminateInstances"]);
    let line = "cvm TerminateInstances --InstanceI";
    assert_eq!(values(&folder, line), ["--InstanceIds"]);
}

#[test]
fn identifiers_are_listed_if_enabled() {
    let spec = Catalogue::international()
        .load("cvm", "2017-03-12")
        .expect("a spec");
    let emulator = Emulator::builder()
        .spec(spec)
        .start_blocking()
        .expect("it starts");
    let ids_at = |endpoint: &str, folder: &Folder| -> Vec<String> {
        let words = [
            "cvm",
            "TerminateInstances",
            "--endpoint",
            endpoint,
            "--region",
            "ap-tokyo",
            "--InstanceIds",
            "",
        ];
        let candidates = candidates(folder, &words).into_iter();
        candidates
            .filter(|candidate| !candidate.starts_with('-'))
            .collect()
    };
    let ids = |folder: &Folder| ids_at(emulator.endpoint(), folder);
    assert!(ids(&Folder::new().credential()).is_empty());
    assert!(emulator.requests().is_empty());

    let folder = Folder::new()
        .credential()
        .variable("TC3_COMPLETE_VALUES", "1");
    let listed = ids(&folder);
    assert_eq!(listed, ["InstanceId\tInstanceName"]);
    assert_eq!(ids(&folder), listed);
    // The second completion uses the cache.
    let requests = emulator.requests();
    assert_eq!(requests.len(), 1);
    assert_eq!(
        requests[0].understood.action.as_deref(),
        Some("DescribeInstances")
    );
    let kept = folder.folder.path().join(".cache/tc3/identifiers");
    for file in fs::read_dir(kept).expect("a folder") {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = file
                .expect("a file")
                .metadata()
                .expect("its mode")
                .permissions();
            assert_eq!(mode.mode() & 0o777, 0o600);
        }
    }
    // Without a credential or a response, there are no identifiers and no error.
    assert!(
        ids(&Folder::new()
            .variable("TC3_COMPLETE_VALUES", "1")
            .variable("TENCENTCLOUD_SECRET_ID", ""))
        .is_empty()
    );
    let folder = Folder::new()
        .credential()
        .variable("TC3_COMPLETE_VALUES", "1");
    assert!(ids_at("http://127.0.0.1:1", &folder).is_empty());
}

/// Shells insert identifiers into the command line without quotes.
#[test]
fn unsafe_identifiers_are_left_out() {
    let items = r#""InstanceSet": [
        {"InstanceId": "ins-1", "InstanceName": "one"},
        {"InstanceId": "$(touch x)"}, {"InstanceId": "a;reboot"}, {"InstanceId": "-rf"}, {"InstanceId": "`x`"},
        {"InstanceId": "a b"}, {"InstanceId": "a\u001bb"}, {"InstanceId": "a\nb"}, {"InstanceId": "x'y"},
        {"InstanceId": "ins-2", "InstanceName": "a\u001b]0;x\u0007"},
        {"InstanceId": "qcs::cam:r/A_1.b"}
    ]"#;
    let spec = Catalogue::international()
        .load("cvm", "2017-03-12")
        .expect("a spec");
    let emulator = Emulator::builder().spec(spec).fault(response(items));
    let emulator = emulator.start_blocking().expect("it starts");
    let folder = Folder::new()
        .credential()
        .variable("TC3_COMPLETE_VALUES", "1");
    let words = [
        "cvm",
        "TerminateInstances",
        "--endpoint",
        emulator.endpoint(),
        "--region",
        "ap-tokyo",
        "--InstanceIds",
        "",
    ];
    // The second run uses the cache.
    for _ in 0..2 {
        let mut found = candidates(&folder, &words);
        found.retain(|candidate| !candidate.starts_with("--"));
        assert_eq!(found, ["ins-1\tone", "ins-2", "qcs::cam:r/A_1.b"]);
    }
    assert_eq!(emulator.requests().len(), 1);
}

#[test]
fn identifiers_of_the_built_in_emulator() {
    let folder = Folder::new().variable("TC3_COMPLETE_VALUES", "1");
    let found = candidates(
        &folder,
        &[
            "cvm",
            "TerminateInstances",
            "--emulate",
            "--InstanceIds",
            "",
        ],
    );
    assert_eq!(
        found.first().map(String::as_str),
        Some("InstanceId\tInstanceName")
    );
}

/// Types a line into an interactive shell that completes with this program, and returns the arguments of the called `tc3`.
/// `None`, with a message, if the shell is not installed.
fn complete_in_shell(shell: &[&str], setup: &str, line: &str) -> Option<String> {
    let is_installed = |program: &str| {
        let mut command = Command::new(program);
        command
            .arg("--version")
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command.status().is_ok()
    };
    for program in ["script", shell[0]] {
        if !is_installed(program) {
            // The test harness shows what is written to stderr itself.
            let _ = writeln!(std::io::stderr(), "skipped: `{program}` is not installed");
            return None;
        }
    }
    let folder = Folder::new();
    let home = folder.folder.path();
    let called = home.join("called");
    let setup = setup
        .replace("TC3", env!("CARGO_BIN_EXE_tc3"))
        .replace("CALLED", called.to_str().expect("letters"));
    let mut child = Command::new("script")
        .args(["--quiet", "--command", &shell.join(" "), "/dev/null"])
        .current_dir(home)
        .env("HOME", home)
        .env("TERM", "xterm")
        .env_remove("XDG_DATA_HOME")
        .env_remove("XDG_CONFIG_HOME")
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("script starts");
    let mut input = child.stdin.take().expect("it is piped");
    write!(input, "{setup}\n{line}\nexit\n").expect("it reads");
    wait(&called);
    drop(input);
    let _ = child.kill();
    let _ = child.wait();
    let text = fs::read_to_string(called).unwrap_or_default();
    Some(text.trim_end().to_owned())
}

/// Waits for the line that the shell writes to a file when it runs the completed command.
fn wait(path: &Path) {
    for _ in 0..1200 {
        if fs::read_to_string(path).is_ok_and(|text| text.ends_with('\n')) {
            return;
        }
        // The shell sends no other signal, so the file is polled.
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
}

/// Typed lines, and the arguments after completion.
const LINES: [(&str, &str); 5] = [
    ("tc3 organiz\t-h", "organization -h"),
    ("tc3 cvm RunInst\t", "cvm RunInstances"),
    (
        "tc3 cvm DescribeInstances --Filters.0.N\tzone",
        "cvm DescribeInstances --Filters.0.Name zone",
    ),
    (
        "tc3 cvm DescribeInstances --region ap-si\t",
        "cvm DescribeInstances --region ap-singapore",
    ),
    (
        "tc3 cvm DescribeInstances --region=ap-si\t",
        "cvm DescribeInstances --region=ap-singapore",
    ),
];

/// Checks the completion of all lines. `space` must be typed after a completed word, unless the shell adds it.
#[track_caller]
fn check_shell(shell: &[&str], setup: &str, space: &str) {
    for (line, expected) in LINES {
        // elvish adds no space, and asks for a choice even from one candidate.
        if !space.is_empty() && line.contains('=') {
            continue;
        }
        let line = &line.replace('\t', &format!("\t{space}"));
        let Some(called) = complete_in_shell(shell, setup, line) else {
            return;
        };
        assert_eq!(called, expected, "{line:?}");
    }
}

#[test]
fn bash() {
    let setup = "source <(TC3 completion bash); tc3() { echo \"$*\" > CALLED; }";
    check_shell(&["bash", "--norc", "--noprofile", "-i"], setup, "");
}

#[test]
fn zsh() {
    let setup = "autoload -Uz compinit; compinit -u -D; source <(TC3 completion zsh); tc3() { echo \"$*\" > CALLED }";
    check_shell(&["zsh", "-f", "-i"], setup, "");
}

#[test]
fn fish() {
    let setup = "TC3 completion fish | source; function tc3; echo \"$argv\" > CALLED; end";
    check_shell(&["fish", "--no-config", "--interactive"], setup, "");
}

#[test]
fn elvish() {
    let setup = "eval (TC3 completion elvish | slurp); fn tc3 {|@words| echo $@words > CALLED }";
    check_shell(&["elvish", "-norc"], setup, " ");
}

/// PowerShell is not available to the tests. Its script must use the words of the syntax tree, and evaluate no text.
#[test]
fn powershell() {
    let folder = Folder::new();
    let script = folder.run(&["completion", "powershell"]).stdout;
    for evaluation in [
        "Invoke-Expression",
        "iex",
        "InvokeScript",
        "[scriptblock]",
        "ExpandString",
    ] {
        assert!(!script.contains(evaluation), "{script}");
    }
    assert!(script.contains("$commandAst.CommandElements"), "{script}");
    assert!(
        script.contains(&format!("& '{}'\n", env!("CARGO_BIN_EXE_tc3"))),
        "{script}"
    );
    for (words, expected) in [
        ("tc3\norganiz", "organization\n"),
        (
            "tc3\ncvm\nDescribeInstances\n--Filters.0.N",
            "--Filters.0.Name\t",
        ),
        (
            "tc3\ncvm\nDescribeInstances\n--region\nap-si",
            "ap-singapore\t",
        ),
        (
            "tc3\ncvm\nDescribeInstances\n$(touch x) `\"'\n--Lim",
            "--Limit\t",
        ),
    ] {
        let mut command = folder.command(&[]);
        command.env("TC3_COMPLETE", "powershell");
        let output = command.env("TC3_COMPLETE_WORDS", words).output();
        let found = String::from_utf8(output.expect("it starts").stdout).expect("UTF-8");
        assert!(
            found.starts_with(expected) && found.lines().count() == 1,
            "{words}: {found}"
        );
    }
    // The last word may be empty.
    let mut command = folder.command(&[]);
    command
        .env("TC3_COMPLETE", "powershell")
        .env("TC3_COMPLETE_WORDS", "tc3\ncvm\n");
    let found = String::from_utf8(command.output().expect("it starts").stdout).expect("UTF-8");
    assert!(found.contains("RunInstances\n"), "{found}");
}

#[test]
fn scripts_of_all_shells() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let outcome = Folder::new().run(&["completion", shell]);
        assert_eq!((outcome.status, &*outcome.stderr), (0, ""));
        assert!(
            outcome.stdout.contains("TC3_COMPLETE"),
            "{}",
            outcome.stdout
        );
    }
    assert_eq!(Folder::new().run(&["completion", "tcsh"]).status, 2);
}

#[test]
fn invalid_requests_print_nothing() {
    for (shell, arguments) in [
        ("fish", &["--"][..]),
        ("tcsh", &["--", "tc3", ""]),
        ("bash", &["--", "tc3"]),
        ("zsh", &["--", "tc3", "\u{fffd}"]),
    ] {
        let folder = Folder::new();
        let mut command = folder.command(arguments);
        let output = command
            .env("TC3_COMPLETE", shell)
            .env("_CLAP_COMPLETE_INDEX", "99")
            .output()
            .expect("it starts");
        assert_eq!(
            (output.stdout.len(), output.stderr.len()),
            (0, 0),
            "{shell}"
        );
    }
}
