// Dependencies: tc3; tc3-macros; tokio with the features "macros" and "rt-multi-thread".
mod organization {
    tc3_macros::client! {
        service: "organization",
        version: "2021-03-31",
        actions: [UpdateUser],
    }
}

use organization::Client;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .credential(tc3::Credentials::default_chain())
        .endpoint("http://organization.emulator")
        .build()?;
    let response = client
        .update_user()
        .zone_id("z-1")
        .user_id("u-1")
        .need_reset_password(false)
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}
