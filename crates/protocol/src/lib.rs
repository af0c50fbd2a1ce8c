//! Protocol of Tencent Cloud API 3.0 without input and output: the messages, and pagination.
//!
//! Programs use the parts that [`tc3`](https://docs.rs/tc3) exports. The rest may change with any version, together
//! with `tc3` and the generator.

#![forbid(unsafe_code)]

pub mod message;
pub mod paging;
