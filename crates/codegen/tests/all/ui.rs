//! What callers may write, and what the compiler tells them where they may not.
//!
//! The messages are those of the stable toolchain that the workspace is developed with; other compilers word theirs
//! differently.

#[test]
fn mistakes_are_explained() {
    let programs = trybuild::TestCases::new();
    programs.pass("tests/ui/pass/*.rs");
    programs.compile_fail("tests/ui/fail/*.rs");
}
