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
        .outcome(r#as::Result::builder().code("a?").build())
        .send()
        .await?;
    println!("{response:#?}");
    Ok(())
}
