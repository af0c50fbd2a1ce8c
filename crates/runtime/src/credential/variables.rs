use std::ffi::OsString;

/// Reads environment variables, and collects what is wrong with them. They are looked up by a function, so that tests
/// can have an environment of their own.
pub(super) struct Variables<F> {
    lookup: F,
    problems: Vec<String>,
    /// Whether no required variable has a value.
    pub(super) none_set: bool,
}

impl<F: Fn(&str) -> Option<OsString>> Variables<F> {
    pub(super) fn new(lookup: F) -> Self {
        Self {
            lookup,
            problems: Vec::new(),
            none_set: true,
        }
    }

    /// The value of a variable. Without one, the problem is noted and the string is empty.
    pub(super) fn required(&mut self, name: &str) -> String {
        let problem = match (self.lookup)(name).map(OsString::into_string) {
            None => "is not set",
            Some(Ok(value)) if value.is_empty() => "is empty",
            Some(value) => {
                self.none_set = false;
                match value {
                    Ok(value) => return value,
                    Err(_) => "is not valid Unicode",
                }
            }
        };
        self.problems.push(format!("`{name}` {problem}"));
        String::new()
    }

    /// The value of a variable that may be unset or empty.
    pub(super) fn optional(&mut self, name: &str) -> Option<String> {
        let set = (self.lookup)(name).is_some_and(|value| !value.is_empty());
        set.then(|| self.required(name))
            .filter(|value| !value.is_empty())
    }

    /// What is wrong with the variables that were read; `None` if nothing is.
    pub(super) fn problems(&self) -> Option<String> {
        (!self.problems.is_empty()).then(|| self.problems.join(", "))
    }
}
