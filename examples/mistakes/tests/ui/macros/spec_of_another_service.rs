tc3_macros::client! {
    spec: "tests/specs/organization.json",
    service: "cvm",
    version: "2017-03-12",
    site: "mainland",
    actions: all,
}

fn main() {}
