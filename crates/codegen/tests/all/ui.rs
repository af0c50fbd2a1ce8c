//! What the compiler tells callers where they make mistakes.
//!
//! The messages are those of the stable toolchain that the workspace is developed with; other compilers word theirs
//! differently.

#[test]
fn mistakes_are_explained() {
    let programs = trybuild::TestCases::new();
    programs.compile_fail("tests/ui/fail/*.rs");
}
