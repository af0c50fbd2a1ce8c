use std::{
    env, fs,
    path::PathBuf,
    process::{self, Command},
    time::Duration,
};

use tc3::{Client, ClientBuilder, Credential, Credentials, ErrorKind, Service, Site};

use super::{
    api::{SERVICE, credential},
    transport::FailingTransport,
};

fn builder() -> ClientBuilder {
    Client::builder(&SERVICE)
        .credential(credential())
        .transport(FailingTransport)
}

#[track_caller]
fn assert_refused(builder: ClientBuilder, setting: &str, expected: &str) {
    let error = builder.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Setting);
    let text = error.to_string();
    assert!(
        text.starts_with(&format!("setting `{setting}`: ")),
        "{text}"
    );
    assert!(text.contains(expected), "{text}");
    assert!(!text.contains("planted"), "{text}");
    assert!(!text.contains('\n'), "{text}");
}

#[test]
fn valid_settings_are_accepted() {
    builder().build().unwrap();
    builder()
        .endpoint("member.tencentcloudapi.com:8443")
        .region("ap-shanghai-fsi")
        .timeout(Duration::MAX)
        .response_limit(1)
        .build()
        .unwrap();
}

#[test]
fn invalid_settings_are_refused() {
    let injection = "x\r\nX-Evil: 1";
    assert_refused(
        Client::builder(&SERVICE).transport(FailingTransport),
        "credential",
        "is not set; pass a `Credential`",
    );
    assert_refused(
        builder().credential(Credential::new("planted-id", "planted\r\n")),
        "credential",
        "the secret key contains a space or a line break",
    );
    assert_refused(
        builder().credential(credential().with_token(injection)),
        "credential",
        "the token contains a space or a line break",
    );
    assert_refused(
        builder().endpoint(injection),
        "endpoint",
        "must be a host or host:port",
    );
    assert_refused(
        builder().endpoint("http://a/b"),
        "endpoint",
        "all calls go to `/`",
    );
    assert_refused(
        builder().region(injection),
        "region",
        "letters, digits, hyphens and underscores",
    );
    assert_refused(
        builder().region(""),
        "region",
        "letters, digits, hyphens and underscores",
    );
    assert_refused(
        builder().timeout(Duration::ZERO),
        "timeout",
        "must be greater than zero",
    );
    assert_refused(
        builder().read_timeout(Duration::ZERO),
        "read_timeout",
        "must be greater than zero",
    );
    assert_refused(
        builder().response_limit(0),
        "response_limit",
        "must be greater than zero",
    );

    static INVALID_NAME: Service =
        Service::new("cvm/../tc3\n", "2017-03-12", "cvm.tencentcloudapi.com");
    assert_refused(
        Client::builder(&INVALID_NAME)
            .credential(credential())
            .transport(FailingTransport),
        "service",
        "letters, digits, hyphens and underscores",
    );
    static NO_HOST: Service = Service::new("cvm", "2017-03-12", "");
    assert_refused(
        Client::builder(&NO_HOST)
            .credential(credential())
            .transport(FailingTransport),
        "endpoint",
        "has no host",
    );
}

#[cfg(any(feature = "blocking", feature = "hyper"))]
#[test]
fn invalid_transport_settings_are_refused() {
    let builder = || Client::builder(&SERVICE).credential(credential());
    builder().no_proxy().build().unwrap();
    assert_refused(
        builder().no_proxy().connect_timeout(Duration::ZERO),
        "connect_timeout",
        "must be greater than zero",
    );
    assert_refused(
        builder().proxy("socks5://me:planted@localhost:1080"),
        "proxy",
        "must be `http://host:port` or `https://host:port`",
    );
    for invalid in [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    ] {
        let expected = "use certificates in PEM, or one in DER";
        let builder = || builder().no_proxy();
        assert_refused(
            builder().root_certificates(invalid),
            "root_certificates",
            expected,
        );
        assert_refused(
            builder().only_root_certificates(invalid),
            "only_root_certificates",
            expected,
        );
    }
}

