//! Tests compare snippets with snapshots, check their escapes, and run them against the emulator.

mod arguments;
mod calls;
mod errors;
mod escapes;
mod installed;
mod run;
mod rust;
mod snapshots;
mod syntax;
