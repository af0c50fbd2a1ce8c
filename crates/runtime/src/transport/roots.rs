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

fn certificates(text: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
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
    // Checked here, because unusable certificates would be ignored later.
    let mut store = RootCertStore::empty();
    for certificate in &certificates {
        let added = store.add(certificate.clone());
        added.map_err(|error| format!("the certificate cannot be used: {error}"))?;
    }
    Ok(certificates)
}
