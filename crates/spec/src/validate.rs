//! Semantic validation of specs.

use std::collections::BTreeSet;

use crate::model::{ErrorCode, Field, Spec};
use crate::problem::Problem;
use crate::type_ref::{TypeRef, is_word};

impl Spec {
    /// Returns all problems of the spec; code can be generated if there are none.
    ///
    /// Service, version, endpoint and names must be well-formed, names must be unique, a format requires an `Integer`, and
    /// a pagination requires its fields. Undefined types are not a problem: see [`Spec::undefined_types`].
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = Problems(Vec::new());
        if !is_service(&self.service) {
            problems.add(
                "service",
                format!("`{}` is not the first label of a domain name", self.service),
            );
        }
        if !is_version(&self.version) {
            problems.add(
                "version",
                format!("`{}` is not a date like 2021-03-31", self.version),
            );
        }
        if !is_domain(&self.endpoint) {
            problems.add(
                "endpoint",
                format!("`{}` is not a domain name", self.endpoint),
            );
        }
        for (name, action) in &self.actions {
            let at = format!("actions.{name}");
            problems.word(&at, name);
            problems.fields(&format!("{at}.request"), &action.request);
            problems.fields(&format!("{at}.response"), &action.response);
            problems.codes(&format!("{at}.errors"), &action.errors);
            let access = action.access_or_derived(name);
            let pagination = action.pagination.as_ref();
            if let Some(mismatch) =
                pagination.and_then(|pagination| pagination.mismatch(access, action, &self.types))
            {
                problems.add(&format!("{at}.pagination"), mismatch);
            }
            if action.rate_limit == Some(0) {
                problems.add(
                    &format!("{at}.rate_limit"),
                    "rate limit must be greater than zero".to_owned(),
                );
            }
        }
        for (name, data_type) in &self.types {
            let at = format!("types.{name}");
            problems.word(&at, name);
            problems.fields(&format!("{at}.fields"), &data_type.fields);
        }
        problems.codes("errors", &self.errors);
        problems.0
    }

    /// Returns undefined data types, each with the first field that uses it, such as `actions.CreateUser.request.Tags`.
    pub fn undefined_types(&self) -> Vec<(&str, String)> {
        let requests = self
            .actions
            .iter()
            .map(|(name, action)| (format!("actions.{name}.request"), &action.request));
        let responses = self
            .actions
            .iter()
            .map(|(name, action)| (format!("actions.{name}.response"), &action.response));
        let types = self
            .types
            .iter()
            .map(|(name, data_type)| (format!("types.{name}.fields"), &data_type.fields));
        let mut seen = BTreeSet::new();
        let mut undefined = Vec::new();
        for (at, fields) in requests.chain(responses).chain(types) {
            for field in fields {
                if let Some(name) = field.type_ref.named()
                    && !self.types.contains_key(name)
                    && seen.insert(name)
                {
                    undefined.push((name, format!("{at}.{}", field.name)));
                }
            }
        }
        undefined
    }
}

struct Problems(Vec<Problem>);

impl Problems {
    fn add(&mut self, at: &str, message: String) {
        self.0.push(Problem {
            at: at.to_owned(),
            message,
        });
    }

    fn word(&mut self, at: &str, name: &str) {
        if !is_word(name) {
            self.add(
                at,
                format!("`{name}` is not a name: expected letters, digits and underscores"),
            );
        }
    }

    fn fields(&mut self, at: &str, fields: &[Field]) {
        let mut seen = BTreeSet::new();
        for field in fields {
            let at = format!("{at}.{}", field.name);
            self.word(&at, &field.name);
            if let Some(name) = field.type_ref.named() {
                self.word(&at, name);
            }
            if !seen.insert(&field.name) {
                self.add(&at, "duplicate name: rename or remove one".to_owned());
            }
            let is_text = !matches!(
                field.type_ref.element(),
                TypeRef::Integer
                    | TypeRef::Boolean
                    | TypeRef::Float
                    | TypeRef::Double
                    | TypeRef::Named(_)
            );
            if field.secret.is_some() && !is_text {
                self.add(
                    &at,
                    format!(
                        "only a `String` can be `secret` or not; got `{}`",
                        field.type_ref
                    ),
                );
            }
            if field.format.is_some() && *field.type_ref.element() != TypeRef::Integer {
                self.add(
                    &at,
                    format!(
                        "only an `Integer` can have a format; got `{}`",
                        field.type_ref
                    ),
                );
            }
        }
    }

    fn codes(&mut self, at: &str, codes: &[ErrorCode]) {
        let mut seen = BTreeSet::new();
        for code in codes {
            let at = format!("{at}.{}", code.code);
            if !is_error_code(&code.code) {
                self.add(
                    &at,
                    format!(
                        "`{}` is not an error code: expected words joined by dots",
                        code.code
                    ),
                );
            }
            if !seen.insert(&code.code) {
                self.add(&at, "duplicate error code: remove one".to_owned());
            }
        }
    }
}

/// Whether a text is a valid error code: words joined by dots. Some documented codes end with a dot.
pub fn is_error_code(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}

/// Whether a text is a service's short name, like `organization`.
pub fn is_service(text: &str) -> bool {
    !text.is_empty()
        && text.bytes().all(|byte| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_')
        })
}

/// Whether a text is an API version, such as `2021-03-31`.
pub fn is_version(text: &str) -> bool {
    let shape: String = text
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    shape == "0000-00-00"
}

fn is_domain(text: &str) -> bool {
    text.contains('.') && text.split('.').all(is_service)
}
