//! Specs and what corrects and compares them.

mod diff;
mod fill;
mod fixups;
mod glossary;
mod spec;
