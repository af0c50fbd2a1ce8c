tc3_macros::client! {
    service: "organisation",
    actions: [CreateOrganization],
}

fn main() {}
