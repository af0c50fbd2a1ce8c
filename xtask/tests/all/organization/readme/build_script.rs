fn main() -> Result<(), Box<dyn std::error::Error>> {
    tc3_codegen::Builder::new()
        .service("cvm", &["RunInstances", "DescribeInstances"])
        .client("../specs/organization/2021-03-31.json", &["DescribeOrganization", "CreateOrganizationMember"])
        .generate()?; // modules are include!(concat!(env!("OUT_DIR"), "/cvm_v20170312.rs")) and so on
    Ok(())
}
