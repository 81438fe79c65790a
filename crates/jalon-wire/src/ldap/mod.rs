//! LDAP (RFC 4511) as a reader of whole directories and a careful writer of single objects. What a
//! value must look like lives in the checks.
//!
//! Messages are read here and not by a library because a directory is read at the speed of the wire
//! and by a service that connects where its users tell it to: entries are decoded where they stand,
//! and no message can exhaust memory or a stack. Around them is what a long read needs: addresses
//! judged before they are connected, pages that overlap with their use, servers that refuse paging,
//! values that come in parts, connections that break. References to other servers are counted, never
//! followed.

mod address;
mod ber;
mod bind;
mod changes;
mod client;
mod code;
mod connect;
mod decode;
mod dirsync;
mod error;
mod link;
mod message;
mod modify;
mod page;
mod query;
mod range;
mod request;
mod root;
mod scan;
mod schema;
mod seen;
mod settings;
pub(crate) mod starttls;
mod trust;

pub use address::{Address, BadAddress};
pub use bind::{Bind, Password};
pub use changes::{Changes, Tracking, Watermark};
pub use client::Client;
pub use error::{Denial, LdapError, Rejection};
pub use query::{Query, Scope, Stop};
pub use root::RootDse;
pub use scan::{Scan, Tally};
pub use schema::Schema;
pub use settings::Settings;
pub use trust::Distrust;
