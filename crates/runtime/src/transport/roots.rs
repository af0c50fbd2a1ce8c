use std::{env, ffi::OsString, fs, path::Path};

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

/// File of trusted authorities, and folders with a file for each of them, as OpenSSL has it.
const FILE: &str = "SSL_CERT_FILE";
const FOLDERS: &str = "SSL_CERT_DIR";

/// Reads the authorities that the environment sets in place of the public ones; `lookup` returns environment variables.
///
/// A system's file may have certificates that cannot be used. They are skipped if there are others.
pub(super) fn from_env(
    lookup: impl Fn(&str) -> Option<OsString>,
) -> Result<Option<Vec<CertificateDer<'static>>>, Error> {
    let set = |name| lookup(name).filter(|value| !value.is_empty());
    let mut files = Vec::new();
    files.extend(set(FILE).map(|file| (FILE, file.into())));
    for folder in set(FOLDERS).iter().flat_map(env::split_paths) {
        let refused = |error| {
            let folder = folder.display();
            Error::setting(FOLDERS, format_args!("`{folder}` cannot be read: {error}"))
        };
        for entry in fs::read_dir(&folder).map_err(refused)? {
            let path = entry.map_err(refused)?.path();
            files.extend(is_hashed(&path).then_some((FOLDERS, path)));
        }
    }
    let mut roots = Vec::new();
    for (setting, path) in &files {
        let refused = |problem: String| {
            let remedy = "name a file of certificates in PEM";
            Error::setting(
                setting,
                format_args!("`{}` {problem}; {remedy}", path.display()),
            )
        };
        let text = fs::read(path).map_err(|error| refused(format!("cannot be read: {error}")))?;
        let found = decode(&text).map_err(&refused)?;
        let usable = found.into_iter().filter(|found| check(found).is_ok());
        let before = roots.len();
        roots.extend(usable);
        if roots.len() == before && *setting == FILE {
            return Err(refused("has no certificate that can be used".to_owned()));
        }
    }
    if files.is_empty() && set(FOLDERS).is_some() {
        return Err(Error::setting(
            FOLDERS,
            "has no certificates; run `c_rehash` on the folder",
        ));
    }
    Ok((!files.is_empty()).then_some(roots))
}

/// Returns whether a file has the name of a certificate in OpenSSL's folders: a hash of 8 digits and a number.
fn is_hashed(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    name.and_then(|name| name.split_once('.'))
        .is_some_and(|(hash, number)| {
            hash.len() == 8 && u32::from_str_radix(hash, 16).is_ok() && number.parse::<u8>().is_ok()
        })
}

fn certificates(text: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let certificates = decode(text)?;
    certificates.iter().try_for_each(check)?;
    Ok(certificates)
}

/// Checks that a certificate can be used. ureq ignores others.
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
