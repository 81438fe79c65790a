//! DNS (RFC 1034, 1035): a resolver client that asks named servers and says what they answered.
//! Whether an answer is right lives in the checks; a timeout is never "record absent" here.
//!
//! Messages are hickory-proto's; the exchange is ours: explicit servers and ports, bounded tries,
//! answers matched by address, id and question, truncated ones asked again over TCP.

mod alias;
mod error;
mod exchange;
mod message;
mod name;
mod record;
mod resolver;
mod system;
#[cfg(test)]
mod tests;
pub mod update;

pub use error::DnsError;
pub use name::canonical;
pub use record::{Data, Record, RecordType};
pub use resolver::{Answer, Resolver, Security, Status, Transport};
pub use system::{parse_resolv_conf, system_servers};
