#[path = "../../../../../crates/codegen/tests/cases/everyday/src/v20210331/mod.rs"]
#[allow(unexpected_cfgs, unused_imports)]
mod shop;

fn main() {
    shop::Item::builder().count(1).build();
}
