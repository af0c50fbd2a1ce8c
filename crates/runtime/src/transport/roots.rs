use std::{ffi::OsString, fs, path::PathBuf};

use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};

use crate::Error;

/// Parses certificates of certificate authorities in PEM or DER, each with the name of its setting.
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

/// Environment variable with the file of trusted certificate authorities.
pub(super) const FILE: &str = "SSL_CERT_FILE";

/// Reads the certificate authorities in `file`, the value of the variable. They replace the public ones.
///
/// The file of a system may contain unusable certificates. They are skipped if there are usable ones.
pub(super) fn from_file(
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
        return Err(refused("has no usable certificate".to_owned()));
    }
    Ok(Some(roots))
}

fn certificates(text: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates = decode(text)?;
    certificates.iter().try_for_each(check)?;
    Ok(certificates)
}

/// Checks that a certificate can be used. An unusable one would be ignored later.
fn check(certificate: &CertificateDer<'static>) -> Result<(), String> {
    let added = RootCertStore::empty().add(certificate.clone());
    added.map_err(|error| format!("has an unusable certificate: {error}"))
}

/// Decodes PEM, or one certificate in DER.
fn decode(text: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let begin = b"-----BEGIN ";
    let certificates = if text.windows(begin.len()).any(|part| part == begin) {
        CertificateDer::pem_slice_iter(text)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| format!("has invalid PEM: {error}"))?
    } else {
        vec![CertificateDer::from(text.to_vec())]
    };
    if certificates.is_empty() {
        return Err("has no certificate".to_owned());
    }
    Ok(certificates)
}
