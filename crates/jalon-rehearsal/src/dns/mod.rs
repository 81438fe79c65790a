//! An authoritative DNS server on the loopback, over UDP and TCP, whose zones can be edited while it answers.
//! It neither resolves, nor transfers zones, nor signs; what the zones of a sample organisation hold is `scene`'s.

mod answer;
mod line;
mod server;
mod zones;

pub use hickory_proto::rr::{Record, RecordType};
pub use line::{BadLine, Problem};
pub use server::Server;
pub use zones::{BadName, Zones};
