/// How far a call came before it failed.
///
/// The variants are in the order of time: the later the phase, the more may have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Nothing was sent: the request is invalid, or no connection could be made.
    NotConnected,
    /// Only a part of the request was sent, or the server refused it unread, so the service cannot have acted.
    SentInPart,
    /// The whole request was sent and there was no response, so the service may have acted.
    SentWhole,
    /// There was a response, from the service or from something in front of it; it is an error or cannot be read.
    Answered,
}
