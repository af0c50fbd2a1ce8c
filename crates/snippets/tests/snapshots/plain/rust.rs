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
        .customer(
            Person::builder()
                .name("Ada")
                .uin(1)
                .friend(Person::builder().name("Grace").build())
                .build(),
        )
        .discount(0.1)
        .rates([1.5, 2.0])
        .grid([vec![1, 2], vec![]])
        .words([vec!["a".to_owned()], vec![]])
        .r#type("self")
        .urgent(true)
        .flags([true, false])
        .outcome(tencentcloud_as::v20200102::Result::builder().code("a?").build())
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}
