//! The vendor's metadata to specs: what becomes of every kind of it, and what is said of metadata that is broken.

mod package;

use std::path::Path;

use package::{
    API, CODES, DISTRIBUTION, EXAMPLES, FACTS, WHOLE, api, file, folder, import, member, open,
    order, wheel, write,
};
use serde_json::json;
use tc3_metadata::{Distribution, Error, Options, Package, Release, Site};
use tc3_spec::{Example, Field, IntegerFormat, Spec};
use zip::CompressionMethod;

/// The spec of the one version of the shop.
#[track_caller]
fn spec(api: &str) -> Spec {
    let import = import(&[(API, api)], WHOLE);
    assert_eq!(import.warnings, []);
    import.spec
}

/// The request of the action `Order`.
#[track_caller]
fn request(members: &[String]) -> Vec<Field> {
    let mut spec = spec(&order(&members.join(","), ""));
    spec.actions.remove("Order").expect("the action").request
}

#[test]
fn every_type_of_the_metadata_is_one_of_the_documentation() {
    use IntegerFormat::{Int64, Uint64};
    for (kind, of, expect, format) in [
        ("string", "string", "String", None),
        ("int", "int64", "Integer", Some(Int64)),
        ("int", "uint64", "Integer", Some(Uint64)),
        ("bool", "bool", "Boolean", None),
        ("float", "float", "Float", None),
        ("float", "double", "Double", None),
        ("string", "date", "Date", None),
        ("string", "datetime", "Timestamp", None),
        ("string", "datetime_iso", "Timestamp ISO8601", None),
        ("binary", "binary", "Binary", None),
        ("object", "Price", "Price", None),
        ("list", "string", "Array of String", None),
        ("list", "int64", "Array of Integer", Some(Int64)),
        ("list", "uint64", "Array of Integer", Some(Uint64)),
        ("list", "bool", "Array of Boolean", None),
        ("list", "float", "Array of Float", None),
        ("list", "double", "Array of Double", None),
        ("list", "date", "Array of Date", None),
        ("list", "datetime", "Array of Timestamp", None),
        ("list", "datetime_iso", "Array of Timestamp ISO8601", None),
        ("list", "binary", "Array of Binary", None),
        ("list", "Price", "Array of Price", None),
    ] {
        let fields = request(&[member("It", kind, of, "")]);
        assert_eq!(fields.len(), 1);
        assert_eq!(fields[0].name, "It");
        assert_eq!(fields[0].type_ref.to_string(), expect, "{kind} of {of}");
        assert_eq!(fields[0].format, format, "{kind} of {of}");
    }
}

#[test]
fn flags_are_written_as_words_or_as_numbers() {
    for (yes, no) in [("true", "false"), ("1", "0")] {
        let more = |required, null, disabled| {
            format!(
                r#", "required": {required}, "value_allowed_null": {null}, "disabled": {disabled}"#
            )
        };
        let fields = request(&[
            member("Required", "string", "string", &more(yes, no, no)),
            member("Nullable", "string", "string", &more(no, yes, no)),
            member("Disabled", "string", "string", &more(no, no, yes)),
            member("Absent", "string", "string", ""),
        ]);
        let flags: Vec<_> = fields
            .iter()
            .map(|field| (field.required, field.nullable, field.deprecated))
            .collect();
        assert_eq!(
            flags,
            [
                (true, false, false),
                (false, true, false),
                (false, false, true),
                (false, false, false)
            ]
        );
    }
}

#[test]
fn a_response_has_neither_required_parameters_nor_the_identifier_of_the_request() {
    let required = r#", "required": true"#;
    let fields = [
        member("Name", "string", "string", required),
        member("RequestId", "string", "string", required),
    ];
    let fields = fields.join(",");
    let spec = spec(&order(&fields, &fields));
    let order = &spec.actions["Order"];
    let names = |fields: &[Field]| -> Vec<(String, bool)> {
        let of = fields.iter();
        of.map(|field| (field.name.clone(), field.required))
            .collect()
    };
    assert_eq!(names(&order.response), [("Name".to_owned(), false)]);
    // A request may well ask for one.
    assert_eq!(
        names(&order.request),
        [("Name".to_owned(), true), ("RequestId".to_owned(), true)]
    );
}

