//! Tests `catalogue`: files, check and errors. Tests the services of this project's catalogue.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use serde_json::json;
use tc3_catalogue::Catalogue;
use tc3_emulator::{Emulator, Seed};
use tencentcloud_organization::tc3::{Client, ClientBuilder, Credential};

use crate::command::{Outcome, files, outcome, read, run, shown, tree, write};
use crate::import::place::{TestFolder, api, mall, member, wheel};

mod cvm {
    tc3_macros::client! { service: "cvm", actions: [DescribeInstances] }
}

mod monitor {
    tc3_macros::client! { service: "monitor", version: "2018-07-24", actions: [DescribeAlarmPolicies] }
}

mod alb {
    tc3_macros::client! { service: "alb", actions: [DescribeLoadBalancers] }
}

/// Returns the files of a package of this name.
fn package(name: &str, mut files: Vec<(String, String)>) -> Vec<u8> {
    files.retain(|(name, _)| !name.ends_with("/METADATA"));
    let text = format!("Name: {name}\nVersion: 3.1.5\n");
    files.push(("it-3.1.5.dist-info/METADATA".to_owned(), text));
    wheel(&files)
}

/// Returns the wheels of both sites, and a wheel with error codes.
fn wheels(place: &TestFolder) -> [PathBuf; 3] {
    let codes = "# Sold out.\nFAILEDOPERATION_SOLDOUT = 'FailedOperation.SoldOut'\n".to_owned();
    let codes = vec![(
        "tencentcloud/shop/v20210331/errorcodes.py".to_owned(),
        codes,
    )];
    [
        ("intl.whl", package("tccli-intl-en", mall())),
        ("mainland.whl", package("tccli", mall())),
        (
            "codes.whl",
            package("tencentcloud-sdk-python-intl-en", codes),
        ),
    ]
    .map(|(name, wheel)| {
        let path = place.path(name);
        write(&path, wheel);
        path
    })
}

fn build(place: &TestFolder, wheels: &[PathBuf], more: &[&str]) -> Outcome {
    let out = place.path("data");
    let wheels = wheels.iter().map(|path| shown(path));
    let arguments = ["catalogue", "--out", shown(&out)]
        .into_iter()
        .chain(wheels);
    run(&arguments.chain(more.iter().copied()).collect::<Vec<_>>())
}

#[test]
fn files_are_built_and_checked() {
    let place = TestFolder::new();
    let wheels = wheels(&place);
    let outcome = build(&place, &wheels, &["--check"]);
    assert!(
        outcome.failed().contains("the catalogues are stale"),
        "{}",
        outcome.err
    );
    assert!(!place.path("data").exists());

    let outcome = build(&place, &wheels, &[]);
    assert!(
        outcome.succeeded().ends_with("\nwrote 4 files\n"),
        "{}",
        outcome.out
    );
    assert_eq!(
        files(&place.path("data")),
        ["intl.bin", "intl.txt", "mainland.bin", "mainland.txt"]
    );
    let manifest = read(&place.path("data/intl.txt"));
    assert!(
        manifest.starts_with("intl tccli-intl-en 3.1.5 tencentcloud-sdk-python-intl-en 3.1.5\n"),
        "{manifest}"
    );
    assert!(
        manifest.contains("\nbank 2021-03-31 1 1 2 0 "),
        "{manifest}"
    );
    assert!(
        manifest.contains("\nshop 2021-03-31 1 1 2 1 "),
        "{manifest}"
    );
    let built = tree(&place.path("data"));
    let catalogue = Catalogue::open(&place.path("data/mainland.bin")).expect("a catalogue");
    let spec = catalogue.load("shop", "2018-01-02").expect("a spec");
    assert_eq!(spec.endpoint, "shop.tencentcloudapi.com");
    assert_eq!(spec.actions["Order"].description, "");

    // The order of the packages does not matter.
    let [intl, mainland, codes] = wheels.clone();
    let outcome = build(&place, &[codes, mainland, intl], &[]);
    assert!(
        outcome.succeeded().ends_with("\nwrote 0 files\n"),
        "{}",
        outcome.out
    );
    assert_eq!(tree(&place.path("data")), built);
    let other = std::fs::File::open(place.path("data")).expect("the folder");
    other.lock().expect("a lock, as a command takes it");
    build(&place, &wheels, &["--check"]).succeeded();
    let locked = build(&place, &wheels, &[]);
    assert!(locked.failed().contains(" is locked by another command: "));
    other.unlock().expect("the lock is released");

    // The diff of the manifest shows a changed fact.
    let mut files = mall();
    files[3].1 = files[3].1.replace("\"Count\"", "\"Number\"");
    write(&wheels[0], package("tccli-intl-en", files));
    let outcome = build(&place, &wheels, &["--check"]);
    assert!(outcome.failed().contains("the catalogues are stale"));
    assert!(
        outcome.out.contains("\n-bank 2021-03-31 1 1 2 0 "),
        "{}",
        outcome.out
    );
    assert!(!outcome.out.contains("\n-shop"), "{}", outcome.out);
    assert_eq!(tree(&place.path("data")), built);
}

