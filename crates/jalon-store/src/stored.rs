//! How the domain's values become columns and come back: one trait, one list of fields a row.
//!
//! Identifiers are UUIDs; closed lists and checked words are text; instants are microseconds since 1970 in UTC; civil
//! dates are `YYYY-MM-DD`; everything with a structure is JSON in a text column, the same on both engines. (PostgreSQL's
//! jsonb would reorder keys and refuse a NUL that a measurement brought home, and nothing asks inside it.)

use std::{fmt, str::FromStr};

use jalon_domain::{
    evidence::Outcome,
    finding::{FindingState, Fingerprint, Fix, ObjectFlaw, Severity},
    ids::{
        AttachmentId, CheckId, DecisionId, EngagementId, EventId, EvidenceId, FindingId, JobId, OrganisationId,
        PersonId, RequirementId, ResponsibilityId, RuleId, RunId, ScheduleId, TargetId,
    },
    measure::Family,
    profile::Profile,
    programme::Role,
    proof::{DecisionKind, Reason, State},
    text::{Lang, Text},
};
use jiff::{Timestamp, civil::Date};
use sea_orm::{
    Condition, DbErr, ExprTrait,
    sea_query::{Expr, Query, SelectStatement},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;
use uuid::Uuid;

use crate::{error::StoreError, seal::Sealed};

/// A value that fits a column.
pub(crate) trait Stored: Sized {
    /// What the column holds.
    type Column;
    /// To the column.
    fn store(&self) -> Self::Column;
    /// From the column.
    fn load(column: Self::Column) -> Result<Self, Unreadable>;
}

/// A column that does not hold what was written there.
#[derive(Debug)]
pub(crate) struct Unreadable(String);

impl Unreadable {
    fn new(error: impl fmt::Display) -> Self {
        Self(error.to_string())
    }

    /// The error, with the place where it was met.
    pub(crate) fn at(self, row: &str, field: &str) -> StoreError {
        StoreError::Broken(format!("{row}.{field}: {}", self.0))
    }
}

/// Both ways between a row and its entity, field by field; the fields have the same names in both.
macro_rules! row {
    ($row:ident { $($field:ident),* $(,)? }) => {
        impl TryFrom<entity::Model> for $row {
            type Error = $crate::error::StoreError;
            fn try_from(it: entity::Model) -> Result<Self, Self::Error> {
                Ok(Self { $($field: $crate::stored::Stored::load(it.$field).map_err(|error| error.at(stringify!($row), stringify!($field)))?,)* })
            }
        }
        impl From<&$row> for entity::ActiveModel {
            fn from(it: &$row) -> Self {
                Self { $($field: sea_orm::ActiveValue::Set($crate::stored::Stored::store(&it.$field)),)* }
            }
        }
    };
}
pub(crate) use row;

/// The rows that `models` stand for.
pub(crate) fn rows<M, R: TryFrom<M, Error = StoreError>>(models: Result<Vec<M>, DbErr>) -> Result<Vec<R>, StoreError> {
    models?.into_iter().map(R::try_from).collect()
}

/// The row that `model` stands for, if there is one.
pub(crate) fn one<M, R: TryFrom<M, Error = StoreError>>(
    model: Result<Option<M>, DbErr>,
) -> Result<Option<R>, StoreError> {
    model?.map(R::try_from).transpose()
}

/// The condition "belongs to `engagement`". The organisation leads every key and index of what belongs to one, so it
/// is part of the condition, looked up by the database itself.
pub(crate) fn of(engagement: EngagementId) -> Condition {
    Condition::all()
        .add(Expr::col("organisation_id").eq(Expr::from(organisation_of(engagement))))
        .add(Expr::col("engagement_id").eq(engagement.0))
}

fn organisation_of(engagement: EngagementId) -> SelectStatement {
    Query::select()
        .column("organisation_id")
        .from("engagement")
        .and_where(Expr::col("id").eq(engagement.0))
        .take()
}

/// How many rows of `columns` columns fit one statement: SQLite takes 32,766 parameters
/// (<https://www.sqlite.org/limits.html>, 9), PostgreSQL 65,535.
pub(crate) const fn chunk(columns: usize) -> usize {
    32_000 / columns
}

impl<T: Stored> Stored for Option<T> {
    type Column = Option<T::Column>;
    fn store(&self) -> Self::Column {
        self.as_ref().map(T::store)
    }
    fn load(column: Self::Column) -> Result<Self, Unreadable> {
        column.map(T::load).transpose()
    }
}

impl<T: Stored> Stored for Box<T> {
    type Column = T::Column;
    fn store(&self) -> Self::Column {
        (**self).store()
    }
    fn load(column: Self::Column) -> Result<Self, Unreadable> {
        T::load(column).map(Self::new)
    }
}

impl Stored for String {
    type Column = String;
    fn store(&self) -> String {
        storable(self)
    }
    fn load(column: String) -> Result<Self, Unreadable> {
        Ok(column)
    }
}

/// `text` as both engines take it: PostgreSQL has no NUL in text (its manual, section 8.3), and what is measured may
/// have one, so it becomes its visible symbol.
pub(crate) fn storable(text: &str) -> String {
    text.replace('\0', "\u{2400}")
}

impl Stored for Timestamp {
    type Column = i64;
    fn store(&self) -> i64 {
        self.as_microsecond()
    }
    fn load(column: i64) -> Result<Self, Unreadable> {
        Self::from_microsecond(column).map_err(Unreadable::new)
    }
}

/// Severities are ordered, so they are numbers, the heaviest first: ascending is the order in which people look.
impl Stored for Severity {
    type Column = i32;
    fn store(&self) -> i32 {
        match self {
            Self::Blocker => 0,
            Self::Major => 1,
            Self::Minor => 2,
            Self::Info => 3,
        }
    }
    fn load(column: i32) -> Result<Self, Unreadable> {
        Self::ALL
            .iter()
            .copied()
            .find(|it| it.store() == column)
            .ok_or_else(|| Unreadable(format!("{column} is no severity")))
    }
}

macro_rules! as_they_are {
    ($($type:ty)*) => {$(
        impl Stored for $type {
            type Column = Self;
            fn store(&self) -> Self {
                *self
            }
            fn load(column: Self) -> Result<Self, Unreadable> {
                Ok(column)
            }
        }
    )*};
}
as_they_are! { bool i32 i64 Uuid }

impl Stored for Sealed {
    type Column = String;
    fn store(&self) -> String {
        self.0.clone()
    }
    fn load(column: String) -> Result<Self, Unreadable> {
        Ok(Self(column))
    }
}

macro_rules! uuids {
    ($($type:ident)*) => {$(
        impl Stored for $type {
            type Column = Uuid;
            fn store(&self) -> Uuid {
                self.0
            }
            fn load(column: Uuid) -> Result<Self, Unreadable> {
                Ok(Self(column))
            }
        }
    )*};
}
uuids! {
    AttachmentId DecisionId EngagementId EventId EvidenceId FindingId JobId OrganisationId PersonId RunId ScheduleId TargetId
}

/// Text by `Display` and `FromStr`.
macro_rules! words {
    ($($type:ty)*) => {$(
        impl $crate::stored::Stored for $type {
            type Column = String;
            fn store(&self) -> String {
                self.to_string()
            }
            fn load(column: String) -> Result<Self, $crate::stored::Unreadable> {
                $crate::stored::word(&column)
            }
        }
    )*};
}
pub(crate) use words;
words! {
    CheckId Date DecisionKind Family FindingState Lang Outcome Reason RequirementId ResponsibilityId Role RuleId State
}

/// A word read back.
pub(crate) fn word<T: FromStr<Err: fmt::Display>>(column: &str) -> Result<T, Unreadable> {
    column.parse().map_err(Unreadable::new)
}

impl Stored for Fingerprint {
    type Column = String;
    fn store(&self) -> String {
        self.0.clone()
    }
    fn load(column: String) -> Result<Self, Unreadable> {
        Ok(Self(column))
    }
}

macro_rules! json {
    ($($type:ty)*) => {$(
        impl Stored for $type {
            type Column = String;
            fn store(&self) -> String {
                to_json(self)
            }
            fn load(column: String) -> Result<Self, Unreadable> {
                from_json(&column)
            }
        }
    )*};
}
json! { Fix ObjectFlaw Profile Text Value }

fn to_json(it: &impl Serialize) -> String {
    serde_json::to_string(it).expect("these types have text keys and no failing serializer")
}

fn from_json<T: DeserializeOwned>(column: &str) -> Result<T, Unreadable> {
    serde_json::from_str(column).map_err(Unreadable::new)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn round_trip<T: Stored + PartialEq + fmt::Debug>(it: T) {
        assert_eq!(T::load(it.store()).unwrap(), it);
    }

    #[test]
    fn every_word_comes_back() {
        Severity::ALL.iter().for_each(|it| round_trip(*it));
        Role::ALL.iter().for_each(|it| round_trip(*it));
        State::ALL.iter().for_each(|it| round_trip(*it));
        Reason::ALL.iter().for_each(|it| round_trip(*it));
        Lang::ALL.iter().for_each(|it| round_trip(*it));
    }

    #[test]
    fn the_heaviest_severity_sorts_first() {
        let mut columns: Vec<i32> = Severity::ALL.iter().rev().map(Stored::store).collect();
        assert!(columns.is_sorted());
        columns.dedup();
        assert_eq!(columns.len(), Severity::ALL.len());
    }

    #[test]
    fn a_nul_is_kept_visible() {
        assert_eq!("a\0b".to_owned().store(), "a\u{2400}b");
    }

    proptest! {
        #[test]
        fn instants_come_back_to_the_microsecond(micros in -62_135_596_800_000_000i64..253_402_207_200_000_000) {
            round_trip(Timestamp::from_microsecond(micros).unwrap());
        }

        #[test]
        fn dates_come_back(days in 0i32..20_000) {
            round_trip(jiff::civil::date(1970, 1, 1) + jiff::Span::new().days(days));
        }
    }
}
