//! Runs the program as a user does.

mod all;
mod call;
mod configure;
mod emulate;
mod input;
mod output;
mod pages;
mod program;
mod query;
mod readme;
mod secrets;
mod service;
mod signature;
mod usage;
mod wait;