#[test]
fn unsuitable_packages_are_refused() {
    let place = TestFolder::new();
    let [intl, mainland, codes] = wheels(&place);
    let other = place.path("other.whl");
    write(&other, package("requests", mall()));
    let nameless = place.path("nameless.whl");
    let mut files = mall();
    files.pop();
    write(&nameless, wheel(&files));
    let copy = place.path("copy.whl");
    write(&copy, package("tccli-intl-en", mall()));
    let twice = place.path("twice.whl");
    let mut files = mall();
    let text = api(
        "shop",
        "2021-03-31",
        &[("Order", json!([]), json!([]))],
        &[],
    );
    files.push((
        crate::import::place::place("store", "2021-03-31", "api.json"),
        text,
    ));
    write(&twice, package("tccli", files));
    for (wheels, expect) in [
        (
            &[other][..],
            "other.whl is the package `requests`: expected `tccli-intl-en`",
        ),
        (&[nameless], "does not say which package it is"),
        (
            &[intl.clone(), copy],
            "are both `tccli-intl-en`: give one of them",
        ),
        (
            &[mainland, codes],
            "codes.whl has only error codes: give the package with the metadata of the international site",
        ),
    ] {
        let outcome = build(&place, wheels, &[]);
        assert!(outcome.misused().contains(expect), "{}", outcome.err);
        assert!(!place.path("data").exists());
    }
    let outcome = build(&place, &[intl, twice], &[]);
    let expect = "contains a version of `shop` twice, in the folders shop, shop, store";
    assert!(outcome.failed().contains(expect), "{}", outcome.err);
    assert!(!place.path("data").exists());
}

#[test]
fn all_invalid_services_are_reported() {
    let place = TestFolder::new();
    let wheels = wheels(&place);
    build(&place, &wheels, &[]).succeeded();
    let built = tree(&place.path("data"));
    let mut files = mall();
    files[2].1 = files[2].1.replace("\"uint64\"", "\"uuid\"");
    files[3].1 = files[3].1.replace("\"Count\"", "\"pet-id\"");
    write(&wheels[1], package("tccli", files));
    let outcome = build(&place, &wheels, &[]);
    let messages = outcome.failed();
    for expect in [
        "error: cannot import shop 2018-01-02: ",
        "objects.OrderRequest.members.Count: unknown type `int` of `uuid`",
        "error: cannot import bank 2021-03-31: ",
        "actions.Transfer.request.pet-id: `pet-id` is not a name: expected letters, digits and underscores",
        "error: nothing was written, because a catalogue would lack the services with errors",
    ] {
        assert!(messages.contains(expect), "{messages}");
    }
    assert_eq!(tree(&place.path("data")), built);
}

#[test]
fn unusual_names_are_generated() {
    let place = TestFolder::new();
    let mut request = vec![member("Rank", "object", "1st", json!({}))];
    let names = ["_id", "1st", "id"];
    request.extend(names.map(|name| member(name, "string", "string", json!({}))));
    let types = [
        ("1st", json!([member("Next", "list", "_Tag", json!({}))])),
        ("_Tag", json!([])),
    ];
    let text = api(
        "shop",
        "2021-03-31",
        &[("Order", json!(request), json!([]))],
        &types,
    );
    place.pack(&[(
        crate::import::place::place("shop", "2021-03-31", "api.json"),
        text,
    )]);
    place.import(&["--all"]).succeeded();
    let (specs, out) = (place.specs(), place.path("out"));
    run(&["generate", "--specs", shown(&specs), "--out", shown(&out)]).succeeded();
    let code = read(&out.join("shop/src/v20210331/order.rs"));
    for expect in ["pub id: ", "pub _1st: ", "pub id_: "] {
        assert!(code.contains(expect), "{code}");
    }
    for wire in ["\"_id\"", "\"1st\"", "\"id\""] {
        assert!(code.contains(wire), "{code}");
    }
    let types = read(&out.join("shop/src/v20210331/types.rs"));
    for expect in ["pub struct _1st ", "pub struct Tag "] {
        assert!(types.contains(expect), "{types}");
    }
}

