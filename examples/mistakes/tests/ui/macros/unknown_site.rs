tc3_macros::client! {
    service: "organization",
    site: "moon",
    actions: all,
}

fn main() {}
