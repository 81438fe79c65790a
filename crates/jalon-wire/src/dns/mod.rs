//! DNS (RFC 1034, 1035): a resolver client that asks named servers and says what they answered.
//! Whether an answer is right lives in the checks; a timeout is never "record absent" here.
//!
//! Messages and the arithmetic of signatures are hickory-proto's; the exchange is ours: explicit servers
//! and ports or the way down from the root, bounded tries, answers matched by address, id and question,
//! truncated ones asked again over TCP, everything remembered only as long as it says.

mod alias;
mod anchors;
mod answer;
mod authority;
mod client;
mod error;
mod exchange;
mod kept;
mod memory;
mod message;
mod name;
mod pace;
mod record;
mod reply;
mod resolver;
mod roots;
mod sockets;
mod system;
#[cfg(test)]
mod tests;
pub mod update;
mod validate;

pub use anchors::{Anchors, BadAnchor};
pub use answer::{Answer, Security, Status, Transport};
pub use client::Clock;
pub use error::DnsError;
pub use memory::Memory;
pub use name::canonical;
pub use record::{Data, Record, RecordType};
pub use resolver::Resolver;
pub use roots::Roots;
pub use system::{parse_resolv_conf, system_servers};
