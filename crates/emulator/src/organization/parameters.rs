use serde_json::{Map, Value};
use tc3::CommonError;

use super::codes;
use crate::service_error::ServiceError;

/// The parameters of a request, validated against the spec.
pub(crate) struct Parameters<'a>(pub(super) &'a Map<String, Value>);

impl<'a> Parameters<'a> {
    /// Returns an ID greater than zero.
    pub(super) fn number(&self, name: &str) -> Result<u64, ServiceError> {
        let value = self.0.get(name).filter(|value| value.is_number());
        let value = value.ok_or_else(|| not_in_spec(name))?;
        value.as_u64().filter(|number| *number > 0).ok_or_else(|| {
            ServiceError::new(
                codes::INVALID_PARAMETER,
                format_args!("The parameter `{name}` must be greater than zero; got {value}."),
            )
        })
    }

    /// Returns an optional number.
    pub(super) fn filter_number(&self, name: &str) -> Option<u64> {
        self.0.get(name)?.as_u64()
    }

    /// Returns an optional text, `None` if it is empty.
    pub(super) fn filter_text(&self, name: &str) -> Option<&'a str> {
        self.0.get(name)?.as_str().filter(|text| !text.is_empty())
    }

    /// Returns a text.
    pub(super) fn text(&self, name: &str) -> Result<&'a str, ServiceError> {
        let value = self.0.get(name).and_then(Value::as_str);
        value.ok_or_else(|| not_in_spec(name))
    }

    /// Returns a mail address.
    pub(super) fn email(&self, name: &str) -> Result<&'a str, ServiceError> {
        self.matching(name, "a mail address", is_email)
    }

    /// Returns the country code of a phone number, without the plus sign.
    pub(super) fn country_code(&self, name: &str) -> Result<&'a str, ServiceError> {
        self.matching(name, "1 to 4 digits", |text| {
            (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        })
    }

    /// Returns a phone number. Asterisks are accepted, because the documentation's examples have them.
    pub(super) fn phone(&self, name: &str) -> Result<&'a str, ServiceError> {
        self.matching(name, "4 to 20 digits", |text| {
            let is_digit = |byte: u8| byte.is_ascii_digit() || byte == b'*';
            (4..=20).contains(&text.len()) && text.bytes().all(is_digit)
        })
    }

    fn matching(
        &self,
        name: &str,
        expected: &str,
        is_valid: impl FnOnce(&str) -> bool,
    ) -> Result<&'a str, ServiceError> {
        let text = self.text(name)?;
        if is_valid(text) {
            return Ok(text);
        }
        Err(ServiceError::new(
            codes::INVALID_PARAMETER,
            format_args!("The parameter `{name}` must be {expected}; got `{text}`."),
        ))
    }
}

/// Whether a text is a mail address: a local part, `@` and a domain name.
pub(super) fn is_email(text: &str) -> bool {
    let Some((user, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_label = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|char| char.is_alphanumeric() || char == '-')
    };
    !user.is_empty()
        && text.len() <= 254
        && !text
            .chars()
            .any(|char| char.is_whitespace() || char.is_control())
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

/// Creates the error for a spec that the workflow was not written for.
fn not_in_spec(name: &str) -> ServiceError {
    ServiceError::common(
        CommonError::InternalError,
        format_args!(
            "The workflow requires the parameter `{name}`, but the spec lacks it or gives it another type."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mail_addresses_are_recognized() {
        for text in [
            "a@b.c",
            "12***@qq.com",
            "first.last+tag@sub.example.org",
            "ü@bücher.example",
        ] {
            assert!(is_email(text), "{text}");
        }
        for text in [
            "", "a", "@b.c", "a@b", "a@.c", "a@b..c", "a b@c.d", "a@b.c\n",
        ] {
            assert!(!is_email(text), "{text}");
        }
    }
}