#[test]
fn catalogue_is_compared() {
    let place = TestFolder::new();
    let wheels = wheels(&place);
    build(&place, &wheels, &[]).succeeded();
    let old = place.path("data/intl.bin");
    let diff = |new: &str| run(&["diff", shown(&old), shown(&place.path(new))]);
    // The wheel has the same facts, but no error codes.
    assert_eq!(diff("intl.whl").succeeded(), "");
    let mut files = mall();
    files.remove(2);
    files[2].1 = files[2]
        .1
        .replace("\"uint64\"", "\"string\"")
        .replace("\"int\"", "\"string\"");
    write(&place.path("new.whl"), package("tccli-intl-en", files));
    let changed = diff("new.whl");
    let printed = changed.succeeded();
    assert!(
        printed.contains("bank: breaking\n  2021-03-31  parameter Transfer.Count "),
        "{printed}"
    );
    assert!(
        printed.contains("shop: breaking\n  2018-01-02  "),
        "{printed}"
    );

    // The catalogue of a revision is compared too.
    let git = |arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(place.path("data"))
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.com"])
            .args(arguments);
        outcome(&mut git).succeeded();
    };
    let diff_in = |old: &str| {
        let mut diff = Command::new(env!("CARGO_BIN_EXE_xtask"));
        diff.current_dir(place.path("data"));
        outcome(diff.args(["diff", old, "../new.whl"]))
    };
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "--message", "Old"]);
    assert_eq!(diff_in("HEAD:intl.bin").succeeded(), printed);
    write(&old, "damaged");
    git(&["add", "."]);
    let damaged = diff_in(":intl.bin");
    let expect = "error: :intl.bin: not a catalogue of format 1: ";
    assert!(damaged.failed().starts_with(expect), "{}", damaged.err);
    git(&["reset", "--quiet", "--hard"]);

    write(&place.path("data/intl.txt"), "");
    let outcome = diff("new.whl");
    let messages = outcome.failed();
    assert!(
        messages.contains("intl.txt does not fit the catalogue") && messages.contains("intl.bin"),
        "{messages}"
    );
}

#[test]
fn crates_are_generated_by_name() {
    let place = TestFolder::new();
    let out = place.path("out");
    let generate =
        |arguments: &[&str]| run(&[&["generate", "--out", shown(&out)], arguments].concat());
    let both = [
        "--service",
        "cvm",
        "--service",
        "organization",
        "--action",
        "RunInstances",
    ];
    let outcome = generate(&both[..2]);
    outcome.succeeded();
    assert!(
        outcome.out.starts_with("read  1 version of 1 service: "),
        "{}",
        outcome.out
    );
    let message = |outcome: Outcome| outcome.misused().to_owned();
    assert!(message(generate(&["--service", "cmv"])).contains("`cvm`"));
    assert_eq!(
        message(generate(&both[2..])),
        "error: no spec has an action `RunInstances`\n"
    );
    // The folder takes precedence: its specs have descriptions.
    generate(&[
        "--service",
        "organization",
        "--action",
        "DescribeOrganization",
    ])
    .succeeded();
    let file = out.join("organization/src/v20210331/describe_organization.rs");
    let described = read(&file);
    generate(&[
        "--service",
        "organization",
        "--action",
        "DescribeOrganization",
        "--site",
        "intl",
    ])
    .succeeded();
    assert!(read(&file).len() < described.len());
    assert_eq!(generate(&["--site", "moon"]).code, Some(2));
}

/// Starts an emulator of three services of the catalogue, with lists of 25 items.
async fn emulator() -> Emulator {
    let catalogue = Catalogue::international();
    let mut builder = Emulator::builder().list_length(25).page_length(10);
    for (service, version) in [
        ("alb", None),
        ("cvm", None),
        ("monitor", Some("2018-07-24")),
    ] {
        let version = catalogue.version(service, version).expect("a version");
        builder = builder.spec(catalogue.load(service, version).expect("a spec"));
    }
    builder.start().await.expect("an emulator")
}

fn client<C: From<Client>>(builder: ClientBuilder<C>, emulator: &Emulator) -> C {
    let builder = builder
        .endpoint(emulator.endpoint())
        .credential(Credential::new(Seed::SECRET_ID, Seed::SECRET_KEY))
        .region("ap-guangzhou")
        .no_proxy();
    builder.build().expect("the settings are right")
}

#[tokio::test]
async fn lists_of_any_service_have_pages() {
    let emulator = emulator().await;
    let client_of_cvm: cvm::Client = client(cvm::Client::builder(), &emulator);
    let mut instances = client_of_cvm.describe_instances().items();
    let mut ids = BTreeSet::new();
    while let Some(instance) = instances.next().await {
        ids.insert(instance.expect("a list by offset").instance_id);
    }
    assert_eq!(ids.len(), 25);

    let client_of_monitor: monitor::Client = client(monitor::Client::builder(), &emulator);
    let policies = client_of_monitor
        .describe_alarm_policies()
        .module("monitor");
    let mut policies = policies.items();
    let mut count = 0;
    while let Some(policy) = policies.next().await {
        policy.expect("a list by number");
        count += 1;
    }
    assert_eq!(count, 25);

    let client_of_alb: alb::Client = client(alb::Client::builder(), &emulator);
    let mut balancers = client_of_alb.describe_load_balancers().items();
    let mut count = 0;
    while let Some(balancer) = balancers.next().await {
        balancer.expect("a list by token");
        count += 1;
    }
    assert_eq!(count, 25);
    let requests = emulator.requests();
    assert_eq!(requests.len(), 9, "three pages of each list");
}

#[tokio::test]
async fn sample_repeats_values_of_request() {
    let emulator = emulator().await;
    let client: monitor::Client = client(monitor::Client::builder(), &emulator);
    let policies = client
        .describe_alarm_policies()
        .module("monitor")
        .policy_name("mine");
    let policies = policies.page_size(2).send().await.expect("a sample");
    let policies = policies.policies.expect("a list");
    let names = policies.iter().map(|policy| policy.policy_name.as_deref());
    assert!(names.eq([Some("mine"); 2]));
}
