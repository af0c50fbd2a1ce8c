//! `errorcodes.py`: the error codes of a service, in lines `NAME = 'Code'` after a comment.

use tc3_spec::ErrorCode;

/// Parses the codes in file order; `facts_only` omits their meanings.
///
/// # Errors
/// Returns the number of the first invalid line, from 1.
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
        // An empty line ends a comment, such as the file header.
        meaning.clear();
    }
    Ok(codes)
}
