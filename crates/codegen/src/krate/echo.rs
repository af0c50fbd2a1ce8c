//! The program of a crate that reads responses into its types and writes them again.

use crate::ir::Version;

/// The text of the program behind its header, which ends with the requests of all actions.
///
/// It reads lines of a version, an action and a response, with tabs between them, and writes for each of them a line
/// that is the response again, or the error behind a tab.
pub(super) fn program(name: &str, versions: &[Version]) -> String {
    let mut text = format!(
        "
//! Reads responses, each in a line behind its version and action, into the crate's types, and writes them again.

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

/// What reads and writes the response of each action, by version and action.
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
            match echo.map_or_else(|| Err("there is no such action".to_owned()), |echo| echo(text)) {
                Ok(text) => writeln!(out, "{text}")?,
                Err(error) => writeln!(out, "\t{}", error.replace('\n', " "))?,
            }
        }
        out.flush()
    }
}
"#;
