//! `explain`.

use serde_json::Value;

use crate::docs::imported;
use crate::program::Folder;

fn json(arguments: &[&str]) -> Value {
    let arguments: Vec<&str> = ["explain", "--json"]
        .iter()
        .chain(arguments)
        .copied()
        .collect();
    let outcome = Folder::new().run(&arguments);
    assert_eq!((outcome.status, &*outcome.stderr), (0, ""), "{arguments:?}");
    serde_json::from_str(&outcome.stdout).expect("JSON")
}

#[test]
fn service_has_its_actions() {
    let service = &json(&["organization"])[0];
    assert_eq!(service["kind"], "service");
    let actions = service["actions"].as_array().expect("a list");
    assert!(
        actions
            .iter()
            .any(|action| action["name"] == "CreateOrganization")
    );
    let text = Folder::new().run(&["explain", "organization"]).stdout;
    assert!(text.contains("\n  CreateOrganization\n"), "{text}");
}

#[test]
fn action_has_its_structures_down_to_the_depth() {
    let action = &json(&["cvm.DescribeInstances"])[0];
    assert_eq!(action["kind"], "action");
    assert_eq!(
        (&action["access"], &action["pages"]),
        (&"read".into(), &true.into())
    );
    let filters = &action["request"][1];
    assert_eq!(
        (&filters["name"], &filters["type"]),
        (&"Filters".into(), &"Array of Filter".into())
    );
    assert_eq!(filters["fields"][0]["required"], true);
    let flat = &json(&["cvm.DescribeInstances", "--depth", "1"])[0];
    assert!(flat["request"][1].get("fields").is_none());
}

#[test]
fn parameter_of_a_parameter_is_found() {
    // The path may be one word or several, and have indexes.
    for path in [
        &["cvm.DescribeInstances.Filters.Name"][..],
        &["cvm.DescribeInstances.Filters.0.Name"],
        &["cvm", "DescribeInstances", "Filters.Name"],
    ] {
        let field = &json(path)[0];
        assert_eq!(
            (&field["kind"], &field["owner"]),
            (&"field".into(), &"Filter".into())
        );
        assert_eq!(
            (&field["type"], &field["required"]),
            (&"String".into(), &true.into())
        );
        let uses = field["used_by"].as_array().expect("a list");
        assert!(
            uses.iter().any(|of| of == "DescribeInstances.Filters"),
            "{uses:?}"
        );
    }
}

#[test]
fn response_and_type_are_found() {
    let set = &json(&["cvm.DescribeInstances.InstanceSet"])[0];
    assert_eq!(set["kind"], "response");
    let data_type = &json(&["cvm.Placement"])[0];
    assert_eq!(data_type["kind"], "type");
    let uses = data_type["used_by"].as_array().expect("a list");
    assert!(uses.iter().any(|of| of == "RunInstances.Placement"));
    assert_eq!(json(&["cvm.Placement.Zone"])[0]["kind"], "field");
}

#[test]
fn site_and_version_are_chosen() {
    let version = &json(&["tke", "--Version", "2022-05-01"])[0]["version"];
    assert_eq!(version, "2022-05-01");
    let endpoint = &json(&["--site", "mainland", "cvm"])[0]["endpoint"];
    assert_eq!(endpoint, "cvm.tencentcloudapi.com");
}

#[test]
fn typo_has_similar_names_and_a_position() {
    let folder = Folder::new();
    for (path, carets, similar) in [
        ("cmv", "^^^", "cvm"),
        ("cvm.RunInstance", "^^^^^^^^^^^", "RunInstances"),
        ("cvm.runinstances.Placement", "^^^^^^^^^^^^", "RunInstances"),
        ("cvm.RunInstances.Placment", "^^^^^^^^", "Placement"),
        ("cvm.RunInstances.Placement.zone", "^^^^", "Zone"),
        ("cvm.Plasement", "^^^^^^^^^", "Placement"),
    ] {
        let outcome = folder.run(&["explain", path]);
        assert_eq!((outcome.status, &*outcome.stdout), (2, ""), "{path}");
        let error = outcome.stderr;
        assert!(error.contains(&format!(" {carets}\n")), "{path}: {error}");
        assert!(error.contains(similar), "{path}: {error}");
    }
    let outcome = folder.run(&["explain", "cvm.RunInstances.InstanceName.Deeper"]);
    assert_eq!(outcome.status, 2);
    assert!(
        outcome.stderr.contains("`InstanceName` has no fields"),
        "{}",
        outcome.stderr
    );
}

#[test]
fn imported_texts_are_shown() {
    let folder = imported();
    for (path, part) in [
        ("cvm.RunInstances", "Rents machines."),
        ("cvm.RunInstances", "Where the machines are."),
        ("cvm.RunInstances.Placement", "A zone, such as zanzibar."),
        ("cvm.Placement", "A place."),
        ("cvm", "Rents machines."),
    ] {
        let text = folder.run(&["explain", path]).stdout;
        assert!(text.contains(part), "{path}: {text}");
    }
}

/// Types that contain themselves are shown once at any depth.
#[test]
fn recursive_types_are_shown_once() {
    for path in ["lke.PluginToolReqParam", "billing.AllocationRuleExpression"] {
        let arguments = ["explain", path, "--depth", "100000"];
        for format in [&[][..], &["--json"]] {
            let outcome = Folder::new().run(&[&arguments[..], format].concat());
            assert_eq!(outcome.status, 0, "{path}: {}", outcome.stderr);
            assert!(
                outcome.stdout.len() < 100_000,
                "{path}: {} bytes",
                outcome.stdout.len()
            );
        }
    }
}
