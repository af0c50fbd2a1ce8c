//! `--wait` and `--waiter`.

use tc3_emulator::Fault;

use crate::service::{Service, once, response};

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
    let waiter = r#"{"expr": "TotalCount", "to": 1}"#;
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
fn time_is_limited() {
    let service = Service::start("cvm", 1, vec![state("PENDING")]);
    let condition = "InstanceStatusSet[0].InstanceState=RUNNING";
    let words = [
        &WAIT[..],
        &[
            "--wait-timeout",
            "3",
            "--wait",
            condition,
            "--output",
            "text",
        ],
    ]
    .concat();
    let run = service.run_words(&words);
    assert_eq!((run.code, &*run.out), (Some(5), "PENDING\n"), "{run:?}");
    assert_eq!(
        run.err,
        "error: `InstanceStatusSet[0].InstanceState` is not `RUNNING` after 3s: \
         `InstanceStatusSet[0].InstanceState` is `PENDING`\n"
    );
    assert!(service.requests().len() > 1);
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
            "--wait needs EXPR=VALUE, such as Status=RUNNING",
        ),
        (
            "--wait",
            "TotalCount[=1",
            "--wait is not a JMESPath expression",
        ),
        ("--waiter", "{'expr': 'a'}", "--waiter needs JSON such as"),
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
    assert!(run.error(2).contains("may modify state"), "{run:?}");
    assert_eq!(service.requests().len(), 0);
    let run =
        service.run("cvm StartInstances --InstanceIds a --wait TotalCount=1 --force --output text");
    run.output();
}
