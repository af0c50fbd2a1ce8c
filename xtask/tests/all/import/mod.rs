//! `import` as it is called: what it prints, what it writes, what it leaves alone.

mod contents;
mod derived;
mod pages;
mod place;
mod readme;
mod selection;
mod wheels;
