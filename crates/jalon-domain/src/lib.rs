//! The nouns of Jalon and the derivation of proof: pure, synchronous, without clock, randomness, SQL or HTTP.
//!
//! Read [`proof`] first: it turns requirements, evidence, decisions and the time into a state that explains itself.

pub mod engagement;
pub mod evidence;
pub mod finding;
pub mod gate;
pub mod ids;
pub mod measure;
pub mod profile;
pub mod programme;
pub mod proof;
pub mod schedule;
pub mod text;
pub mod trend;
