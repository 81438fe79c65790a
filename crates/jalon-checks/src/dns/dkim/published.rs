//! What stands at one selector, and what is wrong with it.

use std::collections::BTreeSet;

use jalon_domain::{
    finding::Fix,
    text::{Text, Value},
};
use serde_json::json;

use super::{
    SHEET,
    key::{self, ENOUGH_BITS, FEWEST_BITS, Key, Strength},
};
use crate::{
    dns::{
        Facts, Question,
        facts::Held,
        zone::{self, Line},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// Why a selector is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Why {
    /// Somebody says that mail is signed with it.
    Named,
    /// It is a usual one.
    Tried,
}

/// What stands at a selector.
pub(super) struct Published<'a> {
    selector: String,
    name: String,
    why: Why,
    texts: Vec<Held<'a, str>>,
    chain: &'a [String],
    is_circle: bool,
}

/// What is there; nothing where there is neither a text nor an alias.
pub(super) fn at<'a>(facts: &'a Facts, selector: &str, why: Why) -> Result<Option<Published<'a>>, Doubted> {
    let name = super::name(facts, selector);
    let question = Question::txt(&name);
    let published = Published {
        selector: selector.to_owned(),
        texts: facts.texts(&name)?,
        chain: facts.chain(&question),
        is_circle: facts.is_circle(&question),
        name,
        why,
    };
    let is_nothing = published.texts.is_empty() && published.chain.is_empty() && !published.is_circle;
    Ok((!is_nothing).then_some(published))
}

pub(super) fn complain_missing(facts: &Facts, selector: &str, verdicts: &mut Verdicts) {
    let name = super::name(facts, selector);
    verdicts.complain(Complaint {
        rule: "DKIM-01",
        key: "key-missing",
        subject: &facts.domain,
        attribute: Some("TXT"),
        discriminator: selector,
        expected: "v=DKIM1; k=rsa; p=…".to_owned(),
        args: &[("name", name.as_str().into()), ("selector", selector.into())],
        fix: Some(by_hand("key-missing-remedy")),
        ..Complaint::BLANK
    });
}

fn by_hand(key: &str) -> Fix {
    Fix::by_hand(SHEET.text(key, &[]))
}

