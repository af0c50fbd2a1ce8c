//! Parsed pages, and diagnostics of pages with faults.

mod diagnostics;
mod html;
mod pages;
mod print;
mod real;
mod row_locations;
mod shapes;
mod snippets;
mod subjects;
