//! A service that answers from a script.

use std::{
    collections::VecDeque,
    future,
    sync::{Arc, Mutex},
    time::Duration,
};

use tc3::{
    Client, Credential, Error, Pages,
    pages::Paginated,
    transport::{Bytes, Limits, Sending, Sleeping, Transport, http},
};

use crate::lists::{Names, service};

/// Answers in turn, and keeps what was asked for.
pub(crate) struct Script {
    answers: Mutex<VecDeque<String>>,
    asked: Mutex<Vec<String>>,
}

/// What the service says in its place: a refusal that nobody tries again.
pub(crate) const REFUSED: &str =
    r#""Error": {"Code": "FailedOperation.Closed", "Message": "The book is closed."}"#;

impl Script {
    /// A service that gives these answers, each the members of a response but for its id, and then refuses.
    pub(crate) fn new(answers: &[&str]) -> Arc<Self> {
        Arc::new(Self {
            answers: Mutex::new(answers.iter().map(|answer| (*answer).to_owned()).collect()),
            asked: Mutex::default(),
        })
    }

    pub(crate) fn client(self: &Arc<Self>) -> Client {
        Client::builder(service())
            .credential(Credential::new("AKIDtest", "key"))
            .transport(Arc::clone(self))
            .build()
            .unwrap()
    }

    /// The bodies of all requests until now.
    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl Transport for Script {
    fn send(&self, request: http::Request<Bytes>, _limits: Limits) -> Sending<'_> {
        let body = String::from_utf8(request.into_body().to_vec()).unwrap();
        self.asked.lock().unwrap().push(body);
        let answer = self.answers.lock().unwrap().pop_front();
        let members = answer.unwrap_or_else(|| REFUSED.to_owned());
        let body = format!(r#"{{"Response": {{{members}, "RequestId": "id"}}}}"#);
        Box::pin(async move {
            // A wait of one poll, so that a call can be left in its midst.
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

/// The names of all pages to the end, joined by spaces, and the errors among them by their messages.
pub(crate) async fn all<R: Paginated<Response = Names>>(mut pages: Pages<R>) -> Vec<String> {
    let mut found = Vec::new();
    while let Some(page) = pages.next().await {
        found.push(shown(page));
    }
    assert!(pages.next().await.is_none(), "the end is the end");
    found
}

pub(crate) fn shown(page: Result<Names, Error>) -> String {
    match page {
        Ok(page) => page.names.unwrap_or_default().join(" "),
        Err(error) => error.message().to_owned(),
    }
}
