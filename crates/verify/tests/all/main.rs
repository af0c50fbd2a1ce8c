//! The vendor's published example, and mistakes in it.

use tc3::transport::http::Request;
use tc3_verify::{ClientSteps, Finding, Part, Steps, verify};

const KEY: &str = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE";
const BODY: &str =
    r#"{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}"#;
const CANONICAL: &str = "POST\n/\n\ncontent-type:application/json; charset=utf-8\nhost:cvm.tencentcloudapi.com\n\ncontent-type;host\n35e9c5b0e3ae67532d3c9f17ead6c90222632e5b1ff7f6e89887f1398934f064";
const TO_SIGN: &str = "TC3-HMAC-SHA256\n1551113065\n2019-02-25/cvm/tc3_request\n5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031";
const AUTHORIZATION: &str = "TC3-HMAC-SHA256 Credential=AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168";

fn given() -> ClientSteps<'static> {
    ClientSteps {
        canonical_request: Some(CANONICAL),
        string_to_sign: Some(TO_SIGN),
        authorization: Some(AUTHORIZATION),
        body: Some(BODY.as_bytes()),
    }
}

/// Returns the step and the line of each finding.
fn places(findings: &[Finding]) -> Vec<(Part, usize)> {
    findings
        .iter()
        .map(|finding| (finding.part, finding.line))
        .collect()
}

#[test]
fn published_example_is_right() {
    assert_eq!(verify(given(), Some(KEY)), []);
    assert_eq!(verify(ClientSteps::default(), Some(KEY)), []);
}

#[test]
fn steps_of_a_request() {
    let request = Request::post("https://cvm.tencentcloudapi.com/")
        .header("host", "cvm.tencentcloudapi.com")
        .header("content-type", "application/json; charset=utf-8")
        .header("x-tc-timestamp", "1551113065")
        .header("authorization", AUTHORIZATION)
        .body(BODY)
        .expect("a request");
    let steps = Steps::of(&request).expect("it is signed");
    assert_eq!(steps.canonical_request, CANONICAL);
    assert_eq!(steps.string_to_sign, TO_SIGN);
    assert_eq!(steps.scope, "2019-02-25/cvm/tc3_request");
    assert!(AUTHORIZATION.ends_with(&steps.signature));
    assert!(Steps::of(&Request::new("")).is_none());
}

#[test]
fn mistakes_in_the_canonical_request() {
    use Part::CanonicalRequest as Canonical;
    for (from, to, expected) in [
        ("POST", "post", vec![1]),
        ("\n/\n", "\n/index\n", vec![2]),
        ("\n/\n\n", "\n/\nLimit=1\n", vec![3]),
        ("host:", "Host:", vec![5]),
        ("host:cvm", "host: cvm", vec![5]),
        ("charset=utf-8", "charset=UTF-8", vec![4]),
        ("com\n\ncontent", "com\ncontent", vec![6, 7, 8]),
        ("content-type;host", "host;content-type", vec![7]),
        ("content-type;host", "content-type,host", vec![7]),
        ("35e9", "35E9", vec![8]),
        ("f064", "f064\n", vec![9]),
        (
            "content-type:application/json; charset=utf-8\n",
            "",
            vec![5, 6],
        ),
        (
            "\nhost:cvm.tencentcloudapi.com",
            "\nhost:cvm.tencentcloudapi.com\nab:c",
            vec![6, 8],
        ),
    ] {
        let text = CANONICAL.replacen(from, to, 1);
        assert_ne!(text, CANONICAL, "{from}");
        let findings = verify(
            ClientSteps {
                canonical_request: Some(&text),
                body: Some(BODY.as_bytes()),
                ..ClientSteps::default()
            },
            None,
        );
        let lines: Vec<usize> = findings.iter().map(|finding| finding.line).collect();
        assert!(findings.iter().all(|finding| finding.part == Canonical));
        assert_eq!(lines, expected, "{from} → {to}: {findings:#?}");
    }
}

#[test]
fn mistakes_in_later_steps() {
    use Part::{Authorization, StringToSign};
    let check = |string_to_sign: &str, authorization: &str, key: &str| {
        let given = ClientSteps {
            string_to_sign: Some(string_to_sign),
            authorization: Some(authorization),
            ..given()
        };
        places(&verify(given, Some(key)))
    };
    // The day of another time zone, in both steps.
    let [local, header] = [TO_SIGN, AUTHORIZATION].map(|text| text.replace("02-25", "02-26"));
    assert_eq!(
        check(&local, &header, KEY),
        [(StringToSign, 3), (Authorization, 1)]
    );
    let milliseconds = TO_SIGN.replace("1551113065", "1551113065000");
    assert_eq!(
        check(&milliseconds, AUTHORIZATION, KEY)[0],
        (StringToSign, 2)
    );
    let other = TO_SIGN.replace("5ffe", "5fff");
    assert_eq!(
        check(&other, AUTHORIZATION, KEY),
        [(StringToSign, 4), (Authorization, 1)]
    );
    assert_eq!(check(TO_SIGN, AUTHORIZATION, "other"), [(Authorization, 1)]);
    for (from, to) in [
        ("SignedHeaders=content-type;host", "SignedHeaders=host"),
        ("Signature=72e4", "Signature=72E4"),
        ("TC3-HMAC", "TC2-HMAC"),
        (", SignedHeaders", "; SignedHeaders"),
    ] {
        let header = AUTHORIZATION.replace(from, to);
        assert!(
            check(TO_SIGN, &header, KEY).contains(&(Authorization, 1)),
            "{to}"
        );
    }
}

#[test]
fn finding_says_line_rule_and_both_texts() {
    let text = CANONICAL.replace("host:", "Host:");
    let given = ClientSteps {
        canonical_request: Some(&text),
        ..ClientSteps::default()
    };
    assert_eq!(
        verify(given, None)[0].to_string(),
        "canonical request, line 5: names and values of headers are in lower case, without spaces around them\n  \
         found    `Host:cvm.tencentcloudapi.com`\n  \
         expected `host:cvm.tencentcloudapi.com`"
    );
}
