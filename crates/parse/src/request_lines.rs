//! Recognizes the lines that begin the request of an example.

/// Whether a line is the request line of HTTP: `POST / HTTP/1.1`, `GET /?Action=X`.
pub(crate) fn is_request_line(text: &str) -> bool {
    ["POST ", "GET ", "PUT "]
        .iter()
        .any(|method| text.starts_with(method))
        && (text.contains("HTTP/") || text.contains("?Action="))
}

/// Whether a line begins with the URL of a request.
pub(crate) fn is_url(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && (text.contains("?Action=") || text.contains("/?"))
}

/// Returns the query of a URL, alone or in a request line.
pub(crate) fn query_of(text: &str) -> &str {
    let query = text.split_once('?').map_or("", |(_, query)| query);
    // Headers may follow the protocol on the same line.
    match query.find("HTTP/1.") {
        Some(end) => query[..end].trim_end(),
        None => query,
    }
}

/// Whether a JSON object begins in a line, at its start or after `<Common request parameters>`.
pub(crate) fn opens_object(text: &str) -> bool {
    text.starts_with('{') || text.starts_with('<') && text.trim_end().ends_with(">{")
}

/// Whether a request or response begins in a line: a request line, a URL or JSON.
pub(crate) fn begins_code(text: &str) -> bool {
    is_request_line(text) || is_url(text) || opens_object(text)
}
