//! Bodies of requests of the API.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tc3::{Access, ClientBuilder};

use crate::calls::Target;
use crate::problem::Problem;
use crate::shared::Shared;
use crate::subject::{Name, Subject};

/// The body of requests about a call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CallBody {
    of: Name,
    target: String,
    region: Option<String>,
    /// The parameters as JSON text.
    parameters: String,
    /// The language of the code.
    #[serde(default)]
    language: Option<String>,
    /// The host for which the user confirmed a write.
    #[serde(default)]
    confirmed: Option<String>,
}

/// A call whose action and target exist.
pub(super) struct Call {
    pub(super) subject: Subject,
    pub(super) target: Target,
    pub(super) region: Option<String>,
    pub(super) parameters: Map<String, Value>,
    pub(super) language: Option<String>,
    pub(super) confirmed: Option<String>,
}

impl Call {
    pub(super) fn read(shared: &Shared, body: &[u8]) -> Result<Self, Problem> {
        let CallBody {
            of,
            target,
            region,
            parameters,
            language,
            confirmed,
        } = read(body)?;
        Ok(Self {
            subject: of.find()?,
            target: Target::find(&target, &shared.settings)?,
            region: region.filter(|region| !region.is_empty()),
            parameters: object(&parameters)?,
            language,
            confirmed,
        })
    }

    /// Refuses an action that modifies state of an account, unless the explorer was started with write access.
    pub(super) fn check_write(&self, shared: &Shared) -> Result<(), Problem> {
        let action = shared.calls.action(&self.subject);
        match self.target {
            Target::Service(_) if action.access == Access::Write && !shared.settings.write => {
                Err(Problem::forbidden(format!(
                    "`{}` may modify state, and accounts are read-only; \
                     start the explorer with `tc3 explore --write`, or call the emulator",
                    action.name
                )))
            }
            _ => Ok(()),
        }
    }

    /// Returns a client that makes the call.
    pub(super) async fn client(&self, shared: &Shared) -> Result<ClientBuilder, Problem> {
        let Shared {
            calls, settings, ..
        } = shared;
        let region = self.region.as_deref();
        calls
            .client(&self.subject, &self.target, region, settings)
            .await
    }
}

/// Parses the body of a request.
pub(super) fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    serde_json::from_slice(body).map_err(|error| {
        Problem::bad_request(format!("the body of the request is invalid: {error}"))
    })
}

/// Parses parameters.
pub(super) fn object(text: &str) -> Result<Map<String, Value>, Problem> {
    match serde_json::from_str(text) {
        Ok(Value::Object(members)) => Ok(members),
        Ok(_) => Err(Problem::bad_request("the parameters must be a JSON object")),
        Err(error) => Err(Problem::bad_request(format!(
            "the parameters are not JSON: {error}"
        ))),
    }
}
