//! Packages like the vendor's, for a fictional shop.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};

use tc3_import::{Import, Options, Package, Release};
use tc3_spec::Site;
use tempfile::TempDir;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

pub(crate) const API: &str = "tccli/services/shop/v20210331/api.json";
pub(crate) const EXAMPLES: &str = "tccli/services/shop/v20210331/examples.json";
pub(crate) const CODES: &str = "tencentcloud/shop/v20210331/errorcodes.py";
pub(crate) const DISTRIBUTION: &str = "tccli_intl_en-3.1.5.dist-info/METADATA";

/// Options for all facts and texts, of the international site.
pub(crate) const WHOLE: Options = Options {
    site: Site::Intl,
    facts_only: false,
};

/// Options for the facts alone.
pub(crate) const FACTS: Options = Options {
    site: Site::Intl,
    facts_only: true,
};

/// Returns an `api.json` file with these actions and structures.
pub(crate) fn api(actions: &str, objects: &str) -> String {
    format!(
        r#"{{
  "metadata": {{"apiVersion": "2021-03-31", "serviceShortName": "shop", "protocol": "https"}},
  "actions": {{{actions}}},
  "objects": {{{objects}}},
  "version": "1.0"
}}
"#
    )
}

/// Returns an `api.json` file of the action `Order` with these request and response members, and an object `Price`.
pub(crate) fn order(request: &str, response: &str) -> String {
    api(
        r#""Order": {"name": "Order", "document": "", "input": "OrderRequest", "output": "OrderResponse"}"#,
        &format!(
            r#"
    "OrderRequest": {{"document": "", "members": [{request}], "type": "object"}},
    "OrderResponse": {{"document": "", "members": [{response}], "type": "object"}}, "Price": {{"document": "", "members": [], "type": "object"}}"#
        ),
    )
}

/// Returns a member of a structure with further keys.
pub(crate) fn member(name: &str, kind: &str, of: &str, more: &str) -> String {
    format!(
        r#"{{"name": "{name}", "type": "{kind}", "member": "{of}", "document": "", "example": "none"{more}}}"#
    )
}

/// Writes the files of a package to a folder.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        write(&folder.path().join(name), text.as_bytes());
    }
    folder
}

/// Builds a wheel of the files, compressed or stored.
pub(crate) fn wheel(files: &[(&str, &str)], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(method);
    for (name, text) in files {
        writer.start_file(*name, options).expect("an entry");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    writer.finish().expect("a wheel").into_inner()
}

/// Writes bytes as a wheel to a temporary folder.
pub(crate) fn file(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("shop.whl");
    write(&path, bytes);
    (folder, path)
}

pub(crate) fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

/// Imports the only version in a package of these files.
#[track_caller]
pub(crate) fn import(files: &[(&str, &str)], options: Options) -> Import {
    let folder = folder(files);
    let (package, release) = open(folder.path());
    package.import(&release, options).expect("valid metadata")
}

/// Opens a package and returns its only version.
#[track_caller]
pub(crate) fn open(path: &Path) -> (Package, Release) {
    let package = Package::open(path).expect("a package");
    let mut releases = package.releases().expect("metadata");
    assert_eq!(releases.len(), 1);
    let release = releases.remove(0);
    (package, release)
}
