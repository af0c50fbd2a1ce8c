//! That records which are filled, emptied, copied and dropped free all memory that they took.

#[macro_use]
mod sample;

use sample::kinds::{AddMember, DescribeMembersResponse, Kinds, Tag};
use tc3::json;
use tc3::record::Record;

/// Does something, and checks that it takes memory and gives all of it back.
#[track_caller]
fn is_freed(what: impl FnOnce()) {
    let taken = allocation_counter::measure(what);
    assert!(taken.count_total > 0);
    assert_eq!((taken.count_current, taken.bytes_current), (0, 0));
}

const FULL: &str = r#"{
    "Flag": true, "Count": 1, "Size": 2, "Ratio": 0.5, "Name": "a name", "Detail": {"a": [1, "b", null]},
    "Tag": {"TagKey": "key", "TagValue": "value", "More": "of it"},
    "Inner": {"Name": "within", "Inner": {"Tag": {"TagKey": "deep"}, "Names": ["x"]}},
    "Names": ["one", "two", "three", "four", "five"], "Counts": [1, 2, 3], "Ratios": [0.25],
    "Details": [{"a": "b"}, ["c"]], "Rows": [[1], [2, 3], []],
    "Members": [{"Name": "m", "Members": [{"Tag": {"TagKey": "k"}}]}, {"Inner": {"Names": ["y"]}}, {}, {}, {}],
    "Unheard": ["of"]
}"#;

#[test]
fn what_was_read_is_freed() {
    is_freed(|| {
        let mut kinds = Kinds::empty();
        json::read(FULL.as_bytes(), &mut kinds).unwrap();
    });
}

#[test]
fn what_is_read_again_is_freed() {
    is_freed(|| {
        let mut kinds = Kinds::empty();
        for text in [FULL, FULL, "{}", FULL] {
            json::read(text.as_bytes(), &mut kinds).unwrap();
        }
    });
    // What comes twice in one text as well.
    is_freed(|| {
        let mut kinds = Kinds::empty();
        let text = r#"{"Names": ["a", "b"], "Tag": {"TagKey": "a"}, "Members": [{"Name": "a"}],
            "Names": ["c"], "Tag": {"TagKey": "b"}, "Members": [{"Inner": {}}, {}]}"#;
        json::read(text.as_bytes(), &mut kinds).unwrap();
    });
}

#[test]
fn what_is_cut_off_is_freed() {
    for end in 0..FULL.len() {
        is_freed(|| {
            let mut kinds = Kinds::empty();
            json::read(&FULL.as_bytes()[..end], &mut kinds).unwrap_err();
        });
    }
}

#[test]
fn what_does_not_fit_is_freed() {
    is_freed(|| {
        let mut kinds = Kinds::empty();
        let text = r#"{"Members": [{"Name": "a"}, 7], "Tag": "none", "Names": ["a", ["b"]], "Rows": [[1], "x"]}"#;
        json::read(text.as_bytes(), &mut kinds).unwrap();
        assert_eq!(kinds.extra.len(), 4);
    });
}

#[test]
fn copies_are_freed() {
    is_freed(|| {
        let mut response = DescribeMembersResponse::empty();
        let text = format!(r#"{{"Members": [{FULL}, {FULL}], "Total": 2, "RequestId": "id"}}"#);
        json::read(text.as_bytes(), &mut response).unwrap();
        let copy = response.clone();
        assert_eq!(copy, response);
        drop(response);
        // Fields that were filled by their places are values like others.
        let mut members = copy.members.unwrap();
        members.push(members[0].clone());
        members.remove(0);
        members.shrink_to_fit();
        assert_eq!(members[0], members[1]);
    });
}

#[test]
fn a_value_that_a_caller_put_there_is_freed() {
    is_freed(|| {
        let mut request = AddMember::empty();
        let mut tag = Tag::empty();
        tag.tag_key = Some("key".to_owned());
        request.tags = vec![tag.clone(), tag.clone()];
        request.tags.reserve(10);
        request.main = tag;
        json::read(br#"{"Tags": [{"TagKey": "other"}]}"#, &mut request).unwrap();
        assert_eq!(request.tags.len(), 1);
    });
}
