//! The list as asked for: the matching engagements, one page of them, and the one that needs somebody most.

use jalon_domain::finding::Severity;
use jalon_service::view::home::EngagementCard;

use super::Asked;

/// Engagements on one page of the list.
const PAGE: usize = 50;

/// What the start page shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Home {
    /// All that one may see.
    pub all: usize,
    /// Responsibilities proven and applying, over all of them.
    pub proven: (usize, usize),
    /// Those of this page.
    pub cards: Vec<EngagementCard>,
    /// The one with most blockers, then most responsibilities failing; none when none has any.
    pub first: Option<EngagementCard>,
    /// What was searched for.
    pub text: String,
    /// The page shown, from 1.
    pub page: usize,
    /// Whether more follow.
    pub has_more: bool,
    /// Whether the caller may create one.
    pub may_create: bool,
}

impl Home {
    /// The page of `cards` that is `asked` for.
    pub fn of(cards: Vec<EngagementCard>, asked: &Asked, may_create: bool) -> Self {
        let all = cards.len();
        let sum = |of: fn(&EngagementCard) -> usize| cards.iter().map(of).sum();
        let proven = (sum(|it| it.counts.proven()), sum(|it| it.counts.applicable()));
        let first = cards
            .iter()
            .rev()
            .max_by_key(|it| pressure(it))
            .filter(|it| pressure(it) > (0, 0))
            .cloned();
        let text = asked.q.trim().to_owned();
        let matching: Vec<EngagementCard> = cards.into_iter().filter(|it| matches(it, &text)).collect();
        let page = asked.page.clamp(1, matching.len().div_ceil(PAGE).max(1));
        let has_more = matching.len() > page * PAGE;
        let cards = matching.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
        Self {
            all,
            proven,
            cards,
            first,
            text,
            page,
            has_more,
            may_create,
        }
    }
}

fn matches(card: &EngagementCard, text: &str) -> bool {
    let wanted = text.to_lowercase();
    [&card.organisation, &card.name]
        .iter()
        .any(|it| it.to_lowercase().contains(&wanted))
}

/// Open blockers and failing responsibilities.
pub fn pressure(card: &EngagementCard) -> (usize, usize) {
    (
        card.findings.get(&Severity::Blocker).copied().unwrap_or_default(),
        card.counts.failing,
    )
}
