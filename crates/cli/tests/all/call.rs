//! Calls to an emulator: requests, output and exit codes.

use serde_json::{Value, json};
use tc3_catalogue::Catalogue;
use tc3_emulator::{Emulator, Fault};

use crate::program::{Folder, Outcome};

const DESCRIBE: &str = "DescribeOrganizationMemberEmailBind";

fn emulator(services: &[&str]) -> Emulator {
    let catalogue = Catalogue::international();
    let mut builder = Emulator::builder();
    for service in services {
        let version = catalogue.version(service, None).expect("it exists");
        builder = builder.spec(catalogue.load(service, version).expect("it is whole"));
    }
    builder.start_blocking().expect("it starts")
}

/// Runs a call against an emulator, with its credential.
fn call(emulator: &Emulator, arguments: &[&str]) -> Outcome {
    let endpoint = ["--endpoint", emulator.endpoint()];
    Folder::new()
        .credential()
        .run(&[&endpoint[..], arguments].concat())
}

/// Returns the parameters of the last request.
fn parameters(emulator: &Emulator) -> Value {
    let last = emulator.requests().pop().expect("a request");
    serde_json::from_slice(&last.body).expect("JSON")
}

#[test]
fn only_the_response_is_printed() {
    let emulator = emulator(&["organization"]);
    let outcome = call(
        &emulator,
        &["organization", DESCRIBE, "--MemberUin", "111111111111"],
    );
    assert_eq!((outcome.status, &*outcome.stderr), (0, ""));
    let response: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    assert_eq!(response["BindStatus"], "Unbound");
    assert!(
        outcome.stdout.starts_with("{\n  \"BindId\": 0,\n"),
        "{}",
        outcome.stdout
    );
    assert!(outcome.stdout.ends_with("\n}\n"));

    let raw = call(
        &emulator,
        &[
            "organization",
            DESCRIBE,
            "--MemberUin",
            "111111111111",
            "--output",
            "raw",
        ],
    );
    let envelope: Value = serde_json::from_str(&raw.stdout).expect("JSON");
    assert_eq!(envelope["Response"]["BindStatus"], "Unbound");
}

#[test]
fn options_at_any_position() {
    let emulator = emulator(&["cvm"]);
    for line in [
        "--region ap-x cvm DescribeInstances --Limit 3 --InstanceIds ins-1 ins-2",
        "cvm DescribeInstances --Limit 3 --region ap-x --InstanceIds ins-1 ins-2",
        "cvm DescribeInstances --InstanceIds ins-1 ins-2 --Limit=3 --region=ap-x --cli-unfold-argument",
        "--site intl cvm DescribeInstances --InstanceIds.0 ins-1 --InstanceIds.1 ins-2 --Limit 3 --Version 2017-03-12 --region ap-x",
        "cvm DescribeInstances --version 2017-03-12 --InstanceIds [\"ins-1\",\"ins-2\"] --Limit 3 --region ap-x --site intl",
    ] {
        let words: Vec<&str> = line.split(' ').collect();
        let outcome = call(&emulator, &words);
        assert_eq!(outcome.status, 0, "{line}: {}", outcome.stderr);
        let expected = json!({"InstanceIds": ["ins-1", "ins-2"], "Limit": 3});
        assert_eq!(parameters(&emulator), expected, "{line}");
        let last = emulator.requests().pop().expect("a request");
        let head = String::from_utf8_lossy(&last.head).to_ascii_lowercase();
        assert!(head.contains("\r\nx-tc-region: ap-x\r\n"), "{line}: {head}");
    }
}

#[test]
fn input_is_patched_by_arguments() {
    let emulator = emulator(&["cvm"]);
    let folder = Folder::new().credential();
    folder.write(
        "in.json",
        r#"{"Limit": 5, "Filters": [{"Name": "zone", "Values": ["a"]}]}"#,
    );
    folder.write("name.txt", "vpc-id");
    for input in ["in.json", "file://in.json", "-"] {
        let arguments = [
            "cvm",
            "DescribeInstances",
            "--input",
            input,
            "--Limit",
            "7",
            "--Filters.0.Name",
            "@name.txt",
            "--endpoint",
            emulator.endpoint(),
        ];
        let text = std::fs::read_to_string(folder.folder.path().join("in.json")).expect("text");
        let outcome = folder.run_with(&arguments, &text);
        assert_eq!(outcome.status, 0, "{}", outcome.stderr);
        let expected = json!({"Filters": [{"Name": "vpc-id", "Values": ["a"]}], "Limit": 7});
        assert_eq!(parameters(&emulator), expected, "{input}");
    }
}

