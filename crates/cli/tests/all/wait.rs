//! `--wait` and `--waiter`.

#[cfg(unix)]
use std::process::Command;
use std::time::{Duration, Instant};

use tc3_emulator::Fault;

use crate::service::{Run, Service, once, response};

fn state(state: &str) -> Fault {
    response(&format!(
        r#""InstanceStatusSet": [{{"InstanceId": "i", "InstanceState": "{state}"}}], "TotalCount": 1"#
    ))
}

fn service(faults: impl IntoIterator<Item = Fault>) -> Service {
    Service::start("cvm", 1, once(faults))
}

const WAIT: [&str; 6] = [
    "cvm",
    "DescribeInstancesStatus",
    "--wait-interval",
    "0.01",
    "--query",
    "InstanceStatusSet[].InstanceState",
];

#[test]
fn waits_until_the_value_is_equal() {
    for condition in [
        "InstanceStatusSet[0].InstanceState=RUNNING",
        "InstanceStatusSet[?InstanceId=='i'].InstanceState|[0]=RUNNING",
        "InstanceStatusSet[?InstanceState=='RUNNING']|length(@)=1",
    ] {
        let service = service([
            state("PENDING"),
            Fault::code("InternalError"),
            state("RUNNING"),
        ]);
        let words = [
            &WAIT[..],
            &["--no-retry", "--output", "text", "--wait", condition],
        ]
        .concat();
        let run = service.run_words(&words);
        assert_eq!(run.output(), "RUNNING\n", "{condition}");
        assert_eq!(service.requests().len(), 3);
    }
}

#[test]
fn waiter_of_tccli_works() {
    let service = service([state("PENDING"), state("RUNNING")]);
    let waiter = r#"{"expr":"InstanceStatusSet[0].InstanceState","to":"RUNNING","timeout":60,"interval":0.01}"#;
    let words = [
        "cvm",
        "DescribeInstancesStatus",
        "--filter",
        "TotalCount",
        "--waiter",
        waiter,
    ];
    assert_eq!(service.run_words(&words).output(), "1\n");
    let waiter = "{'expr': 'TotalCount', 'to': 1}";
    let service = self::service([state("PENDING")]);
    let words = [
        "cvm",
        "DescribeInstancesStatus",
        "--output",
        "jsonl",
        "--waiter",
        waiter,
    ];
    service.run_words(&words).output();
}

#[test]
fn wait_times_out() {
    let service = Service::start("cvm", 1, vec![state("PENDING")]);
    let condition = "InstanceStatusSet[0].InstanceState=RUNNING";
    // On a slow machine the shortest timeout may pass before the first response.
    let runs = ["1", "10", "60"].map(|seconds| {
        move |service: &Service| {
            let timeout = ["--wait-timeout", seconds, "--output", "text"];
            let words = [&WAIT[..], &timeout, &["--wait", condition]].concat();
            (seconds, service.run_words(&words))
        }
    });
    let mut runs = runs.into_iter().map(|run| run(&service));
    let (seconds, run) = runs
        .find(|(_, run)| !run.out.is_empty())
        .expect("the service responds");
    assert_eq!((run.code, &*run.out), (Some(5), "PENDING\n"), "{run:?}");
    assert_eq!(
        run.err,
        format!(
            "error: `InstanceStatusSet[0].InstanceState` is not `RUNNING` after {seconds}s: \
             `InstanceStatusSet[0].InstanceState` is `PENDING`; allow more time with --wait-timeout\n"
        )
    );
}

#[test]
fn extreme_timeouts_and_intervals() {
    let waiter = r#"{"expr":"InstanceStatusSet[0].InstanceState","to":"RUNNING","timeout":1e19,"interval":0}"#;
    let condition = "InstanceStatusSet[0].InstanceState=RUNNING";
    for options in [
        &["--waiter", waiter][..],
        &[
            "--wait",
            condition,
            "--wait-timeout",
            "1e19",
            "--wait-interval",
            "0.001",
        ],
    ] {
        let service = service([state("PENDING"), state("RUNNING")]);
        let start = Instant::now();
        let words = [&["cvm", "DescribeInstancesStatus"][..], options].concat();
        service.run_words(&words).output();
        assert!(start.elapsed() >= Duration::from_millis(100), "{options:?}");
    }
}

/// The first call may have acted, although the second was not sent.
#[cfg(unix)]
#[test]
fn interrupted_wait_of_a_write() {
    let service = Service::start("cvm", 1, Vec::new());
    let words =
        "cvm StartInstances --InstanceIds a --force --wait TotalCount=1 --wait-interval 600";
    let words: Vec<&str> = words.split(' ').collect();
    let child = service.command(&words).spawn().expect("the program starts");
    // Only the service knows when the first call arrives, so it is polled.
    for _ in 0..6000 {
        if !service.requests().is_empty() {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    // Time to read the response and to begin the wait, which no output shows. If it is too short, the first call is
    // interrupted, and the result is the same.
    std::thread::sleep(Duration::from_millis(500));
    let id = child.id().to_string();
    let kill = Command::new("kill").args(["-INT", &id]).status();
    assert!(kill.expect("it runs").success());
    let run = Run::of(&child.wait_with_output().expect("it ends"));
    assert!(run.error(130).contains("may have acted"), "{run:?}");
}

#[test]
fn permanent_failure_ends_the_wait() {
    let service = service([state("PENDING"), Fault::code("ResourceNotFound")]);
    let words = [&WAIT[..], &["--wait", "TotalCount=2", "--errors", "json"]].concat();
    let run = service.run_words(&words);
    assert_eq!(run.code, Some(5), "{run:?}");
    assert_eq!(run.out, "[\n  \"PENDING\"\n]\n");
    assert!(run.err.contains(r#""code":"ResourceNotFound""#), "{run:?}");
}

#[test]
fn wrong_conditions_are_usage_errors() {
    let service = service([state("PENDING")]);
    for (option, condition, problem) in [
        (
            "--wait",
            "TotalCount",
            "--wait must be EXPR=VALUE, such as Status=RUNNING",
        ),
        (
            "--wait",
            "TotalCount[=1",
            "--wait is not a JMESPath expression",
        ),
        ("--waiter", "{'expr': 'a'}", "--waiter must be JSON such as"),
        (
            "--waiter",
            r#"{"expr": "a[", "to": 1}"#,
            "--waiter is not a JMESPath expression",
        ),
        (
            "--waiter",
            r#"{"expr": "a", "to": 1, "timeout": -1}"#,
            "`timeout`",
        ),
    ] {
        let run = service.run_words(&["cvm", "DescribeInstancesStatus", option, condition]);
        assert!(run.error(2).contains(problem), "{condition}: {run:?}");
    }
    let run = service.run("cvm StartInstances --InstanceIds a --wait TotalCount=1");
    let problem = "--wait repeats the call, and this action may modify state";
    assert!(run.error(2).contains(problem), "{run:?}");
    let waiter = r#"{"expr":"TotalCount","to":1}"#;
    let words = [
        "cvm",
        "StartInstances",
        "--InstanceIds",
        "a",
        "--waiter",
        waiter,
    ];
    let run = service.run_words(&words);
    assert!(run.error(2).contains("--waiter repeats"), "{run:?}");
    assert_eq!(service.requests().len(), 0);
    let run =
        service.run("cvm StartInstances --InstanceIds a --wait TotalCount=1 --force --output text");
    run.output();
}
