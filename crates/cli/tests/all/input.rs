//! `--input`.

use std::fs;

use tempfile::TempDir;

use crate::program::Folder;
use crate::service::{Run, Service};

fn run(text: &str, line: &str) -> (Run, Vec<String>) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("input");
    fs::write(&path, text).expect("a file");
    let service = Service::with_response(r#""TotalCount": 0"#);
    let path = path.to_str().expect("a path of letters");
    let words: Vec<&str> = line.split_whitespace().chain(["--input", path]).collect();
    let run = service.run_words(&words);
    (
        Run {
            err: run.err.replace(path, "FILE"),
            ..run
        },
        service.requests(),
    )
}

#[test]
fn json_and_yaml_are_read() {
    let yaml = "# all of them\nLimit: 18446744073709551615\nInstanceIds: [00123, 'no']\nFilters:\n- Name: zone\n  Values:\n  - &a ap-1\n  - *a\n  - no\n";
    let json = r#"{"Limit": 18446744073709551615, "InstanceIds": ["00123", "no"], "Filters": [{"Name": "zone", "Values": ["ap-1", "ap-1", "no"]}]}"#;
    let flow = "{Limit: 18446744073709551615, InstanceIds: ['00123', 'no'], Filters: [{Name: zone, Values: [ap-1, ap-1, no]}]}";
    for text in [yaml, json, flow] {
        let (run, requests) = run(text, "cvm DescribeInstances --force");
        run.output();
        let sent: Vec<serde_json::Value> = requests
            .iter()
            .map(|body| serde_json::from_str(body).expect("JSON"))
            .collect();
        let expected: serde_json::Value = serde_json::from_str(json).expect("JSON");
        assert_eq!(sent, [expected], "{text}");
    }
    let (run, requests) = run("# nothing\n", "cvm DescribeInstances");
    run.output();
    assert_eq!(requests, ["{}"]);
}

#[test]
fn wrong_input_is_a_usage_error_with_a_position() {
    for (text, problem) in [
        (
            "{\"Limit\": 1,\n  \"Secret\": x, \"y}",
            "FILE is not JSON: expected value at line 2 column 13",
        ),
        (
            "Limit: 1\nSecret: [a, b\n",
            "FILE is neither JSON nor YAML: line 2, column 9",
        ),
        (
            "Limit: 1\nLimit: 2\n",
            "FILE is neither JSON nor YAML: line 2, column 1",
        ),
        ("- a\n", "FILE must contain an object of parameters"),
        ("text\n", "FILE must contain an object of parameters"),
        ("null", "FILE must contain an object of parameters"),
        (
            "Limit: 18446744073709551616\n",
            "`Limit` must be an Integer",
        ),
        ("Limit: 0x10 x\n", "`Limit` must be an Integer"),
    ] {
        let (run, requests) = run(text, "cvm DescribeInstances");
        let error = run.error(2);
        assert!(error.contains(problem), "{text}: {error}");
        assert!(requests.is_empty());
    }
}

#[test]
fn invalid_standard_input_is_named() {
    let words = ["cvm", "DescribeInstances", "--input", "-"];
    let outcome = Folder::new().run_with(&words, "text");
    assert_eq!(outcome.status, 2);
    let problem = "--input: standard input must contain an object of parameters";
    assert!(outcome.stderr.contains(problem), "{}", outcome.stderr);
}
