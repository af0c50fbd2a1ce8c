//! The specs of the tests.

use std::path::{Path, PathBuf};

use tc3_codegen::GeneratedCrate;
use tc3_spec::Spec;

/// The name of the spec in a case's folder.
pub(crate) const SPEC: &str = "spec.json";

/// Returns the folder of a case.
pub(crate) fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(case)
}

/// Loads the spec of a case.
pub(crate) fn spec(case: &str) -> Spec {
    Spec::load(&folder(case).join(SPEC)).unwrap()
}

/// Generates the crate of a case.
pub(crate) fn generate(case: &str) -> GeneratedCrate {
    tc3_codegen::generate_crate(&[spec(case)]).unwrap()
}
