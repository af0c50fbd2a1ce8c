//! Deviations from the documentation, as JSON for scripts.

use serde_json::{Map, Value, json};
use tc3_spec::{Deviation, DeviationKind};

/// Maximum number of listed deviations.
const LIMIT: usize = 200;

/// Returns the first deviations, and the total number.
pub(super) fn listed(found: &[Deviation]) -> Value {
    let problems: Vec<Value> = found.iter().take(LIMIT).map(problem).collect();
    json!({ "problems": problems, "total": found.len() })
}

/// Returns a deviation. Scripts have the texts of its kinds.
fn problem(deviation: &Deviation) -> Value {
    let mut problem = Map::from_iter([("path".to_owned(), deviation.path.as_str().into())]);
    let mut set = |name: &str, value: Value| problem.insert(name.to_owned(), value);
    match &deviation.kind {
        DeviationKind::Missing(_) => set("kind", "missing".into()),
        DeviationKind::Null => set("kind", "null".into()),
        DeviationKind::Unknown(similar) => {
            if !similar.is_empty() {
                set("similar", json!(similar));
            }
            set("kind", "unknown".into())
        }
        DeviationKind::Type(article) => {
            // Removes the article, which not all languages have.
            let expected = article.split_once(' ').map_or(&**article, |(_, rest)| rest);
            set("expected", expected.into());
            set("kind", "type".into())
        }
    };
    Value::Object(problem)
}
