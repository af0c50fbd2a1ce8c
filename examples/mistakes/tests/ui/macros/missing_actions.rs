tc3_macros::client! {
    spec: "tests/specs/organization.json",
}

fn main() {}
