//! Validates parameters against the spec.

use serde_json::{Map, Value};
use tc3::CommonError;
use tc3_spec::{Field, IntegerFormat, Spec, TypeRef};
use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime, PrimitiveDateTime};

use super::parameters::kind;
use super::suggestion::suggestion;
use crate::service_error::ServiceError;

/// Rejects unknown, missing and mistyped parameters.
pub(crate) fn check(
    spec: &Spec,
    fields: &[Field],
    parameters: &Map<String, Value>,
) -> Result<(), ServiceError> {
    check_structure(spec, fields, parameters, "")
}

/// Appends to a parameter path, such as `Filters.0.Values`.
fn join(path: &str, step: impl std::fmt::Display) -> String {
    if path.is_empty() {
        step.to_string()
    } else {
        format!("{path}.{step}")
    }
}

fn check_structure(
    spec: &Spec,
    fields: &[Field],
    members: &Map<String, Value>,
    path: &str,
) -> Result<(), ServiceError> {
    let unknown = members
        .keys()
        .find(|name| !fields.iter().any(|field| field.name == **name));
    if let Some(name) = unknown {
        let suggestion = suggestion(name, fields.iter().map(|field| &field.name));
        return Err(ServiceError::common(
            CommonError::UnknownParameter,
            format_args!(
                "The parameter `{}` is not recognized{suggestion}",
                join(path, name)
            ),
        ));
    }
    for field in fields {
        let path = join(path, &field.name);
        match members.get(&field.name) {
            // A null counts as absent.
            None | Some(Value::Null) if field.required => {
                return Err(ServiceError::common(
                    CommonError::MissingParameter,
                    format_args!("The request is missing the required parameter `{path}`."),
                ));
            }
            None | Some(Value::Null) => {}
            Some(value) => check_type(spec, field, &field.type_ref, value, &path)?,
        }
    }
    Ok(())
}

fn check_type(
    spec: &Spec,
    field: &Field,
    type_ref: &TypeRef,
    value: &Value,
    path: &str,
) -> Result<(), ServiceError> {
    let is_valid = match (type_ref, value) {
        (TypeRef::Array(element), Value::Array(items)) => {
            for (index, item) in items.iter().enumerate() {
                check_type(spec, field, element, item, &join(path, index))?;
            }
            true
        }
        (TypeRef::Named(name), value) => match (spec.types.get(name), value) {
            (Some(data_type), Value::Object(members)) => {
                return check_structure(spec, &data_type.fields, members, path);
            }
            (Some(_), _) => false,
            // The documentation does not define this type, so any value is accepted.
            (None, _) => true,
        },
        (TypeRef::Integer, Value::Number(number)) => {
            let signed = number.as_i64().is_some();
            let unsigned = number.as_u64().is_some();
            match field.format {
                Some(IntegerFormat::Int64) => signed,
                Some(IntegerFormat::Uint64) => unsigned,
                None => signed || unsigned,
            }
        }
        (TypeRef::Float | TypeRef::Double, Value::Number(number)) => {
            number.as_f64().is_some_and(f64::is_finite)
        }
        (TypeRef::Boolean, Value::Bool(_))
        | (TypeRef::String | TypeRef::Binary, Value::String(_)) => true,
        (TypeRef::Date | TypeRef::Timestamp | TypeRef::TimestampIso8601, Value::String(text)) => {
            if !is_time(type_ref, text) {
                return Err(ServiceError::common(
                    CommonError::InvalidParameterValue,
                    format_args!(
                        "The value of the parameter `{path}` is not a {type_ref}: `{text}`."
                    ),
                ));
            }
            true
        }
        _ => false,
    };
    if is_valid {
        return Ok(());
    }
    let expected = match (type_ref, field.format) {
        (TypeRef::Integer, Some(IntegerFormat::Int64)) => "int64".to_owned(),
        (TypeRef::Integer, Some(IntegerFormat::Uint64)) => "uint64".to_owned(),
        _ => type_ref.to_string(),
    };
    Err(ServiceError::common(
        CommonError::InvalidParameter,
        format_args!(
            "The type of the parameter `{path}` is wrong: expected {expected}, found {}.",
            describe(value)
        ),
    ))
}

/// Describes a value by its type. A number is shown, because it may be out of range.
fn describe(value: &Value) -> String {
    match value {
        Value::Number(number) => format!("the number {number}"),
        other => kind(other).to_owned(),
    }
}

const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");
const TIMESTAMP: &[BorrowedFormatItem<'_>] =
    format_description!("[year]-[month]-[day] [hour]:[minute]:[second]");

fn is_time(type_ref: &TypeRef, text: &str) -> bool {
    match type_ref {
        TypeRef::Date => Date::parse(text, DATE).is_ok(),
        TypeRef::Timestamp => PrimitiveDateTime::parse(text, TIMESTAMP).is_ok(),
        _ => OffsetDateTime::parse(text, &Rfc3339).is_ok(),
    }
}
