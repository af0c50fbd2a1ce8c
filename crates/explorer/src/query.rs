use percent_encoding::percent_decode_str;

/// The query of a URL.
#[derive(Clone, Copy)]
pub(crate) struct Query<'q>(pub(crate) &'q str);

impl Query<'_> {
    /// Returns the decoded value of a parameter.
    pub(crate) fn value(self, name: &str) -> Option<String> {
        let mut pairs = self.0.split('&').filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(found, _)| *found == name)?;
        let value = value.replace('+', " ");
        Some(percent_decode_str(&value).decode_utf8_lossy().into_owned())
    }

    /// Returns all parameters except one, still encoded, each followed by `&`.
    pub(crate) fn without(self, name: &str) -> String {
        let pairs = self.0.split('&');
        let pairs = pairs.filter(|pair| !pair.is_empty() && pair.split('=').next() != Some(name));
        pairs.map(|pair| format!("{pair}&")).collect()
    }
}
