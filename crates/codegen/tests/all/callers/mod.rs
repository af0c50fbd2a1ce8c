//! What callers may write.

mod any_order;
mod arguments;
mod sent_anywhere;
