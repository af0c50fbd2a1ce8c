//! The specs that tests generate from.

use std::path::{Path, PathBuf};

use tc3_codegen::GeneratedCrate;
use tc3_spec::Spec;

/// The name of the spec in the folder of a case.
pub(crate) const SPEC: &str = "spec.json";

/// The folder of a case.
pub(crate) fn folder(case: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/cases")
        .join(case)
}

/// The spec of a case.
pub(crate) fn spec(case: &str) -> Spec {
    Spec::load(&folder(case).join(SPEC)).unwrap()
}

/// The crate of a case.
pub(crate) fn generate(case: &str) -> GeneratedCrate {
    tc3_codegen::generate_crate(&[spec(case)]).unwrap()
}
