use serde_json::{Map, Value};
use tc3::CommonError;

use super::codes;
use crate::service_error::ServiceError;

/// The parameters of a request, which the gateway has held against the spec.
pub(crate) struct Parameters<'a>(pub(super) &'a Map<String, Value>);

impl<'a> Parameters<'a> {
    /// A number that names something: above 0.
    pub(super) fn number(&self, name: &str) -> Result<u64, ServiceError> {
        let value = self.0.get(name).filter(|value| value.is_number());
        let value = value.ok_or_else(|| not_in_spec(name))?;
        value.as_u64().filter(|number| *number > 0).ok_or_else(|| {
            ServiceError::new(
                codes::INVALID_PARAMETER,
                format_args!("The parameter `{name}` must be above 0, and is {value}."),
            )
        })
    }

    /// A text.
    pub(super) fn text(&self, name: &str) -> Result<&'a str, ServiceError> {
        let value = self.0.get(name).and_then(Value::as_str);
        value.ok_or_else(|| not_in_spec(name))
    }

    /// A mail address.
    pub(super) fn email(&self, name: &str) -> Result<&'a str, ServiceError> {
        self.shaped(name, "a mail address", is_email)
    }

    /// The country code of a telephone number, without the plus sign.
    pub(super) fn country_code(&self, name: &str) -> Result<&'a str, ServiceError> {
        self.shaped(name, "1 to 4 digits", |text| {
            (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
        })
    }

    /// A telephone number. The documentation's examples have asterisks in theirs, so these are taken as well.
    pub(super) fn phone(&self, name: &str) -> Result<&'a str, ServiceError> {
        self.shaped(name, "4 to 20 digits", |text| {
            let is_digit = |byte: u8| byte.is_ascii_digit() || byte == b'*';
            (4..=20).contains(&text.len()) && text.bytes().all(is_digit)
        })
    }

    fn shaped(
        &self,
        name: &str,
        expected: &str,
        is_right: impl FnOnce(&str) -> bool,
    ) -> Result<&'a str, ServiceError> {
        let text = self.text(name)?;
        if is_right(text) {
            return Ok(text);
        }
        Err(ServiceError::new(
            codes::INVALID_PARAMETER,
            format_args!("The parameter `{name}` must be {expected}, and is `{text}`."),
        ))
    }
}

/// Whether a text is a mail address: something, an `@`, and a domain name.
pub(super) fn is_email(text: &str) -> bool {
    let Some((user, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|of| of.is_alphanumeric() || of == '-')
    };
    !user.is_empty()
        && text.len() <= 254
        && !text.chars().any(|of| of.is_whitespace() || of.is_control())
        && domain.contains('.')
        && domain.split('.').all(is_label)
}

/// The spec that was loaded is not the one that the workflow was written for.
fn not_in_spec(name: &str) -> ServiceError {
    ServiceError::common(
        CommonError::InternalError,
        format_args!(
            "The workflow needs the parameter `{name}`, and the spec does not ask for it in the type that it has on the \
             documentation's page."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_mail_addresses() {
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
