//! The emulator over real connections, on loopback, byte for byte and with signatures of the tests' own.

mod answers;
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
mod secrets;
mod signatures;
mod signed;
mod sizes;
mod state_file;
mod tls;
mod world;
