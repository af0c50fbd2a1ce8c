use tc3::__private::{Field, FieldReader, FieldWriter, Kind, Message, Table};
use tc3::{Action, Client, Request, Service, UnknownFields};

static SERVICE: Service = Service::new("member", "2021-03-31", "member.tencentcloudapi.com");

#[non_exhaustive]
pub struct FindMember {
    pub name: String,
    pub extra: UnknownFields,
}

impl Message for FindMember {
    const TABLE: &'static Table = &Table {
        name: "FindMember",
        fields: &[Field("Name", Kind::String)],
    };
    const REQUIRED: &'static [&'static str] = &["Name"];

    fn read(fields: &mut FieldReader<'_>) -> Self {
        Self {
            name: fields.take_or_default(),
            extra: fields.take_unknown(),
        }
    }

    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>) {
        fields.put_unknown(&self.extra);
        fields.put(&[&self.name]);
    }
}

#[non_exhaustive]
pub struct FindMemberResponse {
    pub uin: Option<i64>,
    pub request_id: String,
    pub extra: UnknownFields,
}

impl Message for FindMemberResponse {
    const TABLE: &'static Table = &Table {
        name: "FindMember",
        fields: &[Field("Uin", Kind::I64), Field("RequestId", Kind::String)],
    };

    fn read(fields: &mut FieldReader<'_>) -> Self {
        Self {
            uin: fields.take(),
            request_id: fields.take_or_default(),
            extra: fields.take_unknown(),
        }
    }

    fn write<'a>(&'a self, fields: &mut FieldWriter<'a>) {
        fields.put_unknown(&self.extra);
        fields.put(&[&self.uin, &self.request_id]);
    }
}

impl Request for FindMember {
    type Response = FindMemberResponse;
    const ACTION: &'static Action = &Action::new("FindMember", &SERVICE);
}

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let response = runtime.block_on(async {
        let client = Client::from_env(&SERVICE)?;
        let request = FindMember {
            name: "Ada".to_owned(),
            extra: UnknownFields::new(),
        };
        client.send(&request).await
    });
    match response {
        Ok(member) => println!("{:?} {}", member.uin, member.request_id),
        Err(error) => println!("{error}"),
    }
}
