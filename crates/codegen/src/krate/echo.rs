//! Generates the program that decodes and re-encodes responses.

use crate::ir::Version;

/// Returns the text of the program after its header.
///
/// It reads lines of a version, an action and a response, separated by tabs. For each it writes a line with the
/// re-encoded response, or a tab and the error.
pub(super) fn program(name: &str, versions: &[Version]) -> String {
    let mut text = format!(
        "
//! Decodes responses with the crate's types, and encodes them again. Each input line has a version, an action and a
//! response.

use std::collections::HashMap;
use std::io::{{self, BufRead, Write}};

use {}::tc3::Request;
use {}::tc3::__private::echo;
",
        name.replace('-', "_"),
        name.replace('-', "_"),
    );
    text.push_str(HELPERS);
    text.push_str("\nfn main() -> io::Result<()> {\n    let mut echoes = Echoes::default();\n");
    for version in versions {
        for action in &version.actions {
            text.push_str(&format!(
                "    echoes.add::<{}::{}::{}>();\n",
                name.replace('-', "_"),
                version.module,
                action.request.ident
            ));
        }
    }
    text.push_str("    echoes.run()\n}\n");
    text
}

const HELPERS: &str = r#"
type Echo = fn(&str) -> Result<String, String>;

/// The functions that decode and encode the response of each action, by version and action.
#[derive(Default)]
struct Echoes(HashMap<(&'static str, &'static str), Echo>);

impl Echoes {
    fn add<R: Request>(&mut self) {
        let echo: Echo = |text| echo::<R::Response>(text).map(|(written, _)| written);
        self.0.insert((R::ACTION.service.version, R::ACTION.name), echo);
    }

    fn run(&self) -> io::Result<()> {
        let mut out = io::BufWriter::new(io::stdout().lock());
        for line in io::stdin().lock().lines() {
            let line = line?;
            let mut parts = line.splitn(3, '\t');
            let [version, action, text] = [(); 3].map(|()| parts.next().unwrap_or_default());
            let echo = self.0.get(&(version, action));
            match echo.map_or_else(|| Err("unknown action".to_owned()), |echo| echo(text)) {
                Ok(text) => writeln!(out, "{text}")?,
                Err(error) => writeln!(out, "\t{}", error.replace('\n', " "))?,
            }
        }
        out.flush()
    }
}
"#;
