//! A live directory, through the wire's client. What the server answers to a change is its answer for that object; what
//! keeps it from answering concerns all that follow.

use jalon_wire::{
    entry::Attributes,
    ldap::{Client, LdapError},
    ldif::Change,
};

use super::{Directory, DirectoryError};

impl Directory for Client {
    async fn read(&mut self, dn: &str, attributes: &[&str]) -> Result<Option<Attributes>, DirectoryError> {
        let entry = Client::read(self, dn, attributes).await.map_err(DirectoryError::from)?;
        Ok(entry.map(|it| it.attributes))
    }

    async fn modify(&mut self, dn: &str, changes: &[Change<'_>]) -> Result<(), DirectoryError> {
        Client::modify(self, dn, changes).await.map_err(DirectoryError::from)
    }
}

impl From<LdapError> for DirectoryError {
    fn from(error: LdapError) -> Self {
        match error {
            LdapError::Rejected { .. }
            | LdapError::BadChange { .. }
            | LdapError::Forbidden { .. }
            | LdapError::SignInRequired { .. }
            | LdapError::ProtectionRequired { .. }
            | LdapError::BadDn { .. }
            | LdapError::NoBase { .. }
            | LdapError::Elsewhere { .. }
            | LdapError::ServerSizeLimit { .. }
            | LdapError::Other { .. } => Self::Refused(error.to_string()),
            _ => Self::Lost(error.to_string()),
        }
    }
}
