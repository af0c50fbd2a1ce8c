// Dependencies: tc3; tc3-macros; tokio with the features "macros" and "rt-multi-thread".
mod organization {
    tc3_macros::client! {
        service: "organization",
        version: "2021-03-31",
        actions: [DescribeOrganizationMembers],
    }
}

use organization::{Client, DescribeOrganizationMembersRequest, Tag};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .credential(tc3::Credentials::default_chain())
        .endpoint("http://organization.emulator")
        .build()?;
    let mut request = DescribeOrganizationMembersRequest::builder()
        .offset(0)
        .limit(10)
        .tags([
            {
                let mut value = Tag::builder().tag_key("a").tag_value("b").build();
                value.extra.insert("Color", "{\"0\":[1.5,true,\"\\\"double\\\" 'single' `tick` \\\\ \\\\u0041 \\\\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \\u202e \\u2028 \\ufeff \\u0085 \\u001b[1m \\u007f \\r\\n\\tend\\u00012\\n\",{}]}".parse::<tc3::Json>()?);
                value
            },
        ])
        .build();
    request.extra.insert("NodeId", "\"not a number\"".parse::<tc3::Json>()?);
    request.extra.insert("Extra", "{\"__proto__\":null,\"big\":\"123456789012345678901\"}".parse::<tc3::Json>()?);
    let response = client.send(&request).await?;
    println!("{response:#?}");
    Ok(())
}
