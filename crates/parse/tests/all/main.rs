//! Pages as they come: what is read from them, and what is said of those with faults.

mod diagnostics;
mod html;
mod pages;
mod places;
mod print;
mod real;
mod shapes;
mod snippets;
mod subjects;
