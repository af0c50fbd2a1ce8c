use tc3_protocol::message::Message;

use crate::Action;

/// Parameters of an action, to be sent with [`Client::send`](crate::Client::send).
///
/// Generated request types implement it.
pub trait Request: Message {
    /// Response to the request.
    type Response: Message;

    /// Action that takes these parameters.
    const ACTION: &'static Action;
}
