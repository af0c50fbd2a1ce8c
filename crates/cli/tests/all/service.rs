//! The program against a service with chosen responses.

use std::process::{Command, Output, Stdio};

use tc3_catalogue::Catalogue;
use tc3_emulator::{Emulator, Fault, Seed};
use tc3_spec::Site;

/// An emulator of one service.
pub(crate) struct Service(Emulator);

/// Result of a run of the program.
#[derive(Debug)]
pub(crate) struct Run {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Returns a response with these members, and a request ID.
pub(crate) fn response(members: &str) -> Fault {
    Fault::status(
        200,
        format!(r#"{{"Response": {{{members}, "RequestId": "id"}}}}"#),
    )
}

/// Returns faults that apply to one request each, one after the other.
pub(crate) fn once(faults: impl IntoIterator<Item = Fault>) -> Vec<Fault> {
    faults.into_iter().map(|fault| fault.times(1)).collect()
}

impl Service {
    /// Starts an emulator of a service of the catalogue, with faults. Its lists have `items` items.
    pub(crate) fn start(name: &str, items: usize, faults: Vec<Fault>) -> Self {
        let catalogue = Catalogue::of_site(Site::Intl);
        let version = catalogue.version(name, None).expect("the service exists");
        let spec = catalogue.load(name, version).expect("it is whole");
        let builder = Emulator::builder().spec(spec).rate_limits(false);
        let builder = builder.list_length(items).page_length(10);
        let builder = faults
            .into_iter()
            .fold(builder, |builder, fault| builder.fault(fault));
        Self(builder.start_blocking().expect("it starts"))
    }

    /// Starts `cvm` with one response.
    pub(crate) fn with_response(members: &str) -> Self {
        Self::start("cvm", 1, vec![response(members)])
    }

    /// Returns a command of the program, which calls this service.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tc3"));
        command
            .args(arguments)
            .args(["--endpoint", self.0.endpoint(), "--region", "ap-singapore"])
            .env_clear()
            .env("TENCENTCLOUD_SECRET_ID", Seed::SECRET_ID)
            .env("TENCENTCLOUD_SECRET_KEY", Seed::SECRET_KEY)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    /// Runs the program with arguments that white space separates.
    pub(crate) fn run(&self, line: &str) -> Run {
        let arguments: Vec<&str> = line.split_whitespace().collect();
        self.run_words(&arguments)
    }

    pub(crate) fn run_words(&self, arguments: &[&str]) -> Run {
        Run::of(
            &self
                .command(arguments)
                .output()
                .expect("the program starts"),
        )
    }

    /// Returns the bodies of the requests so far.
    pub(crate) fn requests(&self) -> Vec<String> {
        let requests = self.0.requests();
        let bodies = requests
            .iter()
            .map(|request| String::from_utf8_lossy(&request.body).into_owned());
        bodies.collect()
    }
}

impl Run {
    pub(crate) fn of(output: &Output) -> Self {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is UTF-8");
        Self {
            code: output.status.code(),
            out: text(&output.stdout),
            err: text(&output.stderr),
        }
    }

    /// Returns the output of a successful run without messages on standard error.
    #[track_caller]
    pub(crate) fn output(&self) -> &str {
        assert_eq!((self.code, &*self.err), (Some(0), ""), "{self:?}");
        &self.out
    }

    /// Returns the error of a run that fails with this exit code and prints no output.
    #[track_caller]
    pub(crate) fn error(&self, code: i32) -> &str {
        assert_eq!((self.code, &*self.out), (Some(code), ""), "{self:?}");
        &self.err
    }
}
