//! Arguments to parameters, by the documented types of real actions.

mod wheel;

use proptest::prelude::*;
use serde_json::{Value, json};
use tc3_arguments::{Described, Options, Problem, Split, parameters, split};
use tc3_catalogue::Catalogue;
use tc3_spec::Spec;

fn spec(service: &str, version: &str, action: &str) -> Spec {
    let catalogue = Catalogue::international();
    catalogue.action(service, version, action).unwrap()
}

fn described(spec: &Spec) -> Described<'_> {
    let (name, action) = spec.actions.iter().next().unwrap();
    Described {
        name,
        action,
        types: &spec.types,
    }
}

/// The options besides parameters in these tests.
fn option(name: &str) -> Option<bool> {
    match name {
        "--region" | "--output" | "-o" => Some(true),
        "--force" | "-v" => Some(false),
        _ => None,
    }
}

/// Reads the files `body` and `list.json`, and standard input.
fn read(path: &str) -> Result<String, String> {
    match path {
        "body" => Ok("line\n".to_owned()),
        "list.json" | "-" => Ok(r#"["x", "y"]"#.to_owned()),
        _ => Err("no such file".to_owned()),
    }
}

fn words(line: &str) -> Vec<String> {
    line.split_whitespace().map(str::to_owned).collect()
}

/// Returns the parameters, or each problem as `message @ part of the line`, with similar arguments.
fn run(spec: &Spec, arguments: &[String], options: Options) -> Result<Value, Vec<String>> {
    let described = described(spec);
    let Split {
        parameters: given,
        problems,
        ..
    } = split(described, arguments, 0, &option);
    let show = |problem: &Problem| {
        let place = problem.place.as_ref();
        let place = place.map(|place| &arguments[place.argument][place.range.clone()]);
        let place = place.map(|place| format!(" @ {place}")).unwrap_or_default();
        let similar: Vec<String> = problem
            .similar
            .iter()
            .map(|name| format!(" ~ {name}"))
            .collect();
        format!("{problem}{place}{}", similar.concat())
    };
    if !problems.is_empty() {
        return Err(problems.iter().map(show).collect());
    }
    parameters(described, &given, options, &mut read)
        .map(Value::Object)
        .map_err(|problems| problems.iter().map(show).collect())
}

fn instances() -> Spec {
    spec("cvm", "2017-03-12", "RunInstances")
}

/// The required parameters of `RunInstances`, so that a case is about its own.
fn with_required(line: &str) -> Vec<String> {
    let mut words = words("--ImageId img-1 --Placement.Zone z");
    words.extend(line.split_whitespace().map(str::to_owned));
    words
}

#[track_caller]
fn accepted(line: &str, expected: Value) {
    let mut result = run(&instances(), &with_required(line), Options::default())
        .unwrap_or_else(|problems| panic!("{problems:#?}"));
    let members = result.as_object_mut().unwrap();
    if members.get("ImageId") == Some(&json!("img-1")) {
        members.remove("ImageId");
    }
    if members.get("Placement") == Some(&json!({"Zone": "z"})) {
        members.remove("Placement");
    }
    assert_eq!(result, expected, "{line}");
}

#[track_caller]
fn refused(line: &str, expected: &[&str]) {
    let result = run(&instances(), &with_required(line), Options::default());
    assert_eq!(result.unwrap_err(), expected, "{line}");
}

#[test]
fn spec_decides_the_type() {
    accepted(
        "--InstanceName 00123 --InstanceCount 3 --DryRun true --UserData=",
        json!({"InstanceCount": 3, "InstanceName": "00123", "UserData": "", "DryRun": true}),
    );
    accepted(
        "--DryRun --InstanceName true",
        json!({"InstanceName": "true", "DryRun": true}),
    );
    accepted("--InstanceName -1", json!({"InstanceName": "-1"}));
    accepted("--InstanceName=--x=y", json!({"InstanceName": "--x=y"}));
}

#[test]
fn integers_are_exact() {
    let action = "DescribeOrganizationMemberEmailBind";
    let spec = spec("organization", "2021-03-31", action);
    for number in ["9007199254740993", "9223372036854775807"] {
        let parameters = run(
            &spec,
            &words(&format!("--MemberUin {number}")),
            Options::default(),
        );
        assert_eq!(
            parameters.unwrap().to_string(),
            format!(r#"{{"MemberUin":{number}}}"#)
        );
    }
}

#[test]
fn paths_and_lists() {
    let expected =
        json!({"LoginSettings": {"KeyIds": ["a", "b"]}, "SecurityGroupIds": ["sg-1", "sg-2"]});
    accepted(
        "--LoginSettings.KeyIds.0 a --LoginSettings.KeyIds.1 b --SecurityGroupIds sg-1 sg-2",
        expected.clone(),
    );
    accepted(
        "--LoginSettings.KeyIds.1 b --SecurityGroupIds [sg-1,sg-2] --LoginSettings.KeyIds.0 a",
        expected.clone(),
    );
    accepted(
        r#"--LoginSettings {"KeyIds":["a","b"]} --SecurityGroupIds ["sg-1","sg-2"]"#,
        expected,
    );
    let indexes = (0..12).map(|index| format!("--SecurityGroupIds.{index} s{index}"));
    let indexes: Vec<String> = indexes.collect();
    let values: Vec<String> = (0..12).map(|index| format!("s{index}")).collect();
    accepted(&indexes.join(" "), json!({"SecurityGroupIds": values}));
    accepted("--SecurityGroupIds []", json!({"SecurityGroupIds": []}));
    accepted(
        "--SecurityGroupIds [1,2]",
        json!({"SecurityGroupIds": ["1", "2"]}),
    );
    let spec = instances();
    let spaced = [
        &with_required("--SecurityGroupIds")[..],
        &["[1, 2]".to_owned()],
    ]
    .concat();
    let spaced = run(&spec, &spaced, Options::default()).unwrap();
    assert_eq!(spaced["SecurityGroupIds"], json!(["1", "2"]));
    refused(
        "--SecurityGroupIds [a,]",
        &["an element of `--SecurityGroupIds` is empty @ "],
    );
    // A negative number is an element, a short option is not.
    let line = words("--SecurityGroupIds sg-1 -5 -v");
    let found = split(described(&spec), &line, 0, &option);
    assert_eq!(found.options, [3]);
    assert_eq!(found.parameters[0].values.len(), 2);
    accepted("--LoginSettings {}", json!({"LoginSettings": {}}));
}

#[test]
fn shorthand() {
    accepted(
        "--DataDisks DiskSize=10,DiskType=CLOUD_SSD DiskSize=20",
        json!({"DataDisks": [{"DiskType": "CLOUD_SSD", "DiskSize": 10}, {"DiskSize": 20}]}),
    );
    accepted(
        "--TagSpecification [{ResourceType=instance,Tags=[{Key=a,Value=x\\,y},{Key=b,Value=\\\\}]}]",
        json!({"TagSpecification": [{"ResourceType": "instance", "Tags": [
            {"Key": "a", "Value": "x,y"}, {"Key": "b", "Value": "\\"}]}]}),
    );
    accepted(
        "--LoginSettings KeyIds=[a,b]",
        json!({"LoginSettings": {"KeyIds": ["a", "b"]}}),
    );
    refused(
        "--DataDisks DiskSiz=10",
        &["DataDisk has no field `DiskSiz`; similar: DiskSize, DiskId @ DiskSiz"],
    );
    refused(
        "--DataDisks DiskSize=big",
        &["`DiskSize` must be an Integer @ big"],
    );
    refused("--LoginSettings KeyIds=[a", &["a `]` is missing @ [a"]);
    refused(
        "--LoginSettings x",
        &["a `=` must follow the name of a field of LoginSettings @ x"],
    );
    refused(
        "--LoginSettings KeyIds=a",
        &["`KeyIds` must be a list: [a,b] @ a"],
    );
    refused(
        "--LoginSettings Password=a,Password=b",
        &["`Password` is given twice; give it once @ Password"],
    );
}

#[test]
fn files_and_escapes() {
    accepted("--UserData @body", json!({"UserData": "line\n"}));
    accepted(
        "--SecurityGroupIds @list.json",
        json!({"SecurityGroupIds": ["x", "y"]}),
    );
    accepted(
        "--SecurityGroupIds -",
        json!({"SecurityGroupIds": ["x", "y"]}),
    );
    accepted(
        "--InstanceName @%say%20%22hi%22 --HostName @%@-",
        json!({"InstanceName": "say \"hi\"", "HostName": "@-"}),
    );
    accepted(
        "--LoginSettings @:{%22KeyIds%22:null} --HostName @:null",
        json!({"LoginSettings": {"KeyIds": null}, "HostName": null}),
    );
    refused(
        "--UserData @nowhere",
        &["`--UserData` has no value: no such file @ @nowhere"],
    );
    refused(
        "--UserData @%%FF",
        &["`--UserData` has percent-encoded bytes that are not UTF-8 @ @%%FF"],
    );
    refused(
        "--InstanceCount @%1",
        &["`--InstanceCount` must be an Integer, but `@%` gives a String @ @%1"],
    );
    refused(
        "--UserData @:{",
        &["`--UserData` is not JSON: EOF while parsing an object at column 1 @ @:{"],
    );
}

#[test]
fn wrong_names() {
    refused(
        "--InstanceTyp S5",
        &["`RunInstances` has no parameter `InstanceTyp` @ InstanceTyp ~ --InstanceType"],
    );
    refused(
        "--Placement.Zon z",
        &["`Placement` has no field `Zon` @ Zon ~ --Placement.Zone"],
    );
    refused(
        "--DataDisks.DiskSize 10",
        &[
            "`DataDisks` is a list; an index must follow its name @ DiskSize ~ --DataDisks.0.DiskSize",
        ],
    );
    refused(
        "--InstanceName.0 x",
        &["`InstanceName` is a String, so nothing can follow its name @ 0"],
    );
    // Abbreviated names are not accepted.
    refused(
        "--InstanceN x",
        &[
            "`RunInstances` has no parameter `InstanceN` @ InstanceN ~ --InstanceName ~ --InstanceCount ~ --InstanceType",
        ],
    );
}

#[test]
fn wrong_values() {
    refused(
        "--InstanceCount many",
        &["`--InstanceCount` must be an Integer @ many"],
    );
    refused(
        "--InstanceCount 1.5 --DryRun no",
        &[
            "`--InstanceCount` must be an Integer @ 1.5",
            "`--DryRun` must be true or false @ no",
        ],
    );
    refused(
        "--InstanceCount 99999999999999999999",
        &[
            "`--InstanceCount` is an Integer out of range: -9223372036854775808 to 9223372036854775807 @ 99999999999999999999",
        ],
    );
    refused(
        "--InstanceName",
        &[
            "`--InstanceName` needs a value: a String; write `--InstanceName=VALUE` if it begins with `-` @ --InstanceName",
        ],
    );
    refused(
        "--InstanceName a b",
        &[
            "`--InstanceName` takes one value, but a second one follows; quote a value that has spaces @ --InstanceName",
        ],
    );
    refused(
        "--InstanceName a --InstanceName b",
        &["`--InstanceName` is given twice; give it once @ InstanceName"],
    );
    refused(
        "--SecurityGroupIds a --SecurityGroupIds.0 b",
        &[
            "`--SecurityGroupIds.0` is a part of `--SecurityGroupIds`, which is given too; give one of them @ SecurityGroupIds.0",
        ],
    );
    refused(
        "--SecurityGroupIds.0 a --SecurityGroupIds.2 b",
        &["`--SecurityGroupIds.1` is missing before this element @ SecurityGroupIds.2"],
    );
}

#[test]
fn missing_parameters_are_all_reported() {
    let problems = run(
        &instances(),
        &words("--Placement.ProjectId 1"),
        Options::default(),
    );
    assert_eq!(
        problems.unwrap_err(),
        ["Placement needs `--Placement.Zone` (String)"]
    );
    let add = spec("organization", "2021-03-31", "AddOrganizationMemberEmail");
    let needs = run(&add, &words("--Email a@b.c"), Options::default()).unwrap_err();
    assert_eq!(
        needs,
        [
            "AddOrganizationMemberEmail needs `--MemberUin` (Integer)",
            "AddOrganizationMemberEmail needs `--CountryCode` (String)",
            "AddOrganizationMemberEmail needs `--Phone` (String)",
        ]
    );
}

#[test]
fn base_is_patched_and_checked() {
    let base = |value: Value| Options {
        base: value.as_object().unwrap().clone(),
        force: false,
    };
    let options = base(
        json!({"ImageId": "img-0", "Placement": {"Zone": "z"}, "SecurityGroupIds": ["a", "b"]}),
    );
    let patched = run(
        &instances(),
        &words("--ImageId img-1 --SecurityGroupIds.1 c"),
        options,
    );
    assert_eq!(
        patched.unwrap(),
        json!({"Placement": {"Zone": "z"}, "ImageId": "img-1", "SecurityGroupIds": ["a", "c"]})
    );
    let options =
        base(json!({"ImageId": 7, "Placement": {"Zon": "z"}, "DataDisks": [{"DiskSize": "x"}]}));
    assert_eq!(
        run(&instances(), &[], options).unwrap_err(),
        [
            "Placement needs `--Placement.Zone` (String)",
            "the input has `Placement.Zon`, which Placement does not have ~ --Placement.Zone",
            "`ImageId` must be a String",
            "`DataDisks.0.DiskSize` must be an Integer",
        ]
    );
}

#[test]
fn force_allows_undocumented_parameters() {
    let force = || Options {
        force: true,
        ..Options::default()
    };
    let line = words("--New.0.Deep 1 --InstanceCount many --DataDisks Colour=red --Other x y");
    assert_eq!(
        run(&instances(), &line, force()).unwrap(),
        json!({"DataDisks": [{"Colour": "red"}], "InstanceCount": "many", "New": [{"Deep": 1}], "Other": ["x", "y"]})
    );
}

#[test]
fn options_are_separated() {
    let spec = instances();
    let line = words("--region ap-x --InstanceName a -v --force --output=json --Zone 1 stray");
    let found = split(described(&spec), &line, 0, &option);
    let options: Vec<&str> = found.options.iter().map(|index| &*line[*index]).collect();
    assert_eq!(
        options,
        ["--region", "ap-x", "-v", "--force", "--output=json"]
    );
    let names: Vec<&str> = found.parameters.iter().map(|given| given.path).collect();
    assert_eq!(names, ["InstanceName", "Zone"]);
    assert!(
        found.problems.is_empty(),
        "an unknown parameter takes all values"
    );
    // A short option can contain its value, too, also after a value.
    let line = words("-o=json stray");
    let found = split(described(&spec), &line, 0, &option);
    assert_eq!((found.options, found.problems.len()), (vec![0], 1));
    let line = words("--SecurityGroupIds sg-1 -o=json");
    let found = split(described(&spec), &line, 0, &option);
    assert_eq!(found.options, [2]);
    assert_eq!(found.parameters[0].values.len(), 1);
    let line = words("stray");
    let [problem] = &split(described(&spec), &line, 0, &option).problems[..] else {
        panic!("one problem");
    };
    assert_eq!(
        problem.message,
        "this argument is neither an option nor the value of one"
    );
}

proptest! {
    /// Every place of a problem exists in the arguments.
    #[test]
    fn arbitrary_arguments_never_panic(line in proptest::collection::vec("(--)?(DataDisks|Placement|InstanceName|x)?(\\.[0-9a-zA-Z]{0,5}){0,3}(=)?[@%:\\[{,=\\]}\\\\é\" a-c0-9-]{0,8}", 0..6), force: bool) {
        let spec = instances();
        let _ = run(&spec, &line, Options { force, ..Options::default() });
    }
}
