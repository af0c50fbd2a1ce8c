use crate::Extra;

/// What the service answers where it has nothing to tell but that it did what it was asked for.
///
/// The responses of many actions are that, and share this type.
#[non_exhaustive]
pub struct Acknowledged {
    /// The service's number for this call, which its support asks for.
    pub request_id: String,
    /// What has no field here or did not fit its field, by its wire name.
    pub extra: Extra,
}

crate::record!(Acknowledged {
    0 => request_id: "RequestId",
});
