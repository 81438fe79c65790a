//! Directories that are measured where they live: how each is reached, what was last seen of its objects, and what is
//! known of its forest.

pub mod facts;
pub mod objects;
pub mod sources;
