//! What the reader tolerates, that nothing is lost, and what records do besides.

#[macro_use]
mod sample;

use sample::kinds::{AddMember, DescribeMembersResponse, Kinds, Tag};
use tc3::{
    Extra, Value,
    json::{self, Number, Object},
    record::{Record, Values as _, View},
};

/// Reads a text and writes it again.
#[track_caller]
fn rewritten(text: &str) -> (Kinds, String) {
    let mut kinds = Kinds::empty();
    json::read(text.as_bytes(), &mut kinds).unwrap();
    let written = json::write(&kinds).unwrap();
    (kinds, String::from_utf8(written).unwrap())
}

/// Reads a text that is written as it stood there, and of which nothing is extra.
#[track_caller]
fn fits(text: &str) -> Kinds {
    let (kinds, written) = rewritten(text);
    assert_eq!(written, text);
    assert!(kinds.extra.is_empty(), "{:?}", kinds.extra);
    kinds
}

/// Reads an object of one member that does not fit its field, and so is kept as it is.
#[track_caller]
fn is_kept(text: &str) {
    let (kinds, written) = rewritten(text);
    assert_eq!(written, text);
    assert_eq!(kinds.extra.len(), 1);
    let fields = Kinds::LAYOUT.table().fields().count();
    let all_absent = (0..fields).all(|index| matches!(kinds.fields().view(index), View::Absent));
    assert!(all_absent, "{kinds:?}");
}

/// Reads an object of one member that becomes something else without a loss.
#[track_caller]
fn becomes(text: &str, expected: &str) {
    let (kinds, written) = rewritten(text);
    assert_eq!(written, expected);
    assert!(kinds.extra.is_empty(), "{:?}", kinds.extra);
}

