tc3_macros::client! {
    service: "cvm",
    actions: [RunInstance, DescribeInstances],
}

fn main() {}
