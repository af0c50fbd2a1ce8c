//! Wheels that are cut off, broken or none.

use std::path::Path;

use tc3_import::{Error, Package};
use zip::CompressionMethod;

use crate::package::{API, WHOLE, file, folder, open, order, wheel};

#[test]
fn a_wheel_is_named_before_the_file_in_it() {
    let text = order("", "").replace("2021-03-31", "2021-04-01");
    let (_folder, path) = file(&wheel(&[(API, &text)], CompressionMethod::Deflated));
    let (package, release) = open(&path);
    let message = package
        .import(&release, WHOLE)
        .expect_err("the version is another")
        .to_string();
    let expect = format!(
        "{}: {API}: metadata.apiVersion: `2021-04-01` is not the version that the folder is named after",
        path.display()
    );
    assert_eq!(message, expect);
}

#[test]
fn a_wheel_that_was_cut_off_is_told_from_a_whole_one_wherever_it_was_cut() {
    let whole = wheel(&[(API, &order("", ""))], CompressionMethod::Deflated);
    for length in 0..whole.len() {
        let (_folder, path) = file(&whole[..length]);
        let message = match Package::open(&path) {
            Ok(_) => panic!("{length} of {} bytes are no wheel", whole.len()),
            Err(error) => error.to_string(),
        };
        let start = format!("{} is not a whole wheel: ", path.display());
        assert!(message.starts_with(&start), "{message}");
        assert!(message.ends_with("; download it again"), "{message}");
    }
}

#[test]
fn a_wheel_with_a_broken_entry_is_told_when_the_entry_is_read() {
    let text = order("", "");
    let mut bytes = wheel(&[(API, &text)], CompressionMethod::Stored);
    let at = bytes
        .windows(10)
        .position(|window| window == b"serviceSho")
        .expect("the text as it is");
    // Still JSON, so that nothing but the sum tells.
    bytes[at] = b'S';
    let (_folder, path) = file(&bytes);
    let (package, release) = open(&path);
    for error in [
        package.import(&release, WHOLE).err(),
        package.service(&release).err(),
    ] {
        let message = error.expect("the entry is broken").to_string();
        let start = format!("{} is not a whole wheel: {API}: ", path.display());
        assert!(message.starts_with(&start), "{message}");
        assert!(message.ends_with("; download it again"), "{message}");
    }
}

#[test]
fn a_file_that_unpacks_to_more_than_any_is_large_is_refused() {
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
        "{} is not a whole wheel: {API}: it unpacks to more than 67108864 bytes; download it again",
        path.display()
    );
    assert_eq!(message, expect);
}

#[test]
fn what_is_no_package_is_told() {
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
        no_wheel.starts_with(&format!("{shown} is not a whole wheel: ")),
        "{no_wheel}"
    );

    let missing = path.with_file_name("missing.whl");
    assert_eq!(
        message(&missing),
        format!("cannot read {}", missing.display())
    );
    assert!(matches!(
        Package::open(&missing),
        Err(Error::Read { source, .. }) if source.kind() == std::io::ErrorKind::NotFound
    ));

    let expect =
        "holds no metadata: expected files like tccli/services/<service>/v<date>/api.json in it";
    let empty = folder(&[("readme.txt", "Nothing.")]);
    assert_eq!(
        message(empty.path()),
        format!("{} {expect}", empty.path().display())
    );
    let (_folder, path) = file(&wheel(
        &[("readme.txt", "Nothing.")],
        CompressionMethod::Stored,
    ));
    assert_eq!(message(&path), format!("{} {expect}", path.display()));
}
