// Names that no other crate here has, because the compiler's hints depend on the crates that it has loaded.
mod cvm {
    tc3_macros::client! {
        service: "cvm",
        actions: [DescribeZones],
    }
}

use cvm::{DescribeInstancesRequest, Placement};

fn main() {}
