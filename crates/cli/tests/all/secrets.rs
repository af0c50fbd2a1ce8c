//! Secrets do not appear in output, files and the process list.

use std::fs;
use std::path::Path;

use crate::program::Folder;

const KEY: &str = "planted-key-0123456789";

/// Checks that no file below a folder contains the secret, except the credentials file.
fn check_files(folder: &Path) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            check_files(&path);
        } else if path.file_name().is_none_or(|name| name != "credentials") {
            let bytes = fs::read(&path).expect("a file");
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains(KEY), "{} has the secret", path.display());
        }
    }
}

#[test]
fn secret_is_in_no_output_and_file() {
    let folder = Folder::new()
        .variable("TENCENTCLOUD_SECRET_ID", "AKIDx")
        .variable("TENCENTCLOUD_SECRET_KEY", KEY);
    for line in [
        "organization DescribeOrganization --dry-run",
        "organization DescribeOrganization --emulate -v",
        "organization DescribeOrganization --endpoint http://127.0.0.1:1 -v --no-retry --errors json",
        "organization DescribeOrganization --endpoint nowhere:x",
        "organization DescribeOrganization --Bogus 1",
        "organization DescribeOrganization --help",
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let outcome = folder.run(&words);
        assert!(
            !outcome.stdout.contains(KEY) && !outcome.stderr.contains(KEY),
            "{line}: {outcome:?}"
        );
    }
    check_files(folder.folder.path());
}

#[test]
fn secret_argument_is_refused_unquoted() {
    let folder = Folder::new();
    for option in ["--secretKey", "--secret-key", "--token", "--secretId"] {
        for words in [
            vec![option, KEY],
            vec![&format!("{option}={KEY}")],
            vec![option, "x", "--secretKey", KEY],
        ] {
            for line in [
                [&["organization", "DescribeOrganization"][..], &words].concat(),
                [&words[..], &["organization", "DescribeOrganization"]].concat(),
            ] {
                let outcome = folder.run(&line);
                assert_eq!(outcome.status, 2, "{line:?}: {outcome:?}");
                assert!(
                    outcome.stderr.contains("TENCENTCLOUD_SECRET_KEY"),
                    "{outcome:?}"
                );
                assert!(!outcome.stderr.contains(KEY), "{outcome:?}");
            }
        }
    }
}

/// Errors do not quote a password, whether the mistake is in another argument, in its name, or in its value.
#[test]
fn values_are_not_quoted() {
    let folder = Folder::new();
    let json = format!(r#"{{"Password":"{KEY}",x}}"#);
    let [only, shorthand, comma, eaten, option] = [
        format!("--Password={KEY}"),
        format!("Password={KEY},Key=x"),
        format!("Password=a,{KEY}=b"),
        format!("{{Password:{KEY}}}"),
        format!("--{KEY}"),
    ];
    for line in [
        &[
            "ResetInstancesPassword",
            "--Pasword",
            KEY,
            "--InstanceIds",
            "i",
        ][..],
        &[
            "ResetInstancesPassword",
            "--Password",
            KEY,
            "--InstanceId",
            "i",
        ],
        &["ResetInstancesPassword", "--Password", KEY],
        &["ResetInstancesPassword", &only, "--InstanceId", "i"],
        &[
            "ResetInstancesPassword",
            "--Password=x",
            KEY,
            "--InstanceIds",
            "i",
        ],
        &["ResetInstancesPassword", "--Password", "my", "secret", KEY],
        &[
            "ResetInstancesPassword",
            "--Password",
            &option,
            "--InstanceIds",
            "i",
        ],
        &["RunInstances", "--LoginSettings", &shorthand],
        &["RunInstances", "--LoginSettings", &comma],
        &["RunInstances", "--LoginSettings", &eaten],
        &["RunInstances", "--LoginSettings", &json],
    ] {
        for format in ["text", "json"] {
            let words = [&["cvm"], line, &["--errors", format]].concat();
            let outcome = folder.run(&words);
            assert_eq!(outcome.status, 2, "{line:?}");
            assert!(!outcome.stderr.contains(KEY), "{}", outcome.stderr);
        }
    }
}

/// While a call waits for its response, other users cannot read the secret in the process list.
#[cfg(target_os = "linux")]
#[test]
fn secret_is_not_in_the_process_list() {
    use tc3_emulator::{Caller, Emulator, Fault, Seed};

    let fault = Fault::from_json(r#"{"delay_ms": 60000}"#).expect("a fault");
    let seed = Seed::empty().caller(Caller::new("AKIDX", KEY, 1));
    let emulator = Emulator::builder().seed(seed).fault(fault);
    let emulator = emulator.start_blocking().expect("it starts");
    let folder = Folder::new();
    let input = format!("secret_id = AKIDX\nsecret_key = {KEY}\n");
    assert_eq!(folder.run_with(&["configure"], &input).status, 0);
    let words = [
        "organization",
        "DescribeOrganization",
        "--endpoint",
        emulator.endpoint(),
    ];
    let mut child = folder.command(&words).spawn().expect("the program starts");
    // Only the emulator knows when the request arrives, so it is polled.
    for _ in 0..6000 {
        if !emulator.requests().is_empty() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    for file in ["cmdline", "environ"] {
        let shown = fs::read(format!("/proc/{}/{file}", child.id())).expect("it runs");
        assert!(!String::from_utf8_lossy(&shown).contains(KEY), "{file}");
    }
    let _ = child.kill();
    let _ = child.wait();
}
