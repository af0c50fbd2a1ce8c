//! Runs the program as a user does.

mod all;
mod call;
mod code;
mod completion;
mod configure;
mod docs;
mod emulate;
mod explain;
mod explore;
mod input;
mod output;
mod pages;
mod program;
mod query;
mod readme;
mod search;
mod secrets;
mod service;
mod signature;
mod tccli;
mod tccli_cases;
mod usage;
mod wait;
mod wheel;
