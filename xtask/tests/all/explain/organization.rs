//! `explain` on the repository.

use crate::command::{Outcome, read, run, workspace};

const BIND: &str = "DescribeOrganizationMemberEmailBind";
const PAGE: &str = "specs/organization/pages/2021-03-31/DescribeOrganizationMemberEmailBind.txt";
const TESTING: &str = "generated/organization/src/v20210331/testing.rs";
const MODULE: &str =
    "generated/organization/src/v20210331/describe_organization_member_email_bind.rs";

fn explain(item: &str) -> Outcome {
    run(&["explain", item])
}

/// Returns the places under a heading, each with its indented lines.
#[track_caller]
fn places(out: &str, heading: &str) -> Vec<(String, String)> {
    let lines = out.lines().filter_map(|line| {
        let place = line.strip_prefix(heading)?.trim();
        let place = place.rsplit(' ').find(|word| word.contains(':'))?;
        let mut parts = place.trim_end_matches([':', ',']).split(':');
        let (file, line) = (parts.next()?, parts.next()?);
        let line: usize = line.parse().expect("a line");
        let text = read(&workspace().join(file));
        let text = text.lines().nth(line - 1).expect("the line is there");
        Some((file.to_owned(), text.trim().to_owned()))
    });
    lines.collect()
}

#[test]
fn parameter_has_row_entry_and_field() {
    let outcome = explain(&format!("{BIND}.PhoneBind"));
    let out = outcome.succeeded();
    let row = "PhoneBind Integer Verification mobile number binding status. 0 indicates unbound and 1 indicates bound.";
    assert!(out.starts_with(&format!(
        "organization 2021-03-31: the parameter PhoneBind in the response of {BIND}\n\
         page      {PAGE}:89:1\n    {row}\n\
         spec      specs/organization/2021-03-31.json:"
    )));
    assert_eq!(places(out, "page"), [(PAGE.to_owned(), row.to_owned())]);
    assert!(out.contains(
        "\n    {\n      \"name\": \"PhoneBind\",\n      \"type\": \"Integer\",\n      \"format\": \"uint64\",\n"
    ));
    let [(spec, line)] = &places(out, "spec")[..] else {
        panic!("{out}");
    };
    assert_eq!(
        (&**spec, &**line),
        ("specs/organization/2021-03-31.json", "{")
    );
    assert_eq!(
        places(out, "generated"),
        [
            (MODULE, "pub phone_bind: Option<u64>,"),
            (TESTING, "pub fn phone_bind(self, value: u64) -> Self {"),
        ]
        .map(|(file, line)| (file.to_owned(), line.to_owned()))
    );
    assert!(out.contains(&format!(
        "\n    {BIND}Response::phone_bind\n    pub phone_bind: Option<u64>\n"
    )));
    assert!(
        out.contains("\nimport    tccli-intl-en ") && out.contains(": adds `format`\n"),
        "{out}"
    );
    // The glossary is not used, because the page describes the parameter.
    assert!(!out.contains("\nglossary"), "{out}");
    assert_eq!(out.matches("organization 20").count(), 1, "{out}");
}

#[test]
fn rust_names() {
    let field = explain(&format!("{BIND}.PhoneBind")).out;
    for name in [
        format!("{BIND}.phone_bind"),
        format!("{BIND}Response::phone_bind"),
        format!("{BIND}Response.phone_bind"),
    ] {
        assert_eq!(explain(&name).succeeded(), field, "{name}");
    }
    let action = explain(BIND).out;
    for name in [
        "describe_organization_member_email_bind".to_owned(),
        "Client::describe_organization_member_email_bind".to_owned(),
        format!("{BIND}Request"),
        format!("{BIND}Response"),
        format!("{BIND}Error"),
        format!("{BIND}Builder"),
    ] {
        assert_eq!(explain(&name).succeeded(), action, "{name}");
    }
    let code = explain(&format!("{BIND}.FailedOperation.MemberBindPhoneError")).out;
    let variant = format!("{BIND}Error::FailedOperationMemberBindPhoneError");
    assert_eq!(explain(&variant).succeeded(), code);
    let setter = explain(&format!("{BIND}Builder::member_uin")).out;
    assert_eq!(places(&setter, "generated").len(), 2);
    assert_eq!(explain(&format!("{BIND}.MemberUin")).succeeded(), setter);
}

