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
        .customer(
            Person::builder()
                .name("Ada")
                .uin(18446744073709551615)
                .friend(
                    Person::builder()
                        .name("Grace")
                        .friend(Person::builder().name("Mary").build())
                        .friends([])
                        .build(),
                )
                .friends([Person::builder().name("Joan").build()])
                .build(),
        )
        .discount(0.5)
        .rates([1.5, 2.0])
        .grid([vec![1, 2], vec![]])
        .words([vec!["a".to_owned()]])
        .r#type("self")
        .urgent(true)
        .notes("{\"free\":[\"form\",1]}".parse::<tc3::Json>()?)
        .send()
        .wait()?;
    println!("{response:#?}");
    Ok(())
}
