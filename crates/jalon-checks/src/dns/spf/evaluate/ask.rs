//! Who answers the questions of an evaluation.

use futures::future::BoxFuture;
use jalon_wire::dns::{Answer, Data, DnsError, RecordType, Resolver, Status};

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reply {
    /// There are records.
    Found(Vec<Data>),
    /// The name has no such record.
    NoData,
    /// There is no such name.
    NoName,
    /// Nobody said; why, in the words of the client.
    Failed(String),
}

/// Somebody who can be asked for records.
pub trait Ask: Sync {
    /// The records of that kind at `name`, which is in lower case and has no last dot; aliases are followed.
    fn ask<'a>(&'a self, name: &'a str, kind: RecordType) -> BoxFuture<'a, Reply>;
}

impl Ask for Resolver {
    fn ask<'a>(&'a self, name: &'a str, kind: RecordType) -> BoxFuture<'a, Reply> {
        Box::pin(async move {
            match self.lookup(name, kind).await {
                Ok(Answer {
                    status: Status::Found,
                    records,
                    ..
                }) => Reply::Found(records.into_iter().map(|it| it.data).collect()),
                Ok(Answer {
                    status: Status::NoData, ..
                }) => Reply::NoData,
                // What cannot be asked for is nowhere (RFC 7208, sections 4.3 and 4.8).
                Ok(_) | Err(DnsError::BadName { .. }) => Reply::NoName,
                Err(error) => Reply::Failed(error.to_string()),
            }
        })
    }
}
