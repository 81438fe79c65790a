//! Findings that a measurement had closed and that came back: one notice a rule and target, unless the same run told that
//! a requirement is no longer met because of them.

use std::collections::BTreeMap;

use jalon_domain::{
    finding::{Changes, Defect, FindingState, Severity},
    ids::RuleId,
    programme::Requirement,
    text::Text,
};
use jalon_store::{
    Tx, findings,
    findings::{FindingFilter, Group},
    notices,
    notices::{Notice, NoticeEnd, NoticeKind},
    targets::Target,
};

use super::{About, News, Turn, Whose, requirement};
use crate::{Result, app::App, engagement::Picture, view::Link};

/// The notices of a target's engagement that stand, to be compared with those that stand after a run.
pub(crate) async fn standing(tx: &Tx, target: &Target) -> Result<Vec<Notice>> {
    Ok(notices::standing(tx, target.engagement).await?)
}

/// Tells what a run brought back, and ends what it proved gone. Asked after the findings and the proofs were refreshed;
/// `before` stood before that.
pub(crate) async fn came_back(
    app: &App,
    tx: &Tx,
    target: &Target,
    changes: &Changes<'_>,
    before: &[Notice],
    picture: &Picture,
) -> Result<()> {
    let mut turn = Turn::of(standing(tx, target).await?);
    let drifted: Vec<&Requirement> = turn
        .standing
        .iter()
        .filter(|it| it.kind == NoticeKind::Requirement && before.iter().all(|known| known.id != it.id))
        .filter_map(|it| requirement::of_notice(picture, it))
        .collect();
    let back = FindingFilter {
        state: Some(FindingState::Open),
        target: Some(target.id),
        came_back: true,
        ..FindingFilter::default()
    };
    let back = findings::groups(tx, target.engagement, &back).await?;
    let prefix = format!("finding:{}:", target.id);
    let is_back = |it: &Notice| back.iter().any(|group| it.key == format!("{prefix}{}", group.rule));
    turn.end(NoticeEnd::Well, |it| it.key.starts_with(&prefix) && !is_back(it));
    let mut by_rule: BTreeMap<&RuleId, Vec<&Defect>> = BTreeMap::new();
    for (_, defect) in &changes.reopened {
        by_rule.entry(&defect.rule).or_default().push(defect);
    }
    for group in &back {
        let Some(defects) = by_rule.get(&group.rule) else {
            continue;
        };
        if !is_told(group, defects, &drifted) {
            turn.begin(news(format!("{prefix}{}", group.rule), target, &group.rule, defects));
        }
    }
    turn.write(app, tx, Whose::of_target(target), picture.now).await
}

/// Whether defects that came back are why a requirement drifted: then that was told.
fn is_told(group: &Group, defects: &[&Defect], drifted: &[&Requirement]) -> bool {
    let weighs = defects.iter().any(|it| it.severity >= Severity::HOLDS_GATE);
    weighs && drifted.iter().any(|it| it.by.counts(&group.check, &group.rule))
}

fn news(key: String, target: &Target, rule: &RuleId, defects: &[&Defect]) -> News {
    let title = defects.first().map(|it| it.message.clone()).unwrap_or_default();
    let (value, n) = (&target.value, defects.len());
    let detail = if n == 1 {
        Text::new(
            format!("{rule} on {value}: back after a measurement had closed it"),
            format!("{rule} sur {value}\u{a0}: de retour après avoir été clos par une mesure"),
        )
    } else {
        Text::new(
            format!("{rule} on {value}: {n} findings are back after a measurement had closed them"),
            format!("{rule} sur {value}\u{a0}: {n} constats de retour après avoir été clos par une mesure"),
        )
    };
    News {
        kind: NoticeKind::Finding,
        key,
        title,
        detail,
        about: About {
            link: Link::Remediation {
                family: Some(target.family),
                rule: Some(rule.to_string()),
            },
            until: None,
        },
    }
}
