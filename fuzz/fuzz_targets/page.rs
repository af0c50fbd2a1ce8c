//! Pages: parsing does not panic, and diagnostics can be rendered.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let page = tc3_parse::parse("page.html", bytes);
    let rendered = tc3_parse::render(&page, bytes, false);
    assert!(page.diagnostics.is_empty() || !rendered.is_empty());
});
