/// How far a call got before it failed.
///
/// The variants are in the order of time: the later the phase, the more may have happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Nothing was sent: the request was refused locally, or connecting failed.
    NotConnected,
    /// Only a part of the request was sent, so the service cannot have acted.
    SentInPart,
    /// The whole request was sent, and there was no response: the service may have acted.
    SentWhole,
    /// The service, or a proxy in front of it, responded; the response is an error or cannot be read.
    Answered,
}
