//! Generates the program that decodes and re-encodes responses.

use crate::ir::Version;

/// The module with the program's code, which is the same for all services.
pub(super) const ECHOES: &str = include_str!("echoes.rs");

#[cfg(test)]
#[path = "echoes.rs"]
mod echoes;

/// Returns the text of the program after its header.
pub(super) fn program(name: &str, versions: &[Version]) -> String {
    let krate = name.replace('-', "_");
    let mut text = "
//! Decodes responses with the crate's types, and encodes them again. Each input line has a version, an action and a
//! response.

mod echoes;

use std::io;

fn main() -> io::Result<()> {
    let mut echoes = echoes::Echoes::default();
"
    .to_owned();
    for Version {
        module, actions, ..
    } in versions
    {
        for action in actions {
            let request = &action.request.ident;
            text.push_str(&format!(
                "    echoes.add::<{krate}::{module}::{request}>();\n"
            ));
        }
    }
    text + "    echoes.run(io::stdin().lock(), io::BufWriter::new(io::stdout().lock()))\n}\n"
}

#[cfg(test)]
mod tests {
    use tencentcloud_organization::v20210331::DescribeOrganizationRequest;

    use super::echoes::Echoes;

    #[test]
    fn each_line_gets_an_output_line() {
        let mut echoes = Echoes::default();
        echoes.add::<DescribeOrganizationRequest>();
        let input = "2021-03-31\tDescribeOrganization\t{\"OrgId\": 1, \"RequestId\": \"a\\tb\"}\n\
            2021-03-31\tDescribeOrganization\t{\n\
            2021-03-31\tNothing\t{}\n";
        let mut out = Vec::new();
        echoes.run(input.as_bytes(), &mut out).expect("memory");
        let out = String::from_utf8(out).expect("a text");
        let lines: Vec<&str> = out.lines().collect();
        assert_eq!(lines[0], r#"{"OrgId":1,"RequestId":"a\tb"}"#);
        assert!(lines[1].starts_with("\tEOF "), "{}", lines[1]);
        assert_eq!(lines[2], "\tunknown action");
    }
}
