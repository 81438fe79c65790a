//! One object against its chains, and what it claims for itself. Values are compared by their claims: the caller goes
//! through a directory once to collect them and once to judge.

use std::borrow::Cow;

use jalon_domain::finding::{Action, FlawKind, Holder};

use super::{
    Settings,
    attribute::Attribute,
    chains::{self, Chain},
    course::{Course, Standing},
    fold::fold,
    object::Object,
};

/// One value of an attribute in which something is wrong.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::directory) struct Verdict {
    /// The rule that the attribute's chain stands for.
    pub(in crate::directory) chain: &'static str,
    /// The attribute.
    pub(in crate::directory) attribute: &'static str,
    /// The value as written; empty when there is none.
    pub(in crate::directory) value: String,
    /// What is wrong, by every rule that failed, in their order: a kind stands twice when two rules found it.
    pub(in crate::directory) kinds: Vec<FlawKind>,
    /// What the last rule that failed made of the value; `None` when IdFix has no idea. It may be the value itself: a
    /// duplicate is proposed as it is, even where it is to be edited.
    pub(in crate::directory) proposed: Option<String>,
    /// What the last rule that failed wants done.
    pub(in crate::directory) action: Action,
    /// Which holder the object is, where the value is held by several.
    pub(in crate::directory) holder: Option<Holder>,
}

/// What an object enters into the run's `DuplicateStore`.
pub(in crate::directory) struct Claim<'c> {
    /// The attribute: values of different attributes are not compared.
    pub(in crate::directory) attribute: Attribute,
    /// The value as mended by the rules before the comparison, in the form in which IdFix compares (see `fold`).
    pub(in crate::directory) key: &'c str,
    object: &'c Object<'c>,
    settings: &'c Settings<'c>,
    chain: &'static Chain,
    written: &'c str,
}

impl Claim<'_> {
    /// The value as it stands in the object.
    pub(in crate::directory) fn written(&self) -> &str {
        self.written
    }

    /// Whether the first holder is told of as well when this claim turns out to be a later one (IdFix 2.5.0.0, for its
    /// issue 40). It is when this value would be one to edit.
    ///
    /// An error of IdFix: the first holder is looked up by the value as written, in a store of values as mended. When a
    /// rule before the comparison changed the value, nobody is found. (A stranger whose mended value happens to be what
    /// was written here would be: that coincidence is not followed.)
    pub(in crate::directory) fn names_first(&self) -> bool {
        let mut is_unchanged = false;
        let mut course = Course::new(self.object, self.attribute, self.settings.tlds, self.written);
        course.run(self.chain.rules(self.settings.mode, self.written), &mut |value| {
            is_unchanged = value == self.written;
            Standing::Later
        });
        is_unchanged && course.action == Action::Edit
    }
}

/// What is known of a key that was claimed more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::directory) struct Shared {
    /// Another object claimed it before this one.
    pub(in crate::directory) earlier: bool,
    /// This object claimed it first, and a later claim names its first holder ([`Claim::names_first`]).
    pub(in crate::directory) later: bool,
}

/// Hands over what the object claims: no attribute that is not compared, no key of a value that is not there. An
/// account name is claimed only by objects without userPrincipalName.
pub(in crate::directory) fn claims(object: &Object<'_>, settings: &Settings<'_>, out: &mut dyn FnMut(&Claim<'_>)) {
    let mut key = String::new();
    for chain in chains::of(settings) {
        for written in written(object, chain) {
            let mut course = Course::new(object, chain.attribute, settings.tlds, &written);
            if course.run_to_comparison(chain.rules(settings.mode, &written)) {
                fold(course.value(), &mut key);
                out(&Claim {
                    attribute: chain.attribute,
                    key: &key,
                    object,
                    settings,
                    chain,
                    written: &written,
                });
            }
        }
    }
}

/// Hands over one verdict for each value in which something is wrong. `shared` answers for every key that was claimed
/// more than once in the run, be it twice by one object, and `None` for any other.
pub(in crate::directory) fn judge(
    object: &Object<'_>,
    settings: &Settings<'_>,
    shared: &dyn Fn(Attribute, &str) -> Option<Shared>,
    out: &mut dyn FnMut(Verdict),
) {
    let mut holding = Holding {
        shared,
        own: Vec::new(),
        key: String::new(),
    };
    for chain in chains::of(settings) {
        holding.own.clear();
        if !object.has(chain.attribute.name()) {
            absent(object, settings, chain, out);
        }
        for written in written(object, chain) {
            let mut course = Course::new(object, chain.attribute, settings.tlds, &written);
            let rules = chain.rules(settings.mode, &written);
            course.run(rules, &mut |value| holding.standing(chain.attribute, value));
            tell(course, chain, &written, out);
        }
    }
}

/// The values that a chain looks at.
fn written<'a>(object: &Object<'a>, chain: &Chain) -> impl Iterator<Item = Cow<'a, str>> {
    let count = if chain.is_multi_valued() { usize::MAX } else { 1 };
    object.values(chain.attribute.name()).take(count)
}

fn absent(object: &Object<'_>, settings: &Settings<'_>, chain: &Chain, out: &mut dyn FnMut(Verdict)) {
    if let Some(blank) = chain.blank() {
        let mut course = Course::new(object, chain.attribute, settings.tlds, "");
        course.blank(blank);
        tell(course, chain, "", out);
    }
}

fn tell(course: Course<'_>, chain: &Chain, written: &str, out: &mut dyn FnMut(Verdict)) {
    if course.kinds.is_empty() {
        return;
    }
    out(Verdict {
        chain: chain.id,
        attribute: chain.attribute.name(),
        value: written.to_owned(),
        kinds: course.kinds,
        proposed: course.value.map(Cow::into_owned),
        action: course.action,
        holder: course.holder,
    });
}

/// What the object holds together with others.
struct Holding<'s> {
    shared: &'s dyn Fn(Attribute, &str) -> Option<Shared>,
    /// The shared keys of the attribute's values so far: an object may be its own later holder.
    own: Vec<String>,
    key: String,
}

impl Holding<'_> {
    fn standing(&mut self, attribute: Attribute, value: &str) -> Standing {
        fold(value, &mut self.key);
        let Some(shared) = (self.shared)(attribute, &self.key) else {
            return Standing::Alone;
        };
        let is_again = self.own.contains(&self.key);
        self.own.push(self.key.clone());
        match shared {
            it if it.earlier || is_again => Standing::Later,
            it if it.later => Standing::First,
            _ => Standing::Alone,
        }
    }
}
