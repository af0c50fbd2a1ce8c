//! The commands, called as a maintainer calls them, what the README shows of them, and what ARCHITECTURE claims.

mod architecture;
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
