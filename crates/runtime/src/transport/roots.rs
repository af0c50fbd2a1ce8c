use std::{ffi::OsString, fs, path::PathBuf};

use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};

use crate::Error;

/// Parses certificates of authorities in PEM or DER, each with the name of its setting.
pub(super) fn parse(
    texts: &[(&'static str, Vec<u8>)],
) -> Result<Vec<CertificateDer<'static>>, Error> {
    let mut roots = Vec::new();
    for (setting, text) in texts {
        roots.extend(certificates(text).map_err(|problem| {
            let remedy = "use certificates in PEM, or one in DER";
            Error::setting(setting, format_args!("{problem}; {remedy}"))
        })?);
    }
    Ok(roots)
}

/// Environment variable with the file of trusted authorities.
pub(super) const FILE: &str = "SSL_CERT_FILE";

/// Reads the authorities that the environment sets in place of the public ones; `file` is the value of the variable.
///
/// A system's file may have certificates that cannot be used. They are skipped if there are others.
pub(super) fn installed(
    file: Option<OsString>,
) -> Result<Option<Vec<CertificateDer<'static>>>, Error> {
    let Some(file) = file.filter(|file| !file.is_empty()).map(PathBuf::from) else {
        return Ok(None);
    };
    let refused = |problem: String| {
        let remedy = "name a file of certificates in PEM";
        Error::setting(
            FILE,
            format_args!("`{}` {problem}; {remedy}", file.display()),
        )
    };
    let text = fs::read(&file).map_err(|error| refused(format!("cannot be read: {error}")))?;
    let mut roots = decode(&text).map_err(refused)?;
    roots.retain(|root| check(root).is_ok());
    if roots.is_empty() {
        return Err(refused("has no certificate that can be used".to_owned()));
    }
    Ok(Some(roots))
}

fn certificates(text: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates = decode(text)?;
    certificates.iter().try_for_each(check)?;
    Ok(certificates)
}

/// Checks that a certificate can be used. Others would be ignored later.
fn check(certificate: &CertificateDer<'static>) -> Result<(), String> {
    let added = RootCertStore::empty().add(certificate.clone());
    added.map_err(|error| format!("the certificate cannot be used: {error}"))
}

/// Decodes PEM, or one certificate in DER.
fn decode(text: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let begin = b"-----BEGIN ";
    let certificates = if text.windows(begin.len()).any(|part| part == begin) {
        CertificateDer::pem_slice_iter(text)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| format!("the PEM cannot be read: {error}"))?
    } else {
        vec![CertificateDer::from(text.to_vec())]
    };
    if certificates.is_empty() {
        return Err("no certificate found".to_owned());
    }
    Ok(certificates)
}
