//! Command-line arguments of an action and its parameters as JSON.
//!
//! | argument | meaning |
//! |---|---|
//! | `--Name VALUE`, `--Name=VALUE` | A parameter. The second form is needed for values that are empty, or look like an option, such as `--x` and `-v`. |
//! | `--Filters.0.Values.1 VALUE` | A part of a parameter: names of fields, and indexes of lists from 0. |
//! | `--InstanceIds a b c` | A list, up to the next option or parameter. |
//! | `--DryRun` | A Boolean: `true`. |
//!
//! The spec decides how a value is read: `00123` stays a String where one is documented, and integers keep all digits.
//!
//! | value | meaning |
//! |---|---|
//! | `text` | A String, verbatim, or a number or Boolean. |
//! | `Name=x,Values=[a,b]` | A structure. `\` before `,`, `=`, `]`, `}` or `\` takes it literally. |
//! | `[a,b]`, `[]`, `{}` | A list, the empty list, the empty structure. |
//! | `{"Name": "x"}` | JSON, for structures and lists. |
//! | `@FILE`, `@-`, `-` | The content of a file, or of standard input. |
//! | `@%TEXT` | A String with percent-encoded characters. |
//! | `@:JSON` | Any JSON, which may be percent-encoded. |

mod assemble;
mod check;
mod described;
mod name;
mod order;
mod problem;
mod scalar;
mod shorthand;
mod split;
mod value;

use serde_json::{Map, Value};

pub use self::described::Described;
pub use self::problem::{ArgumentSpan, Problem};
pub use self::split::{RawParameter, Split, first_word, split};
pub use self::value::Reader;

/// Options for reading and checking parameters.
#[derive(Debug, Default)]
pub struct Options {
    /// Parameters that the arguments are added to; their values replace those with the same name.
    pub base: Map<String, Value>,
    /// Whether to allow unknown and missing parameters and values of the wrong type.
    pub force: bool,
}

/// Returns the parameters that the arguments give, in the documented order.
///
/// `read` returns the content of the file at a path, or of standard input for `-`.
///
/// # Errors
/// Fails with everything that is wrong with the arguments, in their order: unknown names, values of the wrong type,
/// conflicts, unreadable files, and missing required parameters.
pub fn parameters(
    described: Described<'_>,
    given: &[RawParameter<'_>],
    options: Options,
    read: Reader<'_>,
) -> Result<Map<String, Value>, Vec<Problem>> {
    let mut problems = Vec::new();
    let parts = value::parts(described, given, options.force, read, &mut problems);
    let mut parameters = options.base;
    assemble::add(&mut parameters, parts, &mut problems);
    if !options.force {
        check::check(described, &parameters, &mut problems);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    order::by_spec(described, &mut parameters);
    Ok(parameters)
}
