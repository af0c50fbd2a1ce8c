// Dependencies: tc3; tc3-macros; tokio with the features "macros" and "rt-multi-thread".
mod r#as {
    tc3_macros::client! {
        service: "as",
        version: "2020-01-02",
        site: "mainland",
        actions: [CreateOrder],
    }
}

use r#as::{Client, Person};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .credential(tc3::Credentials::default_chain())
        .region("ap-guangzhou")
        .build()?;
    let response = client
        .create_order()
        .customer(Person::builder().name("Ada").build())
        .discount(0.123456789012345)
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}
