//! LDIF (RFC 2849): a streaming, bounded reader of directory content and a writer of content and
//! of change records. What a value should look like lives in the checks.
//!
//! Reading accepts what tools really write: `ldifde` (every entry says `changetype: add`),
//! `ldapsearch` without `-LLL` (comments, `search:` and `result:` lines, referrals), files put
//! together from several, Latin-1 values. Other change records are refused with their line.

mod attribute;
mod blocks;
mod changes;
mod limits;
mod reader;
#[cfg(test)]
mod tests;
mod window;
mod writer;

pub use blocks::{Again, Block, BlockReader, Blocks};
pub use changes::{ChangeError, ChangeProblem, ChangeRecord, ChangeRecords, OwnedEdit};
pub use limits::Limits;
pub use reader::{Entries, Reader};
pub use writer::{Change, Edit, Writer};
