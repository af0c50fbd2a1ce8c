//! Tests that the types of `contract.js` have exactly the keys of the JSON that the server and its pages exchange.

mod types;

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tc3_catalogue::Catalogue;
use tc3_explorer::Settings;

use self::types::Types;
use crate::credentials::accounts;
use crate::site::{Response, Site, call, settings, texts};

const MEMBERS: &str = "DescribeOrganizationMembers";

/// Returns responses of the server, by their types.
fn responses(site: &Site) -> Vec<(&'static str, Value)> {
    let organization =
        |action: &str, parameters: &str| call("organization", "2021-03-31", action, parameters);
    let cvm = |action: &str, parameters: &str| call("cvm", "2017-03-12", action, parameters);
    let wrong = r#"{"Placement": 1, "ImageID": "x", "InstanceCount": null}"#;
    let of = &organization(MEMBERS, "{}")["of"];
    let mut code = organization(MEMBERS, "{}");
    code["language"] = "python".into();
    let mut write = organization("AddOrganizationNode", "{}");
    write["target"] = "profile:planted".into();
    let mut all = vec![
        ("ActionData", action(site, "cvm/2017-03-12/RunInstances")),
        (
            "ActionData",
            action(site, "cvm/2017-03-12/DescribeInstances"),
        ),
        ("ActionData", action(site, "ecm/2019-07-19/ResetInstances")),
        ("ActionData", action(site, "asr/2019-06-14/CreateRecTask")),
        (
            "Hits",
            site.get("/api/search?site=intl&q=runinstances").json(),
        ),
        ("Hits", site.get("/api/search?site=intl&q=planted").json()),
        ("Hits", site.get("/api/search?site=intl&q=cvm").json()),
        (
            "DataType",
            site.get("/api/types/intl/cvm/2017-03-12/Placement").json(),
        ),
        (
            "Failure",
            site.get("/api/types/intl/cvm/2017-03-12/Placment").json(),
        ),
        ("Failure", site.post("/api/call", &json!({})).json()),
        (
            "Checked",
            site.post("/api/check", &cvm("RunInstances", wrong)).json(),
        ),
        (
            "Pasted",
            site.post("/api/paste", &json!({"of": of, "text": "{}"}))
                .json(),
        ),
        (
            "Signed",
            site.post("/api/request", &organization(MEMBERS, "{}"))
                .json(),
        ),
        ("Code", site.post("/api/code", &code).json()),
        ("Unconfirmed", site.post("/api/call", &write).json()),
    ];
    for parameters in [r#"{"Offset": 0, "Limit": 1}"#, r#"{"Nothing": 1}"#] {
        let result = site.post("/api/call", &organization(MEMBERS, parameters));
        all.push(("CallResult", result.json()));
    }
    all
}

/// Returns the data of an action's page.
fn action(site: &Site, path: &str) -> Value {
    let page: Response = site.get(&format!("/intl/{path}"));
    let (_, data) = page.body.split_once("id=\"action\">").expect("the data");
    let (data, _) = data.split_once("</script>").expect("its end");
    serde_json::from_str(data).expect("JSON")
}

/// Starts an explorer that has a description, an example and an account.
fn site() -> (Site, tempfile::TempDir) {
    let mut spec = Catalogue::international()
        .load("cvm", "2017-03-12")
        .expect("cvm");
    let action = spec.actions.get_mut("RunInstances").expect("the action");
    action.description = "It has a planted text.".to_owned();
    let field = action
        .request
        .iter_mut()
        .find(|field| field.name == "InstanceChargeType");
    field.expect("it").description = "Valid values: `PREPAID`, `SPOTPAID`.".to_owned();
    let example = json!({"title": "One", "request": {"ImageId": "img"}});
    action.examples = vec![serde_json::from_value(example).expect("an example")];
    let folder = texts(&spec);
    let site = Site::with(Settings {
        texts: Some(folder.path().to_owned()),
        accounts: accounts(),
        write: true,
        ..settings()
    });
    (site, folder)
}

#[test]
fn responses_match_types() {
    let types = Types::read(include_str!("../../assets/contract.js"));
    let (site, _texts) = site();
    let mut seen = BTreeSet::new();
    let mut problems = Vec::new();
    for (name, value) in responses(&site) {
        types.check(name, &value, &mut seen, &mut problems);
    }
    assert!(problems.is_empty(), "{problems:#?}");
    let of_requests = ["CallBody", "PasteBody"];
    let unseen = types.keys().into_iter().filter(|key| {
        let is_of_request = |name: &&str| key.starts_with(&format!("{name}."));
        !seen.contains(key) && !of_requests.iter().any(is_of_request)
    });
    let unseen: Vec<String> = unseen.collect();
    assert!(unseen.is_empty(), "never sent: {unseen:?}");
}

#[test]
fn requests_match_types() {
    let types = Types::read(include_str!("../../assets/contract.js"));
    let site = Site::start();
    for (path, name) in [("/api/call", "CallBody"), ("/api/paste", "PasteBody")] {
        // The error lists the keys that the server accepts.
        let refused = site.post(path, &json!({"unknown": 1})).json();
        let error = refused["error"].as_str().expect("a message");
        let (_, listed) = error.split_once("expected ").expect("the keys");
        let accepted: BTreeSet<String> = listed
            .split('`')
            .skip(1)
            .step_by(2)
            .map(str::to_owned)
            .collect();
        let keys = types.keys().into_iter();
        let keys = keys.filter_map(|key| key.strip_prefix(&format!("{name}.")).map(str::to_owned));
        assert_eq!(keys.collect::<BTreeSet<_>>(), accepted, "{error}");
    }
}
