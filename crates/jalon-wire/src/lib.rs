#![doc = include_str!("../README.md")]
//!
//! Invariant: nothing here holds an opinion. A missing record is a status, an expired certificate
//! is a date; what that means for an organisation is decided by the checks.

pub mod acme;
pub mod csv;
pub mod dns;
pub mod entry;
pub mod export;
pub mod graph;
pub mod https;
pub mod ldap;
pub mod ldif;
pub mod reach;
pub mod source;
pub mod tls;