#[test]
fn what_the_vendor_has_given_up_is_deprecated() {
    let action = |status: &str| {
        format!(r#"{{"document": "", "input": "OrderRequest", "output": "OrderRequest"{status}}}"#)
    };
    let actions = [
        format!(r#""Online": {}"#, action(r#", "status": "online""#)),
        format!(r#""Silent": {}"#, action("")),
        format!(r#""Null": {}"#, action(r#", "status": null"#)),
        format!(r#""Deprecated": {}"#, action(r#", "status": "deprecated""#)),
        format!(r#""Offline": {}"#, action(r#", "status": "offline""#)),
    ];
    let spec = spec(&api(
        &actions.join(","),
        r#""OrderRequest": {"document": "", "members": []}"#,
    ));
    let deprecated = spec.actions.iter().filter(|(_, of)| of.deprecated);
    let deprecated: Vec<_> = deprecated.map(|(name, _)| name.as_str()).collect();
    assert_eq!(deprecated, ["Deprecated", "Offline"]);
    assert_eq!(spec.actions.len(), 5);
}

#[test]
fn structures_that_parameters_are_made_of_are_data_types() {
    let spec = spec(&api(
        r#"
    "Order": {"document": "Orders.", "input": "OrderRequest", "output": "Receipt"},
    "Look": {"document": "", "input": "OrderRequest", "output": "LookResponse"}"#,
        &format!(
            r#"
    "OrderRequest": {{"document": "A request.", "members": [{}]}},
    "LookResponse": {{"document": "", "members": [{}]}},
    "Receipt": {{"document": "A receipt.", "members": [{}]}},
    "Price": {{"document": "A price.", "members": [{}, {}]}},
    "Unused": {{"document": "", "members": []}}"#,
            member("Price", "object", "Price", ""),
            member("Receipts", "list", "Receipt", ""),
            member("Total", "object", "Price", ""),
            member("Amount", "float", "double", r#", "required": true"#),
            member("RequestId", "string", "string", ""),
        ),
    ));
    // `Receipt` is both, `Unused` may be either, and the other messages are of no use by themselves.
    let names: Vec<_> = spec.types.keys().collect();
    assert_eq!(names, ["Price", "Receipt", "Unused"]);
    let price = &spec.types["Price"];
    assert_eq!(price.description, "A price.");
    assert_eq!(price.fields.len(), 2);
    assert!(price.fields[0].required);
    assert_eq!(price.fields[1].name, "RequestId");
    assert_eq!(spec.actions["Order"].description, "Orders.");
    assert_eq!(spec.actions["Order"].response[0].name, "Total");
    assert_eq!(spec.actions["Look"].source, None);
}

#[test]
fn a_structure_may_hold_itself() {
    let spec = spec(&api(
        "",
        &format!(
            r#""Shelf": {{"document": "", "members": [{}, {}]}}"#,
            member("Above", "object", "Shelf", ""),
            member("Below", "list", "Shelf", ""),
        ),
    ));
    let fields = spec.types["Shelf"].fields.iter();
    let types: Vec<_> = fields.map(|field| field.type_ref.to_string()).collect();
    assert_eq!(types, ["Shelf", "Array of Shelf"]);
}

/// A parameter with this description.
fn described(text: &str) -> String {
    json!({"name": "It", "type": "string", "member": "string", "document": text}).to_string()
}

#[test]
fn descriptions_are_read_as_those_of_pages() {
    const NOTE: &str =
        "Note: This field may return `null`, indicating that no valid values can be obtained.";
    for (text, expect, nullable) in [
        ("The colour.", "The colour.", false),
        (&format!("The colour.\n{NOTE}"), "The colour.", true),
        (&format!("{NOTE}\nThe colour."), "The colour.", true),
        (NOTE, "", true),
        (
            "It may be:<br/><li>red &amp; blue</li><li>`<b>`</li>",
            "It may be:\nred & blue\n`<b>`",
            false,
        ),
        (
            "See <a href=\"https://shop.example/colours\">all   colours</a>, **bold** too.",
            "See [all colours](https://shop.example/colours), **bold** too.",
            false,
        ),
        ("<p>One.</p>\n\n<p>Two.</p>  ", "One.\nTwo.", false),
        ("No null here.", "No null here.", false),
    ] {
        let fields = request(&[described(text)]);
        assert_eq!(fields[0].description, expect, "{text}");
        assert_eq!(fields[0].nullable, nullable, "{text}");
    }
}

/// A file of examples of the action `Order`, and what becomes of them.
#[track_caller]
fn examples(calls: &serde_json::Value) -> (Vec<Example>, Vec<String>) {
    let members = [
        member("Name", "string", "string", ""),
        member("Count", "int", "int64", ""),
        member("Colours", "list", "string", ""),
    ];
    let api = order(&members.join(","), "");
    let calls = json!({"actions": {"Order": calls}}).to_string();
    let mut import = import(&[(API, &api), (EXAMPLES, &calls)], WHOLE);
    let warnings = import.warnings.iter().map(ToString::to_string).collect();
    let order = import.spec.actions.remove("Order").expect("the action");
    (order.examples, warnings)
}

const ANSWER: &str = r#"{"Response": {"RequestId": "r-1"}}"#;

#[test]
fn requests_are_read_however_they_are_written() {
    for input in [
        "POST / HTTP/1.1\nHost: shop.example\nContent-Type: application/json\nX-TC-Action: Order\n\
         <Common request parameters>\n\n{\n    \"Name\": \"pen\",\n    \"Count\": 2,\n    \"Colours\": [\"red\"]\n}",
        "https://shop.example/?Action=Order&Name=pen\n&Count=2\n&Colours.0=red\n&<Common request parameters>",
        r#"{"Name": "pen", "Count": 2, "Colours": ["red"]}"#,
        "\n  {\"Name\": \"pen\", \"Count\": 2, \"Colours\": [\"red\"]}\n",
    ] {
        let call = json!([{"title": "Order <b>pens</b>", "document": "Two of them.", "input": input, "output": ANSWER}]);
        let (examples, warnings) = examples(&call);
        assert_eq!(warnings, [""; 0], "{input}");
        assert_eq!(
            examples,
            [Example {
                title: Some("Order pens".to_owned()),
                description: Some("Two of them.".to_owned()),
                request: Some(json!({"Name": "pen", "Count": 2, "Colours": ["red"]})),
                response: Some(json!({"RequestId": "r-1"})),
            }],
            "{input}"
        );
    }
}

#[test]
fn numbers_of_examples_stay_as_they_are_written() {
    let call = json!([{
        "title": "",
        "document": "",
        "input": r#"{"Count": 18446744073709551616}"#,
        "output": r#"{"Response": {"Price": 1.10}}"#,
    }]);
    let (examples, _) = examples(&call);
    let [example] = &examples[..] else {
        panic!("one example: {examples:?}");
    };
    assert_eq!((&example.title, &example.description), (&None, &None));
    let text = |value: &Option<serde_json::Value>| value.as_ref().map(ToString::to_string);
    assert_eq!(
        text(&example.request).as_deref(),
        Some(r#"{"Count":18446744073709551616}"#)
    );
    assert_eq!(
        text(&example.response).as_deref(),
        Some(r#"{"Price":1.10}"#)
    );
}

#[test]
fn what_cannot_be_read_of_an_example_is_left_out_with_a_warning() {
    let good = r#"{"Name": "pen"}"#;
    for (input, output, expect) in [
        (
            "Order two pens.",
            ANSWER,
            "actions.Order[1].input: it is neither a `POST`, nor a URL, nor JSON, so it is left out",
        ),
        (
            "POST / HTTP/1.1\nHost: shop.example\n\n{\n    \"Name\": pen\n}",
            ANSWER,
            "actions.Order[1].input: its body is not JSON: expected value: line 5, column 13, so it is left out",
        ),
        (
            r#"{"Name": "pen", "Name": "ink"}"#,
            ANSWER,
            "actions.Order[1].input: its body is not JSON: the key `Name` stands here twice: line 1, column 22, so it is \
             left out",
        ),
        (
            "https://shop.example/?Action=Order&Name=pen&Name=ink",
            ANSWER,
            "actions.Order[1].input: a parameter stands there twice: `Name=ink`, so it is left out",
        ),
        (
            good,
            "Thank you.",
            "actions.Order[1].output: it is not JSON: expected value at line 1 column 1, so it is left out",
        ),
        (
            good,
            "{\n  \"Response\": {\"A\": 1, \"A\": 2}\n}",
            "actions.Order[1].output: it is not JSON: the key `A` stands here twice at line 2 column 26, so it is left out",
        ),
        (
            good,
            r#"{"RequestId": "r-1"}"#,
            "actions.Order[1].output: it has no `Response`, so it is left out",
        ),
        (
            good,
            r#"{"Response": "r-1"}"#,
            "actions.Order[1].output: its `Response` is no object, so it is left out",
        ),
        (
            good,
            r#"["Response"]"#,
            "actions.Order[1].output: it is no object, so it is left out",
        ),
    ] {
        let calls = json!([
            {"title": "First", "document": "", "input": good, "output": ANSWER},
            {"title": "Second", "document": "", "input": input, "output": output},
        ]);
        let (examples, warnings) = examples(&calls);
        assert_eq!(warnings, [expect]);
        // The rest of the example stays, and the one before it.
        assert_eq!(examples.len(), 2);
        assert!(examples[0].request.is_some() && examples[0].response.is_some());
        assert_eq!(examples[1].title.as_deref(), Some("Second"));
        let of_request = expect.contains(".input");
        assert_eq!(examples[1].request.is_none(), of_request, "{expect}");
        assert_eq!(examples[1].response.is_none(), !of_request, "{expect}");
    }
}

#[test]
fn the_examples_of_an_action_that_is_not_there_are_left_out() {
    let calls = r#"{"actions": {"Unknown": [{"title": "", "document": "", "input": "", "output": ""}], "Order": []}}"#;
    let import = import(&[(API, &order("", "")), (EXAMPLES, calls)], WHOLE);
    let warnings: Vec<_> = import.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        ["actions.Unknown: the examples of an action that is not there are left out"]
    );
    assert_eq!(import.spec.actions["Order"].examples, []);
}

#[test]
fn facts_are_what_remains_without_anything_that_somebody_wrote() {
    const NOTE: &str = "Note: this field may return null.";
    let call = json!([{"title": "One", "document": "More.", "input": "{}", "output": ANSWER}]);
    let calls = json!({"actions": {"Order": call}}).to_string();
    let text = api(
        r#""Order": {"document": "Orders.", "input": "OrderRequest", "output": "OrderResponse", "status": "offline"}"#,
        &format!(
            r#"
    "OrderRequest": {{"document": "", "members": [{}, {}]}},
    "OrderResponse": {{"document": "", "members": []}},
    "Price": {{"document": "A price.", "members": [{}]}}"#,
            member("Count", "int", "uint64", r#", "required": true"#),
            member("Price", "object", "Price", ""),
            described(&format!("The colour. {NOTE}")),
        ),
    );
    let files = [(API, &*text), (EXAMPLES, &*calls)];
    let whole = import(&files, WHOLE).spec;
    let facts = import(&files, FACTS).spec;
    assert_eq!(whole.actions["Order"].examples.len(), 1);

    // Apart from what was written, they are the same.
    let mut expect = whole;
    let order = expect.actions.get_mut("Order").expect("the action");
    assert!(!order.description.is_empty());
    order.description.clear();
    order.examples.clear();
    let price = expect.types.get_mut("Price").expect("the data type");
    assert!(!price.description.is_empty());
    price.description.clear();
    assert_eq!(price.fields[0].description, "The colour.");
    assert!(price.fields[0].nullable);
    price.fields[0].description.clear();
    assert_eq!(facts, expect);

    // Where nobody reads the examples, nobody minds what is wrong with them.
    let broken = [(API, &*text), (EXAMPLES, "no JSON")];
    assert_eq!(import(&broken, FACTS).spec, expect);
}

#[test]
fn each_site_has_domain_names_of_its_own() {
    let text = order("", "");
    for (site, endpoint, shown) in [
        (
            Site::Intl,
            "shop.intl.tencentcloudapi.com",
            "the international site",
        ),
        (
            Site::Mainland,
            "shop.tencentcloudapi.com",
            "the site of mainland China",
        ),
    ] {
        let options = Options { site, ..WHOLE };
        let spec = import(&[(API, &text)], options).spec;
        assert_eq!(spec.endpoint, endpoint);
        assert_eq!(site.to_string(), shown);
    }
}

#[test]
fn a_service_is_called_as_its_domain_whatever_its_folder_is_called() {
    let text = order("", "");
    let folder = folder(&[("tccli/services/store/v20210331/api.json", &text)]);
    let (package, release) = open(folder.path());
    assert_eq!(
        release,
        Release {
            folder: "store".to_owned(),
            version: "2021-03-31".to_owned()
        }
    );
    assert_eq!(package.service(&release).expect("its name"), "shop");
    let spec = package.import(&release, WHOLE).expect("a spec").spec;
    assert_eq!(
        (&*spec.service, &*spec.endpoint),
        ("shop", "shop.intl.tencentcloudapi.com")
    );
}

#[test]
fn a_package_tells_what_it_is_called() {
    let head = "Metadata-Version: 2.1\nName: tccli-intl-en\nVersion: 3.1.5\n\nVersion: none of the head\nName: other\n";
    let text = order("", "");
    let spec = import(&[(API, &text), (DISTRIBUTION, head)], WHOLE).spec;
    let imported = spec.imported.expect("where it is from");
    assert_eq!(
        (&*imported.package, &*imported.version),
        ("tccli-intl-en", "3.1.5")
    );

    let of = |files: &[(&str, &str)]| {
        let folder = folder(files);
        let package = Package::open(folder.path()).expect("a package");
        package.distribution().expect("it can be read")
    };
    let crlf = of(&[(DISTRIBUTION, &head.replace('\n', "\r\n"))]);
    assert_eq!(
        crlf,
        Some(Distribution {
            name: "tccli-intl-en".to_owned(),
            version: "3.1.5".to_owned()
        })
    );
    assert_eq!(crlf.expect("a name").site(), Site::Intl);
    let mainland = of(&[(
        "tccli-3.1.5.dist-info/METADATA",
        "Name: tccli\nVersion: 3.1.5\n",
    )]);
    assert_eq!(mainland.expect("a name").site(), Site::Mainland);

    // A folder that was installed into holds other packages, too, and perhaps those of both sites.
    let other = ("abc-1.0.dist-info/METADATA", "Name: abc\nVersion: 1.0\n");
    let both = (
        "tccli-3.1.5.dist-info/METADATA",
        "Name: tccli\nVersion: 3.1.5\n",
    );
    let installed = of(&[other, (DISTRIBUTION, head)]).expect("a name");
    assert_eq!(installed.name, "tccli-intl-en");
    assert_eq!(of(&[other, (DISTRIBUTION, head), both]), None);

    // A folder may hold the metadata alone, or something else that has such a file.
    assert_eq!(of(&[(API, &text)]), None);
    assert_eq!(of(&[("docs/METADATA", "Name: a\nVersion: 1\n")]), None);
    assert_eq!(of(&[(DISTRIBUTION, "Name: a\n\nVersion: 1\n")]), None);
    let spec = import(&[(API, &text)], WHOLE).spec;
    assert_eq!(spec.imported, None);
}

#[test]
fn a_package_holds_the_versions_whose_folders_are_dates() {
    let text = order("", "");
    let folder = folder(&[
        ("tccli/services/shop/v20210331/api.json", &text),
        ("tccli/services/shop/v20180101/api.json", &text),
        ("tccli/services/bank/v20210331/api.json", &text),
        ("tccli/services/shop/v2021/api.json", &text),
        ("tccli/services/shop/vabcdefgh/api.json", &text),
        ("tccli/services/shop/20200101/api.json", &text),
        ("tccli/services/shop/v20200101/examples.json", "{}"),
        ("tccli/services/api.json", &text),
        ("other/services/shop/v20200101/api.json", &text),
    ]);
    let package = Package::open(folder.path()).expect("a package");
    let releases = package.releases().expect("some");
    let names: Vec<_> = releases
        .iter()
        .map(|of| format!("{} {}", of.folder, of.version))
        .collect();
    assert_eq!(
        names,
        ["bank 2021-03-31", "shop 2018-01-01", "shop 2021-03-31"]
    );
}

#[test]
fn a_wheel_says_the_same_as_the_folder_that_it_was_packed_from() {
    let text = order(&member("Count", "int", "int64", ""), "");
    let calls = json!({"actions": {"Order": [
        {"title": "One", "document": "", "input": r#"{"Count": 1}"#, "output": ANSWER},
    ]}})
    .to_string();
    let files = [
        (API, &*text),
        (EXAMPLES, &*calls),
        (DISTRIBUTION, "Name: tccli-intl-en\nVersion: 3.1.5\n"),
    ];
    let from_folder = import(&files, WHOLE).spec;
    assert_eq!(from_folder.actions["Order"].examples.len(), 1);
    for method in [CompressionMethod::Deflated, CompressionMethod::Stored] {
        let (_folder, path) = file(&wheel(&files, method));
        let (package, release) = open(&path);
        let from_wheel = package.import(&release, WHOLE).expect("a spec");
        assert_eq!(from_wheel.spec, from_folder, "{method}");
        assert_eq!(from_wheel.warnings, []);
    }
}

const CODES_TEXT: &str = "\
# -*- coding: utf8 -*-
# The head of the file, which is about no code.

# The pen is <b>sold</b> out.
SOLDOUT_PEN = 'SoldOut.Pen'

# Two lines
# of a comment.
LIMITEXCEEDED = 'LimitExceeded'

SOLDOUT_INK = 'SoldOut.Ink'

# Said again.
SOLDOUT_PEN_ = 'SoldOut.Pen'
";

/// The codes of the shop's version in a package of the Python SDK.
fn codes(files: &[(&str, &str)], options: Options) -> Result<Option<Vec<(String, String)>>, Error> {
    let folder = folder(files);
    let package = Package::open(folder.path()).expect("a package");
    let release = Release {
        folder: "shop".to_owned(),
        version: "2021-03-31".to_owned(),
    };
    let codes = package.error_codes(&release, options)?;
    Ok(codes.map(|codes| {
        let codes = codes.into_iter();
        codes.map(|of| (of.code, of.description)).collect()
    }))
}

#[test]
fn error_codes_come_in_their_order_each_once_with_the_comment_before_it() {
    let expect = [
        ("SoldOut.Pen", "The pen is sold out."),
        ("LimitExceeded", "Two lines\nof a comment."),
        ("SoldOut.Ink", ""),
    ];
    let owned = |(code, description): (&str, &str)| (code.to_owned(), description.to_owned());
    let whole = codes(&[(CODES, CODES_TEXT)], WHOLE).expect("codes");
    assert_eq!(whole, Some(expect.map(owned).to_vec()));
    let facts = codes(&[(CODES, CODES_TEXT)], FACTS).expect("codes");
    let expect = expect.map(|(code, _)| owned((code, "")));
    assert_eq!(facts, Some(expect.to_vec()));
}

#[test]
fn a_service_may_have_no_error_codes() {
    let other = "tencentcloud/bank/v20210331/errorcodes.py";
    assert_eq!(codes(&[(other, CODES_TEXT)], WHOLE).expect("none"), None);
    assert_eq!(
        codes(&[(CODES, "")], WHOLE).expect("an empty file"),
        Some(Vec::new())
    );
}

#[test]
fn error_codes_that_are_none_are_told_with_their_line() {
    for line in [
        "import sys",
        "SOLDOUT = \"SoldOut\"",
        "SOLDOUT = 'SoldOut",
        "SOLDOUT='SoldOut'",
        "SOLDOUT = 'Sold out'",
        "SOLDOUT = ''",
        "SOLDOUT = '",
    ] {
        let text = format!("# A comment.\nA = 'A'\n\n{line}\n");
        let message = codes(&[(CODES, &text)], WHOLE)
            .expect_err("a line is broken")
            .to_string();
        let expect = format!("{CODES}:4:1: expected a comment, or a line `NAME = 'Code'`");
        assert!(message.ends_with(&expect), "{line}: {message}");
    }
    let message = codes(&[(API, &order("", ""))], WHOLE)
        .expect_err("it is another package")
        .to_string();
    assert!(
        message.ends_with(
            " holds no metadata: expected files like tencentcloud/<service>/v<date>/errorcodes.py in it"
        ),
        "{message}"
    );
}

/// What is wrong with the file `api.json` of the shop, behind the folder of its package.
#[track_caller]
fn refusal(text: &str) -> String {
    let folder = folder(&[(API, text)]);
    let (package, release) = open(folder.path());
    let message = package
        .import(&release, WHOLE)
        .expect_err("the metadata is wrong")
        .to_string();
    let start = folder.path().join(API).display().to_string();
    match message.strip_prefix(&start) {
        Some(rest) => rest.to_owned(),
        None => panic!("it does not name its file: {message}"),
    }
}

#[test]
fn faults_of_the_metadata_are_told_with_their_file_and_place() {
    let one = |kind, of| order(&member("It", kind, of, ""), "");
    let cases = [
        (
            one("string", "uuid"),
            ": objects.OrderRequest.members.It: `string` of `uuid` is no type that this program knows",
        ),
        (
            one("int", "string"),
            ": objects.OrderRequest.members.It: `int` of `string` is no type that this program knows",
        ),
        (
            one("object", "string"),
            ": objects.OrderRequest.members.It: `object` of `string` is no type that this program knows",
        ),
        // These would read as types of the documentation, which they are not.
        (
            one("object", "String"),
            ": objects.OrderRequest.members.It: `object` of `String` is no type that this program knows",
        ),
        (
            one("list", "Array of Price"),
            ": objects.OrderRequest.members.It: `list` of `Array of Price` is no type that this program knows",
        ),
        (
            one("list", ""),
            ": objects.OrderRequest.members.It: `list` of `` is no type that this program knows",
        ),
        (
            order("", "").replace(r#""input": "OrderRequest""#, r#""input": "Lost""#),
            ": actions.Order.input: there is no object `Lost`",
        ),
        (
            order("", "").replace(r#""output": "OrderResponse""#, r#""output": "Lost""#),
            ": actions.Order.output: there is no object `Lost`",
        ),
        (
            order("", "").replace("2021-03-31", "2021-03-32"),
            ": metadata.apiVersion: `2021-03-32` is not the version that the folder is named after",
        ),
        (
            order("", "").replace(
                r#""serviceShortName": "shop""#,
                r#""serviceShortName": "The Shop""#,
            ),
            ": service: `The Shop` is not the first label of a domain name",
        ),
        (
            order(&member("The It", "string", "string", ""), ""),
            ": actions.Order.request.The It: `The It` is not a name: expected letters, digits and underscores",
        ),
        (
            order(
                "",
                &[
                    member("It", "string", "string", ""),
                    member("It", "int", "int64", ""),
                ]
                .join(","),
            ),
            ": actions.Order.response.It: the name stands here twice",
        ),
        (
            order("", "").replace(r#""Order":"#, r#""An order":"#),
            ": actions.An order: `An order` is not a name: expected letters, digits and underscores",
        ),
    ];
    for (text, expect) in cases {
        assert_eq!(refusal(&text), expect);
    }
}

#[test]
fn what_is_no_metadata_is_told_with_its_line_and_column() {
    let whole = order("", "");
    for (text, expect) in [
        (String::new(), ":1:1: EOF while parsing a value"),
        (
            "[]\n".to_owned(),
            ":1:2: invalid length 0, expected an object",
        ),
        ("{}\n".to_owned(), ":1:2: missing field `metadata`"),
        (
            "{\n  \"metadata\": 5\n}\n".to_owned(),
            ":2:15: invalid type: integer `5`, expected an object",
        ),
        (
            "{\n  metadata\n}\n".to_owned(),
            ":2:3: key must be a string",
        ),
        (
            "{\n  \"metadata\": {\"apiVersion\": \"2021-03-31\"}\n}\n".to_owned(),
            ":2:42: missing field `serviceShortName`",
        ),
        (
            whole.replace(r#""actions": {"#, r#""actions": ["#),
            ":3:13: invalid type: sequence, expected an object",
        ),
        (
            order(&member("It", "string", "string", r#", "required": 2"#), ""),
            ":5:150: invalid value: integer `2`, expected true or false",
        ),
        (
            order(
                &member("It", "string", "string", r#", "disabled": "no""#),
                "",
            ),
            ":5:153: invalid type: string \"no\", expected true or false",
        ),
        (
            api(
                "",
                "\n    \"Price\": {\"document\": \"\", \"members\": []},\n    \"Price\": {\"document\": \"\", \"members\": []}",
            ),
            ":6:11: the key `Price` stands here twice",
        ),
        (
            api("\n    \"A\": {\"document\": 1}", ""),
            ":4:23: invalid type: integer `1`, expected a string",
        ),
        (
            whole.replace(r#""version": "1.0""#, r#""version": "1.0", "objects": {}"#),
            ":7:29: duplicate field `objects`",
        ),
    ] {
        assert_eq!(refusal(&text), expect, "{text}");
    }
}

#[test]
fn files_that_are_not_utf_8_are_told_with_the_place_of_the_byte() {
    let folder = folder(&[]);
    for (bytes, place) in [
        (&b"\xff"[..], "1:1"),
        (b"{\n\n  \"\xc3\xa4\": \"\xff\"", "3:10"),
        (b"{\n\xe4", "2:1"),
    ] {
        write(&folder.path().join(API), bytes);
        let (package, release) = open(folder.path());
        let message = package
            .import(&release, WHOLE)
            .expect_err("it is not UTF-8")
            .to_string();
        let expect = format!(
            "{}:{place}: the text is not UTF-8",
            folder.path().join(API).display()
        );
        assert_eq!(message, expect);
    }
}

#[test]
fn broken_examples_are_told_with_their_file_and_place() {
    let text = order("", "");
    for (calls, expect) in [
        ("{", ":1:1: EOF while parsing an object"),
        ("{}", ":1:2: missing field `actions`"),
        (
            "{\"actions\": {\"Order\": [],\n \"Order\": []}}",
            ":2:8: the key `Order` stands here twice",
        ),
        (
            "{\"actions\": {\"Order\":\n [{\"title\": \"One\"}]}}",
            ":2:18: missing field `document`",
        ),
    ] {
        let folder = folder(&[(API, &text), (EXAMPLES, calls)]);
        let (package, release) = open(folder.path());
        let message = package
            .import(&release, WHOLE)
            .expect_err("the examples are broken")
            .to_string();
        let expect = format!("{}{expect}", folder.path().join(EXAMPLES).display());
        assert_eq!(message, expect);
    }
}

#[test]
fn a_wheel_is_named_before_the_file_in_it() {
    let text = order("", "").replace("2021-03-31", "2021-04-01");
    let (_folder, path) = file(&wheel(&[(API, &text)], CompressionMethod::Deflated));
    let (package, release) = open(&path);
    let message = package
        .import(&release, WHOLE)
        .expect_err("the version is another")
        .to_string();
    let expect = format!(
        "{}: {API}: metadata.apiVersion: `2021-04-01` is not the version that the folder is named after",
        path.display()
    );
    assert_eq!(message, expect);
}

#[test]
fn a_wheel_that_was_cut_off_is_told_from_a_whole_one_wherever_it_was_cut() {
    let whole = wheel(&[(API, &order("", ""))], CompressionMethod::Deflated);
    for length in 0..whole.len() {
        let (_folder, path) = file(&whole[..length]);
        let message = match Package::open(&path) {
            Ok(_) => panic!("{length} of {} bytes are no wheel", whole.len()),
            Err(error) => error.to_string(),
        };
        let start = format!("{} is not a whole wheel: ", path.display());
        assert!(message.starts_with(&start), "{message}");
        assert!(message.ends_with("; download it again"), "{message}");
    }
}

#[test]
fn a_wheel_with_a_broken_entry_is_told_when_the_entry_is_read() {
    let text = order("", "");
    let mut bytes = wheel(&[(API, &text)], CompressionMethod::Stored);
    let at = bytes
        .windows(10)
        .position(|window| window == b"serviceSho")
        .expect("the text as it is");
    // Still JSON, so that nothing but the sum tells.
    bytes[at] = b'S';
    let (_folder, path) = file(&bytes);
    let (package, release) = open(&path);
    for error in [
        package.import(&release, WHOLE).err(),
        package.service(&release).err(),
    ] {
        let message = error.expect("the entry is broken").to_string();
        let start = format!("{} is not a whole wheel: {API}: ", path.display());
        assert!(message.starts_with(&start), "{message}");
        assert!(message.ends_with("; download it again"), "{message}");
    }
}

#[test]
fn a_file_that_unpacks_to_more_than_any_is_large_is_refused() {
    let text = " ".repeat((64 << 20) + 1);
    let bytes = wheel(&[(API, &text)], CompressionMethod::Deflated);
    assert!(bytes.len() < 1 << 20, "the wheel is small");
    let (_folder, path) = file(&bytes);
    let (package, release) = open(&path);
    let message = package
        .import(&release, WHOLE)
        .expect_err("it is too large")
        .to_string();
    let expect = format!(
        "{} is not a whole wheel: {API}: it unpacks to more than 67108864 bytes; download it again",
        path.display()
    );
    assert_eq!(message, expect);
}

#[test]
fn what_is_no_package_is_told() {
    let (_folder, path) = file(b"This is no wheel.");
    let message = |path: &Path| match Package::open(path) {
        Ok(package) => package
            .releases()
            .expect_err("there is no metadata")
            .to_string(),
        Err(error) => error.to_string(),
    };
    let shown = path.display();
    let no_wheel = message(&path);
    assert!(
        no_wheel.starts_with(&format!("{shown} is not a whole wheel: ")),
        "{no_wheel}"
    );

    let missing = path.with_file_name("missing.whl");
    assert_eq!(
        message(&missing),
        format!("cannot read {}", missing.display())
    );
    assert!(matches!(
        Package::open(&missing),
        Err(Error::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound
    ));

    let expect =
        "holds no metadata: expected files like tccli/services/<service>/v<date>/api.json in it";
    let empty = folder(&[("readme.txt", "Nothing.")]);
    assert_eq!(
        message(empty.path()),
        format!("{} {expect}", empty.path().display())
    );
    let (_folder, path) = file(&wheel(
        &[("readme.txt", "Nothing.")],
        CompressionMethod::Stored,
    ));
    assert_eq!(message(&path), format!("{} {expect}", path.display()));
}
