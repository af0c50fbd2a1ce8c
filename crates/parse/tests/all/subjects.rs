//! The subjects of pages, by name and by contents.

use tc3_parse::{Subject, parse};

#[track_caller]
fn check(name: &str, expected: Option<&str>) {
    let subject = Subject::named(name);
    assert_eq!(
        subject.map(|subject| subject.to_string()).as_deref(),
        expected,
        "{name}"
    );
}

#[test]
fn subjects_by_name() {
    check("DescribeUsers", Some("DescribeUsers"));
    check(" `ListUsersV2` ", Some("ListUsersV2"));
    for name in ["Data Types", "data types", "数据结构", "DataTypes"] {
        check(name, Some("DataTypes"));
    }
    for name in ["Error Codes", "错误码", "ErrorCodes"] {
        check(name, Some("ErrorCodes"));
    }
    for name in [
        "",
        "Overview",
        "History",
        "API Category",
        "查询用户",
        "describeUsers",
        "../EvilName",
        "A.BcDe",
    ] {
        check(name, None);
    }
}

#[test]
fn subjects_by_contents() {
    let page = include_bytes!(
        "../../../../specs/organization/pages/2021-03-31/AddOrganizationMemberEmail.txt"
    );
    let subject = parse("page", page).subject();
    assert_eq!(
        subject,
        Some(Subject::Action("AddOrganizationMemberEmail".to_owned()))
    );
    let page = "Data Types\n\nThing\n\nA thing.\n\nUsed by actions: GetThing.\n\nName | Type | Description |\n---|---|---|\n\
                Size | Integer | How large. |\n";
    assert_eq!(
        parse("page", page.as_bytes()).subject(),
        Some(Subject::DataTypes)
    );
    let page =
        "Error Codes\n\nError Code | Description |\n---|---|\nInternalError.Db | It is down. |\n";
    assert_eq!(
        parse("page", page.as_bytes()).subject(),
        Some(Subject::ErrorCodes)
    );
    assert_eq!(parse("page", b"Sign in").subject(), None);
}
