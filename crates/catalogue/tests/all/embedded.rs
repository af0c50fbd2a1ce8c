//! The catalogues in this crate are valid, and match their manifests.

use std::path::{Path, PathBuf};

use tc3_catalogue::{Catalogue, build};
use tc3_spec::{Reach, Site, Spec};

fn data(site: Site) -> PathBuf {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    data.join(site.name()).with_extension("bin")
}

fn specs(catalogue: &Catalogue) -> Vec<Spec> {
    let services = catalogue.services();
    let specs = services.flat_map(|service| {
        let versions = catalogue.versions(service);
        versions.map(move |version| catalogue.load(service, version).expect("a spec"))
    });
    specs.collect()
}

#[test]
fn catalogues_have_all_services() {
    for (catalogue, versions, actions) in [
        (Catalogue::international(), 160, 9_678),
        (Catalogue::mainland(), 300, 16_204),
    ] {
        let specs = specs(catalogue);
        let counted: usize = specs.iter().map(|spec| spec.actions.len()).sum();
        assert!(
            specs.len() >= versions && counted >= actions,
            "{} {counted}",
            specs.len()
        );
        for spec in &specs {
            assert_eq!(spec.problems(), [], "{} {}", spec.service, spec.version);
            let fields = spec.types.values().flat_map(|data_type| &data_type.fields);
            assert!(fields.into_iter().all(|field| field.description.is_empty()));
        }
    }
}

#[test]
fn files_are_reproducible_and_match_their_manifests() {
    for site in Site::ALL {
        let embedded = Catalogue::of_site(site);
        let opened = Catalogue::open(&data(site)).expect("the manifest fits");
        assert_eq!(opened.manifest(), embedded.manifest());
        assert_eq!(embedded.site(), site);
        let rebuilt = build(site, embedded.packages().to_vec(), specs(embedded));
        let bytes = std::fs::read(data(site)).expect("the file");
        assert!(
            rebuilt.as_deref() == Ok(&*bytes),
            "{site}: rebuilding gives other bytes"
        );
    }
}

#[test]
fn catalogues_are_small() {
    let sizes = Site::ALL.map(|site| std::fs::metadata(data(site)).expect("the file").len());
    assert!(sizes.iter().sum::<u64>() < 3_000_000, "{sizes:?}");
}

#[test]
fn action_equals_the_same_part_of_the_whole() {
    let catalogue = Catalogue::international();
    for service in ["cvm", "organization", "vpc"] {
        let version = catalogue.version(service, None).expect("a version");
        let whole = catalogue.load(service, version).expect("a spec");
        for name in whole.actions.keys() {
            let mut expect = whole.clone();
            let reach = Reach::new(&whole, |action| action == name);
            expect.actions.retain(|action, _| action == name);
            expect.types.retain(|name, _| reach.has_type(name));
            let action = catalogue.action(service, version, name).expect("an action");
            assert_eq!(action, expect, "{service} {name}");
        }
    }
}

#[test]
fn unknown_names_have_suggestions() {
    let catalogue = Catalogue::international();
    let message = |service, version, action| match action {
        Some(action) => catalogue
            .action(service, version, action)
            .expect_err("an error")
            .to_string(),
        None => catalogue
            .load(service, version)
            .expect_err("an error")
            .to_string(),
    };
    assert_eq!(
        message("organisation", "2021-03-31", None),
        "the international site has no service `organisation`; did you mean `organization`?"
    );
    let found = message("cmv", "2017-03-12", None);
    assert!(found.contains("`cvm`"), "{found}");
    assert_eq!(
        message("cvm", "2017-03-13", None),
        "`cvm` has no version `2017-03-13` on the international site: it has 2017-03-12"
    );
    assert_eq!(
        message("cvm", "2017-03-12", Some("RunInstance")),
        "`cvm` 2017-03-12 has no action `RunInstance`; did you mean `RunInstances`?"
    );
    let only = Catalogue::mainland().services();
    let only = only
        .into_iter()
        .find(|service| catalogue.versions(service).next().is_none());
    let only = only.expect("the mainland has more services");
    assert_eq!(
        message(only, "2020-01-01", None),
        format!(
            "the international site has no service `{only}`, but the site of mainland China has it: choose the site `mainland`"
        )
    );
}

#[test]
fn outline_has_the_actions_of_the_spec() {
    for site in tc3_spec::Site::ALL {
        let catalogue = Catalogue::of_site(site);
        for service in ["cvm", "csip", "tke"] {
            for version in catalogue.versions(service) {
                let spec = catalogue.load(service, version).expect("a spec");
                let outline = catalogue.outline(service, version).expect("an outline");
                let facts = |spec: &Spec| {
                    let actions = spec.actions.iter();
                    let actions =
                        actions.map(|(name, of)| (name.clone(), of.access, of.deprecated));
                    (spec.endpoint.clone(), actions.collect::<Vec<_>>())
                };
                assert_eq!(facts(&outline), facts(&spec), "{service} {version}");
            }
        }
    }
    assert!(
        Catalogue::international()
            .outline("cvm", "2000-01-01")
            .is_err()
    );
}
