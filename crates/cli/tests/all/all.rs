//! `--all`.

use std::io::{BufRead as _, BufReader};
use std::time::Duration;

use tc3_emulator::Fault;

use crate::service::{Run, Service, once, response};

/// A page of `DescribeInstances` with these IDs.
fn page(ids: &[u64], total: u64) -> Fault {
    let items = ids
        .iter()
        .map(|id| format!(r#"{{"InstanceId": "ins-{id}", "CPU": 1.0}}"#));
    let items: Vec<String> = items.collect();
    response(&format!(
        r#""InstanceSet": [{}], "TotalCount": {total}"#,
        items.join(", ")
    ))
}

fn pages() -> Service {
    Service::start("cvm", 1, once([page(&[1, 2], 3), page(&[3], 3)]))
}

#[test]
fn pages_are_merged() {
    let expected = r#"{
  "InstanceSet": [
    {
      "InstanceId": "ins-1",
      "CPU": 1.0
    },
    {
      "InstanceId": "ins-2",
      "CPU": 1.0
    },
    {
      "InstanceId": "ins-3",
      "CPU": 1.0
    }
  ],
  "TotalCount": 3,
  "RequestId": "id"
}
"#;
    let service = pages();
    assert_eq!(
        service
            .run("cvm DescribeInstances --all --Limit 2")
            .output(),
        expected
    );
    assert_eq!(
        service.requests(),
        [r#"{"Limit":2}"#, r#"{"Offset":2,"Limit":2}"#]
    );
    for (options, expected) in [
        (
            "--output text --columns InstanceId",
            "ins-1\nins-2\nins-3\n",
        ),
        (
            "--query InstanceSet[].InstanceId --output text",
            "ins-1\tins-2\tins-3\n",
        ),
        ("--query length(InstanceSet) --output jsonl", "3\n"),
    ] {
        let run = pages().run(&format!("cvm DescribeInstances --all --Limit 2 {options}"));
        assert_eq!(run.output(), expected);
    }
}

#[test]
fn items_are_streamed() {
    let late = page(&[3], 3).delayed(Duration::from_secs(60));
    let service = Service::start("cvm", 1, once([page(&[1, 2], 3), late]));
    let words = [
        "cvm",
        "DescribeInstances",
        "--all",
        "--Limit",
        "2",
        "--output",
        "jsonl",
    ];
    let mut child = service.command(&words).spawn().expect("the program starts");
    let mut output = BufReader::new(child.stdout.take().expect("it is piped"));
    let mut lines = String::new();
    for _ in 0..2 {
        output.read_line(&mut lines).expect("it is text");
    }
    let expected =
        "{\"InstanceId\":\"ins-1\",\"CPU\":1.0}\n{\"InstanceId\":\"ins-2\",\"CPU\":1.0}\n";
    assert_eq!(lines, expected);
    child.kill().expect("it runs");
    child.wait().expect("it ends");
}

#[test]
fn emulator_lists_are_complete() {
    for (service, action) in [
        ("organization", "ListUsers --ZoneId z"),
        ("organization", "ListPolicies"),
        ("organization", "DescribeShareUnits --Area a"),
        ("cvm", "DescribeInstances"),
    ] {
        let emulator = Service::start(service, 25, Vec::new());
        let run = emulator.run(&format!("{service} {action} --all --output jsonl"));
        assert_eq!(run.output().lines().count(), 25, "{action}: {run:?}");
        let run = emulator.run(&format!(
            "{service} {action} --all --output jsonl --max-items 13"
        ));
        assert_eq!(run.code, Some(0));
        assert_eq!(run.out.lines().count(), 13, "{action}");
        assert_eq!(
            run.err,
            "stopped after 13 items (--max-items); the list may have more\n"
        );
    }
}

#[test]
fn incomplete_lists_end_with_an_error() {
    let faults = || once([page(&[1, 2], 4), Fault::code("FailedOperation.Closed")]);
    let expected =
        "{\"InstanceId\":\"ins-1\",\"CPU\":1.0}\n{\"InstanceId\":\"ins-2\",\"CPU\":1.0}\n";
    for format in ["jsonl", "text", "json"] {
        let service = Service::start("cvm", 1, faults());
        let run = service.run(&format!(
            "cvm DescribeInstances --all --Limit 2 --output {format}"
        ));
        assert_eq!(run.code, Some(6), "{run:?}");
        assert!(run.err.contains("FailedOperation.Closed"), "{run:?}");
        assert!(
            run.err
                .ends_with("error: the list is incomplete: it ends after 2 items\n"),
            "{run:?}"
        );
        match format {
            "jsonl" => assert_eq!(run.out, expected),
            "text" => assert_eq!(run.out, "ins-1\t1.0\nins-2\t1.0\n"),
            _ => assert!(run.out.contains("ins-2"), "{run:?}"),
        }
    }
    // The result of a query on an incomplete list would be wrong.
    let service = Service::start("cvm", 1, faults());
    let run = service.run("cvm DescribeInstances --all --Limit 2 --query length(InstanceSet)");
    run.error(6);
    // An error on the first page is that of a call.
    let service = Service::start("cvm", 1, once([Fault::code("FailedOperation.Closed")]));
    let run = service.run("cvm DescribeInstances --all --errors json");
    assert!(run.error(1).contains(r#""kind":"service""#), "{run:?}");

    let service = Service::start("cvm", 1, once([page(&[1, 2], 4), page(&[1, 2], 4)]));
    let run = service.run("cvm DescribeInstances --all --Limit 2 --output jsonl --errors json");
    assert_eq!((run.code, &*run.out), (Some(6), expected));
    assert!(
        run.err
            .contains(r#""kind":"incomplete","items":2,"cause":{"kind":"response""#),
        "{run:?}"
    );
}

#[test]
fn unpaginated_actions_are_usage_errors() {
    let service = pages();
    let run = service.run("cvm DescribeZones --all");
    assert_eq!(
        run.error(2),
        "error: DescribeZones does not list pages, so --all does not apply\n  \
         tc3 cvm DescribeZones --all\n                        ^^^^^\n\nFor more information, try 'tc3 --help'.\n"
    );
    for line in [
        "cvm DescribeInstances --max-items 3",
        "cvm DescribeInstances --all --max-items 0",
        "cvm DescribeInstances --all --wait TotalCount=1",
        "cvm DescribeInstances --all --output raw",
    ] {
        service.run(line).error(2);
    }
    assert_eq!(service.requests().len(), 0);
}

#[test]
fn required_page_parameters_have_values() {
    let service = Service::start("organization", 1, Vec::new());
    service
        .run("organization DescribeShareUnits --Area a --all")
        .output();
    assert_eq!(
        service.requests()[0],
        r#"{"Offset":0,"Limit":20,"Area":"a"}"#
    );
    let service = Service::start("organization", 1, Vec::new());
    let run = service.run("organization ListNonCompliantResource --MemberUin 1 --all");
    run.output();
    assert_eq!(service.requests()[0], r#"{"MaxResults":20,"MemberUin":1}"#);
}

#[test]
fn closed_output_stops_paging() {
    let first = page(&[1, 2], 5).delayed(Duration::from_secs(1));
    let service = Service::start("cvm", 1, once([first, page(&[3, 4], 5), page(&[5], 5)]));
    let words = "cvm DescribeInstances --all --Limit 2 --output jsonl";
    let words: Vec<&str> = words.split(' ').collect();
    let mut child = service.command(&words).spawn().expect("the program starts");
    drop(child.stdout.take());
    let run = Run::of(&child.wait_with_output().expect("it ends"));
    assert_eq!((run.code, &*run.err), (Some(0), ""));
    assert_eq!(service.requests().len(), 1);
}

#[cfg(unix)]
#[test]
fn interruption_leaves_whole_lines() {
    use std::process::Command;

    let late = || page(&[3], 3).delayed(Duration::from_secs(60));
    for (format, lines) in [("jsonl", 2), ("json", 0)] {
        let service = Service::start("cvm", 1, once([page(&[1, 2], 3), late()]));
        let words = [
            "cvm",
            "DescribeInstances",
            "--all",
            "--Limit",
            "2",
            "--output",
            format,
        ];
        let child = service.command(&words).spawn().expect("the program starts");
        // The second page is requested after the first is received. Only the service knows, so it is polled.
        for _ in 0..6000 {
            if service.requests().len() == 2 {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        let id = child.id().to_string();
        Command::new("kill")
            .args(["-INT", &id])
            .status()
            .expect("it runs");
        let run = Run::of(&child.wait_with_output().expect("it ends"));
        assert_eq!(run.code, Some(130), "{run:?}");
        assert_eq!(run.out.lines().count(), lines, "{run:?}");
        assert!(
            run.err
                .ends_with("error: the list is incomplete: it ends after 2 items\n"),
            "{run:?}"
        );
    }
}
