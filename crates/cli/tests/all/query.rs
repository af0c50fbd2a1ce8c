//! `--query`.

use crate::service::Service;

const LIST: &str = r#"
    "TotalCount": 9223372036854775807,
    "InstanceSet": [
        {"InstanceId": "ins-2", "CPU": 18446744073709551615, "InstanceState": "STOPPED"},
        {"InstanceId": "ins-1", "CPU": 2, "InstanceState": "RUNNING"}
    ]"#;

#[track_caller]
fn check(query: &str, format: &str, expected: &str) {
    let service = Service::with_response(LIST);
    for option in ["--query", "--filter"] {
        let run = service.run_words(&[
            "cvm",
            "DescribeInstances",
            option,
            query,
            "--output",
            format,
        ]);
        assert_eq!(run.output(), expected, "{query}");
    }
}

#[test]
fn query_selects_parts() {
    check(
        "InstanceSet[].InstanceId",
        "json",
        "[\n  \"ins-2\",\n  \"ins-1\"\n]\n",
    );
    check("InstanceSet[].InstanceId", "text", "ins-2\tins-1\n");
    check("InstanceSet[].InstanceId", "tsv", "ins-2\nins-1\n");
    check("InstanceSet[].InstanceId", "table", "ins-2\nins-1\n");
    check(
        "InstanceSet[].InstanceId",
        "jsonl",
        "\"ins-2\"\n\"ins-1\"\n",
    );
    check(
        "InstanceSet[?InstanceState=='RUNNING'].InstanceId|[0]",
        "text",
        "ins-1\n",
    );
    check(
        "InstanceSet[].[InstanceId,CPU]",
        "text",
        "ins-2\t18446744073709551615\nins-1\t2\n",
    );
    check("Nothing", "json", "null\n");
    check("Nothing", "text", "\n");
    check("InstanceSet[?CPU==`3`]", "text", "");
    // A literal that is not JSON is a string, as in tccli.
    for literal in ["`RUNNING`", "` RUNNING`", "`\"RUNNING\"`"] {
        let query = format!("InstanceSet[?InstanceState=={literal} && 'a`b' == 'a`b'].InstanceId");
        check(&query, "text", "ins-1\n");
    }
    check("length(InstanceSet)", "yaml", "2\n");
}

#[test]
fn integers_are_exact() {
    check("TotalCount", "json", "9223372036854775807\n");
    check("InstanceSet[0].CPU", "json", "18446744073709551615\n");
}

#[test]
fn names_keep_order_of_expression_or_response() {
    check(
        "InstanceSet[].{State: InstanceState, Id: InstanceId}",
        "tsv",
        "State\tId\nSTOPPED\tins-2\nRUNNING\tins-1\n",
    );
    check(
        "InstanceSet[1]",
        "jsonl",
        "{\"InstanceId\":\"ins-1\",\"CPU\":2,\"InstanceState\":\"RUNNING\"}\n",
    );
}

#[test]
fn wrong_expressions_are_usage_errors() {
    let service = Service::with_response(LIST);
    let run = service.run_words(&[
        "cvm",
        "DescribeInstances",
        "--query",
        "InstanceSet[?a=='数'",
    ]);
    let error = run.error(2);
    assert!(
        error.starts_with("error: --query is not a JMESPath expression: "),
        "{error}"
    );
    assert!(
        error.contains("  tc3 cvm DescribeInstances --query InstanceSet[?a=='数'\n"),
        "{error}"
    );
    assert!(error.contains("^\n"), "{error}");

    let run = service.run("cvm DescribeInstances --filter=InstanceSet[].lenght(@)");
    assert_eq!(
        run.error(2),
        "error: --query is not a JMESPath expression: Call to undefined function lenght\n  \
         tc3 cvm DescribeInstances --filter=InstanceSet[].lenght(\n                                                         ^\n\n\
         For more information, try 'tc3 --help'.\n"
    );
    let run = service.run("cvm DescribeInstances --query [?length(a,b)]");
    assert!(
        run.error(2)
            .contains("Too many arguments: expected 1, found 2"),
        "{run:?}"
    );
    assert_eq!(service.requests().len(), 0);
}

/// The response must not be lost, because the call may have acted.
#[test]
fn failed_query_prints_the_whole_response() {
    let service = Service::with_response(LIST);
    let run = service.run("cvm DescribeInstances --query length(TotalCount)");
    assert_eq!(run.code, Some(6));
    assert!(run.out.contains("\"InstanceId\": \"ins-1\""), "{run:?}");
    assert!(
        run.err
            .starts_with("error: the query cannot be evaluated: Argument 0 expects"),
        "{run:?}"
    );
}
