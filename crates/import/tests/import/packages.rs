//! Packages: wheels and folders, their names, sites, services and versions.

use serde_json::json;
use tc3_import::{Distribution, Options, Package, Release};
use tc3_spec::Site;
use zip::CompressionMethod;

use crate::RESPONSE;
use crate::package::{
    API, DISTRIBUTION, EXAMPLES, WHOLE, file, folder, import, member, open, order, wheel,
};

#[test]
fn site_endpoints() {
    let text = order("", "");
    for (site, endpoint, shown) in [
        (
            Site::Intl,
            "shop.intl.tencentcloudapi.com",
            "the international site",
        ),
        (
            Site::Mainland,
            "shop.tencentcloudapi.com",
            "the site of mainland China",
        ),
    ] {
        let options = Options { site, ..WHOLE };
        let spec = import(&[(API, &text)], options).spec;
        assert_eq!(spec.endpoint, endpoint);
        assert_eq!(site.to_string(), shown);
    }
}

#[test]
fn service_name_is_that_of_the_domain() {
    let text = order("", "");
    let folder = folder(&[("tccli/services/store/v20210331/api.json", &text)]);
    let (package, release) = open(folder.path());
    assert_eq!(
        release,
        Release {
            folder: "store".to_owned(),
            version: "2021-03-31".to_owned()
        }
    );
    assert_eq!(package.service(&release).expect("a name"), "shop");
    let spec = package.import(&release, WHOLE).expect("a spec").spec;
    assert_eq!(
        (&*spec.service, &*spec.endpoint),
        ("shop", "shop.intl.tencentcloudapi.com")
    );
}

#[test]
fn distribution_is_read() {
    let head = "Metadata-Version: 2.1\nName: tccli-intl-en\nVersion: 3.1.5\n\nVersion: not in the header\nName: other\n";
    let text = order("", "");
    let spec = import(&[(API, &text), (DISTRIBUTION, head)], WHOLE).spec;
    let imported = spec.imported.expect("a package");
    assert_eq!(
        (&*imported.package, imported.version.as_deref()),
        ("tccli-intl-en", Some("3.1.5"))
    );

    let of = |files: &[(&str, &str)]| {
        let folder = folder(files);
        let package = Package::open(folder.path()).expect("a package");
        package.distribution().expect("it can be read")
    };
    let crlf = of(&[(DISTRIBUTION, &head.replace('\n', "\r\n"))]);
    assert_eq!(
        crlf,
        Some(Distribution {
            name: "tccli-intl-en".to_owned(),
            version: "3.1.5".to_owned()
        })
    );
    assert_eq!(crlf.expect("a name").site(), Site::Intl);
    let mainland = of(&[(
        "tccli-3.1.5.dist-info/METADATA",
        "Name: tccli\nVersion: 3.1.5\n",
    )]);
    assert_eq!(mainland.expect("a name").site(), Site::Mainland);

    // An installation folder contains other packages, perhaps those of both sites.
    let other = ("abc-1.0.dist-info/METADATA", "Name: abc\nVersion: 1.0\n");
    let both = (
        "tccli-3.1.5.dist-info/METADATA",
        "Name: tccli\nVersion: 3.1.5\n",
    );
    let installed = of(&[other, (DISTRIBUTION, head)]).expect("a name");
    assert_eq!(installed.name, "tccli-intl-en");
    assert_eq!(of(&[other, (DISTRIBUTION, head), both]), None);

    // A folder may contain only the services, or an unrelated `METADATA` file.
    assert_eq!(of(&[(API, &text)]), None);
    assert_eq!(of(&[("docs/METADATA", "Name: a\nVersion: 1\n")]), None);
    assert_eq!(of(&[(DISTRIBUTION, "Name: a\n\nVersion: 1\n")]), None);
    let spec = import(&[(API, &text)], WHOLE).spec;
    let imported = spec.imported.expect("a package");
    assert_eq!((&*imported.package, imported.version), ("tccli", None));
}

#[test]
fn versions_are_found_by_date_folders() {
    let text = order("", "");
    let folder = folder(&[
        ("tccli/services/shop/v20210331/api.json", &text),
        ("tccli/services/shop/v20180101/api.json", &text),
        ("tccli/services/bank/v20210331/api.json", &text),
        ("tccli/services/shop/v2021/api.json", &text),
        ("tccli/services/shop/vabcdefgh/api.json", &text),
        ("tccli/services/shop/20200101/api.json", &text),
        ("tccli/services/shop/v20200101/examples.json", "{}"),
        ("tccli/services/api.json", &text),
        ("other/services/shop/v20200101/api.json", &text),
    ]);
    let package = Package::open(folder.path()).expect("a package");
    let releases = package.releases().expect("releases");
    let names: Vec<_> = releases
        .iter()
        .map(|of| format!("{} {}", of.folder, of.version))
        .collect();
    assert_eq!(
        names,
        ["bank 2021-03-31", "shop 2018-01-01", "shop 2021-03-31"]
    );
}

#[test]
fn wheel_equals_its_folder() {
    let text = order(&member("Count", "int", "int64", ""), "");
    let calls = json!({"actions": {"Order": [
        {"title": "One", "document": "", "input": r#"{"Count": 1}"#, "output": RESPONSE},
    ]}})
    .to_string();
    let files = [
        (API, &*text),
        (EXAMPLES, &*calls),
        (DISTRIBUTION, "Name: tccli-intl-en\nVersion: 3.1.5\n"),
    ];
    let from_folder = import(&files, WHOLE).spec;
    assert_eq!(from_folder.actions["Order"].examples.len(), 1);
    for method in [CompressionMethod::Deflated, CompressionMethod::Stored] {
        let (_folder, path) = file(&wheel(&files, method));
        let (package, release) = open(&path);
        let from_wheel = package.import(&release, WHOLE).expect("a spec");
        assert_eq!(from_wheel.spec, from_folder, "{method}");
        assert_eq!(from_wheel.warnings, []);
    }
}
