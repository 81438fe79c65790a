//! The JSON API as programs see it: the whole door on a real store, asked in-process.

mod catalogue;
mod document;
mod lists;
mod once;
mod permissions;
mod problems;
mod site;
mod story;
mod tokens;
