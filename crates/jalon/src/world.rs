//! The world as the program sees it: the system's clock, its randomness, fresh identifiers, its environment. The only
//! place where the binary reaches for them; everything else is handed what is here.

use jalon_domain::ids::IdSource;
use jalon_service::{Clock, Entropy, World};
use jiff::Timestamp;
use rand::{TryRngCore, rngs::OsRng};
use uuid::Uuid;

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemClock;

/// Version 7 identifiers (RFC 9562, section 5.7): within one process later ones sort after earlier ones.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FreshIds;

/// The operating system's generator.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SystemEntropy;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        now()
    }
}

impl IdSource for FreshIds {
    #[expect(clippy::disallowed_methods, reason = "this is the home of identifiers")]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}

impl Entropy for SystemEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        OsRng.try_fill_bytes(bytes).expect(
            "without the system's randomness no secret is safe, and nothing can go on; `jalon doctor` looks at it",
        );
    }
}

/// The world of a program that works in the present.
pub(crate) fn world() -> World {
    World {
        clock: Box::new(SystemClock),
        ids: Box::new(FreshIds),
        entropy: Box::new(SystemEntropy),
    }
}

/// The time.
#[expect(clippy::disallowed_methods, reason = "this is the home of the clock")]
pub(crate) fn now() -> Timestamp {
    Timestamp::now()
}

/// 32 fresh random bytes.
pub(crate) fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    SystemEntropy.fill(&mut bytes);
    bytes
}

/// An unpredictable id for a DNS question, of a generator that the system's randomness seeds again and again: thousands
/// are drawn in a second.
#[expect(clippy::disallowed_methods, reason = "this is the home of randomness")]
pub(crate) fn question_id() -> u16 {
    rand::random()
}

/// Whether the system's generator answers, and does not repeat itself.
pub(crate) fn is_random() -> bool {
    let draw = || {
        let mut bytes = [0; 32];
        OsRng.try_fill_bytes(&mut bytes).ok().map(|()| bytes)
    };
    matches!((draw(), draw()), (Some(one), Some(two)) if one != two && one != [0; 32])
}

/// A variable of the environment; none when it is unset, empty or not text.
#[expect(clippy::disallowed_methods, reason = "this is the home of the environment")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|it| !it.is_empty())
}
