// Dependencies: tencentcloud-organization; tokio with the features "macros" and "rt-multi-thread".
use tencentcloud_organization::tc3;
use tencentcloud_organization::v20210331::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .credential(tc3::Credentials::default_chain())
        .endpoint("http://organization.emulator")
        .build()?;
    let response = client
        .list_users()
        .zone_id("\"double\" 'single' `tick` \\ \\u0041 \\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \u{202e} \u{2028} \u{feff} \u{85} \u{1b}[1m \u{7f} \r\n\tend\u{1}2\n")
        .filter("@file")
        .filter_groups([
            "\"double\" 'single' `tick` \\ \\u0041 \\n ${HOME} $x $(id) #{1 + 1} #$0 %s %n %41 ??/ ???/ </script><!-- <?php ?> */ // # -- @%: {{}} {0} é 名 😀 \u{202e} \u{2028} \u{feff} \u{85} \u{1b}[1m \u{7f} \r\n\tend\u{1}2\n",
            "-",
            "",
            "--x",
            "=x",
        ])
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}
