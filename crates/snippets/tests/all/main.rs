//! Snippets are compared with snapshots, checked for escapes, and run against the emulator.

mod arguments;
mod calls;
mod errors;
mod escapes;
mod installed;
mod run;
mod rust;
mod snapshots;
mod syntax;
