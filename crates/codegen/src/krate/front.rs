//! Generates the front page of a crate.

use tc3_spec::{Access, Region};

use super::items::items;
use super::kind::Kind;
use super::manifest::repository;
use super::sample::{Sample, sample};
use crate::docs::{Docs, code};
use crate::error::Error;
use crate::ir::Version;

/// The features of every generated crate, as a table.
const FEATURES: &str = "\
| feature | default | effect |
|---|---|---|
| `hyper` | yes | the built-in transport for async programs |
| `serde` | yes | `Serialize` and `Deserialize` for requests, responses and data types |
| `blocking` | no | clients for programs without an async runtime, whose calls end with `.wait()` |
| `http2` | no | HTTP/2, where the server offers it |
| `reqwest` | no | a transport over the program's own reqwest |
| `stream` | no | `Stream` for pages and items |
| `testing` | no | builders of responses and of the data types in them, for tests |";

/// Documentation that all generated crates share, with links to the runtime.
const SHARED: &str = "\
- Credentials: [`tc3::credential`]
- Settings of a client: [`ClientBuilder`](tc3::ClientBuilder); of one call: [`Call`](tc3::Call)
- Errors: [`Error`](tc3::Error), and [`CommonError`](tc3::CommonError) for the codes that all services share; the methods \
of a client list those of their actions
- Retries and rate limits: [`Retry`](tc3::Retry) and [`RateLimit`](tc3::RateLimit)
- Paging: [`tc3::pages`]
- Testing: [`tc3::testing`]
- Transports, proxies and certificates: [`tc3::transport`]";

/// Returns the documentation of a crate.
///
/// # Errors
/// Fails if the sample is not valid Rust, which is a bug.
pub(super) fn page(
    name: &str,
    service: &str,
    versions: &[Version],
    kind: &Kind<'_>,
) -> Result<Docs, Error> {
    let mut docs = Docs::of_markdown(format!(
        "Typed client of the Tencent Cloud API 3.0 service {}, with one module per version.",
        code(service)
    ));
    docs = heading(docs, "Dependencies");
    docs = block(docs, "toml", &dependencies(name, service, kind));
    if let Some(sample) = sample(&name.replace('-', "_"), versions) {
        docs = heading(docs, "Example");
        docs = example(docs, &sample)?;
    }
    docs = heading(docs, "Features").with_lines(lines(FEATURES));
    docs = heading(docs, "Common to all services").with(
        "The runtime, which this crate exports as [`tc3`], has the parts that all services share.",
    );
    Ok(docs.with_lines(lines(SHARED)))
}

/// Returns the lines of the manifest of a program that uses the crate.
fn dependencies(name: &str, service: &str, kind: &Kind<'_>) -> String {
    let source = match (kind, repository()) {
        (Kind::InRepository, Some(url)) => format!("git = \"{url}\""),
        (Kind::InRepository, None) => format!("path = \"…/generated/{service}\""),
        (Kind::Elsewhere(_) | Kind::Echo(_), _) => format!("path = \"…/{service}\""),
    };
    format!(
        "[dependencies]\n{name} = {{ {source} }}\ntokio = {{ version = \"1\", features = [\"macros\", \"rt-multi-thread\"] }}"
    )
}

/// Appends a program, and the notes for its reader.
fn example(docs: Docs, sample: &Sample<'_>) -> Result<Docs, Error> {
    let (version, action) = (sample.version, sample.action);
    let program = items(version, &version.module, sample.code.clone())?;
    let docs = block(docs, "no_run", &program);
    let access = match action.access {
        Access::Read => "only reads",
        Access::Write => "may modify state",
    };
    let region = match action.region {
        Region::Required => ", and needs a region",
        Region::Optional | Region::Unused => "",
    };
    let module = &version.module;
    Ok(docs.with(format!(
        "{} {access}{region}. The credential and other settings come from the environment, a profile file, or the role \
         of the machine; [`Client::builder`]({module}::Client::builder) sets them in the program.",
        code(&action.wire)
    )))
}

fn heading(docs: Docs, text: &str) -> Docs {
    docs.with_lines([format!("# {text}")])
}

fn block(docs: Docs, language: &str, text: &str) -> Docs {
    let fences = [format!("```{language}"), "```".to_owned()];
    let [open, close] = fences.map(std::iter::once);
    docs.with_lines(open.chain(lines(text)).chain(close))
}

fn lines(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(str::to_owned)
}
