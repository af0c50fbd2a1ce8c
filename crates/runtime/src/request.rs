use crate::{Action, message::Message};

/// The parameters of an action, ready to be sent with [`Client::send`](crate::Client::send).
///
/// Generated request types implement it; there is seldom a reason to do so by hand.
pub trait Request: Message {
    /// The response of the service.
    type Response: Message;

    /// The action that these are the parameters of.
    const ACTION: &'static Action;
}
