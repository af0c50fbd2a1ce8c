//! Examples of calls. Run one with `cargo run --example paging`. Each starts an emulator, so it needs no account and no
//! network. A program that calls the service sets no endpoint and credential, and uses `Client::from_env()`.

#![forbid(unsafe_code)]
