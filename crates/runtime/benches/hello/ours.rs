use tc3::{Action, Client, Extra, Request, Service};

static SERVICE: Service = Service::new("member", "2021-03-31", "member.tencentcloudapi.com");

#[non_exhaustive]
pub struct Find {
    pub name: String,
    pub extra: Extra,
}

tc3::record!(request Find {
    0 => name: "Name",
});

#[non_exhaustive]
pub struct Found {
    pub uin: Option<i64>,
    pub request_id: String,
    pub extra: Extra,
}

tc3::record!(Found {
    0 => uin: "Uin",
    1 => request_id: "RequestId",
});

impl Request for Find {
    type Response = Found;
    const ACTION: &'static Action = &Action::new("FindMember", &SERVICE);
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let answer = runtime.block_on(async {
        let client = Client::from_env(&SERVICE)?;
        let request = Find {
            name: "Ada".to_owned(),
            extra: Extra::new(),
        };
        client.send(&request).await
    });
    match answer {
        Ok(found) => println!("{:?} {}", found.uin, found.request_id),
        Err(error) => println!("{error}"),
    }
}
