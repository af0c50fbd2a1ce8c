//! Checks of parameters against their documentation.

use serde_json::{Map, Value};
use tc3_spec::{Deviation, DeviationKind, Direction, deviations};

use crate::described::Described;
use crate::problem::Problem;

/// Adds the problems of parameters.
pub(crate) fn check(
    described: Described<'_>,
    parameters: &Map<String, Value>,
    problems: &mut Vec<Problem>,
) {
    // A parameter that was given but could not be read is not missing.
    let is_complete = problems.is_empty();
    let Described {
        name,
        action,
        types,
    } = described;
    for deviation in deviations(name, &action.request, types, Direction::Request, parameters) {
        let Deviation { owner, path, kind } = &deviation;
        problems.push(match kind {
            DeviationKind::Missing(_) if !is_complete => continue,
            DeviationKind::Missing(type_ref) => {
                Problem::new(format!("{owner} needs `--{path}` ({type_ref})"))
            }
            DeviationKind::Unknown(similar) => {
                let before = path.rfind('.').map_or("", |dot| &path[..=dot]);
                let similar = similar.iter().map(|name| format!("--{before}{name}"));
                let message = format!("the input has `{path}`, which {owner} does not have");
                Problem::new(message).similar(similar.collect())
            }
            DeviationKind::Type(_) | DeviationKind::Null => {
                Problem::new(format!("`{path}` {deviation}"))
            }
        });
    }
}
