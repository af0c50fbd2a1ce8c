//! Code of callers that compiles.

mod any_order;
mod arguments;
mod sent_anywhere;
