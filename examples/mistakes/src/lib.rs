//! Mistakes that the compiler explains: those in `tests/ui` of callers, and of the macro's input.

#![forbid(unsafe_code)]
