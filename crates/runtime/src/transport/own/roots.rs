use rustls::{
    RootCertStore,
    pki_types::{CertificateDer, pem::PemObject as _},
};

use crate::Error;

/// The authorities that may vouch for a server.
pub(crate) struct Roots {
    /// Whether those that Mozilla trusts are among them.
    pub(crate) public: bool,
    pub(crate) own: Vec<CertificateDer<'static>>,
}

impl Roots {
    /// Reads certificates in PEM or DER, each with the name of the setting that holds them.
    pub(super) fn parse(texts: &[(&'static str, Vec<u8>)], public: bool) -> Result<Self, Error> {
        let mut own = Vec::new();
        for (setting, text) in texts {
            own.extend(certificates(text).map_err(|problem| {
                let may_be = "it may be certificates in PEM, or one in DER";
                Error::setting(setting, format_args!("{problem}; {may_be}"))
            })?);
        }
        Ok(Self { public, own })
    }
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
        return Err("there is no certificate in it".to_owned());
    }
    // One transport takes such a store, the other one has no complaint about what it cannot read.
    let mut store = RootCertStore::empty();
    for certificate in &certificates {
        let added = store.add(certificate.clone());
        added.map_err(|error| format!("the certificate cannot be used: {error}"))?;
    }
    Ok(certificates)
}
