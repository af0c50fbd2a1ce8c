fn main() -> Result<(), Box<dyn std::error::Error>> {
    tc3_codegen::Builder::new()
        .client("../specs/organization/2021-03-31.json", &["DescribeOrganization", "CreateOrganizationMember"])
        .generate()?; // the module is include!(concat!(env!("OUT_DIR"), "/organization_v20210331.rs"))
    Ok(())
}
