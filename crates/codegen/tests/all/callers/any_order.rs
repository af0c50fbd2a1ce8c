//! Parameters are set in any order, and the last value counts.

use tencentcloud_organization::v20210331::AddOrganizationMemberEmailRequest;

#[test]
fn parameters_are_given_in_any_order() {
    let request = AddOrganizationMemberEmailRequest::builder()
        .phone("1")
        .member_uin(1)
        .email(String::from("old@example.com"))
        .country_code("86")
        .phone("10000000000")
        .email("ada@example.com")
        .build();
    assert_eq!(request.email, "ada@example.com");
    assert_eq!(request.phone, "10000000000");
}