#[test]
fn fields_of_every_kind_hold_what_came() {
    let kinds = fits(concat!(
        r#"{"Flag":true,"Count":-9223372036854775808,"Size":18446744073709551615,"Ratio":-1.5e-7,"#,
        r#""Name":"名 \"n\" \\ \u0001","Detail":{"b":[null,1.50,{}],"a":""},"#,
        r#""Tag":{"TagKey":"k"},"Inner":{"Inner":{"Count":1}},"Names":["a",""],"Counts":[1,-2],"#,
        r#""Ratios":[0.5,2.0],"Details":[null,"x",[1]],"Rows":[[1,2],[],[3]],"#,
        r#""Members":[{"Count":1},{"Members":[]}]}"#
    ));
    assert_eq!(kinds.flag, Some(true));
    assert_eq!(kinds.count, Some(i64::MIN));
    assert_eq!(kinds.size, Some(u64::MAX));
    assert_eq!(kinds.ratio, Some(-1.5e-7));
    assert_eq!(kinds.name.as_deref(), Some("名 \"n\" \\ \u{1}"));
    assert_eq!(
        kinds.detail,
        Some(r#"{"a": "", "b": [null, 1.50, {}]}"#.parse().unwrap())
    );
    assert_eq!(kinds.tag.unwrap().tag_key.as_deref(), Some("k"));
    assert_eq!(kinds.inner.unwrap().inner.unwrap().count, Some(1));
    assert_eq!(kinds.names.unwrap(), ["a", ""]);
    assert_eq!(kinds.counts.unwrap(), [1, -2]);
    assert_eq!(kinds.ratios.unwrap(), [0.5, 2.0]);
    assert_eq!(kinds.details.unwrap()[0], Value::Null);
    assert_eq!(kinds.rows.unwrap(), [vec![1, 2], vec![], vec![3]]);
    let members = kinds.members.unwrap();
    assert_eq!(members[0].count, Some(1));
    assert_eq!(members[1].members, Some(vec![]));
}

#[test]
fn null_is_absent() {
    becomes(
        r#"{"Flag":null,"Count":null,"Name":null,"Detail":null,"Tag":null,"Inner":null,"Names":null,"Members":null}"#,
        "{}",
    );
    let mut response = DescribeMembersResponse::empty();
    json::read(br#"{"RequestId": null}"#, &mut response).unwrap();
    assert_eq!(response.request_id, "");
    assert!(response.extra.is_empty());
}

#[test]
fn scalars_become_the_text_where_one_is_documented() {
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
fn the_usual_text_of_a_number_becomes_it() {
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
    becomes(r#"{"Ratio":"1e300"}"#, r#"{"Ratio":1e300}"#);
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
        "1.50", "01.5", "1,5", ".5", "NaN", "inf", "1e400", "1E5", "",
    ] {
        is_kept(&format!(r#"{{"Ratio":"{text}"}}"#));
    }
}

#[test]
fn the_text_of_a_boolean_becomes_it() {
    becomes(r#"{"Flag":"true"}"#, r#"{"Flag":true}"#);
    becomes(r#"{"Flag":"false"}"#, r#"{"Flag":false}"#);
    for value in [r#""True""#, r#""1""#, r#""""#, "0", "1", "{}", "[]"] {
        is_kept(&format!(r#"{{"Flag":{value}}}"#));
    }
    is_kept(r#"{"Count":true}"#);
    is_kept(r#"{"Ratio":false}"#);
}

#[test]
fn numbers_fit_where_they_lose_nothing() {
    becomes(r#"{"Count":1.0}"#, r#"{"Count":1}"#);
    becomes(r#"{"Count":-1.20e1}"#, r#"{"Count":-12}"#);
    becomes(r#"{"Count":1e3}"#, r#"{"Count":1000}"#);
    becomes(r#"{"Count":1200E-2}"#, r#"{"Count":12}"#);
    becomes(r#"{"Count":-0}"#, r#"{"Count":0}"#);
    becomes(r#"{"Count":0e99999999999}"#, r#"{"Count":0}"#);
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
    becomes(r#"{"Ratio":0.10000000000000001}"#, r#"{"Ratio":0.1}"#);
    becomes(
        r#"{"Ratio":18446744073709549568}"#,
        r#"{"Ratio":1.844674407370955e19}"#,
    );
    becomes(
        r#"{"Ratio":-9223372036854775808}"#,
        r#"{"Ratio":-9.223372036854776e18}"#,
    );
    becomes(r#"{"Ratio":0.000}"#, r#"{"Ratio":0.0}"#);
    for number in [
        "1.5",
        "1e-1",
        "9223372036854775808",
        "-9223372036854775809",
        "1e19",
        "1e99999999999999999999",
        "1e-99999999999999999999",
        "92233720368547758070e-2",
    ] {
        is_kept(&format!(r#"{{"Count":{number}}}"#));
    }
    for number in ["-1", "18446744073709551616", "-1.0", "0.5"] {
        is_kept(&format!(r#"{{"Size":{number}}}"#));
    }
    for number in [
        "9007199254740993",
        "18446744073709551615",
        "0.123456789012345678",
        "1e400",
        "-1e400",
        "1e-400",
        "5e-324",
    ] {
        is_kept(&format!(r#"{{"Ratio":{number}}}"#));
    }
}

#[test]
fn a_list_is_kept_whole_if_an_element_does_not_fit() {
    for list in [
        r#""Counts":[1,"x"]"#,
        r#""Counts":[1,null]"#,
        r#""Counts":[[1]]"#,
        r#""Names":["a",null]"#,
        r#""Names":["a",{}]"#,
        r#""Rows":[[1],[2,"x"]]"#,
        r#""Rows":[[1],2]"#,
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
    let (kinds, written) = rewritten(r#"{"Members":[{"Counts":[1,"x"]},{"Count":2}]}"#);
    assert_eq!(written, r#"{"Members":[{"Counts":[1,"x"]},{"Count":2}]}"#);
    let members = kinds.members.unwrap();
    assert_eq!(members[0].extra.len(), 1, "only the inner list is kept");
    assert_eq!(members[1].count, Some(2));
}

#[test]
fn records_take_objects_alone() {
    for value in [r#""""#, "1", "true", "[]", "[{}]", r#""{}""#] {
        is_kept(&format!(r#"{{"Tag":{value}}}"#));
        is_kept(&format!(r#"{{"Inner":{value}}}"#));
    }
}

#[test]
fn unknown_members_are_kept_at_every_depth() {
    let text = r#"{"Tag":{"TagKey":"k","Colour":[1e5,{"deep":null}]},"tag":1,"":2,"Näme":-0.0}"#;
    let (kinds, written) = rewritten(text);
    assert_eq!(written, text);
    let tag = kinds.tag.unwrap();
    assert_eq!(
        tag.extra.get("Colour").unwrap().to_string(),
        r#"[1e5,{"deep":null}]"#
    );
    let names: Vec<&str> = kinds.extra.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["tag", "", "Näme"]);
}

#[test]
fn of_members_with_one_name_the_last_counts() {
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
    let (kinds, written) = rewritten(r#"{"Count":1,"Count":"x","Count":"y"}"#);
    assert_eq!(written, r#"{"Count":"y"}"#);
    assert_eq!(kinds.count, None);
    let (kinds, written) = rewritten(r#"{"a":1,"b":2,"a":3,"a":4}"#);
    assert_eq!(written, r#"{"a":4,"b":2}"#);
    assert_eq!(kinds.extra.len(), 2);
    let mut request = AddMember::empty();
    json::read(
        br#"{"Main":{"TagKey":"a","x":1},"Tags":[{}],"Main":{"TagValue":"b"},"Tags":[]}"#,
        &mut request,
    )
    .unwrap();
    assert_eq!(request.main.tag_key, None);
    assert!(request.main.extra.is_empty());
    assert_eq!(request.tags, []);
}

#[test]
fn members_come_in_any_order_and_with_any_white_space() {
    let (kinds, _) = rewritten(
        "\r\n{ \"Names\" :\t[ \"a\" ,\"b\" ] ,\n\"Tag\" : { } , \"Flag\":true,\"Count\" : 1 } \n",
    );
    assert_eq!(
        json::write(&kinds).unwrap(),
        br#"{"Flag":true,"Count":1,"Tag":{},"Names":["a","b"]}"#
    );
}

#[test]
fn reading_replaces_what_was_there() {
    let (mut kinds, _) = rewritten(r#"{"Count":1,"Names":["a"],"Tag":{"TagKey":"k"},"x":1}"#);
    json::read(br#"{"Names":["b"],"Tag":{}}"#, &mut kinds).unwrap();
    assert_eq!(json::write(&kinds).unwrap(), br#"{"Tag":{},"Names":["b"]}"#);
}

#[test]
fn extra_is_written_behind_the_fields_and_in_their_stead() {
    let mut request = AddMember::empty();
    request.member_uin = 7;
    request.share = Some(0.5);
    request.extra.insert("Later", vec![1, 2]);
    request.extra.insert("Share", Value::Null);
    request.extra.insert("Name", 5);
    assert_eq!(
        String::from_utf8(json::write(&request).unwrap()).unwrap(),
        r#"{"MemberUin":7,"Tags":[],"Main":{},"Later":[1,2],"Share":null,"Name":5}"#
    );
}

#[test]
fn extra_is_a_map_as_large_as_a_pointer() {
    assert_eq!(size_of::<Extra>(), size_of::<usize>());
    let mut extra = Extra::new();
    assert!(extra.is_empty());
    assert_eq!(extra.insert("a", 1), None);
    assert_eq!(extra.insert("a", "x"), Some(1.into()));
    assert_eq!(extra.insert("b", true), None);
    assert_eq!(extra.len(), 2);
    assert_eq!(extra.get("a"), Some(&"x".into()));
    assert_eq!(extra.get("c"), None);
    assert_eq!(extra.remove("a"), Some("x".into()));
    assert_eq!(extra.remove("a"), None);
    assert_eq!(extra.remove("b"), Some(true.into()));
    assert!(extra.is_empty());
    assert_eq!(
        extra,
        Extra::new(),
        "one that was emptied is like a new one"
    );
    let collected: Extra = [("b", 1), ("a", 2), ("b", 3)].into_iter().collect();
    assert_eq!(format!("{collected:?}"), r#"{"b": 3, "a": 2}"#);
}

#[test]
fn what_is_no_number_is_not_written() {
    let mut request = AddMember::empty();
    request.share = Some(f64::NAN);
    let error = json::write(&request).unwrap_err();
    assert_eq!(error.path(), "Share");
    assert_eq!(
        error.to_string(),
        "`Share` is NaN, for which JSON has no number"
    );
    let mut kinds = Kinds::empty();
    kinds.members = Some(vec![Kinds::empty(), Kinds::empty()]);
    kinds.members.as_mut().unwrap()[1].ratios = Some(vec![1.0, 2.0, f64::NEG_INFINITY]);
    assert_eq!(
        json::write(&kinds).unwrap_err().to_string(),
        "`Members[1].Ratios[2]` is -inf, for which JSON has no number"
    );
}

#[test]
fn debug_shows_what_is_present_by_wire_names() {
    let kinds = fits(
        r#"{"Count":1,"Name":"n","Detail":{"a":[1.50]},"Tag":{},"Rows":[[1]],"Members":[{"Flag":true}]}"#,
    );
    assert_eq!(
        format!("{kinds:?}"),
        r#"Kinds { Count: 1, Name: "n", Detail: {"a": [1.50]}, Tag: Tag, Rows: [[1]], Members: [Kinds { Flag: true }] }"#
    );
    let (kinds, _) = rewritten(r#"{"Count":"x","New":null}"#);
    assert_eq!(format!("{kinds:?}"), r#"Kinds { New: null, Count: "x" }"#);
    assert_eq!(
        format!(
            "{:#?}",
            Kinds {
                count: Some(1),
                ..Kinds::empty()
            }
        ),
        "Kinds {\n    Count: 1,\n}"
    );
}

#[test]
fn records_are_equal_if_all_that_they_hold_is() {
    let text = concat!(
        r#"{"Flag":true,"Count":1,"Size":2,"Ratio":1.5,"Name":"n","Detail":{"a":1},"Tag":{"TagKey":"k"},"#,
        r#""Inner":{"Count":1},"Names":["a"],"Counts":[1],"Details":[1],"Members":[{"Count":1}],"x":1,"y":2}"#
    );
    let (kinds, _) = rewritten(text);
    assert_eq!(kinds, kinds.clone());
    for (from, to) in [
        ("true", "false"),
        (r#""Count":1,"Size""#, r#""Count":2,"Size""#),
        (r#""Size":2"#, r#""Size":3"#),
        ("1.5", "2.5"),
        (r#""n""#, r#""m""#),
        (r#"{"a":1}"#, r#"{"a":2}"#),
        (r#""k""#, r#""l""#),
        (r#""Inner":{"Count":1}"#, r#""Inner":{"Count":2}"#),
        (r#"["a"]"#, r#"["a","b"]"#),
        (r#""Counts":[1]"#, r#""Counts":[2]"#),
        (r#""Details":[1]"#, r#""Details":[]"#),
        (r#"[{"Count":1}]"#, r#"[{"Count":2}]"#),
        (r#""Flag":true,"#, ""),
        (r#","x":1"#, ""),
        (r#""y":2"#, r#""y":3"#),
    ] {
        let changed = text.replacen(from, to, 1);
        assert_ne!(changed, text);
        assert_ne!(rewritten(&changed).0, kinds, "{changed}");
    }
    let (other_order, _) = rewritten(&text.replace(r#""x":1,"y":2"#, r#""y":2,"x":1"#));
    assert_eq!(other_order, kinds);
    let (tag, other) = (Tag::empty(), Kinds::empty());
    let (tag, other) = (View::Record(tag.fields()), View::Record(other.fields()));
    assert!(tag != other, "of another type");
}

#[test]
fn values_tell_what_they_are() {
    let value: Value = r#"{"n": null, "b": true, "i": -1, "u": 18446744073709551615, "f": 2.50, "s": "x", "a": [1], "big": 1e400}"#
        .parse()
        .unwrap();
    let get = |name| value.get(name).unwrap();
    assert!(get("n").is_null());
    assert_eq!(get("b").as_bool(), Some(true));
    assert_eq!(
        (get("i").as_i64(), get("i").as_u64(), get("i").as_f64()),
        (Some(-1), None, Some(-1.0))
    );
    assert_eq!(
        (get("u").as_i64(), get("u").as_u64()),
        (None, Some(u64::MAX))
    );
    assert_eq!((get("f").as_i64(), get("f").as_f64()), (None, Some(2.5)));
    assert_eq!(get("s").as_str(), Some("x"));
    assert_eq!(get("a").as_array().unwrap().len(), 1);
    assert_eq!(get("big").as_f64(), None);
    assert_eq!(get("big").as_number().unwrap().to_string(), "1e400");
    assert_eq!(value.as_object().unwrap().len(), 8);
    assert_eq!(value.get("x"), None);
    for (name, other) in [("n", "b"), ("b", "i"), ("s", "a"), ("a", "n")] {
        assert_ne!(get(name), get(other));
        assert_eq!(get(name).as_number(), None);
    }
}

#[test]
fn of_members_of_a_value_with_one_name_the_last_counts() {
    for others in [
        "",
        &(0..20)
            .map(|name| format!(r#","{name}":0"#))
            .collect::<String>(),
    ] {
        let text = |members: &str| format!(r#"{{{members}{others},"z":{{}}}}"#);
        let value: Value = text(r#""a":1,"b":2,"a":3,"a":4"#).parse().unwrap();
        assert_eq!(value.to_string(), text(r#""a":4,"b":2"#));
    }
}

#[test]
fn values_are_made_of_what_rust_has() {
    assert_eq!(Value::default(), Value::Null);
    assert_eq!(Value::from(f64::NAN), Value::Null);
    assert_eq!(Value::from(1.0).to_string(), "1.0");
    assert_eq!(Value::from(1e300).to_string(), "1e300");
    assert_eq!(Value::from(u64::MAX).to_string(), "18446744073709551615");
    assert_eq!(Value::from(7u64), Value::from(7i8));
    assert_eq!(Value::from(None::<bool>), Value::Null);
    assert_eq!(Value::from(Some("x")), "x".into());
    assert_eq!(Value::from_iter([1, 2]), vec![1, 2].into());
    let mut object = Object::new();
    object.insert("b", 1);
    object.insert("a", Value::from(String::from("x")));
    *object.get_mut("b").unwrap() = Value::from(2);
    assert_eq!(Value::from(object).to_string(), r#"{"b":2,"a":"x"}"#);
}

#[test]
fn numbers_are_their_texts() {
    for text in ["0", "-0", "1.0", "1E+5", "-1e-0005", "18446744073709551616"] {
        assert_eq!(text.parse::<Number>().unwrap().to_string(), text);
    }
    for text in [
        "", "+1", "01", "1.", ".5", "1e", " 1", "1 ", "0x1", "NaN", "--1", "1_000",
    ] {
        assert!(text.parse::<Number>().is_err(), "{text:?}");
    }
    assert_ne!("1".parse::<Number>().unwrap(), "1.0".parse().unwrap());
}

#[test]
fn tables_tell_names_of_any_length_apart() {
    struct Names {
        a: Option<bool>,
        b: Option<bool>,
        c: Option<bool>,
        d: Option<bool>,
        e: Option<bool>,
        f: Option<bool>,
        g: Option<bool>,
        extra: Extra,
    }

    tc3::record!(Names {
        0 => a: "1",
        1 => b: "1234567",
        2 => c: "12345678",
        3 => d: "123456789",
        4 => e: "123456789012345",
        5 => f: "1234567890123456",
        6 => g: "ä",
    });

    struct Nothing {
        extra: Extra,
    }

    tc3::record!(Nothing {});

    let table = Names::LAYOUT.table();
    assert_eq!(table.name(), "Names");
    let lengths = Vec::from_iter(table.fields().map(str::len));
    assert_eq!(lengths, [1, 7, 8, 9, 15, 16, 2]);
    assert_eq!(Nothing::LAYOUT.table().name(), "Nothing");
    assert_eq!(Nothing::LAYOUT.table().fields().next(), None);
}
