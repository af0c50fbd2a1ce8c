//! Pages of a fictional service, `thing`.

/// A page of an action of version 2020-01-02.
pub(crate) fn action(name: &str) -> String {
    action_of("thing", "2020-01-02", name)
}

pub(crate) fn action_of(service: &str, version: &str, name: &str) -> String {
    format!(
        "<html><head><title>{name}</title></head><body><h1>{name}</h1>\
         <p>Domain name for API request: {service}.intl.tencentcloudapi.com.</p><p>Does {name}.</p>\
         <h2>2. Input Parameters</h2><table>\
         <tr><th>Parameter Name</th><th>Required</th><th>Type</th><th>Description</th></tr>\
         <tr><td>Action</td><td>Yes</td><td>String</td><td>Common Params. The value used for this API: {name}.</td></tr>\
         <tr><td>Version</td><td>Yes</td><td>String</td><td>Common Params. The value used for this API: {version}.</td></tr>\
         <tr><td>Name</td><td>No</td><td>String</td><td>A name.</td></tr></table>\
         <h2>3. Output Parameters</h2><table><tr><th>Parameter Name</th><th>Type</th><th>Description</th></tr>\
         <tr><td>RequestId</td><td>String</td><td>The ID.</td></tr></table>\
         <h2>6. Error Code</h2><p>There is no error code related to the API business logic.</p></body></html>\n"
    )
}

/// A page of an action without its output table, which is a parse error.
pub(crate) fn broken(name: &str) -> String {
    let whole = action(name);
    let (beginning, _) = whole.split_once("<h2>3.").expect("a section");
    beginning.to_owned()
}

/// A page of data types.
pub(crate) fn data_types(names: &[&str]) -> String {
    let mut page = "<html><body><h1>Data Types</h1>".to_owned();
    for name in names {
        page.push_str(&format!(
            "<h2>{name}</h2><p>A {name}.</p><p>Used by actions: DescribeThings.</p><table>\
             <tr><th>Name</th><th>Type</th><th>Required</th><th>Description</th></tr>\
             <tr><td>Size</td><td>Integer</td><td>Yes</td><td>How large.</td></tr></table>"
        ));
    }
    page + "</body></html>\n"
}

/// A page of error codes.
pub(crate) fn error_codes() -> String {
    "<html><body><h1>Error Codes</h1><table><tr><th>Error Code</th><th>Description</th></tr>\
     <tr><td>ResourceNotFound.Thing</td><td>There is no such thing.</td></tr></table></body></html>\n"
        .to_owned()
}

/// An index page with links: URL and text.
pub(crate) fn index(links: &[(&str, &str)]) -> String {
    let mut page = "<html><body><h1>API Category</h1><ul>".to_owned();
    for (to, text) in links {
        page.push_str(&format!("<li><a href=\"{to}\">{text}</a></li>"));
    }
    page + "</ul></body></html>\n"
}
