//! Who signs in, and how. How a server answers lives in `code`.

use std::fmt;

use zeroize::Zeroizing;

/// A password: never printed, wiped from memory when dropped.
#[derive(Clone)]
pub struct Password(Zeroizing<String>);

impl Password {
    /// Takes a password.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    pub(super) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

/// How to sign in.
#[derive(Clone, Debug)]
pub enum Bind {
    /// As nobody: no bind is sent at all.
    Anonymous,
    /// With a name and a password (RFC 4513, 5.1.3).
    Simple {
        /// A distinguished name; Active Directory also takes `user@contoso.example` and
        /// `CONTOSO\user`.
        name: String,
        /// Its password.
        password: Password,
    },
}

impl Bind {
    /// Who signs in, for messages.
    pub fn name(&self) -> &str {
        match self {
            Self::Anonymous => "anonymous",
            Self::Simple { name, .. } => name,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_not_printed() {
        let bind = Bind::Simple {
            name: "ada".to_owned(),
            password: Password::new("secret"),
        };
        assert!(!format!("{bind:?}").contains("secret"));
    }
}
