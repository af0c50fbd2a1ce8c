//! Generates the test of the documented examples.

use crate::ir::Version;

/// The dependencies of the test.
pub(super) const DEPENDENCIES: &str = "\n[dev-dependencies]\ntc3-pipeline.workspace = true\n";

/// Returns the text of the file after its header, with one test per version.
pub(super) fn test(name: &str, service: &str, versions: &[Version]) -> String {
    let krate = name.replace('-', "_");
    let mut text = format!(
        "
//! The documented examples survive decoding and encoding with the generated types.

use tc3_pipeline::testing::Examples;
use {krate}::tc3::{{Request, __private::echo}};

fn check<R: Request>(examples: &mut Examples) {{
    examples.check(R::ACTION.name, echo::<R>, echo::<R::Response>);
}}
"
    );
    for Version {
        module,
        version,
        actions,
        ..
    } in versions
    {
        text.push_str(&format!(
            "\n#[test]\nfn {module}() {{\n    let mut examples = Examples::load(\"../../specs/{service}/{version}.json\");\n"
        ));
        for action in actions {
            let request = &action.request.ident;
            text.push_str(&format!(
                "    check::<{krate}::{module}::{request}>(&mut examples);\n"
            ));
        }
        text.push_str("    examples.finish();\n}\n");
    }
    text
}
