//! A value on its way through its chain: each rule that fails changes what the next one looks at.

use std::borrow::Cow;

use jalon_domain::finding::{Action, FlawKind, Holder};

use super::{address, attribute::Attribute, blank::Blank, chains::Rule, later, object::Object};
use crate::directory::TopLevelDomains;

/// How a value stands among those of other objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nobody else is to be told of.
    Alone,
    /// The first holder of several.
    First,
    /// A later one.
    Later,
}

/// The way.
pub(super) struct Course<'c> {
    object: &'c Object<'c>,
    attribute: Attribute,
    tlds: &'c TopLevelDomains,
    /// The value as mended so far; `None` when nothing can be proposed.
    pub(super) value: Option<Cow<'c, str>>,
    /// What was wrong, by every rule that failed.
    pub(super) kinds: Vec<FlawKind>,
    /// What the last rule that failed wants done.
    pub(super) action: Action,
    /// Which holder the object is, where that was wrong.
    pub(super) holder: Option<Holder>,
}

impl<'c> Course<'c> {
    /// A value before its first rule.
    pub(super) fn new(
        object: &'c Object<'c>,
        attribute: Attribute,
        tlds: &'c TopLevelDomains,
        written: &'c str,
    ) -> Self {
        Self {
            object,
            attribute,
            tlds,
            value: Some(Cow::Borrowed(written)),
            kinds: Vec::new(),
            action: Action::Nothing,
            holder: None,
        }
    }

    /// The value as mended so far.
    pub(super) fn value(&self) -> &str {
        self.value.as_deref().unwrap_or_default()
    }

    /// Goes the whole way. `standing` is asked at most once, with the value as mended so far.
    pub(super) fn run(&mut self, rules: impl Iterator<Item = Rule>, standing: &mut dyn FnMut(&str) -> Standing) {
        for rule in rules {
            if self.compares(rule) {
                let standing = standing(self.value());
                self.stand(standing);
            } else {
                self.step(rule);
            }
        }
    }

    /// Goes to where the value is compared with those of other objects; false when it never is.
    pub(super) fn run_to_comparison(&mut self, mut rules: impl Iterator<Item = Rule>) -> bool {
        rules.any(|it| {
            let is_there = self.compares(it);
            if !is_there {
                self.step(it);
            }
            is_there
        })
    }

    /// An attribute without value.
    pub(super) fn blank(&mut self, blank: Blank) {
        if blank.concerns(self.object) {
            self.fail(&[FlawKind::Blank], Action::Edit, blank.proposal(self.object));
        }
    }

    fn compares(&self, rule: Rule) -> bool {
        match rule {
            Rule::Unique => true,
            Rule::UniqueWithoutPrincipalName => !self.object.has("userPrincipalName"),
            _ => false,
        }
    }

    fn stand(&mut self, standing: Standing) {
        let (holder, action) = match standing {
            Standing::Alone => return,
            // Told only where the later holder's value is one to edit, with its action.
            Standing::First => (Holder::First, Action::Edit),
            Standing::Later => (Holder::Later, later::action(self.object, self.attribute, self.value())),
        };
        self.holder = Some(holder);
        self.kinds.push(FlawKind::Duplicate);
        self.action = action;
    }

    fn step(&mut self, rule: Rule) {
        match rule {
            Rule::Length(limit) => self.length(limit),
            Rule::AccountLength => self.length(if self.object.is("user") { 20 } else { 256 }),
            Rule::Without(charset) => self.strip(charset.strip(self.value())),
            Rule::NoEdgeSpace => self.strip(shorter(self.value(), str::trim)),
            Rule::NoLeadingDots => self.strip(shorter(self.value(), |it| it.trim_start_matches('.'))),
            Rule::OneColon => self.one_colon(),
            Rule::Address => self.address(),
            Rule::Filled(blank) if self.value().is_empty() => self.blank(blank),
            Rule::Filled(_) | Rule::Unique | Rule::UniqueWithoutPrincipalName => {}
        }
    }

    fn length(&mut self, limit: usize) {
        let shorter = cut(self.value(), limit);
        if shorter.len() < self.value().len() {
            let shorter = shorter.to_owned();
            self.fail(&[FlawKind::Length], Action::Edit, Some(shorter));
        }
    }

    /// Of a value that consists of nothing else, the common name is left.
    fn strip(&mut self, stripped: Option<String>) {
        if let Some(rest) = stripped {
            let rest = if rest.is_empty() {
                self.object.common_name().into_owned()
            } else {
                rest
            };
            self.fail(&[FlawKind::Character], Action::Edit, Some(rest));
        }
    }

    /// A value that begins with its colon is not looked at.
    fn one_colon(&mut self) {
        if let Some((prefix, rest)) = self.value().split_once(':')
            && !prefix.is_empty()
            && rest.contains(':')
        {
            let joined = format!("{prefix}:{}", rest.replace(':', ""));
            self.fail(&[FlawKind::Character], Action::Edit, Some(joined));
        }
    }

    fn address(&mut self) {
        if let Some(wrong) = address::judge(self.value(), self.tlds) {
            self.fail(&wrong.kinds, Action::Edit, Some(wrong.mended));
        }
    }

    fn fail(&mut self, kinds: &[FlawKind], action: Action, value: Option<String>) {
        self.kinds.extend_from_slice(kinds);
        self.action = action;
        self.value = value.map(Cow::Owned);
    }
}

fn shorter(value: &str, trim: impl Fn(&str) -> &str) -> Option<String> {
    let trimmed = trim(value);
    (trimmed.len() < value.len()).then(|| trimmed.to_owned())
}

/// The beginning of a value, at most `limit` UTF-16 units long. IdFix may cut a character outside the first plane in
/// two; its first half, which is no character, is left out here.
pub(super) fn cut(value: &str, limit: usize) -> &str {
    // No value has more UTF-16 units than bytes.
    if value.len() <= limit {
        return value;
    }
    let mut length = 0;
    let is_over = |c: char| {
        length += c.len_utf16();
        length > limit
    };
    value.find(is_over).map_or(value, |end| &value[..end])
}
