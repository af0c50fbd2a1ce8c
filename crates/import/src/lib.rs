//! Imports the vendor's machine-readable metadata of Tencent Cloud API 3.0 into specs.
//!
//! The vendor publishes its command line tools on PyPI as `tccli-intl-en` and `tccli`. Their wheels contain, for each
//! service version, `tccli/services/<service>/v<date>/api.json` (actions and structures) and `examples.json`. The wheels
//! of the Python SDKs contain the error codes, `tencentcloud/<service>/v<date>/errorcodes.py`. A [`Package`] is one of
//! these wheels or an unpacked folder.
//!
//! Data flows one way: package → files → spec. Descriptions and examples have the notation of pages and are parsed by
//! [`tc3_parse`].

mod api;
mod distribution;
mod error;
mod error_codes;
mod examples;
mod import;
mod object;
mod package;
mod warning;

pub use distribution::Distribution;
pub use error::Error;
pub use import::{Import, Options};
pub use package::{Package, Release};
pub use warning::Warning;
