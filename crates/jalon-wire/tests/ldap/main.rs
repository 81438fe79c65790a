//! Directories as they are: slapd and Samba of the laboratory, which `cargo xtask test` starts (see `lab/README.md`), servers
//! that are killed in the middle, and one that says whatever a test makes it say. Without the laboratory these tests fail.

mod changes;
mod connect;
mod lab;
mod modify;
mod puppet;
mod resume;
mod scan;
mod schema;
