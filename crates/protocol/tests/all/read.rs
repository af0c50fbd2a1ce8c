//! Deviations that the reader tolerates, without losing data.

use tc3_protocol::message::Json;
use tc3_protocol::message::echo;

use super::kinds::{AddMember, DescribeMembersResponse, Kinds};
use super::{assert_field, read, written};

/// Checks that a text is read into fields and written unchanged.
#[track_caller]
fn check_unchanged(text: &str) -> Kinds {
    check(text, text)
}

/// Checks that a text is read into fields and written as `expected`.
#[track_caller]
fn check(text: &str, expected: &str) -> Kinds {
    let kinds: Kinds = read(text);
    assert_eq!(written(&kinds), expected);
    assert!(kinds.extra.is_empty(), "{:?}", kinds.extra);
    kinds
}

/// Checks that the only member of an object does not fit its field, and is kept as an unknown field.
#[track_caller]
fn check_kept(text: &str) {
    let mut kinds: Kinds = read(text);
    assert_eq!(written(&kinds), text);
    assert_eq!(kinds.extra.len(), 1, "{text}");
    kinds.extra.clear();
    assert_eq!(kinds, Kinds::default(), "{text}");
}

#[test]
fn all_kinds_of_fields_are_read() {
    let kinds = check_unchanged(concat!(
        r#"{"Flag":true,"Count":-9223372036854775808,"Size":18446744073709551615,"Ratio":-1.5e-7,"#,
        r#""Name":"名 \"n\" \\ \u0001","Detail":{"b":[null,1.50,{}],"a":""},"#,
        r#""Tag":{"TagKey":"k"},"Inner":{"Inner":{"Count":1}},"Names":["a",""],"Counts":[1,-2],"#,
        r#""Ratios":[0.5,2.0],"Details":[null,"x",[1]],"Rows":[[1,2],[],[3]],"#,
        r#""Members":[{"Count":1},{"Members":[]}]}"#
    ));
    assert_field(kinds.flag, true);
    assert_field(kinds.count, i64::MIN);
    assert_field(kinds.size, u64::MAX);
    assert_field(kinds.ratio, -1.5e-7);
    assert_field(kinds.name.as_deref(), "名 \"n\" \\ \u{1}");
    let detail = kinds.detail.expect("a field");
    assert_eq!(detail.text(), r#"{"b":[null,1.50,{}],"a":""}"#);
    assert_field(kinds.tag.expect("a field").tag_key.as_deref(), "k");
    let inner = kinds.inner.expect("a field").inner;
    assert_field(inner.expect("a field").count, 1);
    assert_field(kinds.names, ["a", ""]);
    assert_field(kinds.counts, [1, -2]);
    assert_field(kinds.ratios, [0.5, 2.0]);
    let details = kinds.details.expect("a field");
    let details = Vec::from_iter(details.iter().map(Json::text));
    assert_eq!(details, ["null", "\"x\"", "[1]"]);
    assert_field(kinds.rows, [vec![1, 2], vec![], vec![3]]);
    let members = kinds.members.expect("a field");
    assert_field(members[0].count, 1);
    assert_field(members[1].members.as_ref().map(Vec::len), 0);
}

#[test]
fn null_is_absent() {
    check(
        concat!(
            r#"{"Flag":null,"Count":null,"Size":null,"Ratio":null,"Name":null,"Detail":null,"Tag":null,"#,
            r#""Inner":null,"Names":null,"Counts":null,"Ratios":null,"Details":null,"Rows":null,"Members":null}"#
        ),
        "{}",
    );
    // Also in the second pass.
    check(
        r#"{"Count":"1","Detail":null,"Tag":null,"Members":null}"#,
        r#"{"Count":1}"#,
    );
    let response: DescribeMembersResponse = read(r#"{"RequestId": null}"#);
    assert_eq!(response, DescribeMembersResponse::default());
    let request: AddMember =
        read(r#"{"MemberUin": null, "Name": null, "Tags": null, "Main": null}"#);
    assert_eq!(request, AddMember::default());
}

#[test]
fn scalar_instead_of_string() {
    check(r#"{"Name":12}"#, r#"{"Name":"12"}"#);
    check(r#"{"Name":-0}"#, r#"{"Name":"-0"}"#);
    check(r#"{"Name":1.50}"#, r#"{"Name":"1.50"}"#);
    check(r#"{"Name":1E400}"#, r#"{"Name":"1E400"}"#);
    check(
        r#"{"Name":123456789012345678901234567890}"#,
        r#"{"Name":"123456789012345678901234567890"}"#,
    );
    check(r#"{"Name":false}"#, r#"{"Name":"false"}"#);
    check(r#"{"Names":["a",1,true]}"#, r#"{"Names":["a","1","true"]}"#);
    check_kept(r#"{"Name":{"a":1}}"#);
    check_kept(r#"{"Name":["a"]}"#);
}

#[test]
fn string_instead_of_number() {
    check(r#"{"Count":"12"}"#, r#"{"Count":12}"#);
    check(r#"{"Count":"-12"}"#, r#"{"Count":-12}"#);
    check(r#"{"Count":"\u0031"}"#, r#"{"Count":1}"#);
    check(
        r#"{"Size":"18446744073709551615"}"#,
        r#"{"Size":18446744073709551615}"#,
    );
    check(r#"{"Ratio":"1.5"}"#, r#"{"Ratio":1.5}"#);
    check(r#"{"Ratio":"1"}"#, r#"{"Ratio":1.0}"#);
    check(r#"{"Ratio":"1.0"}"#, r#"{"Ratio":1.0}"#);
    check(r#"{"Ratio":"1e300"}"#, r#"{"Ratio":1e+300}"#);
    check(r#"{"Ratio":"-0"}"#, r#"{"Ratio":-0.0}"#);
    check(r#"{"Counts":["1",2]}"#, r#"{"Counts":[1,2]}"#);
    for text in [
        "", " ", "012", " 12", "12 ", "+1", "-0", "1.0", "1e3", "0x1", "x", "１", "null", "true",
    ] {
        check_kept(&format!(r#"{{"Count":"{text}"}}"#));
    }
    check_kept(r#"{"Count":"9223372036854775808"}"#);
    check_kept(r#"{"Size":"-1"}"#);
    check_kept(r#"{"Size":"18446744073709551616"}"#);
    for text in [
        "1.50",
        "01.5",
        "1,5",
        ".5",
        "NaN",
        "inf",
        "1e400",
        "1E5",
        "",
        "9007199254740993",
    ] {
        check_kept(&format!(r#"{{"Ratio":"{text}"}}"#));
    }
}

#[test]
fn string_instead_of_boolean() {
    check(r#"{"Flag":"true"}"#, r#"{"Flag":true}"#);
    check(r#"{"Flag":"false"}"#, r#"{"Flag":false}"#);
    for value in [r#""True""#, r#""1""#, r#""""#, "0", "1", "{}", "[]"] {
        check_kept(&format!(r#"{{"Flag":{value}}}"#));
    }
    check_kept(r#"{"Count":true}"#);
    check_kept(r#"{"Ratio":false}"#);
}

#[test]
fn exact_numbers_are_converted() {
    check(r#"{"Count":1.0}"#, r#"{"Count":1}"#);
    check(r#"{"Count":-1.20e1}"#, r#"{"Count":-12}"#);
    check(r#"{"Count":1e3}"#, r#"{"Count":1000}"#);
    check(r#"{"Count":1200E-2}"#, r#"{"Count":12}"#);
    check(r#"{"Count":-0}"#, r#"{"Count":0}"#);
    check(r#"{"Count":0e99999999999}"#, r#"{"Count":0}"#);
    check(
        r#"{"Count":9007199254740993}"#,
        r#"{"Count":9007199254740993}"#,
    );
    check(
        r#"{"Count":-9223372036854775808.0}"#,
        r#"{"Count":-9223372036854775808}"#,
    );
    check(
        r#"{"Size":1.8446744073709551615e19}"#,
        r#"{"Size":18446744073709551615}"#,
    );
    check(r#"{"Size":-0.0}"#, r#"{"Size":0}"#);
    check(r#"{"Ratio":1}"#, r#"{"Ratio":1.0}"#);
    check(r#"{"Ratio":1.50}"#, r#"{"Ratio":1.5}"#);
    check(r#"{"Ratio":-0}"#, r#"{"Ratio":-0.0}"#);
    check(r#"{"Ratio":0.10000000000000001}"#, r#"{"Ratio":0.1}"#);
    check(
        r#"{"Ratio":18446744073709549568}"#,
        r#"{"Ratio":1.844674407370955e+19}"#,
    );
    check(
        r#"{"Ratio":-9223372036854775808}"#,
        r#"{"Ratio":-9.223372036854776e+18}"#,
    );
    check(r#"{"Ratio":0.000}"#, r#"{"Ratio":0.0}"#);
    check(
        r#"{"Ratio":1.7976931348623157e308}"#,
        r#"{"Ratio":1.7976931348623157e+308}"#,
    );
}

#[test]
fn inexact_numbers_are_kept() {
    for number in [
        "1.5",
        "1e-1",
        "9223372036854775808",
        "-9223372036854775809",
        "12345678901234567890",
        "1e19",
        "1e400",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        "92233720368547758070e-2",
    ] {
        check_kept(&format!(r#"{{"Count":{number}}}"#));
        check_kept(&format!(r#"{{"Counts":[1,{number}]}}"#));
    }
    for number in ["-1", "18446744073709551616", "-1.0", "0.5"] {
        check_kept(&format!(r#"{{"Size":{number}}}"#));
    }
    for number in [
        "9007199254740993",
        "18446744073709551615",
        // It rounds to 2^127, which overflows i128.
        "170141183460469231731687303715884105727",
        "0.123456789012345678",
        "1e400",
        "-1e400",
        "1e-400",
        "5e-324",
    ] {
        check_kept(&format!(r#"{{"Ratio":{number}}}"#));
        check_kept(&format!(r#"{{"Ratios":[{number}]}}"#));
    }
}

#[test]
fn list_with_unfit_element_is_kept() {
    for list in [
        r#""Counts":[1,"x"]"#,
        r#""Counts":[1,null]"#,
        r#""Counts":[[1]]"#,
        r#""Names":["a",null]"#,
        r#""Names":[null]"#,
        r#""Names":["a",{}]"#,
        r#""Rows":[[1],[2,"x"]]"#,
        r#""Rows":[[1],[null]]"#,
        r#""Rows":[[1],null]"#,
        r#""Rows":[[1],2]"#,
        r#""Members":[null]"#,
        r#""Members":[{"Count":1},null]"#,
        r#""Members":[{"Count":1,"Members":[{"Count":2}]},"x"]"#,
        r#""Members":[{},[]]"#,
        r#""Members":{"Count":1}"#,
        r#""Names":"a""#,
        r#""Names":1"#,
        r#""Names":true"#,
    ] {
        check_kept(&format!("{{{list}}}"));
    }
}

#[test]
fn only_the_inner_list_is_kept() {
    let text = r#"{"Members":[{"Counts":[1,"x"]},{"Count":2},{"Members":[{"Rows":[[1.5]]}]}]}"#;
    let kinds: Kinds = read(text);
    assert_eq!(written(&kinds), text);
    assert!(kinds.extra.is_empty());
    let members = kinds.members.expect("a field");
    assert_eq!(members[0].extra.len(), 1);
    assert_field(members[1].count, 2);
    let inner = members[2].members.as_ref().expect("a field");
    assert_eq!(inner[0].extra.len(), 1);
}

#[test]
fn other_type_instead_of_structure() {
    for value in [r#""""#, "1", "true", "[]", "[{}]", r#""{}""#] {
        check_kept(&format!(r#"{{"Tag":{value}}}"#));
        check_kept(&format!(r#"{{"Inner":{value}}}"#));
    }
}

#[test]
fn unknown_fields_are_kept_at_every_depth() {
    let text = r#"{"Tag":{"TagKey":"k","Colour":[1e5,{"deep":null}]},"":2,"Näme":-0.0,"tag":12345678901234567890123,"z":null}"#;
    for careful in ["", r#","Count":"1""#] {
        let text = text.replace(r#","":2"#, &format!(r#"{careful},"":2"#));
        let kinds: Kinds = read(&text);
        let tag = kinds.tag.as_ref().expect("a field");
        let colour = tag.extra.get("Colour").expect("an extra field");
        assert_eq!(colour.text(), r#"[1e5,{"deep":null}]"#);
        let extra = kinds.extra.iter();
        let extra = Vec::from_iter(extra.map(|(name, json)| (name, json.text())));
        assert_eq!(
            extra,
            [
                ("", "2"),
                ("Näme", "-0.0"),
                ("tag", "12345678901234567890123"),
                ("z", "null"),
            ]
        );
    }
}

#[test]
fn unknown_json_keeps_its_text() {
    let text = r#"{"New":{ "b" : [ 1.50, 10000000000000000000001 ], "a":"\u0041" }}"#;
    let kinds: Kinds = read(text);
    assert_eq!(written(&kinds), text);
    let mismatch = r#"{"Count":{ "n" : 1.50 },"Names":[ "a", [ 2.0 ] ]}"#;
    assert_eq!(written(&read::<Kinds>(mismatch)), mismatch);
}

#[test]
fn last_duplicate_member_is_used() {
    check(
        r#"{"Count":1,"Name":"a","Count":2}"#,
        r#"{"Count":2,"Name":"a"}"#,
    );
    check(r#"{"Count":1,"Count":null}"#, "{}");
    check(r#"{"Count":"x","Count":1}"#, r#"{"Count":1}"#);
    check(r#"{"Count":"x","Count":null}"#, "{}");
    check(r#"{"Names":["a"],"Names":["b"]}"#, r#"{"Names":["b"]}"#);
    check(r#"{"Names":["a"],"Names":[]}"#, r#"{"Names":[]}"#);
    check(
        r#"{"Tag":{"TagKey":"a"},"Tag":{"TagValue":"b"}}"#,
        r#"{"Tag":{"TagValue":"b"}}"#,
    );
    check(
        r#"{"Inner":{"Count":1},"Inner":{"Size":2}}"#,
        r#"{"Inner":{"Size":2}}"#,
    );
    check(
        r#"{"Co\u0075nt":1,"Count":2,"\u0043ount":3}"#,
        r#"{"Count":3}"#,
    );
    let kinds: Kinds = read(r#"{"Count":1,"Count":"x","Count":"y"}"#);
    assert_eq!(written(&kinds), r#"{"Count":"y"}"#);
    assert_eq!(kinds.count, None);
    let kinds: Kinds = read(r#"{"a":1,"b":2,"a":3,"a":4}"#);
    assert_eq!(written(&kinds), r#"{"a":4,"b":2}"#);
    let request: AddMember =
        read(r#"{"Main":{"TagKey":"a","x":1},"Tags":[{}],"Main":{"TagValue":"b"},"Tags":[]}"#);
    assert_eq!(request.main.tag_key, None);
    assert!(request.main.extra.is_empty());
    assert_eq!(request.tags, []);
}

#[test]
fn order_and_white_space_do_not_matter() {
    let text =
        "\r\n{ \"Names\" :\t[ \"a\" ,\"b\" ] ,\n\"Tag\" : { } , \"Flag\":true,\"Count\" : 1 } \n";
    check(
        text,
        r#"{"Flag":true,"Count":1,"Tag":{},"Names":["a","b"]}"#,
    );
}

#[test]
fn escapes_are_read() {
    let kinds: Kinds = read(r#"{"Name":"\"\\\/\b\f\n\r\t\u0041\u00e4\u20AC\ud83d\uDE00"}"#);
    assert_field(kinds.name.as_deref(), "\"\\/\u{8}\u{c}\n\r\tAä€😀");
    let expected = r#"{"Name":"\"\\/\b\f\n\r\tAä€😀"}"#;
    assert_eq!(
        written(&kinds),
        expected,
        "only necessary escapes are written"
    );
}

#[test]
fn lone_surrogate_is_replaced() {
    for (text, expected) in [
        (r"\ud83d", "\u{FFFD}"),
        (r"\ude00", "\u{FFFD}"),
        (r"\ud83dx", "\u{FFFD}x"),
        (r"\ud83d\n", "\u{FFFD}\n"),
        (r"\ud83d\ud83d\ude00", "\u{FFFD}😀"),
        (r"\ud83d\u0041", "\u{FFFD}A"),
        (r"\ude00\ud83d", "\u{FFFD}\u{FFFD}"),
    ] {
        let kinds: Kinds = read(&format!(r#"{{"Name":"{text}","Names":["{text}"]}}"#));
        assert_field(kinds.name.as_deref(), expected);
        assert_field(kinds.names, [expected]);
        let kinds: Kinds = read(&format!(r#"{{"n{text}":1}}"#));
        assert!(kinds.extra.get(&format!("n{expected}")).is_some(), "{text}");
        // Also if it is the only deviation.
        let kinds: Kinds = read(&format!(r#"{{"Detail":"{text}","New":"{text}"}}"#));
        let unknown = kinds.extra.get("New").expect("an extra field");
        for json in [&kinds.detail.expect("a detail"), unknown] {
            assert_eq!(json.parse::<String>().expect("a string"), expected);
        }
    }
}

#[test]
fn control_character_in_string_is_read() {
    let kinds: Kinds =
        read("{\"Na\tme\": 1, \"Name\": \"a\u{0}b\nc\u{1f}\",\n\t\"New\": [\"\r\"]}");
    assert_field(kinds.name.as_deref(), "a\u{0}b\nc\u{1f}");
    assert_eq!(kinds.extra.len(), 2);
    let unknown = kinds.extra.get("New").expect("an extra field");
    assert_eq!(unknown.parse::<Vec<String>>().expect("a string"), ["\r"]);
}

#[test]
fn echo_lists_mismatches() {
    let echoed = echo::<Kinds>(r#"{"Count":"x","Names":["a"],"New":1,"Flag":0}"#);
    let expected = r#"{"Names":["a"],"Count":"x","Flag":0,"New":1}"#;
    assert_eq!(echoed, Ok((expected.to_owned(), vec!["Flag", "Count"])));
}
