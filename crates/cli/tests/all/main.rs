//! Runs the program as a user does.

mod emulate;
