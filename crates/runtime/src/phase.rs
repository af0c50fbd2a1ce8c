/// How far a call had come when it failed.
///
/// The later the phase, the more may have happened: the order of the variants is the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Phase {
    /// Not a byte of the request was sent: it was refused on this side, or no connection could be made.
    NotConnected,
    /// A part of the request was sent, but never the whole of it, so the service cannot have acted.
    SentInPart,
    /// The whole request was handed to the connection and no answer came: the service may have acted.
    SentWhole,
    /// The service, or something in front of it, answered; what came is an error or cannot be read.
    Answered,
}
