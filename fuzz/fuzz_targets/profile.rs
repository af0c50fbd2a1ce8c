//! Profile files: errors contain no secret.

#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use tc3::credential::{Profile, Provider as _};

const SECRET: &str = "PlantedSecretKey";

fuzz_target!(|bytes: &[u8]| {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("credentials");
    let mut text = b"[default]\nsecret_id = AKID\nsecret_key = PlantedSecretKey\n".to_vec();
    text.extend_from_slice(bytes);
    fs::write(&path, text).expect("a file");
    let profile = Profile::new().file(&path);
    let results = [
        profile.check().err(),
        profile.region().err(),
        profile.site().err(),
        profile.endpoint().err(),
    ];
    for error in results.into_iter().flatten() {
        assert!(!format!("{error} {error:?}").contains(SECRET));
    }
});
