//! The vendor's machine-readable metadata of Tencent Cloud API 3.0 to specs.
//!
//! The vendor's command line tools are on PyPI, as `tccli-intl-en` and `tccli`. For each version of a service, their
//! wheels hold `tccli/services/<service>/v<date>/api.json`, the actions and their structures, and beside it
//! `examples.json`. The wheels of the Python SDKs hold the error codes that a service may answer with, as
//! `tencentcloud/<service>/v<date>/errorcodes.py`. A [`Package`] is any of these wheels, or a folder into which one was
//! unpacked.
//!
//! Data goes one way: package → files → spec. Descriptions and examples are written as pages write them, and read by
//! [`tc3_parse`].

mod api;
mod distribution;
mod error;
mod error_codes;
mod examples;
mod import;
mod object;
mod package;
mod site;

pub use distribution::Distribution;
pub use error::Error;
pub use import::{Import, Options, Warning};
pub use package::{Package, Release};
pub use site::Site;
