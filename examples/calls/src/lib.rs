//! Examples of calls. Run one with `cargo run --example paging`. Each starts an emulator, so that it needs neither an account
//! nor a network; a program that calls the service leaves out the endpoint and the credential, and uses
//! `Client::from_env()`.

#![forbid(unsafe_code)]