#[test]
fn action_has_all_generated_items() {
    let outcome = explain(BIND);
    let out = outcome.succeeded();
    let declared: Vec<String> = places(out, "generated")
        .into_iter()
        .map(|of| of.1)
        .collect();
    assert_eq!(
        declared,
        [
            "pub fn describe_organization_member_email_bind(".to_owned(),
            format!("pub struct {BIND}Request {{"),
            format!("pub struct {BIND}Builder<C = NoClient, MemberUin = Unset>("),
            format!("pub struct {BIND}Response {{"),
            format!("pub struct {BIND}ResponseBuilder(RawBuilder<NoClient, ()>);"),
            format!("pub enum {BIND}Error {{"),
        ]
    );
    let row = format!("Action Yes String Common Params. The value used for this API: {BIND}.");
    assert_eq!(places(out, "page"), [(PAGE.to_owned(), row)]);
    assert!(
        out.contains(", without request, response, errors, examples\n"),
        "{out}"
    );
    assert!(out.contains("\"rate_limit\": 20,"), "{out}");
}

#[test]
fn error_code_of_all_actions() {
    let outcome = explain("FailedOperation.MemberBindPhoneError");
    let out = outcome.succeeded();
    let titles: Vec<&str> = out
        .lines()
        .filter(|line| line.starts_with("organization"))
        .collect();
    assert_eq!(
        titles,
        [
            "organization 2021-03-31: the error code FailedOperation.MemberBindPhoneError of \
             DescribeOrganizationMemberEmailBind",
            "organization 2021-03-31: the error code FailedOperation.MemberBindPhoneError of the service",
        ]
    );
    let declared: Vec<String> = places(out, "generated")
        .into_iter()
        .map(|of| of.1)
        .collect();
    assert_eq!(declared, ["FailedOperationMemberBindPhoneError,"; 2]);
    assert!(
        out.contains("\npage      not on any page; imported\n"),
        "{out}"
    );
    assert_eq!(explain("FailedOperationMemberBindPhoneError").out, out);
}

#[test]
fn version_option() {
    let both = explain("ServiceError");
    let titles = |out: &str| out.matches(": the error codes of the service\n").count();
    assert_eq!(titles(both.succeeded()), 2);
    for (_, line) in places(&both.out, "generated") {
        assert_eq!(line, "pub enum ServiceError {");
    }
    let one = [
        "explain",
        "ServiceError",
        "--version",
        "2018-12-25",
        "--service",
        "organization",
    ];
    let one = run(&one);
    assert_eq!(titles(one.succeeded()), 1);
    assert!(
        one.out.starts_with("organization 2018-12-25: "),
        "{}",
        one.out
    );
}

#[test]
fn undescribed_item_has_glossary_entry() {
    let outcome = explain("ListUsers.SortType");
    let out = outcome.succeeded();
    assert!(
        out.contains("\npage      not on any page; imported\n"),
        "{out}"
    );
    let [(glossary, line)] = &places(out, "glossary")[..] else {
        panic!("{out}");
    };
    assert_eq!(glossary, "specs/organization/glossary.json");
    assert!(
        line.starts_with("\"SortType: String\": \"Order in which"),
        "{line}"
    );
    assert!(
        out.ends_with("\n    Order in which the list is sorted by `SortField`.\n"),
        "{out}"
    );
    let declared: Vec<String> = places(out, "generated")
        .into_iter()
        .map(|of| of.1)
        .collect();
    assert_eq!(declared[0], "pub sort_type: Option<String>,");
    let data_type = explain("AuthRelationFile");
    assert!(
        data_type
            .succeeded()
            .contains("\n    pub struct AuthRelationFile\n")
    );
}

#[test]
fn unknown_name_has_a_suggestion() {
    let nothing = "no item in the specs or the generated code is called";
    for (item, expect) in [
        (
            format!("{BIND}.PhoneBund"),
            format!(
                "{nothing} `{BIND}.PhoneBund`; did you mean `{BIND}.PhoneBind` or `{BIND}.phone_bind`?"
            ),
        ),
        (
            "phone_bind".to_owned(),
            format!("{nothing} `phone_bind`; qualify it, as in `{BIND}.phone_bind`"),
        ),
        ("Nonsense".to_owned(), format!("{nothing} `Nonsense`")),
        // RequestId has no entry in the spec.
        (String::new(), format!("{nothing} ``")),
    ] {
        let outcome = explain(&item);
        assert_eq!(outcome.misused(), format!("error: {expect}\n"));
        assert_eq!(outcome.out, "");
    }
    for (more, expect) in [
        (
            ["--service", "organisation"],
            "specs has no service `organisation`; did you mean `organization`?",
        ),
        (
            ["--version", "2021-03-30"],
            "no spec has version 2021-03-30; did you mean `2021-03-31`?",
        ),
    ] {
        let outcome = run(&[&["explain", BIND], &more[..]].concat());
        assert_eq!(outcome.misused(), format!("error: {expect}\n"));
    }
    assert_eq!(run(&["explain"]).code, Some(2));
}
