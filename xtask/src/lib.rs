//! The project's own tasks: one module a subcommand (`assets`, `bench`, `ci`, `demo`, `new`, `sync`, `test`) and what they
//! share (`lab`, `report`, `shell`, `tree`). No product code, and nothing the product depends on. It is a library so that
//! `tests/`, which watch over the whole repository, can use it.

pub mod assets;
pub mod bench;
pub mod ci;
pub mod demo;
pub mod lab;
pub mod new;
pub mod report;
pub mod shell;
pub mod sync;
pub mod test;
pub mod tree;
