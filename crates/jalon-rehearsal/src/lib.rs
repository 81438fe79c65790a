#![doc = include_str!("../README.md")]

pub mod directory;
pub mod dns;
mod listen;
pub mod scene;
pub mod tls;
