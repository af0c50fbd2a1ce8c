use std::time::Duration;

use tc3::{Client, ClientBuilder, Credential, ErrorKind, Service};

use crate::{
    api::{SERVICE, credential},
    transport::Nowhere,
};

fn builder() -> ClientBuilder {
    Client::builder(&SERVICE)
        .credential(credential())
        .transport(Nowhere)
}

#[track_caller]
fn refused(builder: ClientBuilder, setting: &str, may_be: &str) {
    let error = builder.build().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Setting);
    let text = error.to_string();
    assert!(
        text.starts_with(&format!("setting `{setting}`: ")),
        "{text}"
    );
    assert!(text.contains(may_be), "{text}");
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
    let evil = "x\r\nX-Evil: 1";
    refused(
        Client::builder(&SERVICE).transport(Nowhere),
        "credential",
        "is not set; pass a `Credential`",
    );
    refused(
        builder().credential(Credential::new("planted-id", "planted\r\n")),
        "credential",
        "the secret key contains a space or a line break",
    );
    refused(
        builder().credential(credential().with_token(evil)),
        "credential",
        "the token contains a space or a line break",
    );
    refused(
        builder().endpoint(evil),
        "endpoint",
        "must be a host or host:port",
    );
    refused(
        builder().endpoint("http://a/b"),
        "endpoint",
        "all calls go to `/`",
    );
    refused(
        builder().region(evil),
        "region",
        "letters, digits, hyphens and underscores",
    );
    refused(
        builder().region(""),
        "region",
        "letters, digits, hyphens and underscores",
    );
    refused(
        builder().timeout(Duration::ZERO),
        "timeout",
        "must be greater than zero",
    );
    refused(
        builder().read_timeout(Duration::ZERO),
        "read_timeout",
        "must be greater than zero",
    );
    refused(
        builder().response_limit(0),
        "response_limit",
        "must be greater than zero",
    );

    static EVIL: Service = Service::new("cvm/../tc3\n", "2017-03-12", "cvm.tencentcloudapi.com");
    refused(
        Client::builder(&EVIL)
            .credential(credential())
            .transport(Nowhere),
        "service",
        "letters, digits, hyphens and underscores",
    );
    static NO_HOST: Service = Service::new("cvm", "2017-03-12", "");
    refused(
        Client::builder(&NO_HOST)
            .credential(credential())
            .transport(Nowhere),
        "endpoint",
        "has no host",
    );
}

#[cfg(any(feature = "blocking", feature = "hyper"))]
#[test]
fn invalid_settings_of_own_transports_are_refused() {
    let builder = || Client::builder(&SERVICE).credential(credential());
    builder().no_proxy().build().unwrap();
    refused(
        builder().no_proxy().connect_timeout(Duration::ZERO),
        "connect_timeout",
        "must be greater than zero",
    );
    refused(
        builder().proxy("socks5://me:planted@localhost:1080"),
        "proxy",
        "must be `http://host:port` or `https://host:port`",
    );
    for wrong in [
        "",
        "no certificate",
        "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    ] {
        let may_be = "use certificates in PEM, or one in DER";
        let builder = || builder().no_proxy();
        refused(
            builder().root_certificates(wrong),
            "root_certificates",
            may_be,
        );
        refused(
            builder().only_root_certificates(wrong),
            "only_root_certificates",
            may_be,
        );
    }
}

#[cfg(any(feature = "blocking", feature = "hyper"))]
#[test]
fn settings_of_own_transports_exclude_a_transport() {
    let may_be = "applies only to the crate's own transports";
    refused(
        builder().connect_timeout(Duration::from_secs(1)),
        "connect_timeout",
        may_be,
    );
    refused(builder().proxy("http://localhost:1"), "proxy", may_be);
    refused(builder().no_proxy(), "no_proxy", may_be);
    refused(
        builder().root_certificates("x"),
        "root_certificates",
        may_be,
    );
    refused(
        builder().only_root_certificates("x"),
        "only_root_certificates",
        may_be,
    );
}

#[cfg(not(any(feature = "blocking", feature = "hyper")))]
#[test]
fn a_missing_transport_is_refused() {
    refused(
        Client::builder(&SERVICE).credential(credential()),
        "transport",
        "the feature `hyper` or `blocking`",
    );
}
