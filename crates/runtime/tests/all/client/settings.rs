use std::time::Duration;

use tc3::{Client, ClientBuilder, Credential, ErrorKind, Service};

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
