//! Read models: what a page or an API answer shows, computed from a [`Picture`](crate::engagement::Picture). No HTML.

pub mod audit;
pub(crate) mod build;
pub mod calendar;
pub mod checks;
pub mod common;
pub mod duties;
pub mod duty;
pub mod environment;
pub mod gates;
pub mod home;
pub mod overview;
pub mod remediation;
pub mod target;

pub(crate) use target::{Endpoint, endpoint};

pub use common::{Header, Link, NextStep, PersonRef, StateCounts};
