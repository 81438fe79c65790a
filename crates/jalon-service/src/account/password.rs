//! Passwords: argon2id with the parameters of OWASP's cheat sheet (19 MiB, 2 passes, 1 lane), strength by zxcvbn.

use argon2::{
    Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash::{Salt, SaltString},
};

use crate::{Error, Result, app::App};

/// Fewest characters of a password (NIST SP 800-63B, section 3.1.1.2 asks for at least 8, and 15 without a second factor).
const FEWEST: usize = 12;
/// Most characters, so that hashing stays bounded.
const MOST: usize = 256;

fn hasher() -> Argon2<'static> {
    let params = Params::new(19 * 1024, 2, 1, None).expect("the parameters are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// Refuses what is short or easily guessed; `about` are the person's own words, which make it easier to guess.
pub(super) fn check(password: &str, about: &[&str]) -> Result<()> {
    let length = password.chars().count();
    if length < FEWEST {
        return Err(Error::invalid(
            "password",
            format!("use at least {FEWEST} characters; a sentence is fine"),
            format!("utilisez au moins {FEWEST} caractères ; une phrase convient"),
        ));
    }
    if length > MOST {
        return Err(Error::invalid(
            "password",
            format!("use at most {MOST} characters"),
            format!("utilisez au plus {MOST} caractères"),
        ));
    }
    if zxcvbn::zxcvbn(password, about).score() < zxcvbn::Score::Three {
        return Err(Error::invalid(
            "password",
            "this password is easily guessed; add a few unrelated words",
            "ce mot de passe se devine facilement ; ajoutez quelques mots sans rapport",
        ));
    }
    Ok(())
}

/// Hashes `password` away from the async threads.
pub(super) async fn hash(app: &App, password: String) -> String {
    let salt = SaltString::encode_b64(&app.salt()).expect("16 bytes are a valid salt");
    let work = move || {
        let salt: Salt<'_> = salt.as_salt();
        hasher()
            .hash_password(password.as_bytes(), salt)
            .expect("argon2id hashes any bytes")
            .to_string()
    };
    tokio::task::spawn_blocking(work).await.expect("hashing does not panic")
}

/// Whether `password` matches `hash`. Without a hash the same work is done and the answer is no, so that an unknown
/// address takes as long as a wrong password.
pub(super) async fn verify(password: String, hash: Option<String>) -> bool {
    /// A hash of nothing in particular, with our parameters.
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ";
    let work = move || {
        let known = hash.is_some();
        let text = hash.unwrap_or_else(|| NOBODY.to_owned());
        let matches =
            PasswordHash::new(&text).is_ok_and(|it| hasher().verify_password(password.as_bytes(), &it).is_ok());
        known && matches
    };
    tokio::task::spawn_blocking(work)
        .await
        .expect("verifying does not panic")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_refused_with_what_would_be_right() {
        assert!(check("short", &[]).is_err());
        assert!(check("aaaaaaaaaaaaaaaa", &[]).is_err());
        assert!(check("password1234", &[]).is_err());
        assert!(check("a tall stake on a windy moor", &[]).is_ok());
        assert!(check(&"x".repeat(300), &[]).is_err());
    }

    #[tokio::test]
    async fn an_unknown_person_is_refused_after_the_same_work() {
        assert!(
            PasswordHash::new(
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ"
            )
            .is_ok()
        );
        assert!(!verify("anything".into(), None).await);
    }
}
