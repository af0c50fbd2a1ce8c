// Dependencies: tencentcloud-organization with the feature "blocking".
use tencentcloud_organization::tc3;
use tencentcloud_organization::v20210331::SERVICE;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = tc3::Client::builder(&SERVICE)
        .credential(tc3::Credentials::default_chain())
        .endpoint("http://organization.emulator")
        .build_blocking()?;
    // The builder of AddOrganizationNode needs a ParentNodeId that fits its type, so this call is untyped.
    let parameters: tc3::Json = "{\"Name\":\"\\\"double\\\" 'single' `tick` \\\\ \\\\u0041 \\\\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \\u202e \\u2028 \\ufeff \\u0085 \\u001b[1m \\u007f \\r\\n\\tend\\u00012\\n\",\"Tags\":[{\"TagKey\":\"a\"}]}".parse()?;
    let response = client.call("AddOrganizationNode", parameters).wait()?;
    println!("{response:#?}");
    Ok(())
}
