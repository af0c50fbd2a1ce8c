//! What the reader tolerates, and that nothing is lost.

use tc3::__private::echo;
use tc3::Json;

use crate::kinds::{AddMember, DescribeMembersResponse, Kinds};
use crate::{holds, read, written};

/// Reads a text that is written as it stood there, and of which all is in fields.
#[track_caller]
fn fits(text: &str) -> Kinds {
    becomes(text, text)
}

/// Reads an object that becomes something else without a loss, and of which all is in fields.
#[track_caller]
fn becomes(text: &str, expected: &str) -> Kinds {
    let kinds: Kinds = read(text);
    assert_eq!(written(&kinds), expected);
    assert!(kinds.extra.is_empty(), "{:?}", kinds.extra);
    kinds
}

/// Reads an object of one member that does not fit its field, and so becomes an unknown field as it is.
#[track_caller]
fn is_kept(text: &str) {
    let mut kinds: Kinds = read(text);
    assert_eq!(written(&kinds), text);
    assert_eq!(kinds.extra.len(), 1, "{text}");
    kinds.extra.clear();
    assert_eq!(kinds, Kinds::default(), "{text}");
}

#[test]
fn every_kind_of_field() {
    let kinds = fits(concat!(
        r#"{"Flag":true,"Count":-9223372036854775808,"Size":18446744073709551615,"Ratio":-1.5e-7,"#,
        r#""Name":"名 \"n\" \\ \u0001","Detail":{"b":[null,1.50,{}],"a":""},"#,
        r#""Tag":{"TagKey":"k"},"Inner":{"Inner":{"Count":1}},"Names":["a",""],"Counts":[1,-2],"#,
        r#""Ratios":[0.5,2.0],"Details":[null,"x",[1]],"Rows":[[1,2],[],[3]],"#,
        r#""Members":[{"Count":1},{"Members":[]}]}"#
    ));
    holds(kinds.flag, true);
    holds(kinds.count, i64::MIN);
    holds(kinds.size, u64::MAX);
    holds(kinds.ratio, -1.5e-7);
    holds(kinds.name.as_deref(), "名 \"n\" \\ \u{1}");
    let detail = kinds.detail.expect("it is present");
    assert_eq!(detail.text(), r#"{"b":[null,1.50,{}],"a":""}"#);
    holds(kinds.tag.expect("it is present").tag_key.as_deref(), "k");
    let inner = kinds.inner.expect("it is present").inner;
    holds(inner.expect("it is present").count, 1);
    holds(kinds.names, ["a", ""]);
    holds(kinds.counts, [1, -2]);
    holds(kinds.ratios, [0.5, 2.0]);
    let details = kinds.details.expect("it is present");
    let details = Vec::from_iter(details.iter().map(Json::text));
    assert_eq!(details, ["null", "\"x\"", "[1]"]);
    holds(kinds.rows, [vec![1, 2], vec![], vec![3]]);
    let members = kinds.members.expect("it is present");
    holds(members[0].count, 1);
    holds(members[1].members.as_ref().map(Vec::len), 0);
}

#[test]
fn null_is_absent() {
    becomes(
        concat!(
            r#"{"Flag":null,"Count":null,"Size":null,"Ratio":null,"Name":null,"Detail":null,"Tag":null,"#,
            r#""Inner":null,"Names":null,"Counts":null,"Ratios":null,"Details":null,"Rows":null,"Members":null}"#
        ),
        "{}",
    );
    // As well where the careful pass reads it.
    becomes(
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
fn scalar_where_a_string_is_documented() {
    becomes(r#"{"Name":12}"#, r#"{"Name":"12"}"#);
    becomes(r#"{"Name":-0}"#, r#"{"Name":"-0"}"#);
    becomes(r#"{"Name":1.50}"#, r#"{"Name":"1.50"}"#);
    becomes(r#"{"Name":1E400}"#, r#"{"Name":"1E400"}"#);
    becomes(
        r#"{"Name":123456789012345678901234567890}"#,
        r#"{"Name":"123456789012345678901234567890"}"#,
    );
    becomes(r#"{"Name":false}"#, r#"{"Name":"false"}"#);
    becomes(r#"{"Names":["a",1,true]}"#, r#"{"Names":["a","1","true"]}"#);
    is_kept(r#"{"Name":{"a":1}}"#);
    is_kept(r#"{"Name":["a"]}"#);
}

#[test]
fn string_where_a_number_is_documented() {
    becomes(r#"{"Count":"12"}"#, r#"{"Count":12}"#);
    becomes(r#"{"Count":"-12"}"#, r#"{"Count":-12}"#);
    becomes(r#"{"Count":"\u0031"}"#, r#"{"Count":1}"#);
    becomes(
        r#"{"Size":"18446744073709551615"}"#,
        r#"{"Size":18446744073709551615}"#,
    );
    becomes(r#"{"Ratio":"1.5"}"#, r#"{"Ratio":1.5}"#);
    becomes(r#"{"Ratio":"1"}"#, r#"{"Ratio":1.0}"#);
    becomes(r#"{"Ratio":"1.0"}"#, r#"{"Ratio":1.0}"#);
    becomes(r#"{"Ratio":"1e300"}"#, r#"{"Ratio":1e+300}"#);
    becomes(r#"{"Ratio":"-0"}"#, r#"{"Ratio":-0.0}"#);
    becomes(r#"{"Counts":["1",2]}"#, r#"{"Counts":[1,2]}"#);
    for text in [
        "", " ", "012", " 12", "12 ", "+1", "-0", "1.0", "1e3", "0x1", "x", "１", "null", "true",
    ] {
        is_kept(&format!(r#"{{"Count":"{text}"}}"#));
    }
    is_kept(r#"{"Count":"9223372036854775808"}"#);
    is_kept(r#"{"Size":"-1"}"#);
    is_kept(r#"{"Size":"18446744073709551616"}"#);
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
        is_kept(&format!(r#"{{"Ratio":"{text}"}}"#));
    }
}

#[test]
fn string_where_a_boolean_is_documented() {
    becomes(r#"{"Flag":"true"}"#, r#"{"Flag":true}"#);
    becomes(r#"{"Flag":"false"}"#, r#"{"Flag":false}"#);
    for value in [r#""True""#, r#""1""#, r#""""#, "0", "1", "{}", "[]"] {
        is_kept(&format!(r#"{{"Flag":{value}}}"#));
    }
    is_kept(r#"{"Count":true}"#);
    is_kept(r#"{"Ratio":false}"#);
}

#[test]
fn numbers_that_lose_nothing() {
    becomes(r#"{"Count":1.0}"#, r#"{"Count":1}"#);
    becomes(r#"{"Count":-1.20e1}"#, r#"{"Count":-12}"#);
    becomes(r#"{"Count":1e3}"#, r#"{"Count":1000}"#);
    becomes(r#"{"Count":1200E-2}"#, r#"{"Count":12}"#);
    becomes(r#"{"Count":-0}"#, r#"{"Count":0}"#);
    becomes(r#"{"Count":0e99999999999}"#, r#"{"Count":0}"#);
    becomes(
        r#"{"Count":9007199254740993}"#,
        r#"{"Count":9007199254740993}"#,
    );
    becomes(
        r#"{"Count":-9223372036854775808.0}"#,
        r#"{"Count":-9223372036854775808}"#,
    );
    becomes(
        r#"{"Size":1.8446744073709551615e19}"#,
        r#"{"Size":18446744073709551615}"#,
    );
    becomes(r#"{"Size":-0.0}"#, r#"{"Size":0}"#);
    becomes(r#"{"Ratio":1}"#, r#"{"Ratio":1.0}"#);
    becomes(r#"{"Ratio":1.50}"#, r#"{"Ratio":1.5}"#);
    becomes(r#"{"Ratio":-0}"#, r#"{"Ratio":-0.0}"#);
    becomes(r#"{"Ratio":0.10000000000000001}"#, r#"{"Ratio":0.1}"#);
    becomes(
        r#"{"Ratio":18446744073709549568}"#,
        r#"{"Ratio":1.844674407370955e+19}"#,
    );
    becomes(
        r#"{"Ratio":-9223372036854775808}"#,
        r#"{"Ratio":-9.223372036854776e+18}"#,
    );
    becomes(r#"{"Ratio":0.000}"#, r#"{"Ratio":0.0}"#);
    becomes(
        r#"{"Ratio":1.7976931348623157e308}"#,
        r#"{"Ratio":1.7976931348623157e+308}"#,
    );
}

#[test]
fn numbers_that_would_lose_something() {
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
        is_kept(&format!(r#"{{"Count":{number}}}"#));
        is_kept(&format!(r#"{{"Counts":[1,{number}]}}"#));
    }
    for number in ["-1", "18446744073709551616", "-1.0", "0.5"] {
        is_kept(&format!(r#"{{"Size":{number}}}"#));
    }
    for number in [
        "9007199254740993",
        "18446744073709551615",
        // It rounds to 2^127, which no i128 holds.
        "170141183460469231731687303715884105727",
        "0.123456789012345678",
        "1e400",
        "-1e400",
        "1e-400",
        "5e-324",
    ] {
        is_kept(&format!(r#"{{"Ratio":{number}}}"#));
        is_kept(&format!(r#"{{"Ratios":[{number}]}}"#));
    }
}

#[test]
fn list_with_an_element_that_does_not_fit() {
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
        is_kept(&format!("{{{list}}}"));
    }
}

#[test]
fn only_the_inner_list_is_kept() {
    let text = r#"{"Members":[{"Counts":[1,"x"]},{"Count":2},{"Members":[{"Rows":[[1.5]]}]}]}"#;
    let kinds: Kinds = read(text);
    assert_eq!(written(&kinds), text);
    assert!(kinds.extra.is_empty());
    let members = kinds.members.expect("it is present");
    assert_eq!(members[0].extra.len(), 1);
    holds(members[1].count, 2);
    let inner = members[2].members.as_ref().expect("it is present");
    assert_eq!(inner[0].extra.len(), 1);
}

#[test]
fn structure_where_something_else_comes() {
    for value in [r#""""#, "1", "true", "[]", "[{}]", r#""{}""#] {
        is_kept(&format!(r#"{{"Tag":{value}}}"#));
        is_kept(&format!(r#"{{"Inner":{value}}}"#));
    }
}

#[test]
fn unknown_fields_at_every_depth() {
    let text = r#"{"Tag":{"TagKey":"k","Colour":[1e5,{"deep":null}]},"":2,"Näme":-0.0,"tag":12345678901234567890123,"z":null}"#;
    for careful in ["", r#","Count":"1""#] {
        let text = text.replace(r#","":2"#, &format!(r#"{careful},"":2"#));
        let kinds: Kinds = read(&text);
        let tag = kinds.tag.as_ref().expect("it is present");
        let colour = tag.extra.get("Colour").expect("it is kept");
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
    let misfit = r#"{"Count":{ "n" : 1.50 },"Names":[ "a", [ 2.0 ] ]}"#;
    assert_eq!(written(&read::<Kinds>(misfit)), misfit);
}

#[test]
fn last_of_members_with_one_name_counts() {
    becomes(
        r#"{"Count":1,"Name":"a","Count":2}"#,
        r#"{"Count":2,"Name":"a"}"#,
    );
    becomes(r#"{"Count":1,"Count":null}"#, "{}");
    becomes(r#"{"Count":"x","Count":1}"#, r#"{"Count":1}"#);
    becomes(r#"{"Count":"x","Count":null}"#, "{}");
    becomes(r#"{"Names":["a"],"Names":["b"]}"#, r#"{"Names":["b"]}"#);
    becomes(r#"{"Names":["a"],"Names":[]}"#, r#"{"Names":[]}"#);
    becomes(
        r#"{"Tag":{"TagKey":"a"},"Tag":{"TagValue":"b"}}"#,
        r#"{"Tag":{"TagValue":"b"}}"#,
    );
    becomes(
        r#"{"Inner":{"Count":1},"Inner":{"Size":2}}"#,
        r#"{"Inner":{"Size":2}}"#,
    );
    becomes(
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
fn any_order_and_white_space() {
    let text =
        "\r\n{ \"Names\" :\t[ \"a\" ,\"b\" ] ,\n\"Tag\" : { } , \"Flag\":true,\"Count\" : 1 } \n";
    becomes(
        text,
        r#"{"Flag":true,"Count":1,"Tag":{},"Names":["a","b"]}"#,
    );
}

#[test]
fn escapes() {
    let kinds: Kinds = read(r#"{"Name":"\"\\\/\b\f\n\r\t\u0041\u00e4\u20AC\ud83d\uDE00"}"#);
    holds(kinds.name.as_deref(), "\"\\/\u{8}\u{c}\n\r\tAä€😀");
    let expected = r#"{"Name":"\"\\/\b\f\n\r\tAä€😀"}"#;
    assert_eq!(written(&kinds), expected, "only what must be escaped is");
}

#[test]
fn half_of_a_surrogate_pair() {
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
        holds(kinds.name.as_deref(), expected);
        holds(kinds.names, [expected]);
        let kinds: Kinds = read(&format!(r#"{{"n{text}":1}}"#));
        assert!(kinds.extra.get(&format!("n{expected}")).is_some(), "{text}");
        // Also where nothing else deviates.
        let kinds: Kinds = read(&format!(r#"{{"Detail":"{text}","New":"{text}"}}"#));
        let unknown = kinds.extra.get("New").expect("it is kept");
        for json in [&kinds.detail.expect("it is there"), unknown] {
            assert_eq!(json.parse::<String>().expect("it is JSON"), expected);
        }
    }
}

#[test]
fn control_character_in_a_string() {
    let kinds: Kinds =
        read("{\"Na\tme\": 1, \"Name\": \"a\u{0}b\nc\u{1f}\",\n\t\"New\": [\"\r\"]}");
    holds(kinds.name.as_deref(), "a\u{0}b\nc\u{1f}");
    assert_eq!(kinds.extra.len(), 2);
    let unknown = kinds.extra.get("New").expect("it is kept");
    assert_eq!(unknown.parse::<Vec<String>>().expect("it is JSON"), ["\r"]);
}

#[test]
fn misfits_are_told_by_name() {
    let echoed = echo::<Kinds>(r#"{"Count":"x","Names":["a"],"New":1,"Flag":0}"#);
    let expected = r#"{"Names":["a"],"Count":"x","Flag":0,"New":1}"#;
    assert_eq!(echoed, Ok((expected.to_owned(), vec!["Flag", "Count"])));
}
