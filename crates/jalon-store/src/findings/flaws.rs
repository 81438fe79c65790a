//! Findings as the fix engine takes them: what is wrong with which value of which object, without the sentences that say
//! so. A directory brings home a hundred thousand, and a fix looks at all of them.

use jalon_domain::{
    finding::Defect,
    ids::{EngagementId, FindingId},
    text::Text,
};
use sea_orm::{EntityTrait, QueryFilter, QuerySelect};
use uuid::Uuid;

use super::{FindingFilter, entity};
use crate::{
    db::Db,
    error::StoreError,
    stored::{Stored, Unreadable, word},
};

/// Rule, severity, subject, attribute, discriminator, observed value, what is wrong with the object.
type Told = (
    Uuid,
    String,
    i32,
    String,
    Option<String>,
    String,
    String,
    Option<String>,
);

/// The findings that `filter` wants, in the order in which they were first seen, each with its defect but without its
/// sentences and its own fix. One statement: what is told was true at one instant.
///
/// # Errors
/// When the database does not answer.
pub async fn flaws(
    db: &impl Db,
    engagement: EngagementId,
    filter: &FindingFilter,
) -> Result<Vec<(FindingId, Defect)>, StoreError> {
    use entity::Column::{Attribute, Discriminator, Id, Object, Observed, Rule, Severity, Subject};
    let told: Vec<Told> = entity::Entity::find()
        .select_only()
        .columns([Id, Rule, Severity, Subject, Attribute, Discriminator, Observed, Object])
        .filter(filter.condition(engagement))
        .into_tuple()
        .all(db.connection())
        .await?;
    let mut flaws: Vec<(FindingId, Defect)> = told.into_iter().map(defect).collect::<Result<_, _>>()?;
    flaws.sort_unstable_by_key(|it| it.0);
    Ok(flaws)
}

fn defect(
    (id, rule, severity, subject, attribute, discriminator, observed, object): Told,
) -> Result<(FindingId, Defect), StoreError> {
    let at = |field| move |error: Unreadable| error.at("Finding", field);
    let defect = Defect {
        rule: word(&rule).map_err(at("rule"))?,
        severity: Stored::load(severity).map_err(at("severity"))?,
        subject,
        attribute,
        discriminator,
        observed,
        expected: String::new(),
        message: Text::default(),
        remedy: Text::default(),
        fix: None,
        object: Stored::load(object).map_err(at("object"))?,
    };
    Ok((FindingId(id), defect))
}
