//! Compiler errors for code that callers may not write.
//!
//! The messages match the stable toolchain of the workspace. Other compiler versions may word them differently.

#[test]
fn mistakes_are_explained() {
    let programs = trybuild::TestCases::new();
    programs.compile_fail("tests/ui/fail/*.rs");
}
