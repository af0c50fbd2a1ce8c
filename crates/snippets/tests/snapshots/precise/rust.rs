// Dependencies: tencentcloud-as; tokio with the features "macros" and "rt-multi-thread".
use tencentcloud_as::tc3;
use tencentcloud_as::v20200102::{Client, Person};

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
