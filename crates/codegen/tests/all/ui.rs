//! Code that callers may write, and compiler errors for code that they may not.
//!
//! The messages match the stable toolchain of the workspace. Other compiler versions may word them differently.

#[test]
fn mistakes_are_explained() {
    let programs = trybuild::TestCases::new();
    programs.pass("tests/ui/pass/*.rs");
    programs.compile_fail("tests/ui/fail/*.rs");
}
