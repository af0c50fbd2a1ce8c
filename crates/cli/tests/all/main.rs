//! Runs the program as a user does.

mod call;
mod configure;
mod emulate;
mod pages;
mod program;
mod readme;
mod secrets;
mod signature;
mod usage;
