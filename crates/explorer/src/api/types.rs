//! A data type, for the part of a form that is opened.

use serde_json::json;

use crate::problem::Problem;
use crate::reply::Reply;
use crate::settings::Settings;
use crate::subject::{self, Version};

pub(super) fn answer(settings: &Settings, of: &Version, name: &str) -> Result<Reply, Problem> {
    let spec = subject::data_type(of, name, settings.texts.as_deref())?;
    let data_type = &spec.types[name];
    Ok(Reply::json(&json!({
        "name": name,
        "description": data_type.description,
        "fields": data_type.fields,
    })))
}
