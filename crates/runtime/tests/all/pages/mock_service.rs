//! Service with responses that a test sets.

use std::{
    collections::VecDeque,
    future,
    sync::{Arc, Mutex},
    time::Duration,
};

use tc3::{
    Client, ClientBuilder, Credential, Error, Pages,
    pages::Paginated,
    transport::{Bytes, Limits, Sending, Sleeping, Transport, http},
};

use super::requests::{Names, SERVICE};

/// Transport that answers from a function, and records the requests.
pub(crate) struct MockService {
    respond: Mutex<Respond>,
    requests: Mutex<Vec<String>>,
}

/// Returns the members of the response to a request, without `RequestId`.
type Respond = Box<dyn FnMut(&str) -> String + Send>;

/// Members of a response with an error that is not retried.
pub(crate) const ERROR: &str =
    r#""Error": {"Code": "FailedOperation.Closed", "Message": "The list is closed."}"#;

impl MockService {
    /// Creates a service from the members of each response, without `RequestId`. After these it returns errors.
    pub(crate) fn new(responses: &[&str]) -> Arc<Self> {
        let mut responses: VecDeque<String> =
            responses.iter().map(|&members| members.into()).collect();
        Self::responding(move |_| responses.pop_front().unwrap_or_else(|| ERROR.to_owned()))
    }

    /// Creates a service from a function that returns the members of the response to a request.
    pub(crate) fn responding(respond: impl FnMut(&str) -> String + Send + 'static) -> Arc<Self> {
        Arc::new(Self {
            respond: Mutex::new(Box::new(respond)),
            requests: Mutex::default(),
        })
    }

    /// Returns the builder of a client of the service.
    pub(crate) fn builder(self: &Arc<Self>) -> ClientBuilder {
        Client::builder(&SERVICE)
            .credential(Credential::new("AKIDtest", "key"))
            .transport(Arc::clone(self))
    }

    pub(crate) fn client(self: &Arc<Self>) -> Client {
        self.builder().build().unwrap()
    }

    /// Returns the bodies of the requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

impl Transport for MockService {
    fn send(&self, request: http::Request<Bytes>, _limits: Limits) -> Sending<'_> {
        let body = String::from_utf8(request.into_body().to_vec()).unwrap();
        let members = self.respond.lock().unwrap()(&body);
        self.requests.lock().unwrap().push(body);
        let body = format!(r#"{{"Response": {{{members}, "RequestId": "id"}}}}"#);
        Box::pin(async move {
            // Pending once, so that a test can drop the future in between.
            let mut is_new = true;
            future::poll_fn(|context| {
                context.waker().wake_by_ref();
                match std::mem::take(&mut is_new) {
                    true => std::task::Poll::Pending,
                    false => std::task::Poll::Ready(()),
                }
            })
            .await;
            Ok(http::Response::new(body.into()))
        })
    }

    fn sleep(&self, _duration: Duration) -> Sleeping<'_> {
        Box::pin(async {})
    }
}

/// Returns the text of each page and error up to the end.
pub(crate) async fn all_pages<R: Paginated<Response = Names>>(mut pages: Pages<R>) -> Vec<String> {
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        found.push(page_text(page));
        assert!(found.len() < 100, "the pages do not end: {found:?}");
    }
    assert!(pages.next().await.is_none(), "no page follows the end");
    found
}

/// Returns the names of a page, joined by spaces, or the message of an error.
pub(crate) fn page_text(page: Result<Names, Error>) -> String {
    match page {
        Ok(page) => page.names.unwrap_or_default().join(" "),
        Err(error) => error.message().to_owned(),
    }
}
