use crate::{Action, record::Record};

/// Parameters of an action, to be sent with [`Client::send`](crate::Client::send).
///
/// Generated request types implement it.
pub trait Request: Record {
    /// Response to the request.
    type Response: Record;

    /// Action that takes these parameters.
    const ACTION: &'static Action;
}