impl Published<'_> {
    /// Whether another selector has the same: both are answered by one wildcard.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        // Servers change the order of what they answer.
        let texts = |it: &Self| it.texts.iter().map(|it| it.value.to_owned()).collect::<BTreeSet<_>>();
        texts(self) == texts(other) && self.chain == other.chain && self.is_circle == other.is_circle
    }

    /// For a reader of the facts.
    pub(super) fn shown(&self) -> serde_json::Value {
        let mut shown = match self.texts.as_slice() {
            [text] => match Key::parse(text.value) {
                Ok(key) => key.shown(),
                Err(_) => json!({"malformed": true}),
            },
            texts => json!({"records": texts.len()}),
        };
        shown["named"] = json!(self.why == Why::Named);
        if !self.chain.is_empty() {
            shown["leads_to"] = json!(self.chain);
        }
        shown
    }

    pub(super) fn judge(&self, facts: &Facts, verdicts: &mut Verdicts) {
        let is_named = self.why == Why::Named;
        let told = |named, tried| if is_named { named } else { tried };
        match self.texts.as_slice() {
            _ if self.is_circle => {
                self.complain(
                    facts,
                    verdicts,
                    "DKIM-03",
                    told("key-circle", "key-circle-tried"),
                    self.removed(),
                );
            }
            [] => self.complain(
                facts,
                verdicts,
                "DKIM-02",
                told("key-nowhere", "key-nowhere-tried"),
                self.removed(),
            ),
            [text] => self.judge_text(facts, text, verdicts),
            texts => self.complain(facts, verdicts, "DKIM-06", "key-several", self.one_of(texts)),
        }
    }

    fn judge_text(&self, facts: &Facts, text: &Held<'_, str>, verdicts: &mut Verdicts) {
        let key = match Key::parse(text.value) {
            Ok(key) => key,
            Err(_) => return self.complain(facts, verdicts, "DKIM-06", "key-malformed", None),
        };
        if key.strength == Strength::Revoked {
            let told = if self.why == Why::Named {
                "key-revoked"
            } else {
                "key-revoked-tried"
            };
            let removed = Some(text).filter(|_| self.why == Why::Tried && self.chain.is_empty());
            let fix = removed.map(|it| zone::fix(&[], &[Line::of(&self.name, it.record)]));
            return self.complain(facts, verdicts, "DKIM-04", told, fix);
        }
        if key.is_test {
            let better = Line::txt(&self.name, &key::without_test(text.value));
            let fix = self
                .chain
                .is_empty()
                .then(|| zone::fix(&[better], &[Line::of(&self.name, text.record)]));
            self.complain(facts, verdicts, "DKIM-05", "key-testing", fix);
        }
        match key.strength {
            Strength::Rsa { bits, .. } if bits < FEWEST_BITS => {
                self.complain(facts, verdicts, "DKIM-07", "key-weak", None);
            }
            Strength::Rsa { bits, .. } if bits < ENOUGH_BITS => {
                self.complain(facts, verdicts, "DKIM-07", "key-short", None);
            }
            _ => {}
        }
    }

    /// Taking the alias away.
    fn removed(&self) -> Option<Fix> {
        let target = self.chain.first()?;
        Some(zone::fix(&[], &[Line::cname(&self.name, target)]))
    }

    /// Of several texts, the one that is a key, where only one is.
    fn one_of(&self, texts: &[Held<'_, str>]) -> Option<Fix> {
        let is_key = |it: &Held<'_, str>| Key::parse(it.value).is_ok_and(|it| it.strength != Strength::Revoked);
        let is_one = self.chain.is_empty() && texts.iter().filter(|it| is_key(it)).count() == 1;
        let others = texts.iter().filter(|it| !is_key(it));
        is_one.then(|| {
            zone::fix(
                &[],
                &others.map(|it| Line::of(&self.name, it.record)).collect::<Vec<_>>(),
            )
        })
    }

    fn complain(&self, facts: &Facts, verdicts: &mut Verdicts, rule: &str, key: &str, fix: Option<Fix>) {
        let first = self.texts.first().map_or("", |it| it.value);
        let parsed = Key::parse(first);
        let bits = match &parsed {
            Ok(Key {
                strength: Strength::Rsa { bits, .. },
                ..
            }) => *bits,
            _ => 0,
        };
        let flaw = parsed.err().and_then(|it| it.into_iter().next());
        let (place, piece) = flaw
            .as_ref()
            .map_or((0, ""), |it| (it.span.start + 1, &first[it.span.start..it.span.end]));
        let args: [(&str, Value<'_>); 6] = [
            ("name", self.name.as_str().into()),
            ("target", self.chain.last().map_or("", String::as_str).into()),
            ("bits", i64::from(bits).to_string().into()),
            ("place", place.into()),
            ("piece", piece.into()),
            ("count", self.texts.len().into()),
        ];
        let remedy = format!("{key}-remedy");
        verdicts.complain(Complaint {
            rule,
            key,
            subject: &facts.domain,
            attribute: Some("TXT"),
            discriminator: &self.selector,
            observed: self.observed(),
            expected: "v=DKIM1; k=rsa; p=…".to_owned(),
            args: &args,
            phrases: &[("problem", flaw.map_or_else(|| Text::same(""), |it| it.problem))],
            fix: fix.or_else(|| Some(by_hand(&remedy))),
            ..Complaint::BLANK
        });
    }

    fn observed(&self) -> String {
        let texts: Vec<&str> = self.texts.iter().map(|it| it.value).collect();
        if texts.is_empty() {
            self.chain.join(" → ")
        } else {
            texts.join("\n")
        }
    }
}
