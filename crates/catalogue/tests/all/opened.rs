//! Catalogue files on disk.

use std::fs;

use tc3_catalogue::{Catalogue, OpenError};

use crate::shop::file;

#[test]
fn manifest_must_match() {
    let folder = tempfile::tempdir().expect("a folder");
    let (data, manifest) = (
        folder.path().join("shop.bin"),
        folder.path().join("shop.txt"),
    );
    let open = || Catalogue::open(&data).expect_err("an error");
    assert!(matches!(open(), OpenError::Read { path, .. } if path == data));
    fs::write(&data, file()).expect("a file");
    assert!(matches!(open(), OpenError::Read { path, .. } if path == manifest));
    let text = Catalogue::new(file())
        .expect("a catalogue")
        .manifest()
        .to_owned();
    fs::write(&manifest, text.replace("3.1.5", "3.1.6")).expect("a file");
    let message = open().to_string();
    assert!(
        message.contains("shop.bin") && message.contains("shop.txt"),
        "{message}"
    );
    fs::write(&manifest, text).expect("a file");
    assert!(Catalogue::open(&data).is_ok());
    fs::write(&data, "PK").expect("a file");
    let message = open().to_string();
    assert!(
        message.starts_with(&data.display().to_string()),
        "{message}"
    );
}
