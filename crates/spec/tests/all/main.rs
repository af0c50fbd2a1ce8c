//! Specs: loading, correcting and comparing them.

mod diff;
mod fill;
mod fixups;
mod glossary;
mod spec;
