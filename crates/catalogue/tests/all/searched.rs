//! Search for names.

use tc3_catalogue::{Catalogue, Hit, HitKind};

fn show(hit: &Hit<'_>) -> String {
    match hit.kind {
        HitKind::Service => hit.service.to_owned(),
        HitKind::Action(name) => format!("{}.{name}", hit.service),
        HitKind::Type(name) => format!("{}/{name}", hit.service),
        HitKind::Parameter { action, parameter } => format!("{}.{action}.{parameter}", hit.service),
    }
}

#[track_caller]
fn first(words: &str) -> String {
    let hits = Catalogue::international()
        .search(words, 5)
        .expect("an index");
    hits.first().map(show).unwrap_or_default()
}

#[test]
fn best_hit_is_first() {
    for (words, expect) in [
        ("cvm", "cvm"),
        ("RunInstances", "cvm.RunInstances"),
        ("cvm run instances", "cvm.RunInstances"),
        ("instances run", "cvm.RunInstances"),
        ("runinstnces", "cvm.RunInstances"),
        ("cvm descirbe zoens", "cvm.DescribeZones"),
        ("organisation", "organization"),
        (
            "runinstances InstanceChargeType",
            "cvm.RunInstances.InstanceChargeType",
        ),
        ("cvm.InstanceChargePrepaid", "cvm/InstanceChargePrepaid"),
        ("qzqzqzqz", ""),
        ("", ""),
        (" - ", ""),
    ] {
        assert_eq!(first(words), expect, "{words}");
    }
}

#[test]
fn number_of_hits_is_limited() {
    let catalogue = Catalogue::mainland();
    let some = catalogue.search("id", 30).expect("an index");
    assert_eq!(some.len(), 30);
    let all = catalogue.search("id", usize::MAX).expect("an index");
    assert!(all.len() > 10_000);
    assert_eq!(all[..30], *some);
    assert_eq!(catalogue.search("id", 0).expect("an index"), []);
}

#[test]
fn service_is_found_in_its_newest_version() {
    let catalogue = Catalogue::international();
    let service = catalogue
        .services()
        .find(|service| catalogue.versions(service).count() > 1);
    let service = service.expect("some have several");
    let versions: Vec<&str> = catalogue.versions(service).collect();
    let hits = catalogue.search(service, usize::MAX).expect("an index");
    let services = hits
        .iter()
        .filter(|hit| hit.kind == HitKind::Service && hit.service == service);
    assert!(
        services
            .map(|hit| hit.version)
            .eq([versions[versions.len() - 1]])
    );
}

#[test]
fn long_and_foreign_words_find_nothing() {
    let catalogue = Catalogue::international();
    for words in [
        "x".repeat(1000),
        "云服务器".to_owned(),
        "实例 cvmm\u{0}zzzzzz".to_owned(),
    ] {
        assert_eq!(
            catalogue.search(&words, 10).expect("an index"),
            [],
            "{words}"
        );
    }
}
