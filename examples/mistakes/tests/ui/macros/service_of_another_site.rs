tc3_macros::client! {
    service: "aai",
    actions: all,
}

fn main() {}
