use std::{
    future::poll_fn,
    io,
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    task::{Poll, Waker},
    thread,
    time::SystemTime,
};

use zeroize::Zeroizing;

use super::{
    Credential, ExpiringCredential, Fetched, Provider, Providing,
    section::{Entry, Section},
};
use crate::{Error, lock::lock, secrets, transport::Transport};

/// Key of the entry with the command.
pub(super) const KEY: &str = "secret_key_command";

/// Command that prints the secret key of a profile, such as that of a keyring.
#[derive(Clone)]
pub(super) struct KeyCommand {
    id: String,
    token: Option<Zeroizing<String>>,
    program: String,
    arguments: Vec<String>,
    /// File and line.
    place: String,
}

impl KeyCommand {
    /// Reads the command of a section. White space separates its words; there is no shell.
    pub(super) fn read(section: &Section, entry: &Entry) -> Result<Self, Error> {
        if section.get("secret_key").is_some() {
            return Err(entry.invalid("and `secret_key` are both set; remove one"));
        }
        let mut words = entry.value.split_whitespace().map(str::to_owned);
        let program = words.next().ok_or_else(|| entry.invalid("is empty"))?;
        let token = section.get("token").map(|_| section.secret("token"));
        Ok(Self {
            id: section.secret("secret_id")?.to_owned(),
            token: token
                .transpose()?
                .map(|token| Zeroizing::new(token.to_owned())),
            program,
            arguments: words.collect(),
            place: entry.place.clone(),
        })
    }

    pub(super) async fn fetch(&self) -> Fetched {
        let failed =
            |problem: &str| Error::credential(format!("{}: `{KEY}` {problem}", self.place));
        let mut command = Command::new(&self.program);
        command.args(&self.arguments).stdin(Stdio::null());
        // The command may prompt, or print its error on standard error.
        command.stdout(Stdio::piped()).stderr(Stdio::inherit());
        let output = match on_thread(move || command.spawn()?.wait_with_output()).await {
            Ok(Ok(output)) => output,
            Ok(Err(error)) | Err(error) => {
                return Err(failed(&format!("cannot be run: {error}")));
            }
        };
        let printed = Zeroizing::new(output.stdout);
        if !output.status.success() {
            return Err(failed(&format!("failed: {}", output.status)));
        }
        // Text that is not UTF-8 is refused for the replacement character.
        let key = str::from_utf8(&printed)
            .unwrap_or("\u{FFFD}")
            .trim_end_matches(['\r', '\n']);
        if let Some(problem) = secrets::problem(key, false) {
            return Err(failed(&format!("printed an invalid key: it {problem}")));
        }
        let credential = Credential::new(&*self.id, key);
        Ok(ExpiringCredential::lasting(match &self.token {
            Some(token) => credential.with_token(&**token),
            None => credential,
        }))
    }
}

impl Provider for KeyCommand {
    fn name(&self) -> &str {
        "the profile"
    }

    fn provide<'a>(&'a self, _: &'a Arc<dyn Transport>, _: SystemTime) -> Providing<'a> {
        Box::pin(self.fetch())
    }
}

/// Runs a function on a thread of its own, because it would block the async runtime.
async fn on_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> io::Result<T> {
    let shared = Arc::new(Mutex::new((None, None::<Waker>)));
    let of_thread = Arc::clone(&shared);
    thread::Builder::new().spawn(move || {
        let result = work();
        let mut slot = lock(&of_thread);
        slot.0 = Some(result);
        let waker = slot.1.take();
        // A waker may poll immediately.
        drop(slot);
        waker.into_iter().for_each(Waker::wake);
    })?;
    let ended = poll_fn(|context| {
        let mut slot = lock(&shared);
        match slot.0.take() {
            Some(result) => Poll::Ready(result),
            None => {
                slot.1 = Some(context.waker().clone());
                Poll::Pending
            }
        }
    });
    Ok(ended.await)
}
