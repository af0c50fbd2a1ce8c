//! Nothing that is logged contains a secret, at any level, whether by this crate or by its libraries.

use std::{
    env,
    fmt::{self, Write as _},
    io::Write as _,
    process::Command,
    sync::{Arc, Mutex},
    time::Duration,
};

use tc3::{
    Client, ClientBuilder, Credential, Credentials, Error, Retry,
    credential::{AssumeRole, CvmRole},
};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

use super::{
    api::{Get, SERVICE},
    server::{Connection, Server, http_response},
};

const KEY: &str = "Zq7Lw0Xn3Vb8Kc5Td2Rf6Yh1Mj4Gs9Pa";
const TOKEN: &str = "bN2vQ8xW5mE1rT7yU4iO0pL3kJ6hG9fD";
const PROXY_PASSWORD: &str = "c5R1nZ8wX3eV7tB0yN4uM6iK9oL2pJqA";
const ROLE_KEY: &str = "9aS4dF7gH2jK5lQ0wE3rT8yU1iO6pZxC";
const ROLE_TOKEN: &str = "Vb3Nm6Lk9Jh2Gf5Ds8Aq1We4Rt7Yu0Io";
const RESPONSE_SECRET: &str = "Pl0Ok9Ij8Uh7Yg6Tf5Rd4Es3Wa2Qz1Xc";

static LOG: Mutex<String> = Mutex::new(String::new());

/// Records everything that is logged with `log` or `tracing`.
struct Recorder;

impl log::Log for Recorder {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }
    fn log(&self, record: &log::Record<'_>) {
        let mut log = LOG.lock().unwrap();
        writeln!(log, "{} {}", record.target(), record.args()).unwrap();
    }
    fn flush(&self) {}
}

struct FieldVisitor(String);

impl Visit for FieldVisitor {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {}={value:?}", field.name()).unwrap();
    }
}

fn record(target: &str, visit: impl FnOnce(&mut FieldVisitor)) {
    let mut fields = FieldVisitor(target.to_owned());
    visit(&mut fields);
    *LOG.lock().unwrap() += &(fields.0 + "\n");
}

impl Subscriber for Recorder {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }
    fn new_span(&self, span: &Attributes<'_>) -> Id {
        record(span.metadata().target(), |fields| span.record(fields));
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, values: &Record<'_>) {
        record("", |fields| values.record(fields));
    }
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, event: &Event<'_>) {
        record(event.metadata().target(), |fields| event.record(fields));
    }
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// A service, STS and the metadata server of a machine, with the `Authorization` headers that they received.
struct Servers {
    service: String,
    sts: String,
    machine: String,
    received: Arc<Mutex<Vec<String>>>,
}

/// Returns the body of the response to an action, or to a request of a role's credential.
fn respond(action: Option<&str>) -> String {
    let credential =
        format!(r#""TmpSecretId":"AKIDrole","TmpSecretKey":"{ROLE_KEY}","Token":"{ROLE_TOKEN}""#);
    let expires = r#""ExpiredTime":4102444800"#;
    match action {
        Some("AssumeRole") => format!(
            r#"{{"Response":{{"Credentials":{{{credential}}},{expires},"RequestId":"id-1"}}}}"#
        ),
        Some(_) => format!(
            r#"{{"Response":{{"Uin":7,"CredentialSecret":"{RESPONSE_SECRET}","RequestId":"id-2"}}}}"#
        ),
        None => format!(r#"{{"Code":"Success",{credential},{expires}}}"#),
    }
}

impl Servers {
    fn http1() -> Self {
        let received: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&received);
        let server = Server::per_request(move |request, stream| {
            let header = |name| request.header(name).ok().map(str::to_owned);
            log.lock().unwrap().extend(header("authorization"));
            let body = respond(header("x-tc-action").as_deref());
            let response = http_response("200 OK", "", &body);
            stream.write_all(response.as_bytes()).unwrap();
            Connection::KeepAlive
        });
        Self {
            service: server.endpoint(),
            sts: server.endpoint(),
            machine: server.endpoint(),
            received,
        }
    }

    #[cfg(feature = "http2")]
    fn http2() -> Self {
        let received: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&received);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
            .unwrap();
        let endpoint = format!("https://{}", listener.local_addr().unwrap());
        let config = Arc::new(super::server::tls_config(b"h2"));
        let serve = async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let tls = tokio_rustls::TlsAcceptor::from(Arc::clone(&config));
                let log = Arc::clone(&log);
                tokio::spawn(async move {
                    let stream = tls.accept(stream).await.unwrap();
                    let mut connection = h2::server::handshake(stream).await.unwrap();
                    while let Some(Ok((request, mut sender))) = connection.accept().await {
                        let header = |name| {
                            let value = request.headers().get(name)?;
                            Some(value.to_str().unwrap().to_owned())
                        };
                        log.lock().unwrap().extend(header("authorization"));
                        let body = respond(header("x-tc-action").as_deref());
                        let head = http::Response::new(());
                        let mut stream = sender.send_response(head, false).unwrap();
                        stream.send_data(body.into(), true).unwrap();
                    }
                });
            }
        };
        std::thread::spawn(move || runtime.block_on(serve));
        Self {
            service: endpoint.clone(),
            sts: endpoint,
            machine: Servers::http1().machine,
            received,
        }
    }

    /// Makes a call with each kind of credential: a fixed one, that of a role and that of a machine.
    fn call(
        &self,
        configure: impl Fn(ClientBuilder) -> ClientBuilder,
        call: impl Fn(ClientBuilder) -> Result<(), Error>,
    ) {
        let caller = Credential::new("AKIDcaller", KEY).with_token(TOKEN);
        let role = AssumeRole::new("qcs::cam::uin/1:roleName/auditor", caller.clone());
        let machine = CvmRole::new().role("auditor").endpoint(&self.machine);
        for credentials in [
            Credentials::from(caller),
            Credentials::new(role.endpoint(&self.sts)),
            Credentials::new(machine),
        ] {
            let builder = Client::builder(&SERVICE).endpoint(&self.service);
            call(configure(builder.credential(credentials))).unwrap();
        }
    }
}

