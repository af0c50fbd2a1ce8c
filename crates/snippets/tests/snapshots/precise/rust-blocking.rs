// Dependencies: tencentcloud-as with the feature "blocking".
use tencentcloud_as::tc3;
use tencentcloud_as::v20200102::{Client, Person};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Client::builder()
        .credential(tc3::Credentials::default_chain())
        .region("ap-guangzhou")
        .build_blocking()?;
    let response = client
        .create_order()
        .customer(Person::builder().name("Ada").build())
        .discount(0.123456789012345)
        .send()
        .wait()?;
    println!("{response:#?}");
    Ok(())
}
