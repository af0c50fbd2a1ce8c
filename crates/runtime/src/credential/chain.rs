use std::{fmt, sync::OnceLock, time::SystemTime};

use super::{CvmRole, Environment, Lease, Profile, Provider, Providing, WebIdentity};
use crate::{Error, transport::Transport};

/// The first of several places that has a credential.
///
/// A place that has none is passed over. One that is set up and does not work, such as a profile file that cannot be
/// read, ends the search: to go on would mean to act as somebody else than was meant. For the same reason a chain
/// stays with the place that gave it a credential once, even if that place fails later.
///
/// # Errors
/// They name every place that was tried, and say why it has none.
///
/// ```
/// use tc3::credential::{Chain, Credentials, CvmRole, Environment};
///
/// let credentials = Credentials::new(Chain::new().then(Environment).then(CvmRole::new()));
/// ```
#[derive(Default)]
pub struct Chain {
    places: Vec<Box<dyn Provider>>,
    /// The place that gave a credential.
    chosen: OnceLock<usize>,
}

impl Chain {
    /// A chain without a link.
    pub fn new() -> Self {
        Self::default()
    }

    /// The places that the vendor's tools look at, in their order: [`Environment`], [`Profile`], [`CvmRole`],
    /// [`WebIdentity`].
    pub fn standard() -> Self {
        Self::new()
            .then(Environment)
            .then(Profile::new())
            .then(CvmRole::new())
            .then(WebIdentity::new())
    }

    /// Adds a place, which is asked if those before it have no credential.
    #[must_use]
    pub fn then(mut self, provider: impl Provider) -> Self {
        self.places.push(Box::new(provider));
        self
    }

    async fn first(&self, transport: &dyn Transport, now: SystemTime) -> Result<Lease, Error> {
        if let Some(place) = self
            .chosen
            .get()
            .and_then(|chosen| self.places.get(*chosen))
        {
            return place.provide(transport, now).await.map_err(|error| {
                let message = tried(&**place, &error);
                error.into_credential(message)
            });
        }
        let mut tries = Vec::new();
        for (index, place) in self.places.iter().enumerate() {
            match place.provide(transport, now).await {
                Ok(lease) => {
                    // Of two searches at once the first one decides.
                    let _ = self.chosen.set(index);
                    return Ok(lease);
                }
                Err(error) => {
                    tries.push(tried(&**place, &error));
                    if !error.is_absent_credential() {
                        return Err(error.into_credential(tries.join("; ")));
                    }
                }
            }
        }
        Err(Error::absent_credential(tries.join("; ")))
    }
}

impl Provider for Chain {
    fn name(&self) -> &str {
        "the credential chain"
    }

    fn provide<'a>(&'a self, transport: &'a dyn Transport, now: SystemTime) -> Providing<'a> {
        Box::pin(self.first(transport, now))
    }

    fn check(&self) -> Result<(), Error> {
        if self.places.is_empty() {
            return Err(Error::credential(
                "it has no link; `Chain::then` adds one, `Chain::standard` has the usual ones",
            ));
        }
        self.places.iter().try_for_each(|place| {
            place
                .check()
                .map_err(|error| Error::credential(tried(&**place, &error)))
        })
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = self.places.iter().map(|place| place.name());
        f.debug_tuple("Chain")
            .field(&names.collect::<Vec<_>>())
            .finish()
    }
}

fn tried(place: &dyn Provider, error: &Error) -> String {
    format!("{}: {error}", place.name())
}
