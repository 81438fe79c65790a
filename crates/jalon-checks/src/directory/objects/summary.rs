//! The end of a directory: the verdict of each rule, and what could not be told because the source does not hold it.

use std::collections::BTreeMap;

use jalon_domain::measure::CheckReport;
use serde_json::json;

use super::{
    SHEET,
    flaw::Flaw,
    found::{Found, Remedy},
    names::Name,
    object::Kind,
};
use crate::{
    Context, Doubt,
    directory::{Seen, Settings, Source, batch::Counts, join::Joined},
    verdicts::Verdicts,
};

/// The verdicts, without the defects, which were handed over as they were found.
pub(in crate::directory) fn report(
    source: &str,
    counts: &Counts,
    seen: &Seen<'_>,
    settings: &Settings,
    ctx: &Context<'_>,
) -> CheckReport {
    // Another run over the same export says the same: what helps is another export.
    let mut verdicts = Verdicts::new(&SHEET, ctx.profile, None);
    let summary = Summary {
        source,
        counts,
        seen,
        settings,
    };
    for rule in &SHEET.rules {
        summary.verdict(rule.id.as_str(), &mut verdicts);
    }
    let held: BTreeMap<&str, u64> = Name::ALL
        .iter()
        .map(|it| (it.spelling(), counts.with(*it)))
        .filter(|it| it.1 > 0)
        .collect();
    verdicts.finish(json!({
        "source": source,
        "profile": settings.profile.word(),
        "mode": settings.profile.mode(),
        "objects": {
            "users": counts.of(Kind::User),
            "contacts": counts.of(Kind::Contact),
            "groups": counts.of(Kind::Group),
        },
        "attributes": held,
        "third_party": seen.joined.zip(settings.third_party.as_ref()).map(|(joined, it)| joined.facts(it.name())),
        "defects": counts.broken,
    }))
}

struct Summary<'a> {
    source: &'a str,
    counts: &'a Counts,
    seen: &'a Seen<'a>,
    settings: &'a Settings,
}

