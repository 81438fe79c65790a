//! Which versions and which weak kinds of suites a server takes, told by its answers to greetings. An alert refuses; a
//! connection that is closed does so only when a greeting that is known to be welcome still is, and the refused one is
//! closed again: a server that counts connections closes them too. Silence tells nothing.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    Dial, Handshake, SuiteKind, TlsError, Version, alert,
    hello::{Greeting, Offer, ServerHello, Until, broad, greet, kind, of, suite_name},
};

/// What a server takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Survey {
    /// Each version, the newest first.
    pub versions: Vec<Offered<Version>>,
    /// Each weak kind of suites.
    pub weak_suites: Vec<Offered<SuiteKind>>,
    /// Suites that encrypt and authenticate in one, up to TLS 1.2; none when the server takes no such version.
    pub aead: Option<Answer>,
    /// The server knows secure renegotiation (RFC 5746), in the newest version from TLS 1.0 to TLS 1.2 that it takes; none
    /// when it takes none of them. TLS 1.3 has no renegotiation.
    pub renegotiates_securely: Option<bool>,
    /// The server sent certificate timestamps beside its certificate, up to TLS 1.2; none when no such version was seen.
    pub has_timestamps: Option<bool>,
    /// How many connections it took.
    pub connections: u32,
}

/// Something that a server may take, and its answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered<T> {
    /// What it was asked for.
    pub what: T,
    /// What it answered.
    #[serde(flatten)]
    pub answer: Answer,
}

/// What a server answers to a greeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "kebab-case")]
pub enum Answer {
    /// It takes it, with this suite.
    Accepted {
        /// By its IANA name.
        suite: String,
    },
    /// It does not.
    Refused {
        /// How it said so: the name of an alert, or `closed`, or the version that it prefers.
        how: String,
    },
    /// That cannot be told.
    Unclear {
        /// Why.
        why: Unclear,
    },
}

/// Why an answer tells nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unclear {
    /// No answer in time.
    Silent,
    /// No connection any more.
    Unreachable,
    /// It closes even what it welcomed before, or answers something else each time.
    Unsteady,
    /// Nothing was asked any more, since a question before this one was met with silence.
    NotAsked,
}

/// Alerts that speak of what was offered; any other may have another cause.
const REFUSING: [u8; 9] = [10, 40, 47, 50, 60, 70, 71, 109, 110];

/// After so many questions without an answer no more are put: each of them takes all of somebody's patience.
const MOST_SILENCES: u32 = 2;

/// What a server that agreed on a version answers to again.
fn welcome(agreed: Version) -> (Version, Vec<u16>) {
    match agreed {
        Version::Tls13 => (Version::Tls13, of(&[SuiteKind::Current])),
        _ => (Version::Tls12, broad()),
    }
}

pub(super) async fn run(dial: &Dial, sni: Option<&str>, seen: &Handshake, patience: Duration) -> Survey {
    let mut asking = Asking {
        dial,
        sni,
        patience,
        welcome: seen.protocol.map(welcome),
        silences: 0,
        connections: 0,
        renegotiates_securely: None,
        has_timestamps: None,
    };
    let versions = asking.versions(seen).await;
    let weak_suites = asking.weak_suites(&versions).await;
    let aead = asking.aead(&versions).await;
    Survey {
        versions,
        weak_suites,
        aead,
        renegotiates_securely: asking.renegotiates_securely,
        has_timestamps: asking.has_timestamps,
        connections: asking.connections,
    }
}

struct Asking<'a> {
    dial: &'a Dial,
    sni: Option<&'a str>,
    patience: Duration,
    /// What is known to be answered: newest version and suites.
    welcome: Option<(Version, Vec<u16>)>,
    silences: u32,
    connections: u32,
    renegotiates_securely: Option<bool>,
    has_timestamps: Option<bool>,
}

/// What one greeting, repeated where need be, brought.
enum Heard {
    Hello(ServerHello),
    Refused(String),
    Unclear(Unclear),
}

impl Heard {
    fn answer(&self) -> Answer {
        match self {
            Self::Hello(hello) => Answer::Accepted {
                suite: suite_name(hello.suite),
            },
            Self::Refused(how) => Answer::Refused { how: how.clone() },
            Self::Unclear(why) => Answer::Unclear { why: *why },
        }
    }
}

