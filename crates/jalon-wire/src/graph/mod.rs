//! Microsoft Graph: what a tenant says of itself, read from answers that were saved or fetched. Nothing here connects.

mod records;

pub use records::{DomainRecord, GraphError, domain_records};
