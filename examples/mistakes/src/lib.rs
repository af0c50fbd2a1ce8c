//! Programs in `tests/ui` with mistakes of callers and in the input of the macro, and the compiler errors that explain them.

#![forbid(unsafe_code)]
