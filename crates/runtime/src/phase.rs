/// Phase that a call reached before it failed.
///
/// The variants are in order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Nothing was sent: the request is invalid, or no connection could be made.
    NotConnected,
    /// Only a part of the request was sent, or the server refused it without processing, so the service cannot have
    /// acted.
    SentInPart,
    /// The whole request was sent and there was no response, so the service may have acted.
    SentWhole,
    /// There was a response, from the service or from a proxy in front of it. It is an error or unreadable.
    Answered,
}
