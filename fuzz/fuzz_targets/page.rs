//! Pages: nothing panics, and every diagnostic is in the page.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let page = tc3_parse::parse("page.html", bytes);
    let rendered = tc3_parse::render(&page, bytes, false);
    assert!(page.diagnostics.is_empty() || !rendered.is_empty());
});