/// Makes calls over every transport and protocol, and through a proxy that refuses its credential.
fn call_over_every_transport(all_servers: &[Servers]) {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let run = |builder: ClientBuilder| {
        runtime.block_on(async { builder.build()?.send(&Get::new("Ada")).await.map(drop) })
    };
    let with_tls = |builder: ClientBuilder| {
        let authority = include_bytes!("../../tls/authority.der");
        builder.no_proxy().only_root_certificates(authority)
    };
    for servers in all_servers {
        servers.call(with_tls, run);
        #[cfg(feature = "blocking")]
        servers.call(with_tls, |builder| {
            let client = builder.build_blocking()?;
            client.send(&Get::new("Ada")).wait().map(drop)
        });
    }
    #[cfg(feature = "reqwest")]
    all_servers[0].call(
        |builder| {
            let client = reqwest::Client::builder()
                .no_proxy()
                .connection_verbose(true);
            builder.transport(tc3::transport::Reqwest::new(client).unwrap())
        },
        run,
    );

    let proxy = Server::per_connection(|mut stream| {
        let refusal = b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n";
        let _ = stream.write_all(refusal);
        std::thread::sleep(Duration::from_secs(1));
    });
    let with_proxy = || {
        Client::builder(&SERVICE)
            .credential(Credential::new("AKIDcaller", KEY).with_token(TOKEN))
            .proxy(format!("http://me:{PROXY_PASSWORD}@{}", proxy.host()))
            .retry(Retry::never())
    };
    run(with_proxy()).unwrap_err();
    #[cfg(feature = "blocking")]
    {
        let client = with_proxy().build_blocking().unwrap();
        client.send(&Get::new("Ada")).wait().map(drop).unwrap_err();
    }
}

/// Returns the forms in which a log may contain these bytes, in lower case.
fn printed_forms(bytes: &[u8]) -> Vec<String> {
    let join = |format: fn(&u8) -> String, separator: &str| {
        bytes.iter().map(format).collect::<Vec<_>>().join(separator)
    };
    let hex = |byte: &u8| format!("{byte:02x}");
    let mut forms = vec![String::from_utf8(bytes.to_vec()).unwrap().to_lowercase()];
    forms.extend(["", " ", ":", "\\x", ", ", ", 0x"].map(|separator| join(hex, separator)));
    forms.extend([" ", ",", ", "].map(|separator| join(u8::to_string, separator)));
    forms
}

#[test]
fn no_log_contains_a_secret() {
    const CHILD: &str = "TC3_TEST_LOGS";
    // A logger is global, so the test runs itself in a child process.
    if env::var_os(CHILD).is_none() {
        let name = concat!(module_path!(), "::no_log_contains_a_secret");
        let (_, name) = name.split_once("::").unwrap();
        let output = Command::new(env::current_exe().unwrap())
            .args([name, "--exact", "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        let passed = output.status.success() && text.contains("1 passed");
        assert!(passed, "{text}{errors}");
        return;
    }

    log::set_logger(&Recorder).unwrap();
    log::set_max_level(log::LevelFilter::Trace);
    tracing::subscriber::set_global_default(Recorder).unwrap();
    let all_servers = [
        Servers::http1(),
        #[cfg(feature = "http2")]
        Servers::http2(),
    ];
    call_over_every_transport(&all_servers);

    let log = LOG.lock().unwrap().to_lowercase();
    // The libraries do log.
    assert!(log.contains("hyper_util::client"));
    #[cfg(feature = "http2")]
    assert!(log.contains("frame=headers {"));

    let mut secrets: Vec<String> = [
        KEY,
        TOKEN,
        PROXY_PASSWORD,
        ROLE_KEY,
        ROLE_TOKEN,
        RESPONSE_SECRET,
    ]
    .map(str::to_owned)
    .into();
    // In base64, `me:` and the password.
    secrets.push("bWU6YzVSMW5aOHdYM2VWN3RCMHlONHVNNmlLOW9MMnBKcUE=".to_owned());
    for servers in &all_servers {
        let received = servers.received.lock().unwrap();
        assert!(received.len() >= 4);
        let signature = |text: &String| text.split_once("Signature=").unwrap().1.to_owned();
        secrets.extend(received.iter().map(signature));
    }
    for secret in secrets {
        // A part is enough, because a dump breaks lines anywhere.
        for part in secret.as_bytes().windows(12).step_by(4) {
            for form in printed_forms(part) {
                assert!(!log.contains(&form), "`{form}` of {secret} is logged");
            }
        }
    }
}