/// What a rule needs to be judged.
enum Need {
    /// An attribute that every object of these kinds has in every directory: a source without it was exported without it.
    Always(Name, &'static [Kind]),
    /// Attributes of which an object may have one or not: where none has, there is nothing to judge.
    Any(&'static [Name]),
    /// Another directory to compare with.
    Other,
    /// A global catalogue.
    Catalogue,
}

use Kind::{Contact, Group, User};

/// The sign-in name and what follows from it.
const SIGN_IN: [&str; 6] = ["DIR-018", "DIR-019", "DIR-020", "DIR-021", "DIR-031", "DIR-036"];

fn need(rule: &str) -> Need {
    const ADDRESSES: &[Name] = &[Name::Mail, Name::PrincipalName, Name::ProxyAddresses];
    match rule {
        "DIR-001" | "DIR-002" => Need::Always(Name::DisplayName, &[User, Contact, Group]),
        "DIR-003" => Need::Any(&[Name::DisplayName, Name::GivenName]),
        "DIR-004" => Need::Any(&[Name::GivenName]),
        "DIR-005" | "DIR-006" | "DIR-007" => Need::Any(&[Name::Mail]),
        "DIR-008" | "DIR-009" | "DIR-010" => Need::Any(&[Name::MailNickname]),
        "DIR-011" | "DIR-012" | "DIR-032" | "DIR-033" => Need::Any(&[Name::ProxyAddresses]),
        "DIR-013" | "DIR-014" | "DIR-015" => Need::Always(Name::AccountName, &[User, Group]),
        "DIR-016" | "DIR-017" => Need::Any(&[Name::TargetAddress]),
        "DIR-030" => Need::Any(ADDRESSES),
        "DIR-034" => Need::Always(Name::Member, &[Group]),
        "DIR-035" => Need::Any(&[Name::ProxyAddresses]),
        "DIR-037" => Need::Any(&[Name::AdminCount, Name::MemberOf]),
        "DIR-038" => Need::Any(&[Name::AccountControl, Name::LastLogon]),
        "DIR-039" => Need::Other,
        "DIR-040" => Need::Any(&[
            Name::PrincipalName,
            Name::Mail,
            Name::MailNickname,
            Name::ProxyAddresses,
        ]),
        "DIR-041" => Need::Catalogue,
        _ => Need::Always(Name::PrincipalName, &[User]),
    }
}

impl Summary<'_> {
    fn verdict(&self, rule: &str, verdicts: &mut Verdicts) {
        let not_applicable = |key| SHEET.text(key, &[]);
        if self.counts.broken.contains_key(rule) {
            verdicts.failed(rule);
        } else if !self.settings.judges(rule) {
            verdicts.not_applicable(rule, not_applicable("other-profile"));
        } else if SIGN_IN.contains(&rule) && self.settings.alternate_login_id {
            verdicts.not_applicable(rule, not_applicable("alternate-login"));
        } else if matches!(need(rule), Need::Other) && self.settings.third_party.is_none() {
            verdicts.not_applicable(rule, not_applicable("no-other-directory"));
        } else if matches!(need(rule), Need::Catalogue) {
            if self.seen.abouts.iter().all(|it| it.not_in_catalogue.is_none()) {
                verdicts.not_applicable(rule, not_applicable("no-catalogue"));
            }
        } else if self.counts.total() == 0 {
            verdicts.doubt(rule, Doubt::Empty, self.source);
        } else {
            self.needed(rule, verdicts);
        }
    }

    /// Some object has what the rule is about, and nothing breaks the rule: it passes. Or else it cannot be told, or there
    /// is nothing to tell.
    fn needed(&self, rule: &str, verdicts: &mut Verdicts) {
        match need(rule) {
            Need::Always(name, kinds) if self.counts.with(name) == 0 => {
                if self.is_absent(name) || kinds.iter().all(|it| self.counts.of(*it) == 0) {
                    self.none(rule, name, verdicts);
                } else {
                    verdicts.doubt(rule, Doubt::NotExported, name.spelling());
                }
            }
            Need::Other => {
                let third = self.settings.third_party.as_deref();
                if let Some(empty) = third.filter(|it| it.is_empty()) {
                    return verdicts.doubt(rule, Doubt::Empty, empty.name());
                }
                // Nothing lacks of those who are known to be somebody here: of the others it cannot be said.
                let left = self.seen.joined.map_or(0, Joined::undecided);
                if let Some(third) = third.filter(|_| left > 0) {
                    verdicts.doubt(rule, Doubt::Unmatched, &format!("{}: {left}", third.name()));
                }
            }
            Need::Any(names) if names.iter().all(|it| self.counts.with(*it) == 0) => {
                // What a catalogue does not show may be there all the same.
                if let Some(name) = names.iter().find(|it| self.is_hidden(**it)) {
                    verdicts.doubt(rule, Doubt::NotExported, name.spelling());
                } else if let Some(name) = names.first() {
                    self.none(rule, *name, verdicts);
                }
            }
            _ => {}
        }
    }

    /// No object of the source has it; the schema may be why.
    fn none(&self, rule: &str, name: Name, verdicts: &mut Verdicts) {
        let key = if self.is_absent(name) { "no-schema" } else { "no-object" };
        verdicts.not_applicable(rule, SHEET.text(key, &[("attribute", name.spelling().into())]));
    }

    /// No schema has the attribute.
    fn is_absent(&self, name: Name) -> bool {
        !self.seen.abouts.is_empty() && self.seen.abouts.iter().all(|it| is_listed(&it.absent, name))
    }

    /// Some global catalogue does not show the attribute.
    fn is_hidden(&self, name: Name) -> bool {
        let mut hidden = self.seen.abouts.iter().filter_map(|it| it.not_in_catalogue.as_ref());
        hidden.any(|it| is_listed(it, name))
    }
}

fn is_listed(names: &[String], name: Name) -> bool {
    names.iter().any(|it| it.eq_ignore_ascii_case(name.spelling()))
}

/// What a global catalogue does not show, attribute by attribute.
pub(in crate::directory) fn not_replicated(source: &Source) -> Vec<Found> {
    let hidden = source.about.not_in_catalogue.as_deref().unwrap_or_default();
    let hidden = Name::ALL.iter().filter(|it| is_listed(hidden, **it));
    hidden
        .map(|name| Found {
            rule: "DIR-041",
            dn: source.name.clone(),
            class: "attributeSchema".to_owned(),
            attribute: name.spelling(),
            value: String::new(),
            flaws: vec![Flaw::NotReplicated],
            remedy: Remedy::Look,
            holder: None,
            others: Vec::new(),
        })
        .collect()
}
