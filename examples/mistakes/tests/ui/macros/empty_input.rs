tc3_macros::client! {}

fn main() {}
