//! The primary server of a zone: which zone a domain stands in, the change, and whether it is there afterwards.

use std::{net::SocketAddr, path::Path, time::Duration};

use jalon_checks::dns::change::Plan;
use jalon_wire::dns::{
    Data, Record, RecordType, Resolver, Status,
    update::{Sender, SetChange, UpdateError, UpdateKey},
};

use crate::{
    exit::{Failure, Result},
    input, world,
};

/// Whom the change goes to.
pub(super) struct Primary {
    pub(super) server: SocketAddr,
    key: Option<UpdateKey>,
    patience: Duration,
    resolver: Resolver,
}

/// A change that was not made, or of which nobody knows.
pub(super) struct Unmade {
    pub(super) failure: Failure,
    /// Whether the zone may be changed all the same.
    pub(super) may_have_happened: bool,
}

impl Primary {
    pub(super) fn new(server: SocketAddr, key: Option<&Path>, patience: Duration) -> Result<Self> {
        let read = |path: &Path| {
            let text = input::small_file(path)?;
            UpdateKey::parse(&text).map_err(|error| {
                let (path, what) = (path.display().to_string(), error.to_string());
                Failure::new("bad-update-key", &[("path", path.into()), ("what", what.into())])
            })
        };
        Ok(Self {
            server,
            key: key.map(read).transpose()?,
            patience,
            resolver: Resolver::new([server], world::question_id).with_timeout(patience),
        })
    }

    /// The zone of the server that holds the domain.
    pub(super) async fn zone(&self, domain: &str) -> Result<String> {
        let mut name = domain;
        loop {
            let answer = self.resolver.lookup(name, RecordType::Soa).await;
            let answer = answer.map_err(|error| self.unasked(&error.to_string()))?;
            let own = |it: &Record| it.name == name && matches!(it.data, Data::Soa { .. });
            if answer.records.iter().any(own) {
                return Ok(name.to_owned());
            }
            match name.split_once('.') {
                Some((_, above)) if above.contains('.') => name = above,
                _ => return Err(self.unasked(&format!("it holds no zone of {domain}"))),
            }
        }
    }

    fn unasked(&self, what: &str) -> Failure {
        let server = self.server.to_string();
        Failure::new("fix-dns-server", &[("server", server.into()), ("what", what.into())])
    }

    /// Makes the change and looks whether it is there.
    pub(super) async fn make(&self, plan: &Plan) -> std::result::Result<(), Unmade> {
        let changes: Vec<SetChange> = plan.changes().cloned().collect();
        let sender = Sender {
            server: self.server,
            key: self.key.as_ref(),
            id: world::question_id(),
            now: u64::try_from(world::now().as_second()).unwrap_or_default(),
            patience: self.patience,
        };
        sender.send(&plan.zone, &changes).await.map_err(|error| Unmade {
            may_have_happened: matches!(error, UpdateError::Unconfirmed { .. }),
            failure: told(&error),
        })?;
        for it in &changes {
            if !self.shows(it).await {
                let (name, kind) = (it.name.as_str(), it.kind.as_str());
                return Err(Unmade {
                    failure: Failure::new("fix-dns-unseen", &[("name", name.into()), ("kind", kind.into())]),
                    may_have_happened: true,
                });
            }
        }
        Ok(())
    }

    /// Whether the server answers with what the set should be.
    async fn shows(&self, set: &SetChange) -> bool {
        let kind = serde_json::from_value::<RecordType>(set.kind.as_str().into());
        let Ok(kind) = kind else { return false };
        let Ok(answer) = self.resolver.lookup(&set.name, kind).await else {
            return false;
        };
        let own: Vec<&Record> = match answer.status {
            Status::Found => answer.records.iter().filter(|it| it.name == set.name).collect(),
            _ => Vec::new(),
        };
        own.len() == set.after.len() && set.after.iter().all(|it| own.iter().any(|own| says(own) == says(it)))
    }
}

/// What a record says, however its text is cut into strings.
fn says(record: &Record) -> String {
    match &record.data {
        Data::Txt { text, .. } => text.clone(),
        other => format!("{other:?}"),
    }
}

fn told(error: &UpdateError) -> Failure {
    let what = error.to_string();
    let key = match error {
        UpdateError::Changed { .. } => "fix-dns-changed",
        UpdateError::Refused { .. } => "fix-dns-refused",
        UpdateError::Unwritable { .. } => "fix-dns-unwritable",
        UpdateError::Unreachable { .. } => "fix-dns-unreachable",
        UpdateError::Unconfirmed { .. } => "fix-dns-unconfirmed",
    };
    Failure::new(key, &[("what", what.into())])
}
