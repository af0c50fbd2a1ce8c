//! Compiler errors for invalid input of the macro, and for mistakes of callers.
//!
//! The messages are those of the stable toolchain of the workspace. Other compiler versions may have other messages. The tests
//! are not in `tc3-codegen`, because trybuild compiles all dependencies of the package and its tests again.

use std::path::Path;
use std::{fs, io};

#[test]
fn mistakes_are_explained() {
    copy_specs("../../crates/codegen/tests/specs").unwrap();
    let programs = trybuild::TestCases::new();
    programs.compile_fail("tests/ui/*/*.rs");
}

/// Copies specs to the package in the target folder that trybuild compiles, because paths are relative to it.
fn copy_specs(from: &str) -> io::Result<()> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let target = target.ok_or(io::ErrorKind::NotFound)?;
    let specs = target.join("tests/trybuild/tc3-mistakes/tests/specs");
    fs::create_dir_all(&specs)?;
    for spec in fs::read_dir(from)? {
        let spec = spec?;
        fs::copy(spec.path(), specs.join(spec.file_name()))?;
    }
    Ok(())
}
