//! Why responsibilities are left out: the first condition that each misses, with all that miss the same one.

use jalon_domain::{
    ids::ResponsibilityId,
    profile::{Condition, Profile},
    text::Text,
};
use jalon_service::engagement::LeftOut;

/// What is left out for one reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// What it would take, or what it must not be, as a phrase.
    pub condition: Text,
    /// Whether it is what it must not be.
    pub is_excluded: bool,
    /// What is left out.
    pub titles: Vec<Text>,
}

/// The reasons for `left_out`, what most miss first. `applies` knows the condition of each.
pub fn reasons<'a>(
    left_out: &[LeftOut],
    profile: &Profile,
    applies: impl Fn(&ResponsibilityId) -> Option<&'a Condition>,
) -> Vec<Reason> {
    let mut reasons: Vec<Reason> = Vec::new();
    for it in left_out {
        let (condition, is_excluded) = match applies(&it.id).map(|own| first_missed(own, profile)) {
            Some(Condition::Not(inner)) => (inner.describe(), true),
            Some(missed) => (missed.describe(), false),
            None => (it.condition.clone(), false),
        };
        let known = reasons
            .iter_mut()
            .find(|it| it.condition == condition && it.is_excluded == is_excluded);
        match known {
            Some(reason) => reason.titles.push(it.title.clone()),
            None => reasons.push(Reason {
                condition,
                is_excluded,
                titles: vec![it.title.clone()],
            }),
        }
    }
    reasons.sort_by_key(|it| std::cmp::Reverse(it.titles.len()));
    reasons
}

/// Of conditions that must all hold, the first that does not: one is enough to leave it out.
fn first_missed<'a>(condition: &'a Condition, profile: &Profile) -> &'a Condition {
    match condition {
        Condition::All(parts) => parts
            .iter()
            .find(|it| !it.holds(profile))
            .map_or(condition, |it| first_missed(it, profile)),
        _ => condition,
    }
}

#[cfg(test)]
mod tests {
    use jalon_domain::profile::{Choice, Cloud, Programme};

    use super::*;

    fn left_out(id: &str) -> LeftOut {
        let id = ResponsibilityId::parse(id).unwrap();
        LeftOut {
            title: Text::same(id.as_str()),
            condition: Text::same("all of it"),
            id,
        }
    }

    #[test]
    fn what_misses_the_same_condition_first_is_said_together() {
        let ems = Condition::Programme(Programme::Ems);
        let option = Condition::Option(Choice::Federation);
        let both = Condition::All(vec![ems.clone(), option.clone()]);
        let elsewhere = Condition::Not(Box::new(Condition::Cloud(Cloud::Gcc)));
        let profile = Profile {
            programmes: [Programme::Office365].into(),
            services: [].into(),
            options: [].into(),
            seats: 1,
            cloud: Cloud::Gcc,
        };
        let of = |id: &ResponsibilityId| match id.as_str() {
            "x.a" => Some(&option),
            "x.b" => Some(&ems),
            "x.c" => Some(&both),
            "x.d" => Some(&elsewhere),
            _ => None,
        };
        let found = reasons(&["x.a", "x.b", "x.c", "x.d", "x.e"].map(left_out), &profile, of);
        let said: Vec<(&str, bool, usize)> = found
            .iter()
            .map(|it| (it.condition.en.as_str(), it.is_excluded, it.titles.len()))
            .collect();
        assert_eq!(
            said,
            [
                ("Enterprise Mobility + Security", false, 2),
                ("the option “Sign-in is federated (AD FS)”", false, 1),
                ("the US Government (GCC) cloud", true, 1),
                ("all of it", false, 1),
            ]
        );
    }
}
