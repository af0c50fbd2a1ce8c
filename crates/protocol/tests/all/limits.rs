//! Hostile texts exhaust neither the stack nor the CPU.

use tc3_protocol::message::from_json;

use super::kinds::Kinds;
use super::{read, written};

/// Returns a text with this nesting depth.
fn nested(open: &str, middle: &str, close: &str, depth: usize) -> String {
    [&open.repeat(depth), middle, &close.repeat(depth)].concat()
}

#[test]
fn typed_values_nest_up_to_128_levels() {
    // A member adds two levels.
    let depth_of = |depth: usize| {
        let text = nested(r#"{"Members":["#, "{}", "]}", depth);
        let mut kinds: Kinds = read(&text);
        assert_eq!(written(&kinds), text);
        let mut typed = 0;
        while let Some(members) = kinds.members {
            kinds = members.into_iter().next().expect("a member");
            typed += 1;
        }
        (typed, kinds.extra.len())
    };
    assert_eq!(depth_of(60), (60, 0));
    assert_eq!(depth_of(63), (63, 0));
    assert_eq!(depth_of(64), (63, 1), "deeper values are kept as JSON");
    assert_eq!(depth_of(1000), (63, 1));
}

#[test]
fn deepest_message_needs_little_stack() {
    let text = nested(r#"{"Members":["#, r#"{"Count":"1","Inner":{}}"#, "]}", 62);
    let read = move || {
        let kinds: Kinds = read(&text);
        let copy = kinds.clone();
        assert_eq!(written(&copy), text.replace("\"1\"", "1"));
        assert_eq!(copy, kinds);
        assert!(format!("{kinds:?}").len() > 62);
        let json = serde_json::to_string(&kinds).expect("JSON");
        assert_eq!(json, text.replace("\"1\"", "1"));
    };
    // A quarter of the default.
    let thread = std::thread::Builder::new().stack_size(512 * 1024);
    thread
        .spawn(read)
        .expect("a thread")
        .join()
        .expect("no panic");
}

#[test]
fn many_levels_are_read() {
    let check = |open: &str, close: &str, depth, name: &str| {
        let text = format!("{{\"{name}\":{}}}", nested(open, "1", close, depth));
        let kinds: Kinds = read(&text);
        assert!(written(&kinds) == text, "{open} in {name}");
        assert!(kinds.clone() == kinds);
    };
    check("[", "]", 300_000, "New");
    for name in ["Detail", "Count", "Names", "Rows", "Tag"] {
        check("[", "]", 50_000, name);
        check("{\"a\":", "}", 20_000, name);
        check("[{\"\":", "}]", 20_000, name);
    }
    for open in [
        "[",
        "{\"a\":",
        "[{\"\":",
        "{\"Members\":[",
        "{\"Inner\":",
        "{\"Rows\":[[",
        "{\"Detail\":[",
    ] {
        let text = open.repeat(300_000);
        assert!(from_json::<Kinds>(&text).is_err(), "{open}");
    }
}

#[test]
fn recursive_types_nest_deeply() {
    for (open, close) in [("{\"Inner\":", "}"), ("{\"Members\":[", "]}")] {
        let text = nested(open, "{\"Count\":\"1\"}", close, 10_000);
        let kinds: Kinds = read(&text);
        assert!(written(&kinds) == text);
    }
}

#[test]
fn siblings_do_not_count_as_levels() {
    let members = [
        "\"a\":[[1]]",
        "\"Counts\":[1]",
        "\"Rows\":[[1],[1,\"x\"]]",
        "\"Members\":[{\"Count\":1},1]",
        "\"Tag\":{\"a\":1}",
    ];
    let members = members.map(|member| [member; 200].join(",")).join(",");
    let kinds: Kinds = read(&format!("{{{members}}}"));
    assert_eq!(kinds.counts, Some(vec![1]));
    assert_eq!(kinds.extra.len(), 3);
}

#[cfg(target_os = "linux")]
mod time {
    use std::{fs, time::Duration};

    use super::*;

    /// Returns the CPU time of this thread, to which other work on the machine adds nothing.
    fn cpu_time() -> Duration {
        let stat =
            fs::read_to_string("/proc/thread-self/schedstat").expect("Linux reports the time");
        let nanoseconds = stat.split(' ').next().and_then(|time| time.parse().ok());
        Duration::from_nanos(nanoseconds.expect("the time is the first number"))
    }

    /// Checks that the time to read a text is linear in its length.
    #[track_caller]
    fn takes_linear_time(text: impl Fn(usize) -> String) {
        let time = |size| {
            let text = text(size);
            let once = || {
                let start = cpu_time();
                let kinds: Kinds = read(&text);
                let time = cpu_time() - start;
                drop(kinds);
                time
            };
            (0..2).map(|_| once()).min().expect("two runs")
        };
        // The text is 8 times as long: quadratic time would be 64 times as much.
        let (short, long) = (time(1_000), time(8_000));
        let limit = (short * 30).max(Duration::from_millis(50));
        assert!(
            long < limit,
            "more than linear time: {short:?} and {long:?}"
        );
    }

    #[test]
    fn reading_takes_linear_time() {
        let members = |member: &dyn Fn(usize) -> String, size| {
            let members = Vec::from_iter((0..size).map(member));
            format!("{{{}}}", members.join(","))
        };
        for careful in ["", r#""Count":"x","#] {
            takes_linear_time(|size| {
                members(&|index| format!(r#"{careful}"name {index}":1"#), size)
            });
            takes_linear_time(|size| {
                members(&|index| format!(r#"{careful}"name {}":1"#, index % 9), size)
            });
            takes_linear_time(|size| members(&|index| format!(r#"{careful}"Size":{index}"#), size));
            takes_linear_time(|size| {
                let list = Vec::from_iter((0..size).map(|index| format!(r#"{{"Size":{index}}}"#)));
                format!(r#"{{{careful}"Members":[{}]}}"#, list.join(","))
            });
            takes_linear_time(|size| {
                let list = "[1],".repeat(size);
                format!(r#"{{{careful}"Rows":[{list}[1.5]],"Detail":[{list}[]]}}"#)
            });
            takes_linear_time(|size| {
                format!(r#"{{{careful}"Name":"{}"}}"#, r"\ud83d".repeat(size))
            });
            takes_linear_time(|size| format!(r#"{{{careful}"Ratio":{}}}"#, "9".repeat(size)));
            takes_linear_time(|size| {
                let deep = nested(r#"{"Members":["#, &"{},".repeat(size / 4), "]}", 60);
                format!(r#"{{{careful}"Inner":{}}}"#, deep.replace(",]", "]"))
            });
        }
    }
}
