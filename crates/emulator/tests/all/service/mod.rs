//! Tests over loopback connections that control every byte. They sign requests independently of this project's code.

mod control;
mod faults;
mod headers;
mod hostile;
mod imported;
mod lifetime;
mod lists;
mod parameters;
mod raw;
mod received;
mod responses;
mod secrets;
mod signatures;
mod signed;
mod sizes;
mod state_file;
mod tls;
mod world;
