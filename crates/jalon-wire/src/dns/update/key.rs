//! The shared key of updates, as name servers keep it: `key "NAME" { algorithm hmac-sha256; secret "…"; };`.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use hickory_proto::rr::{TSigner, rdata::tsig::TsigAlgorithm};

use crate::dns::name;

/// How far clocks may differ, in seconds (RFC 8945, section 10).
const FUDGE: u16 = 300;

/// A key that updates are signed with.
#[derive(Clone)]
pub struct UpdateKey {
    pub(super) signer: TSigner,
    name: String,
}

/// A text that is no such key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadKey {
    /// Not `key "NAME" { … };`.
    #[error("expected key \"NAME\" {{ algorithm hmac-sha256; secret \"…\"; }};")]
    Form,
    /// An algorithm that nobody should use any more, or an unknown one.
    #[error("its algorithm is not one of hmac-sha256, hmac-sha384, hmac-sha512")]
    Algorithm,
    /// A secret that is not base64, or empty.
    #[error("its secret is not base64")]
    Secret,
}

impl UpdateKey {
    /// Reads the first key of a file as BIND keeps it and `tsig-keygen` makes it.
    ///
    /// # Errors
    /// When there is none that can be used.
    pub fn parse(text: &str) -> Result<Self, BadKey> {
        let words = words(text);
        let mut words = words.iter().map(String::as_str);
        words.find(|it| *it == "key").ok_or(BadKey::Form)?;
        let typed = words.next().ok_or(BadKey::Form)?;
        let name = name::parse(typed).map_err(|_| BadKey::Form)?;
        if words.next() != Some("{") {
            return Err(BadKey::Form);
        }
        let (mut algorithm, mut secret) = (None, None);
        while let Some(word) = words.next().filter(|it| *it != "}") {
            match word {
                "algorithm" => algorithm = words.next(),
                "secret" => secret = words.next(),
                ";" => {}
                _ => return Err(BadKey::Form),
            }
        }
        let algorithm = match algorithm.ok_or(BadKey::Form)?.to_ascii_lowercase().as_str() {
            "hmac-sha256" => TsigAlgorithm::HmacSha256,
            "hmac-sha384" => TsigAlgorithm::HmacSha384,
            "hmac-sha512" => TsigAlgorithm::HmacSha512,
            _ => return Err(BadKey::Algorithm),
        };
        let secret = STANDARD.decode(secret.ok_or(BadKey::Form)?);
        let secret = secret.ok().filter(|it| !it.is_empty()).ok_or(BadKey::Secret)?;
        let text = name::text(&name);
        let signer = TSigner::new(secret, algorithm, name, FUDGE).map_err(|_| BadKey::Algorithm)?;
        Ok(Self { signer, name: text })
    }

    /// Its name, which the server knows too.
    pub fn name(&self) -> &str {
        &self.name
    }
}

/// Never the secret.
impl fmt::Debug for UpdateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UpdateKey")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// The words of a configuration: braces and semicolons stand alone, quotes and remarks go.
fn words(text: &str) -> Vec<String> {
    let plain = text.lines().map(|it| {
        let end = [it.find("//"), it.find('#')].into_iter().flatten().min();
        // A secret in base64 may hold `//`; remarks do not follow it on its line.
        if it.contains('"') {
            it
        } else {
            &it[..end.unwrap_or(it.len())]
        }
    });
    let mut words = Vec::new();
    for line in plain {
        let mut word = String::new();
        for c in line.chars() {
            match c {
                '{' | '}' | ';' => {
                    words.extend((!word.is_empty()).then(|| std::mem::take(&mut word)));
                    words.push(c.to_string());
                }
                '"' => {}
                c if c.is_whitespace() => words.extend((!word.is_empty()).then(|| std::mem::take(&mut word))),
                c => word.push(c),
            }
        }
        words.extend((!word.is_empty()).then_some(word));
    }
    words
}
