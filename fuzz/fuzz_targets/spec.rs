//! Specs: a written spec is read and written again to the same bytes.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use tc3_spec::Spec;

fuzz_target!(|text: &str| {
    let path = Path::new("fuzz/2021-03-31.json");
    let Ok(spec) = Spec::from_json(text, path) else {
        return;
    };
    let written = spec.to_json().expect("a valid spec");
    let again = Spec::from_json(&written, path).expect("a written spec can be read");
    assert_eq!(again.to_json().expect("a valid spec"), written);
});
