//! What is planted in a written directory: the truth that a judge is measured with.

use super::plan::Plan;

/// One value that breaks one rule in the written directory. A value that breaks several is listed once for each.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Planted {
    /// The rule, `DIR-019`.
    pub rule: &'static str,
    /// The entry.
    pub dn: String,
    /// The attribute, in the directory's own case.
    pub attribute: &'static str,
    /// The bad value, decoded: empty where there is none, two primary addresses with a space between them, the alias that
    /// should be the primary address, the number of members of a group that has too many.
    pub value: String,
    /// True for the first of the two entries that share a value: some tools report only the second one.
    pub earlier: bool,
    /// Who finds it.
    pub scope: Scope,
    /// What IdFix says of the value in multi-tenant mode; of a value that is listed several times, where it is first.
    pub multi_tenant: Option<Said>,
    /// The same in dedicated mode.
    pub dedicated: Option<Said>,
}

/// Who finds a planted value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The strict profile, whatever its settings. IdFix may find it too.
    Strict,
    /// The strict profile where it is told the verified domains, [`Plan::DOMAINS`].
    StrictWithDomains,
    /// IdFix only.
    IdFix,
}

/// What IdFix says of one value: it has one finding a value, whatever is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// The first rule of the attribute's chain in that mode.
    pub rule: &'static str,
    /// The words of the errors, in the order of the chain: `character`, `local_part`.
    pub errors: &'static [&'static str],
    /// Of a value that two entries share, `first` or `later`. IdFix names the first one only where it would edit the
    /// later one; where it does not, there is nothing said of the first.
    pub holder: Option<&'static str>,
}

impl Said {
    /// `None` when there is no error to name.
    pub(super) fn of(rule: &'static str, errors: &'static [&'static str], earlier: bool) -> Option<Self> {
        let holder = if earlier { "first" } else { "later" };
        (!errors.is_empty()).then_some(Self {
            rule,
            errors,
            holder: errors.contains(&"duplicate").then_some(holder),
        })
    }
}

/// The first rule of an attribute's chain in IdFix's two modes; empty where a mode does not look at it.
pub(super) fn chains(attribute: &str) -> (&'static str, &'static str) {
    match attribute {
        "displayName" => ("DIR-001", "DIR-003"),
        "givenName" => ("DIR-004", ""),
        "mail" => ("DIR-005", "DIR-007"),
        "mailNickname" => ("DIR-008", "DIR-010"),
        "proxyAddresses" => ("DIR-011", "DIR-012"),
        "sAMAccountName" => ("DIR-013", ""),
        "targetAddress" => ("DIR-016", "DIR-017"),
        "userPrincipalName" => ("DIR-018", ""),
        _ => ("", ""),
    }
}

/// A directory written in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    /// What it was made from.
    pub plan: Plan,
    /// The export, UTF-8.
    pub ldif: Vec<u8>,
    /// What is planted in it, in the order of the entries.
    pub planted: Vec<Planted>,
}

impl From<Plan> for Directory {
    fn from(plan: Plan) -> Self {
        let mut ldif = Vec::new();
        let planted = plan.write(&mut ldif);
        Self {
            plan,
            ldif,
            planted: planted.expect("writing to memory cannot fail"),
        }
    }
}
