//! Formats of responses.

use std::fs::OpenOptions;
use std::process::Stdio;

use crate::service::{Run, Service};

/// A list with an integer that a double cannot represent, wide characters, nested values, null, and a line end.
const LIST: &str = r#"
    "TotalCount": 2,
    "InstanceSet": [
        {"InstanceName": "数据库 主", "InstanceId": "ins-1", "CPU": 9223372036854775808, "Placement": {"Zone": "ap-1", "ProjectId": 0}, "PublicIpAddresses": ["1.1.1.1", "2.2.2.2"]},
        {"InstanceName": "a\tb\nc\\d", "InstanceId": "ins-2", "CPU": 1.50, "Placement": null, "PublicIpAddresses": null, "Unknown": "00123"}
    ]"#;

const DESCRIBE: &str = "cvm DescribeInstances --output";

#[track_caller]
fn check(members: &str, line: &str, expected: &str) {
    let service = Service::with_response(members);
    assert_eq!(service.run(line).output(), expected, "{line}");
}

#[test]
fn json_keeps_the_text_of_values() {
    let expected = r#"{
  "TotalCount": 1e2,
  "InstanceSet": [
    {
      "CPU": 9223372036854775808,
      "InstanceName": "\u00e9 {,}"
    },
    {}
  ],
  "RequestId": "id"
}
"#;
    let members = r#""TotalCount":1e2,"InstanceSet":[{"CPU":9223372036854775808,"InstanceName":"\u00e9 {,}"},{ }]"#;
    check(members, "cvm DescribeInstances", expected);
    check(members, "cvm DescribeInstances --output json", expected);
}

