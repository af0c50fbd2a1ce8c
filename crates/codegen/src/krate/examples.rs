//! The test of a crate that puts the documentation's examples through its types.

use crate::ir::Version;

/// The dependencies that the test needs.
pub(super) const DEPENDENCIES: &str = "\n[dev-dependencies]\ntc3-pipeline.workspace = true\n";

/// The text of the test behind its header, with a test of each version.
pub(super) fn test(name: &str, service: &str, versions: &[Version]) -> String {
    let krate = name.replace('-', "_");
    let mut text = format!(
        "
//! The documentation's examples go through the generated types, and come out as they were documented.

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