#[test]
fn service_error_is_explained() {
    let emulator = emulator(&["organization"]);
    let arguments = ["organization", DESCRIBE, "--MemberUin", "5"];
    let outcome = call(&emulator, &arguments);
    assert_eq!((outcome.status, &*outcome.stdout), (1, ""));
    let id = emulator.requests()[0].request_id.clone();
    assert_eq!(
        outcome.stderr,
        format!(
            "error: ResourceNotFound.OrganizationMemberNotExist: Account 5 is not a member of organization 1.\n  \
             action      {DESCRIBE}\n  \
             meaning     The resource does not exist.\n  \
             request ID  {id}\n"
        )
    );
    let outcome = call(&emulator, &[&arguments[..], &["--errors", "json"]].concat());
    let error: Value = serde_json::from_str(&outcome.stderr).expect("JSON");
    let error = &error["error"];
    assert_eq!(error["kind"], "service");
    assert_eq!(error["code"], "ResourceNotFound.OrganizationMemberNotExist");
    assert_eq!(error["exit_status"], 1);
    assert_eq!(error["may_have_acted"], false);
}

#[test]
fn lost_response_is_not_retried() {
    let emulator = emulator(&["organization"]);
    let fault = |json: &str| {
        emulator
            .inject(Fault::from_json(json).expect("a fault"))
            .expect("it exists")
    };
    fault(r#"{"action": "AddOrganizationMemberEmail", "times": 1, "drop": "after"}"#);
    let outcome = call(
        &emulator,
        &[
            "organization",
            "AddOrganizationMemberEmail",
            "--MemberUin",
            "111111111111",
            "--Email",
            "a@example.com",
            "--CountryCode",
            "86",
            "--Phone",
            "13000000000",
        ],
    );
    assert_eq!(outcome.status, 4, "{}", outcome.stderr);
    assert!(
        outcome
            .stderr
            .contains("the service may have acted; check before you repeat the call"),
        "{}",
        outcome.stderr
    );
    assert_eq!(emulator.requests().len(), 1);

    fault(r#"{"times": 1, "delay_ms": 60000}"#);
    let outcome = call(
        &emulator,
        &[
            "organization",
            DESCRIBE,
            "--MemberUin",
            "1",
            "--timeout",
            "0.5",
        ],
    );
    assert_eq!(outcome.status, 4, "{}", outcome.stderr);
    assert!(
        outcome.stderr.contains("allow more time with --timeout"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn refused_connection_sends_nothing() {
    let outcome = Folder::new().credential().run(&[
        "organization",
        DESCRIBE,
        "--MemberUin",
        "1",
        "--endpoint",
        "http://127.0.0.1:1",
        "--no-retry",
    ]);
    assert_eq!(outcome.status, 3, "{}", outcome.stderr);
    assert!(
        outcome
            .stderr
            .contains("check the network, the proxy (HTTPS_PROXY) and --endpoint"),
        "{}",
        outcome.stderr
    );
    assert!(!outcome.stderr.contains("attempts"), "{}", outcome.stderr);
}

#[test]
fn built_in_emulator_keeps_state_in_the_folder() {
    let folder = Folder::new();
    let add = [
        "--emulate",
        "organization",
        "AddOrganizationMemberEmail",
        "--MemberUin",
        "111111111111",
        "--Email",
        "a@example.com",
        "--CountryCode",
        "86",
        "--Phone",
        "13000000000",
    ];
    let outcome = folder.run(&add);
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    assert_eq!(outcome.stderr, "emulated: no request leaves this machine\n");
    let outcome = folder.run(&[
        "organization",
        DESCRIBE,
        "--MemberUin",
        "111111111111",
        "--emulate",
    ]);
    let response: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    assert_eq!(response["Email"], "a@example.com");
    let outcome = Folder::new().run(&[
        "organization",
        DESCRIBE,
        "--MemberUin",
        "111111111111",
        "--emulate",
    ]);
    let response: Value = serde_json::from_str(&outcome.stdout).expect("JSON");
    assert_eq!(response["Email"], "", "another folder has another state");
    let outcome = folder.run(&["organization", DESCRIBE, "--MemberUin", "7", "--emulate"]);
    assert_eq!(outcome.status, 1);
    assert!(
        outcome.stderr.starts_with("emulated: "),
        "{}",
        outcome.stderr
    );
}

#[test]
fn dry_run_prints_the_request() {
    let folder = Folder::new()
        .credential()
        .variable("TENCENTCLOUD_TOKEN", "planted-token");
    let outcome = folder.run(&["organization", DESCRIBE, "--MemberUin", "1", "--dry-run"]);
    assert_eq!((outcome.status, &*outcome.stderr), (0, ""));
    let request = outcome.stdout;
    assert!(
        request.starts_with("POST https://organization.intl.tencentcloudapi.com/\n"),
        "{request}"
    );
    assert!(request.ends_with("\n\n{\"MemberUin\":1}\n"), "{request}");
    assert!(
        request.contains("\nx-tc-action: DescribeOrganizationMemberEmailBind\n"),
        "{request}"
    );
    assert!(request.contains("\nx-tc-token: [redacted]\n"), "{request}");
    assert!(
        request.contains("\nauthorization: TC3-HMAC-SHA256 Credential=AKIDEMULATOR/"),
        "{request}"
    );
}

#[test]
fn verbose_prints_attempts() {
    let emulator = emulator(&["organization"]);
    let fault = r#"{"times": 1, "code": "InternalError"}"#;
    emulator
        .inject(Fault::from_json(fault).expect("a fault"))
        .expect("it exists");
    let outcome = call(
        &emulator,
        &[
            "organization",
            DESCRIBE,
            "--MemberUin",
            "111111111111",
            "-v",
        ],
    );
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let starts: Vec<&str> = outcome.stderr.lines().map(|line| &line[..10]).collect();
    assert_eq!(
        starts,
        ["attempt 1:", "attempt 1:", "attempt 2:", "attempt 2:"],
        "{}",
        outcome.stderr
    );
}

/// Returns the first line of a request, which has the host.
#[track_caller]
fn host(folder: &Folder, options: &[&str]) -> String {
    let call = ["cvm", "DescribeZones", "--dry-run"];
    let request = folder.run(&[&call[..], options].concat()).stdout;
    request.lines().next().expect("a request").to_owned()
}

/// The site selects the catalogue and the host.
#[test]
fn site_precedence() {
    let folder = Folder::new();
    let profile = "secret_id = AKID\nsecret_key = k\nsite = mainland\n";
    assert_eq!(folder.run_with(&["configure"], profile).status, 0);
    let [intl, mainland] = [
        "POST https://cvm.intl.tencentcloudapi.com/",
        "POST https://cvm.tencentcloudapi.com/",
    ];
    assert_eq!(host(&folder, &[]), mainland);
    assert_eq!(host(&folder, &["--site", "intl"]), intl);
    let folder = folder.variable("TENCENTCLOUD_SITE", "intl");
    assert_eq!(host(&folder, &[]), intl);
    assert_eq!(host(&folder, &["--site=mainland"]), mainland);
    // The profile of `--profile` takes precedence over the environment.
    assert_eq!(host(&folder, &["--profile", "default"]), mainland);
}

#[test]
fn language_is_sent() {
    let folder = Folder::new().credential();
    let call = ["cvm", "DescribeZones", "--dry-run", "--language", "zh-CN"];
    let request = folder.run(&call).stdout;
    assert!(request.contains("\nx-tc-language: zh-CN\n"), "{request}");
}

/// An endpoint takes precedence over the site, so that no request goes to another host by accident.
#[test]
fn endpoint_precedence() {
    let folder = Folder::new();
    let profile = "secret_id = AKID\nsecret_key = k\nendpoint = of-profile:8443\n";
    assert_eq!(folder.run_with(&["configure"], profile).status, 0);
    let of_profile = "POST https://of-profile:8443/";
    assert_eq!(host(&folder, &["--site", "mainland"]), of_profile);
    let folder = folder.variable("TENCENTCLOUD_ENDPOINT", "http://127.0.0.1:1");
    assert_eq!(host(&folder, &[]), "POST http://127.0.0.1:1/");
    let folder = folder.variable("TENCENTCLOUD_ENDPOINT_CVM", "of-cvm");
    assert_eq!(
        host(&folder, &["--site", "mainland"]),
        "POST https://of-cvm/"
    );
    assert_eq!(host(&folder, &["--profile", "default"]), of_profile);
    let of_option = ["--profile", "default", "--endpoint", "of-option"];
    assert_eq!(host(&folder, &of_option), "POST https://of-option/");
    // An invalid setting is not replaced by another.
    let outcome = folder.run_with(
        &["configure", "--profile", "odd"],
        "secret_id = AKID\nsecret_key = k\nendpoint = a/b\n",
    );
    assert_eq!(outcome.status, 0, "{}", outcome.stderr);
    let outcome = folder.run(&["cvm", "DescribeZones", "--dry-run", "--profile", "odd"]);
    assert_eq!(outcome.status, 3, "{}", outcome.stdout);
    assert!(outcome.stderr.contains("`endpoint` must be a host"));
    let folder = folder.variable("TENCENTCLOUD_ENDPOINT_CVM", "a/b");
    let outcome = folder.run(&["cvm", "DescribeZones", "--dry-run"]);
    assert_eq!(outcome.status, 3);
    assert!(
        outcome
            .stderr
            .contains("`TENCENTCLOUD_ENDPOINT_CVM`: `a/b` has a path")
    );
}

/// The profile of `--profile` takes precedence over the environment, as in tccli.
#[test]
fn region_precedence() {
    let folder = Folder::new();
    let profile = "secret_id = AKID\nsecret_key = k\nregion = ap-profile\n";
    assert_eq!(folder.run_with(&["configure"], profile).status, 0);
    let folder = folder.variable("TENCENTCLOUD_REGION", "ap-env");
    for (options, region) in [
        (&[][..], "ap-env"),
        (&["--profile", "default"], "ap-profile"),
        (&["--profile", "default", "--region", "ap-x"], "ap-x"),
    ] {
        let call = ["cvm", "DescribeZones", "--dry-run"];
        let request = folder.run(&[&call[..], options].concat()).stdout;
        let header = format!("\nx-tc-region: {region}\n");
        assert!(request.contains(&header), "{options:?}: {request}");
    }
}
