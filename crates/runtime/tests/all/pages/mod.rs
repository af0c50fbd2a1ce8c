//! Pagination over a mock service: which pages are requested, and where they end.

mod by_number;
mod by_offset;
mod by_token;
mod described;
mod mock_service;
mod next;
mod requests;
mod services;
#[cfg(feature = "stream")]
mod stream;
#[cfg(feature = "blocking")]
mod wait;
