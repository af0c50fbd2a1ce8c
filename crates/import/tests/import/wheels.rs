//! Truncated, corrupt and invalid wheels.

use std::path::Path;

use tc3_import::{Error, Package};
use zip::CompressionMethod;

use crate::package::{API, WHOLE, file, folder, open, order, wheel};

#[test]
fn error_names_wheel_and_entry() {
    let text = order("", "").replace("2021-03-31", "2021-04-01");
    let (_folder, path) = file(&wheel(&[(API, &text)], CompressionMethod::Deflated));
    let (package, release) = open(&path);
    let message = package
        .import(&release, WHOLE)
        .expect_err("the version is another")
        .to_string();
    let expect = format!(
        "{}: {API}: metadata.apiVersion: `2021-04-01` does not match the version in the folder name",
        path.display()
    );
    assert_eq!(message, expect);
}

#[test]
fn truncated_wheel_is_rejected() {
    let whole = wheel(&[(API, &order("", ""))], CompressionMethod::Deflated);
    for length in 0..whole.len() {
        let (_folder, path) = file(&whole[..length]);
        let message = match Package::open(&path) {
            Ok(_) => panic!("{length} of {} bytes are a wheel", whole.len()),
            Err(error) => error.to_string(),
        };
        let start = format!("invalid wheel {}: ", path.display());
        assert!(message.starts_with(&start), "{message}");
        assert!(message.ends_with("; download it again"), "{message}");
    }
}

#[test]
fn corrupt_entry_is_rejected() {
    let text = order("", "");
    let mut bytes = wheel(&[(API, &text)], CompressionMethod::Stored);
    let at = bytes
        .windows(10)
        .position(|window| window == b"serviceSho")
        .expect("the text as it is");
    // Still JSON, so that only the checksum fails.
    bytes[at] = b'S';
    let (_folder, path) = file(&bytes);
    let (package, release) = open(&path);
    for error in [
        package.import(&release, WHOLE).err(),
        package.service(&release).err(),
    ] {
        let message = error.expect("the entry is broken").to_string();
        let start = format!("invalid wheel {}: {API}: ", path.display());
        assert!(message.starts_with(&start), "{message}");
        assert!(message.ends_with("; download it again"), "{message}");
    }
}

#[test]
fn oversized_entry_is_rejected() {
    let text = " ".repeat((64 << 20) + 1);
    let bytes = wheel(&[(API, &text)], CompressionMethod::Deflated);
    assert!(bytes.len() < 1 << 20, "the wheel is small");
    let (_folder, path) = file(&bytes);
    let (package, release) = open(&path);
    let message = package
        .import(&release, WHOLE)
        .expect_err("it is too large")
        .to_string();
    let expect = format!(
        "invalid wheel {}: {API}: the unpacked file exceeds 67108864 bytes; download it again",
        path.display()
    );
    assert_eq!(message, expect);
}

#[test]
fn invalid_package_is_rejected() {
    let (_folder, path) = file(b"This is no wheel.");
    let message = |path: &Path| match Package::open(path) {
        Ok(package) => package
            .releases()
            .expect_err("there is no metadata")
            .to_string(),
        Err(error) => error.to_string(),
    };
    let shown = path.display();
    let no_wheel = message(&path);
    assert!(
        no_wheel.starts_with(&format!("invalid wheel {shown}: ")),
        "{no_wheel}"
    );

    let missing = path.with_file_name("missing.whl");
    assert_eq!(
        message(&missing),
        format!(
            "cannot read {}: {}",
            missing.display(),
            std::io::Error::from_raw_os_error(2)
        )
    );
    assert!(matches!(
        Package::open(&missing),
        Err(Error::Read { cause, .. }) if cause.kind() == std::io::ErrorKind::NotFound
    ));

    let expect = ": expected files like tccli/services/<service>/v<date>/api.json; name a wheel of the vendor or its \
                  unpacked folder";
    let empty = folder(&[("readme.txt", "Nothing.")]);
    assert_eq!(
        message(empty.path()),
        format!("no metadata in {}{expect}", empty.path().display())
    );
    let (_folder, path) = file(&wheel(
        &[("readme.txt", "Nothing.")],
        CompressionMethod::Stored,
    ));
    assert_eq!(
        message(&path),
        format!("no metadata in {}{expect}", path.display())
    );
}
