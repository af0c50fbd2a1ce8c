//! What compiles and what does not, each with the compiler's message.
//!
//! The messages are those of the stable toolchain that the workspace is developed with; other compilers word theirs
//! differently.

use std::path::Path;
use std::{fs, io};

#[test]
fn mistakes_are_reported_where_they_are() {
    put_specs_where_the_programs_are().unwrap();
    let programs = trybuild::TestCases::new();
    programs.pass("tests/ui/pass/*.rs");
    programs.compile_fail("tests/ui/fail/*.rs");
}

/// The programs are compiled as parts of a package that is made for them in the target folder, which is thus what
/// their paths are relative to.
fn put_specs_where_the_programs_are() -> io::Result<()> {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent();
    let target = target.ok_or(io::ErrorKind::NotFound)?;
    let specs = target.join("tests/trybuild/tc3-macros/tests/specs");
    fs::create_dir_all(&specs)?;
    for spec in fs::read_dir("tests/specs")? {
        let spec = spec?;
        fs::copy(spec.path(), specs.join(spec.file_name()))?;
    }
    Ok(())
}
