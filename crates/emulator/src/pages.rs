//! Pagination of lists.

use serde_json::{Map, Value, json};
use tc3::CommonError;
use tc3_spec::{Action, Pagination};

use crate::service_error::ServiceError;

/// Reduces a response with a whole list to the requested page, and sets the total.
///
/// Without a page size, the first page has all items. A list that is paginated by token has one page.
///
/// # Errors
/// Fails if a parameter is not a number, or if `Offset` must be a multiple of `Limit` and is not.
pub(crate) fn cut(
    response: &mut Map<String, Value>,
    action: &Action,
    parameters: &Map<String, Value>,
) -> Result<(), ServiceError> {
    let Some(pagination) = &action.pagination else {
        return Ok(());
    };
    let number =
        |name: Option<&str>| match name.and_then(|name| Some((name, parameters.get(name)?))) {
            None | Some((_, Value::Null)) => Ok(None),
            Some((name, value)) => whole(name, value).map(Some),
        };
    let position = number(pagination.position())?;
    let size = number(pagination.size())?;
    let (items, total, skipped) = match pagination {
        Pagination::None => return Ok(()),
        Pagination::Token { next, last, .. } => {
            end(response, next);
            if let Some(last) = last {
                set(response, &last.field, json!(last.value));
            }
            return Ok(());
        }
        Pagination::Offset {
            items,
            total,
            multiple,
        } => {
            let skipped = position.unwrap_or(0);
            if let (true, Some(limit)) = (multiple, size)
                && skipped.checked_rem(limit) != Some(0)
            {
                return Err(ServiceError::common(
                    CommonError::InvalidParameterValue,
                    format_args!(
                        "The value of the parameter `Offset` must be a multiple of `Limit`; got {skipped} and {limit}."
                    ),
                ));
            }
            (items, total, skipped)
        }
        Pagination::Number {
            items,
            first,
            total,
            ..
        } => {
            let before = position.unwrap_or(*first).saturating_sub(*first);
            // Without a size, all items are on the first page.
            (
                items,
                total,
                before.saturating_mul(size.unwrap_or(u64::MAX)),
            )
        }
    };
    let count = match at(response, items) {
        Some(Value::Array(list)) => {
            let count = list.len();
            list.drain(..bounded(skipped, count));
            list.truncate(bounded(size.unwrap_or(u64::MAX), count));
            count
        }
        _ => 0,
    };
    if let Some(total) = total {
        set(response, total, json!(count));
    }
    Ok(())
}

/// Reads a number, which may be sent as text.
fn whole(name: &str, value: &Value) -> Result<u64, ServiceError> {
    let number = match value {
        Value::String(text) => text.parse().ok(),
        value => value.as_u64(),
    };
    number.ok_or_else(|| {
        ServiceError::common(
            CommonError::InvalidParameterValue,
            format_args!(
                "The value of the parameter `{name}` must be a non-negative number; got {value}."
            ),
        )
    })
}

fn bounded(number: u64, max: usize) -> usize {
    usize::try_from(number).map_or(max, |number| number.min(max))
}

/// Removes the token of the next page.
fn end(response: &mut Map<String, Value>, path: &str) {
    if let Some(token) = at(response, path) {
        *token = match token {
            Value::String(_) => json!(""),
            _ => Value::Null,
        };
    }
}

/// Sets the field at a path, if the response has it.
fn set(response: &mut Map<String, Value>, path: &str, value: Value) {
    if let Some(field) = at(response, path) {
        *field = value;
    }
}

/// Returns the field at a path, such as `Result.Members`.
fn at<'a>(response: &'a mut Map<String, Value>, path: &str) -> Option<&'a mut Value> {
    match path.split_once('.') {
        None => response.get_mut(path),
        Some((name, within)) => at(response.get_mut(name)?.as_object_mut()?, within),
    }
}
