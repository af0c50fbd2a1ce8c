//! Fields of a data type, for a part of the form that the user opens.

use serde_json::{Value, json};

use crate::form::field;
use crate::problem::Problem;
use crate::reply::Reply;
use crate::settings::Settings;
use crate::subject::{self, Version};

pub(super) fn respond(settings: &Settings, of: &Version, name: &str) -> Result<Reply, Problem> {
    let spec = subject::data_type(of, name, settings.texts.as_deref())?;
    let fields: Vec<Value> = spec.types[name].fields.iter().map(field).collect();
    Ok(Reply::json(&json!({ "fields": fields })))
}
