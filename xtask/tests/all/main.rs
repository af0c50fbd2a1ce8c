//! Tests the commands, the examples of the README and the claims of ARCHITECTURE.

mod architecture;
mod catalogue;
mod command;
mod commands;
mod conformance;
mod diff;
mod documentation;
mod explain;
mod fetch;
mod fixups;
mod generate;
mod import;
mod interrupted;
mod organization;
mod removal;