#[cfg(any(feature = "blocking", feature = "hyper"))]
#[test]
fn transport_settings_exclude_custom_transport() {
    let expected = "applies only to the crate's own transports";
    assert_refused(
        builder().connect_timeout(Duration::from_secs(1)),
        "connect_timeout",
        expected,
    );
    assert_refused(builder().proxy("http://localhost:1"), "proxy", expected);
    assert_refused(builder().no_proxy(), "no_proxy", expected);
    assert_refused(
        builder().root_certificates("x"),
        "root_certificates",
        expected,
    );
    assert_refused(
        builder().only_root_certificates("x"),
        "only_root_certificates",
        expected,
    );
}

#[cfg(not(any(feature = "blocking", feature = "hyper")))]
#[test]
fn missing_transport_is_refused() {
    assert_refused(
        Client::builder(&SERVICE).credential(credential()),
        "transport",
        "the feature `hyper` or `blocking`",
    );
}

/// Environment in which a client is built: a home directory, and variables.
struct Environment(PathBuf);

/// Region, site and endpoint that the builder sets. The site is always the regional one.
const BUILDER_REGION: &str = "TC3_TEST_REGION";
const BUILDER_SITE: &str = "TC3_TEST_SITE";
const BUILDER_ENDPOINT: &str = "TC3_TEST_ENDPOINT";
const OUTPUT: &str = "TC3_TEST_OUTPUT";

