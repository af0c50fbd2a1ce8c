//! State shared by the calls of a command line.

use std::cell::RefCell;
use std::future::poll_fn;
use std::pin::Pin;

use serde_json::Value;
use tc3::{Access, Action, Client, UntypedResponse};
use tc3_calls::Record;

use crate::failure::Failure;
use crate::json;
use crate::node::Node;
use crate::options::Options;
use crate::output::Printer;
use crate::target::Target;

/// A client, the action that it calls, and the printer of responses.
pub(crate) struct Session<'s> {
    pub(crate) client: Client,
    pub(crate) target: &'s Target,
    pub(crate) options: &'s Options,
    pub(crate) action: &'static Action,
    pub(crate) record: Record,
    pub(crate) printer: Printer,
    pub(crate) interrupt: Interrupt,
}

impl Session<'_> {
    /// Returns the response to the last call as text: without its envelope, and the whole body.
    pub(crate) fn response(&self, response: &UntypedResponse) -> (String, String) {
        let body = self.record.take().and_then(|exchange| exchange.response);
        let body = body.map(|response| response.into_body());
        let body = String::from_utf8_lossy(&body.unwrap_or_default()).into_owned();
        // The runtime repairs text that is not strictly JSON, such as half of a surrogate pair.
        let content = json::unwrap_envelope(&body).filter(|text| Node::parse(text).is_ok());
        let content = content.unwrap_or_else(|| repaired(response));
        (content, body)
    }

    /// Waits until the user presses Ctrl-C. That ends the command, so this must not be awaited again.
    pub(crate) async fn interrupted(&self) {
        poll_fn(|context| self.interrupt.0.borrow_mut().as_mut().poll(context)).await;
    }

    /// Returns the error of an interrupted call.
    pub(crate) fn interruption(&self) -> Failure {
        Failure::Interrupted {
            may_have_acted: self.record.sent() > 0 && self.action.access == Access::Write,
        }
    }
}

/// Listener for Ctrl-C, from the first wait on. All waits of a command share it: a new one would miss a Ctrl-C between
/// two waits, such as while a page is printed.
pub(crate) struct Interrupt(RefCell<Pin<Box<dyn Future<Output = ()>>>>);

impl Interrupt {
    pub(crate) fn new() -> Self {
        Self(RefCell::new(Box::pin(async {
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        })))
    }
}

/// Returns the response as the runtime repaired it.
fn repaired(response: &UntypedResponse) -> String {
    let members = response
        .extra
        .iter()
        .map(|(name, value)| format!("{}:{value}", Value::from(name)));
    let request_id = format!(
        "\"RequestId\":{}",
        Value::from(response.request_id.as_str())
    );
    let members: Vec<String> = members.chain([request_id]).collect();
    format!("{{{}}}", members.join(","))
}
