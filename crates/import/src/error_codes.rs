//! `errorcodes.py`: the codes that a service may answer with, each in a line `NAME = 'Code'` behind a comment.

use tc3_spec::ErrorCode;

/// The codes of the file, in its order; with `facts_only`, without their meanings.
///
/// # Errors
/// The number of the first line that is none of such a file, from 1.
pub(crate) fn read(text: &str, facts_only: bool) -> Result<Vec<ErrorCode>, usize> {
    let mut codes: Vec<ErrorCode> = Vec::new();
    let mut meaning = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(comment) = line.strip_prefix('#') {
            meaning.push(comment.trim());
            continue;
        }
        if !line.is_empty() {
            let code = line
                .split_once(" = ")
                .and_then(|(_, value)| value.strip_prefix('\'')?.strip_suffix('\''))
                .filter(|code| tc3_spec::is_error_code(code))
                .ok_or(index + 1)?;
            let description = match facts_only {
                true => String::new(),
                false => tc3_parse::description(&meaning.join("\n")).0,
            };
            if !codes.iter().any(|known| known.code == code) {
                codes.push(ErrorCode {
                    code: code.to_owned(),
                    description,
                });
            }
        }
        // An empty line parts a comment from what follows, the head of the file for one.
        meaning.clear();
    }
    Ok(codes)
}