impl Asking<'_> {
    /// From the newest to the oldest. A server takes the newest version that it knows, so that its choice answers for
    /// those between.
    async fn versions(&mut self, seen: &Handshake) -> Vec<Offered<Version>> {
        const ALL: [Version; 5] = [
            Version::Tls13,
            Version::Tls12,
            Version::Tls11,
            Version::Tls10,
            Version::Ssl3,
        ];
        let mut answers: Vec<Option<Answer>> = ALL.iter().map(|it| self.known(*it, seen)).collect();
        for place in 0..ALL.len() {
            if answers[place].is_some() {
                continue;
            }
            let heard = self.version(ALL[place]).await;
            match &heard {
                Heard::Hello(hello) if hello.version < ALL[place] => {
                    let how = hello.version.to_string();
                    for (version, answer) in ALL.iter().zip(&mut answers).skip(place) {
                        if *version > hello.version {
                            answer.get_or_insert(Answer::Refused { how: how.clone() });
                        } else if *version == hello.version {
                            answer.get_or_insert(heard.answer());
                        }
                    }
                }
                Heard::Hello(hello) if hello.version > ALL[place] => {
                    answers[place] = Some(Answer::Unclear { why: Unclear::Unsteady });
                }
                _ => answers[place] = Some(heard.answer()),
            }
        }
        let answers = answers
            .into_iter()
            .map(|it| it.unwrap_or(Answer::Unclear { why: Unclear::NotAsked }));
        ALL.into_iter()
            .zip(answers)
            .map(|(what, answer)| Offered { what, answer })
            .collect()
    }

    /// What the handshake has shown already: it offered TLS 1.3, and a server takes the newest that it knows.
    fn known(&self, version: Version, seen: &Handshake) -> Option<Answer> {
        match (version, seen.protocol?) {
            (Version::Tls13, Version::Tls13) => Some(Answer::Accepted {
                suite: seen.cipher.clone().unwrap_or_default(),
            }),
            // One that was greeted by hand was not offered it.
            (Version::Tls13, agreed) if seen.interrupted.is_none() => Some(Answer::Refused {
                how: agreed.to_string(),
            }),
            _ => None,
        }
    }

    async fn version(&mut self, version: Version) -> Heard {
        if version == Version::Tls13 {
            return self.ask(version, &of(&[SuiteKind::Current]), true).await;
        }
        let suites = broad();
        let heard = self.ask(version, &suites, true).await;
        let heard = match heard {
            // A server from before extensions.
            Heard::Refused(_) if version == Version::Ssl3 => self.ask(version, &suites, false).await,
            other => other,
        };
        // SSL 3.0 says neither in an extension.
        if let Heard::Hello(hello) = &heard
            && (Version::Tls10..=Version::Tls12).contains(&hello.version)
        {
            self.renegotiates_securely.get_or_insert(hello.renegotiates_securely);
            self.has_timestamps.get_or_insert(hello.has_timestamps);
        }
        heard
    }

    /// All weak suites at once; what the server picks is taken away until it refuses the rest. The newest version up to
    /// TLS 1.2 is asked, and the oldest one, since some servers keep the worst for that.
    async fn weak_suites(&mut self, versions: &[Offered<Version>]) -> Vec<Offered<SuiteKind>> {
        let old: Vec<_> = versions.iter().filter(|it| it.what < Version::Tls13).collect();
        let taken: Vec<_> = old.iter().filter(|it| it.is_accepted()).map(|it| it.what).collect();
        let unclear = old.iter().find_map(|it| match it.answer {
            Answer::Unclear { why } => Some(why),
            _ => None,
        });
        let mut answers: Vec<(SuiteKind, Option<Answer>)> = SuiteKind::WEAK.iter().map(|it| (*it, None)).collect();
        let mut asked: Vec<Version> = taken.first().into_iter().chain(taken.last()).copied().collect();
        asked.dedup();
        for version in asked {
            self.weak_suites_at(version, &mut answers).await;
        }
        let rest = match unclear {
            Some(why) => Answer::Unclear { why },
            None => Answer::Refused {
                how: "TLS 1.3".to_owned(),
            },
        };
        let whole = |(what, answer): (SuiteKind, Option<Answer>)| {
            let answer = match (answer, unclear) {
                // What it refuses in one version it may take in another that was not heard.
                (Some(Answer::Refused { .. }) | None, Some(_)) => rest.clone(),
                (Some(it), _) => it,
                (None, None) => rest.clone(),
            };
            Offered { what, answer }
        };
        answers.into_iter().map(whole).collect()
    }

    async fn weak_suites_at(&mut self, version: Version, answers: &mut [(SuiteKind, Option<Answer>)]) {
        loop {
            let open: Vec<_> = answers
                .iter()
                .filter(|it| !is_taken(it.1.as_ref()))
                .map(|it| it.0)
                .collect();
            if open.is_empty() {
                return;
            }
            let offered = of(&open);
            let heard = self.ask(version, &offered, version > Version::Ssl3).await;
            let picked = match &heard {
                Heard::Hello(hello) if offered.contains(&hello.suite) => kind(hello.suite),
                _ => None,
            };
            let answer = match &heard {
                // A suite that was not offered.
                Heard::Hello(_) if picked.is_none() => Answer::Unclear { why: Unclear::Unsteady },
                _ => heard.answer(),
            };
            let concerned = answers.iter_mut().filter(|it| match picked {
                Some(kind) => it.0 == kind,
                None => open.contains(&it.0),
            });
            for it in concerned {
                // A doubt stays one.
                if !matches!(it.1, Some(Answer::Unclear { .. })) || picked.is_some() {
                    it.1 = Some(answer.clone());
                }
            }
            if picked.is_none() {
                return;
            }
        }
    }

    async fn aead(&mut self, versions: &[Offered<Version>]) -> Option<Answer> {
        let tls12 = versions.iter().find(|it| it.what == Version::Tls12)?;
        let Answer::Accepted { suite } = &tls12.answer else {
            return None;
        };
        let preferred = of(&[SuiteKind::Aead]).into_iter().find(|it| suite_name(*it) == *suite);
        if preferred.is_some() {
            return Some(tls12.answer.clone());
        }
        let suites = of(&[SuiteKind::Aead]);
        Some(self.ask(Version::Tls12, &suites, true).await.answer())
    }

    /// Greets, and makes sure what a closed connection means.
    async fn ask(&mut self, best: Version, suites: &[u16], is_extended: bool) -> Heard {
        let mut last = match self.greet(best, suites, is_extended).await {
            Ok(Greeting::Hello { hello, .. }) => {
                if self.welcome.is_none() && is_extended {
                    self.welcome = Some((best, suites.to_vec()));
                }
                return Heard::Hello(hello);
            }
            Ok(other) => other,
            Err(why) => return Heard::Unclear(why),
        };
        for attempt in 0..2 {
            let how = match last {
                Greeting::Hello { hello, .. } => return Heard::Hello(hello),
                Greeting::Alert(code) if REFUSING.contains(&code) => return Heard::Refused(alert::name(code)),
                Greeting::Alert(code) => alert::name(code),
                Greeting::Closed => "closed".to_owned(),
                Greeting::NotTls(_) => return Heard::Unclear(Unclear::Unsteady),
                Greeting::Silent => {
                    self.silences += 1;
                    return Heard::Unclear(Unclear::Silent);
                }
            };
            if attempt == 1 {
                return Heard::Refused(how);
            }
            if !self.is_still_welcome().await {
                return Heard::Unclear(Unclear::Unsteady);
            }
            last = match self.greet(best, suites, is_extended).await {
                Ok(again) => again,
                Err(why) => return Heard::Unclear(why),
            };
        }
        Heard::Unclear(Unclear::Unsteady)
    }

    /// Whether a greeting that was answered before still is.
    async fn is_still_welcome(&mut self) -> bool {
        let Some((best, suites)) = self.welcome.clone() else {
            return false;
        };
        matches!(self.greet(best, &suites, true).await, Ok(Greeting::Hello { .. }))
    }

    async fn greet(&mut self, best: Version, suites: &[u16], is_extended: bool) -> Result<Greeting, Unclear> {
        if self.silences >= MOST_SILENCES {
            return Err(Unclear::NotAsked);
        }
        self.connections += 1;
        let offer = Offer {
            sni: self.sni,
            best,
            suites,
            is_extended,
        };
        match (self.dial)().await {
            Ok(opened) => Ok(greet(opened.stream, &offer, Until::Hello, self.patience).await),
            Err(error) => {
                self.silences += 1;
                Err(match error {
                    TlsError::Timeout { .. } => Unclear::Silent,
                    _ => Unclear::Unreachable,
                })
            }
        }
    }
}

impl<T> Offered<T> {
    /// The server takes it.
    pub fn is_accepted(&self) -> bool {
        matches!(self.answer, Answer::Accepted { .. })
    }
}

fn is_taken(answer: Option<&Answer>) -> bool {
    matches!(answer, Some(Answer::Accepted { .. }))
}
