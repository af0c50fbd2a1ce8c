//! `explain` as it is called: from any name to the row of the page, the spec and the code.

mod organization;
mod readme;
mod shop;
