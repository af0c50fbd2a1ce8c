tc3_macros::client! {
    service: "organization",
    version: "2021-03-30",
    actions: all,
}

fn main() {}