#[test]
fn jsonl_has_an_item_on_each_line() {
    let expected = r#"{"InstanceName":"数据库 主","InstanceId":"ins-1","CPU":9223372036854775808,"Placement":{"Zone":"ap-1","ProjectId":0},"PublicIpAddresses":["1.1.1.1","2.2.2.2"]}
{"InstanceName":"a\tb\nc\\d","InstanceId":"ins-2","CPU":1.50,"Placement":null,"PublicIpAddresses":null,"Unknown":"00123"}
"#;
    check(LIST, &format!("{DESCRIBE} jsonl"), expected);
    check(r#""InstanceSet": []"#, &format!("{DESCRIBE} jsonl"), "");
    check(r#""InstanceSet": null"#, &format!("{DESCRIBE} jsonl"), "");
    let whole = "cvm RunInstances --Placement Zone=a --ImageId i --force --output jsonl";
    check(
        r#""InstanceIdSet": ["a",  "b"]"#,
        whole,
        "{\"InstanceIdSet\":[\"a\",\"b\"],\"RequestId\":\"id\"}\n",
    );
}

#[test]
fn yaml_keeps_types_and_integers() {
    let members = r#""A": 18446744073709551615, "B": -9223372036854775808, "C": "00123", "D": "true", "E": "no",
        "F": null, "G": 1.5, "H": "line\nend\n", "I": [], "J": {}, "K": ["~", "数据: x", "", " a", "1e3", "2021-03-31"],
        "L": [[1, [2]], {"M": {"N": "x # y"}}], "123": "key""#;
    let service = Service::with_response(members);
    let run = service.run("cvm DescribeInstances --output yaml");
    let yaml = run.output();
    for line in [
        "A: 18446744073709551615\n",
        "B: -9223372036854775808\n",
        "F: null\n",
        "I: []\n",
        "J: {}\n",
    ] {
        assert!(yaml.contains(line), "{line}{yaml}");
    }
    // Other YAML parsers accept more words as Booleans.
    assert!(!yaml.contains("E: no\n"), "{yaml}");
    let read: serde_json::Value = serde_saphyr::from_str(yaml).expect("it is YAML");
    let sent: serde_json::Value =
        serde_json::from_str(&format!("{{{members}, \"RequestId\": \"id\"}}")).expect("JSON");
    assert_eq!(read, sent, "{yaml}");
}

#[test]
fn table_has_documented_columns() {
    let whole = r#"+-------------------------------+------------+---------------------+--------------+-------------------+---------+
| Placement                     | InstanceId | CPU                 | InstanceName | PublicIpAddresses | Unknown |
+===============================================================================================================+
| {"Zone":"ap-1","ProjectId":0} | ins-1      | 9223372036854775808 | 数据库 主    | 1.1.1.1, 2.2.2.2  |         |
|                               | ins-2      | 1.50                | a\u{9}b      |                   | 00123   |
|                               |            |                     | c\d          |                   |         |
+-------------------------------+------------+---------------------+--------------+-------------------+---------+
+------------+----+
| TotalCount | 2  |
| RequestId  | id |
+------------+----+
"#;
    check(LIST, &format!("{DESCRIBE} table"), whole);
    let chosen = r#"+---------------------+----------------+-------------------+
| CPU                 | Placement.Zone | PublicIpAddresses |
+==========================================================+
| 9223372036854775808 | ap-1           | 1.1.1.1, 2.2.2.2  |
| 1.50                |                |                   |
+---------------------+----------------+-------------------+
+------------+----+
| TotalCount | 2  |
| RequestId  | id |
+------------+----+
"#;
    let columns = "table --columns CPU,Placement.Zone,PublicIpAddresses";
    check(LIST, &format!("{DESCRIBE} {columns}"), chosen);
    let empty = r#"+------------+-----+
| InstanceId | CPU |
+==================+
+------------+-----+
+------------+----+
| TotalCount | 0  |
| RequestId  | id |
+------------+----+
"#;
    let columns = "table --columns InstanceId,CPU";
    let members = r#""TotalCount": 0, "InstanceSet": []"#;
    check(members, &format!("{DESCRIBE} {columns}"), empty);
    let record = r#"+---------------+------+
| InstanceIdSet | a, b |
| RequestId     | id   |
+---------------+------+
"#;
    let members = r#""InstanceIdSet": ["a", "b"]"#;
    check(
        members,
        "cvm RunInstances --ImageId i --force --output table",
        record,
    );
}

/// Runs a command on a terminal of some columns.
#[cfg(target_os = "linux")]
fn on_terminal(columns: u16, line: &str) -> String {
    response_on_terminal(LIST, columns, line, &[])
}

/// Runs a command on a terminal, with members of the response and environment variables.
#[cfg(target_os = "linux")]
fn response_on_terminal(
    members: &str,
    columns: u16,
    line: &str,
    variables: &[(&str, &str)],
) -> String {
    use std::process::Command;

    let service = Service::with_response(members);
    let command = service.command(&line.split_whitespace().collect::<Vec<_>>());
    let words = [command.get_program()]
        .into_iter()
        .chain(command.get_args());
    let words: Vec<_> = words.map(|word| format!("'{}'", word.display())).collect();
    let line = format!("stty rows 24 cols {columns}; {}", words.join(" "));
    let mut script = Command::new("script");
    script.args(["-qec", &line, "/dev/null"]).env_clear();
    script.env("PATH", std::env::var_os("PATH").unwrap_or_default());
    for (name, value) in command.get_envs() {
        script.env(name, value.unwrap_or_default());
    }
    script.envs(variables.iter().copied());
    let output = script
        .stdin(Stdio::null())
        .output()
        .expect("script is a part of Linux");
    Run::of(&output).out.replace("\r\n", "\n")
}

#[cfg(target_os = "linux")]
#[test]
fn terminal_has_colours_and_narrow_tables() {
    let line = "cvm DescribeInstances --query TotalCount";
    assert_eq!(on_terminal(80, line), "2\n");
    let line = "cvm DescribeInstances --query InstanceSet[0].{Id:InstanceId}";
    assert_eq!(
        on_terminal(80, line),
        "{\n  \u{1b}[1;34m\"Id\"\u{1b}[0m: \u{1b}[32m\"ins-1\"\u{1b}[0m\n}\n"
    );
    let line = format!("{DESCRIBE} table --columns Placement,InstanceId,CPU,PublicIpAddresses");
    let others =
        "+------------+----+\n| TotalCount | 2  |\n| RequestId  | id |\n+------------+----+\n";
    let table = r#"+----------------------+------------+---------------------+-------------------+
| Placement            | InstanceId | CPU                 | PublicIpAddresses |
+=============================================================================+
| {"Zone":"ap-1","Proj | ins-1      | 9223372036854775808 | 1.1.1.1, 2.2.2.2  |
| ectId":0}            |            |                     |                   |
|                      | ins-2      | 1.50                |                   |
+----------------------+------------+---------------------+-------------------+
"#;
    assert_eq!(on_terminal(79, &line), format!("{table}{others}"));
    let records = r#"+-------------------+-------------------------------+
| Placement         | {"Zone":"ap-1","ProjectId":0} |
| InstanceId        | ins-1                         |
| CPU               | 9223372036854775808           |
| PublicIpAddresses | 1.1.1.1, 2.2.2.2              |
+-------------------+-------------------------------+
+-------------------+-------+
| Placement         |       |
| InstanceId        | ins-2 |
| CPU               | 1.50  |
| PublicIpAddresses |       |
+-------------------+-------+
"#;
    assert_eq!(on_terminal(78, &line), format!("{records}{others}"));
}

#[cfg(target_os = "linux")]
#[test]
fn errors_on_a_terminal_have_colours() {
    let out = on_terminal(80, "cvm DescribeInstances --Limit five");
    assert!(
        out.starts_with("\u{1b}[1;31merror:\u{1b}[0m `--Limit` must be"),
        "{out:?}"
    );
}

/// Responses cannot control a terminal. A pipe gets them unchanged.
#[cfg(target_os = "linux")]
#[test]
fn control_characters_are_shown_on_terminal() {
    let members = "\"InstanceSet\": [{\"InstanceName\": \"a\\u001b]0;x\\u0007\u{202e}\u{9b}c\"}]";
    let columns = "--columns InstanceName";
    let json = "a\\u001b]0;x\\u0007\\u202e\\u009bc";
    let text = "a\\u{1b}]0;x\\u{7}\\u{202e}\\u{9b}c";
    for (options, shown) in [
        ("json".to_owned(), json),
        ("jsonl".to_owned(), json),
        ("jsonl --all".to_owned(), json),
        ("raw".to_owned(), json),
        (format!("text {columns}"), text),
        (format!("tsv {columns}"), text),
        (format!("table {columns}"), text),
        ("yaml".to_owned(), "InstanceName"),
    ] {
        let line = format!("{DESCRIBE} {options}");
        let out = response_on_terminal(members, 80, &line, &[("NO_COLOR", "1")]);
        assert!(out.contains(shown), "{line}: {out:?}");
        // The progress line is not part of the response.
        let out = out.replace("\r\u{1b}[K", "");
        let hidden = out.replace(['\n', '\t'], "").contains(tc3_spec::is_hidden);
        assert!(!hidden, "{line}: {out:?}");
    }
    let piped = "a\u{1b}]0;x\u{7}\u{202e}\u{9b}c\n";
    check(members, &format!("{DESCRIBE} text {columns}"), piped);
}

#[test]
fn deep_lists_are_not_indented_without_limit() {
    let depth = 20_000;
    let list = "[".repeat(depth) + &"]".repeat(depth);
    let service = Service::with_response(&format!("\"InstanceSet\": {list}"));
    let run = service.run("cvm DescribeInstances");
    assert!(run.output().len() < 600 * depth);
}

#[test]
fn text_and_tsv_are_lines_of_cells() {
    let rows = "{\"Zone\":\"ap-1\",\"ProjectId\":0}\tins-1\t9223372036854775808\t数据库 主\t[\"1.1.1.1\",\"2.2.2.2\"]\t\n\
        \tins-2\t1.50\ta\\tb\\nc\\\\d\t\t00123\n";
    check(LIST, &format!("{DESCRIBE} text"), rows);
    let header = "Placement\tInstanceId\tCPU\tInstanceName\tPublicIpAddresses\tUnknown\n";
    check(LIST, &format!("{DESCRIBE} tsv"), &format!("{header}{rows}"));
    let columns = "--columns InstanceId,Placement.Zone";
    check(
        LIST,
        &format!("{DESCRIBE} text {columns}"),
        "ins-1\tap-1\nins-2\t\n",
    );
    check(r#""InstanceSet": []"#, &format!("{DESCRIBE} text"), "");
    check(
        r#""InstanceSet": []"#,
        &format!("{DESCRIBE} tsv {columns}"),
        "InstanceId\tPlacement.Zone\n",
    );
    let run = "cvm RunInstances --ImageId i --force --output";
    let members = r#""InstanceIdSet": ["a", "b"]"#;
    check(members, &format!("{run} text"), "[\"a\",\"b\"]\tid\n");
    check(
        members,
        &format!("{run} tsv"),
        "InstanceIdSet\tRequestId\n[\"a\",\"b\"]\tid\n",
    );
}

/// A response with other fields is not reduced to its only list.
#[test]
fn lines_have_whole_responses() {
    let describe = "cvm DescribeImportImageOs --output";
    let members = r#""ImportImageOsListSupported": {"Linux": ["a"]}, "ImportImageOsVersionSet": [{"OsName": "b"}]"#;
    let lines = [
        (
            "jsonl",
            r#"{"ImportImageOsListSupported":{"Linux":["a"]},"ImportImageOsVersionSet":[{"OsName":"b"}],"RequestId":"id"}"#,
        ),
        ("text", "{\"Linux\":[\"a\"]}\t[{\"OsName\":\"b\"}]\tid"),
    ];
    for (format, line) in lines {
        check(
            members,
            &format!("{describe} {format}"),
            &format!("{line}\n"),
        );
    }
    let table = r#"+--------+
| OsName |
+========+
| b      |
+--------+
+----------------------------+-----------------+
| ImportImageOsListSupported | {"Linux":["a"]} |
| RequestId                  | id              |
+----------------------------+-----------------+
"#;
    check(members, &format!("{describe} table"), table);
}

#[test]
fn invalid_text_is_repaired() {
    let members = r#""InstanceSet": [{"InstanceId": "\ud800x"}]"#;
    let columns = "--columns InstanceId";
    check(
        members,
        &format!("{DESCRIBE} text {columns}"),
        "\u{fffd}x\n",
    );
    check(
        members,
        &format!("{DESCRIBE} text {columns} --all"),
        "\u{fffd}x\n",
    );
    check(
        members,
        &format!("{DESCRIBE} jsonl --all"),
        "{\"InstanceId\":\"\u{fffd}x\"}\n",
    );
}

#[test]
fn raw_has_the_bytes_of_the_response() {
    let service = Service::with_response(r#""TotalCount":  1"#);
    let run = service.run("cvm DescribeInstances --output raw");
    assert_eq!(
        run.output(),
        "{\"Response\": {\"TotalCount\":  1, \"RequestId\": \"id\"}}\n"
    );
}

#[test]
fn wrong_columns_are_usage_errors() {
    let service = Service::with_response(LIST);
    let run = service
        .run("cvm DescribeInstances --output text --columns InstanceId,InstanceNam,Placement.Zon");
    assert_eq!(
        run.error(2),
        "error: DescribeInstances has no column `InstanceNam`\n  \
         tc3 cvm DescribeInstances … --columns InstanceId,InstanceNam\n                                                   ^^^^^^^^^^^\n  similar: InstanceName\n\
         error: DescribeInstances has no column `Placement.Zon`\n  \
         tc3 cvm DescribeInstances … --columns InstanceId,InstanceNam,Placement.Zon\n                                                               ^^^^^^^^^^^^^\n  similar: Placement\n\n\
         For more information, try 'tc3 --help'.\n"
    );
    let run = service.run("cvm DescribeInstances --columns InstanceId");
    assert!(
        run.error(2)
            .starts_with("error: --columns requires --output table, text or tsv"),
        "{run:?}"
    );
    let run = service.run("cvm DescribeInstances --output raw --query x");
    assert!(run.error(2).contains("--output raw"), "{run:?}");
    assert_eq!(service.requests().len(), 0);
}

#[test]
fn full_disk_is_an_error() {
    let Ok(full) = OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    for options in ["", "--all --output jsonl", "--wait TotalCount=2"] {
        let service = Service::with_response(LIST);
        let line = format!("cvm DescribeInstances {options}");
        let arguments: Vec<&str> = line.split_whitespace().collect();
        let stdout = full.try_clone().expect("it is open");
        let output = service
            .command(&arguments)
            .stdout(Stdio::from(stdout))
            .output();
        let run = Run::of(&output.expect("the program starts"));
        assert_eq!(run.code, Some(6), "{run:?}");
        assert!(
            run.err.contains("cannot write to standard output"),
            "{run:?}"
        );
    }
}