impl Environment {
    fn new(files: &[(&str, &str)]) -> Self {
        let home = env::temp_dir().join(format!("tc3-{}-settings", process::id()));
        for (file, text) in files {
            let path = home.join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self(home)
    }

    /// Returns the endpoint and the region of a client that is built with these variables, or the error.
    ///
    /// Changing the environment of a running process is unsafe, so the test runs itself in a child process.
    fn build(&self, test: &str, variables: &[(&str, &str)]) -> String {
        let output = self.0.join("output");
        let child = Command::new(env::current_exe().unwrap())
            .args(["--exact", &format!("client::settings::{test}")])
            .env_clear()
            .env("HOME", &self.0)
            .env(OUTPUT, &output)
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        assert!(child.status.success());
        fs::read_to_string(output).unwrap()
    }

    /// In the child process, writes the outcome and returns `true`. In the parent, returns `false`.
    fn run_child() -> bool {
        let Ok(output) = env::var(OUTPUT) else {
            return false;
        };
        let builder = Client::builder(&SERVICE).credential(Credentials::default_chain());
        #[cfg(not(any(feature = "blocking", feature = "hyper")))]
        let builder = builder.transport(FailingTransport);
        let builder = match env::var(BUILDER_REGION) {
            Ok(region) => builder.region(region),
            Err(_) => builder,
        };
        let builder = match env::var(BUILDER_ENDPOINT) {
            Ok(endpoint) => builder.endpoint(endpoint),
            Err(_) => builder,
        };
        let builder = match env::var(BUILDER_SITE) {
            Ok(_) => builder.site(Site::Regional),
            Err(_) => builder,
        };
        let built = builder.build();
        #[cfg(feature = "blocking")]
        if [BUILDER_REGION, BUILDER_ENDPOINT, BUILDER_SITE]
            .iter()
            .all(|name| env::var_os(name).is_none())
        {
            let shown = |built: Result<&Client, &tc3::Error>| match built {
                Ok(client) => format!("{client:?}"),
                Err(error) => error.to_string(),
            };
            let blocking = Client::from_env_blocking(&SERVICE);
            assert_eq!(shown(blocking.as_ref()), shown(built.as_ref()));
        }
        let outcome = match built {
            Ok(client) => {
                let shown = format!("{client:?}");
                let (_, settings) = shown.split_once("endpoint: ").unwrap();
                settings.split_once(", timeout").unwrap().0.to_owned()
            }
            Err(error) => {
                assert_eq!(error.kind(), ErrorKind::Setting);
                format!("{error} {error:?}")
            }
        };
        fs::write(output, outcome).unwrap();
        true
    }
}

impl Drop for Environment {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

const PROFILES: &str = "[default]\nsecret_id = id\nsecret_key = planted\nregion = ap-profile\n\
                        [production]\nsecret_id = id\nsecret_key = planted\n\
                        [odd]\nsecret_id = id\nsecret_key = planted\nregion = ap odd\n\
                        [intl]\nsecret_id = id\nsecret_key = planted\nsite = intl\n\
                        [moon]\nsecret_id = id\nsecret_key = planted\nsite = planted\n\
                        [gateway]\nsecret_id = id\nsecret_key = planted\nsite = intl\nendpoint = gateway:8443\n\
                        [broken]\nsecret_id = id\nsecret_key = planted\nendpoint = https://planted@h\n";

#[test]
fn environment_settings_are_used_or_refused() {
    if Environment::run_child() {
        return;
    }
    let test = "environment_settings_are_used_or_refused";
    let token = "TKE_WEB_IDENTITY_TOKEN_FILE";
    let environment = Environment::new(&[
        (".tencentcloud/credentials", PROFILES),
        (
            ".tccli/team.credential",
            r#"{"secretId": "id", "secretKey": "planted"}"#,
        ),
        (
            ".tccli/team.configure",
            r#"{"_sys_param": {"region": "ap-team"}}"#,
        ),
        ("token", "planted"),
    ]);
    let keys = |key, value| {
        [
            ("TENCENTCLOUD_SECRET_ID", "id"),
            ("TENCENTCLOUD_SECRET_KEY", "planted"),
            (key, value),
        ]
    };
    let pod = |region, arn| {
        let pod = [
            ("TKE_PROVIDER_ID", "cls-1"),
            (token, "/dev/null"),
            ("TKE_REGION", region),
        ];
        [&pod[..], &[("TKE_ROLE_ARN", arn)]].concat()
    };
    let arn = "qcs::cam::uin/1:roleName/a";
    let [documented, intl] = [
        "https://member.tencentcloudapi.com/",
        "https://member.intl.tencentcloudapi.com/",
    ];
    for (variables, expected) in [
        (&[][..], r#"Some("ap-profile")"#),
        (&[("TENCENTCLOUD_REGION", "ap-env")], r#"Some("ap-env")"#),
        (&[("TENCENTCLOUD_REGION", "")], r#"Some("ap-profile")"#),
        (
            &[
                ("TENCENTCLOUD_REGION", "ap-env"),
                (BUILDER_REGION, "ap-builder"),
            ],
            r#"Some("ap-builder")"#,
        ),
        (&[("TENCENTCLOUD_PROFILE", "production")], "None"),
        (&[("TCCLI_PROFILE", "team")], r#"Some("ap-team")"#),
        (
            &keys("TENCENTCLOUD_SECURITY_TOKEN", "planted"),
            r#"Some("ap-profile")"#,
        ),
        (
            &[("TENCENTCLOUD_REGION", "ap env")],
            "setting `TENCENTCLOUD_REGION`: `ap env` is invalid; use letters, digits, hyphens",
        ),
        (&[], documented),
        (&[("TENCENTCLOUD_SITE", "intl")], intl),
        (&[("TENCENTCLOUD_PROFILE", "intl")], intl),
        (
            &[
                ("TENCENTCLOUD_PROFILE", "intl"),
                ("TENCENTCLOUD_SITE", "mainland"),
            ],
            documented,
        ),
        (
            &[("TENCENTCLOUD_PROFILE", "intl"), ("TENCENTCLOUD_SITE", "")],
            intl,
        ),
        (
            &[("TENCENTCLOUD_SITE", "intl"), (BUILDER_SITE, "")],
            "https://member.ap-profile.tencentcloudapi.com/",
        ),
        (
            &[("TENCENTCLOUD_SITE", "intl"), (BUILDER_ENDPOINT, "a.b")],
            "https://a.b/",
        ),
        (
            &[("TENCENTCLOUD_ENDPOINT", "http://[::1]:1")],
            "http://[::1]:1/",
        ),
        (
            &[
                ("TENCENTCLOUD_ENDPOINT", "a.b"),
                ("TENCENTCLOUD_ENDPOINT_MEMBER", "c.d"),
                ("TENCENTCLOUD_ENDPOINT_CVM", "e.f"),
            ],
            "https://c.d/",
        ),
        (
            &[
                ("TENCENTCLOUD_PROFILE", "gateway"),
                ("TENCENTCLOUD_SITE", "mainland"),
            ],
            "https://gateway:8443/",
        ),
        (
            &[
                ("TENCENTCLOUD_PROFILE", "gateway"),
                ("TENCENTCLOUD_ENDPOINT", "a.b"),
            ],
            "https://a.b/",
        ),
        (
            &[("TENCENTCLOUD_ENDPOINT", "a.b"), (BUILDER_ENDPOINT, "c.d")],
            "https://c.d/",
        ),
        (
            &[
                ("TENCENTCLOUD_ENDPOINT", "a.b"),
                (BUILDER_SITE, ""),
                (BUILDER_REGION, "ap-builder"),
            ],
            "https://a.b/",
        ),
        (
            &[("TENCENTCLOUD_ENDPOINT_MEMBER", "a.b/v1")],
            "setting `TENCENTCLOUD_ENDPOINT_MEMBER`: `a.b/v1` has a path, and all calls go to `/`; must be a host",
        ),
        (
            &[("TENCENTCLOUD_PROFILE", "broken")],
            "credentials`, line 28: `endpoint` must be a host or host:port",
        ),
        (
            &[("TENCENTCLOUD_SITE", "moon")],
            "setting `TENCENTCLOUD_SITE`: `moon` is not a site; use `intl` or `mainland`",
        ),
        (
            &[("TENCENTCLOUD_PROFILE", "moon")],
            "credentials`, line 19: `site` is not a site; use `intl` or `mainland`",
        ),
        (
            &[("TENCENTCLOUD_PROFILE", "prodction")],
            "the profile: no profile `prodction`, which `TENCENTCLOUD_PROFILE` names: ",
        ),
        (
            &[("TENCENTCLOUD_PROFILE", "prodction")],
            "; known profiles: `production`, ",
        ),
        (
            &[("TENCENTCLOUD_PROFILE", "odd")],
            "credentials`, line 11: `region` is invalid; use letters",
        ),
        (
            &[("TENCENTCLOUD_CREDENTIALS_FILE", "/nowhere")],
            "`TENCENTCLOUD_CREDENTIALS_FILE` names `/nowhere`, which does not exist",
        ),
        (
            &[("TENCENTCLOUD_SECRET_ID", "id")],
            "setting `credential`: the credential chain: the environment: `TENCENTCLOUD_SECRET_KEY` is not set",
        ),
        (
            &keys("TENCENTCLOUD_SECRET_KEY", ""),
            "`TENCENTCLOUD_SECRET_KEY` is empty",
        ),
        (
            &keys("TENCENTCLOUD_SECRET_KEY", "planted\n"),
            "`TENCENTCLOUD_SECRET_KEY` contains a space or a line break",
        ),
        (
            &keys("TENCENTCLOUD_SECRET_ID", "'planted'"),
            "`TENCENTCLOUD_SECRET_ID` contains a quotation mark",
        ),
        (
            &keys("TENCENTCLOUD_SECURITY_TOKEN", "plan ted"),
            "`TENCENTCLOUD_SECURITY_TOKEN` contains a space or a line break",
        ),
        (
            &pod("ap bangkok", arn),
            "web identity: setting `TKE_REGION`: `ap bangkok` is invalid",
        ),
        (
            &pod("ap-bangkok", "role"),
            "web identity: setting `TKE_ROLE_ARN`: must be the full name of a role",
        ),
        (
            &pod("ap-bangkok", arn),
            "web identity: the token file `/dev/null` is empty",
        ),
        #[cfg(any(feature = "blocking", feature = "hyper"))]
        (
            &[("ALL_PROXY", "socks5://me:planted@h:1")],
            "setting `ALL_PROXY`: SOCKS proxies are not supported",
        ),
        #[cfg(any(feature = "blocking", feature = "hyper"))]
        (
            &[
                ("ALL_PROXY", "socks5://me:planted@h:1"),
                ("HTTPS_PROXY", "http://h:1"),
            ],
            r#"Some("ap-profile")"#,
        ),
        #[cfg(any(feature = "blocking", feature = "hyper"))]
        (
            &[("SSL_CERT_FILE", "/nowhere")],
            "setting `SSL_CERT_FILE`: `/nowhere` cannot be read: No such file",
        ),
    ] {
        let outcome = environment.build(test, variables);
        assert!(outcome.contains(expected), "{variables:?}: {outcome}");
        assert!(!outcome.contains("planted"), "{outcome}");
    }
}
