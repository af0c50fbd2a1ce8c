//! Memory use of messages.

use tc3_protocol::message::from_json;

use super::kinds::Kinds;
use super::read;

const FULL: &str = r#"{
    "Flag": true, "Count": 1, "Size": 2, "Ratio": 0.5, "Name": "a name", "Detail": {"a": [1, "b", null]},
    "Tag": {"TagKey": "key", "TagValue": "value", "More": "of it"},
    "Inner": {"Name": "within", "Inner": {"Tag": {"TagKey": "deep"}, "Names": ["x"]}},
    "Names": ["one", "two", "three"], "Counts": [1, 2, 3], "Details": [{"a": "b"}, ["c"]], "Rows": [[1], []],
    "Members": [{"Name": "m", "Members": [{"Tag": {"TagKey": "k"}}]}, {"Inner": {"Names": ["y"]}}],
    "Unheard": ["of"]
}"#;

#[test]
fn messages_leak_nothing() {
    let memory = allocation_counter::measure(|| {
        let kinds: Kinds = read(FULL);
        let copy = kinds.clone();
        assert_eq!(copy, kinds);
        for end in [10, 100, 400] {
            assert!(from_json::<Kinds>(&FULL[..end]).is_err());
        }
        let careful: Kinds = read(&FULL.replace("[1, 2, 3]", "[1, \"x\"]"));
        assert_eq!(careful.extra.len(), 2);
    });
    assert!(memory.count_total > 0);
    assert_eq!((memory.count_current, memory.bytes_current), (0, 0));
}

#[test]
fn first_pass_copies_no_text() {
    let name = "n".repeat(1_000_000);
    let text = format!(r#"{{"Name":"{name}"}}"#);
    let memory = allocation_counter::measure(|| drop(read::<Kinds>(&text)));
    assert!(memory.bytes_max < 1_100_000, "{memory:?}");
    let careful = format!(r#"{{"Name":"{name}","Count":"x"}}"#);
    let memory = allocation_counter::measure(|| drop(read::<Kinds>(&careful)));
    assert!(memory.bytes_max < 1_100_000, "{memory:?}");
}
