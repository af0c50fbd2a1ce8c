#![deny(warnings)]

mod shop {
    tc3_macros::client! {
        spec: "tests/specs/undefined.json",
        actions: [CreateOrder],
    }
}

#[allow(deprecated)]
mod quiet {
    tc3_macros::client! {
        spec: "tests/specs/undefined.json",
        actions: [AddLabel, CreateOrder],
    }
}

fn main() {}
