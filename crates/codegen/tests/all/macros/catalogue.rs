//! Clients of services by name.

mod cvm {
    tc3_macros::client! { service: "cvm", actions: [RunInstances, DescribeInstances] }
}

mod mainland {
    tc3_macros::client! {
        actions: [DescribeZones],
        site: "mainland",
        version: "2017-03-12",
        service: "cvm",
    }
}

mod whole {
    tc3_macros::client! { service: "advisor", actions: all }
}

mod by_file {
    tc3_macros::client! {
        service: "organization",
        version: "2021-03-31",
        spec: "tests/specs/organization.json",
        actions: all,
    }
}

#[test]
fn service_by_name() {
    let placement = cvm::Placement::builder().zone("ap-guangzhou-1").build();
    let request = cvm::RunInstancesRequest::builder()
        .placement(placement)
        .build();
    assert_eq!(
        request.placement.expect("a value").zone.as_deref(),
        Some("ap-guangzhou-1")
    );
    let request = mainland::DescribeZonesRequest::builder().build();
    assert_eq!(request, mainland::DescribeZonesRequest::default());
}

#[test]
fn all_actions() {
    let _ = whole::DescribeStrategiesRequest::builder().build();
    let _ = |client: &whole::Client| drop(client.describe_task_strategy_risks());
    let _ = |client: &by_file::Client| drop(client.list_organization_identity());
}
