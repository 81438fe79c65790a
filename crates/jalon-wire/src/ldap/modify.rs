//! Changing one object: every edit in one request, so that all of them happen or none.

use super::{Client, LdapError, code, request};
use crate::ldif::{Change, Edit};

impl Client {
    /// Makes every change, in order, or none. An unknown outcome (the connection broke while the
    /// answer was awaited, or it did not come in time) is [`LdapError::ConnectionLost`] or
    /// [`LdapError::Timeout`]: read the object again.
    ///
    /// # Errors
    /// [`LdapError::Rejected`] says why the server did not; nothing is tried a second time.
    pub async fn modify(&mut self, dn: &str, changes: &[Change<'_>]) -> Result<(), LdapError> {
        check(dn, changes)?;
        let outcome = self.link().call(&request::modify(dn, changes), "modify").await?;
        match outcome.code {
            0 => Ok(()),
            _ => Err(code::modify_error(&self.address().server(), dn, &outcome)),
        }
    }
}

/// The server would refuse it too, in less clear words.
fn check(dn: &str, changes: &[Change<'_>]) -> Result<(), LdapError> {
    let nothing = |it: &&Change<'_>| it.edit == Edit::Add && it.values.is_empty();
    let reason = match changes.iter().find(nothing) {
        Some(change) => format!("there is nothing to add to `{}`", change.attribute),
        None if changes.is_empty() => "there is nothing to change".to_owned(),
        None => return Ok(()),
    };
    Err(LdapError::BadChange {
        dn: dn.to_owned(),
        reason,
    })
}
