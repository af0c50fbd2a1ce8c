//! The commands, called as a maintainer calls them, and what the README shows of them.

mod command;
mod commands;
mod conformance;
mod diff;
mod documentation;
mod emulate;
mod explain;
mod fetch;
mod fixups;
mod generate;
mod import;
mod interrupted;
mod organization;
mod removal;
