//! What a matched object lacks: values out of the other directory, never one that another object has or may get.

use std::collections::HashSet;

use jalon_domain::finding::ObjectFlaw;

use super::{
    Attribute, Conflict, Fill, Reason, Settings,
    account::{Account, Accounts},
    address,
    fold::key,
    matching::Pair,
    nickname::{self, Nicknames},
    person::{People, Person},
};

/// Proposes for one match after the other.
pub(super) struct Proposer<'a> {
    accounts: &'a Accounts,
    people: &'a People<'a>,
    settings: &'a Settings,
    nicknames: Nicknames,
    /// Forwarding addresses that were made out of aliases, folded.
    made: HashSet<String>,
}

/// What comes of one match.
#[derive(Debug, Default)]
pub(super) struct Proposal {
    pub(super) fills: Vec<Fill>,
    pub(super) conflicts: Vec<Conflict>,
}

/// One match while it is looked at.
struct Case<'a> {
    pair: &'a Pair,
    account: &'a Account,
    person: &'a Person,
    overwrite: bool,
    proposal: Proposal,
}

use Attribute as A;

impl<'a> Proposer<'a> {
    pub(super) fn new(accounts: &'a Accounts, people: &'a People<'a>, settings: &'a Settings) -> Self {
        let nicknames = Nicknames::new(accounts.nicknames.clone());
        Self {
            accounts,
            people,
            settings,
            nicknames,
            made: HashSet::new(),
        }
    }

    /// What the object of a match lacks.
    pub(super) fn propose(&mut self, pair: &Pair, account: &Account, person: &Person) -> Proposal {
        let overwrite = self.settings.overwrite;
        let mut case = Case {
            pair,
            account,
            person,
            overwrite,
            proposal: Proposal::default(),
        };
        self.addresses(&mut case);
        let nickname = self.nickname(&mut case);
        self.target(&mut case, nickname.as_deref());
        case.proposal.fills.sort_by_key(|it| it.attribute);
        case.proposal
    }

    /// mail and proxyAddresses, which have to agree: the primary address is the one in mail (DIR-033).
    fn addresses(&self, case: &mut Case<'_>) {
        let person = case.person;
        let free: Vec<&str> = person
            .addresses
            .iter()
            .map(String::as_str)
            .filter(|it| self.is_free(case, it))
            .collect();
        let wanted = person.who.mail.as_deref().filter(|it| free.contains(it));
        let held = address::primary_of(&case.account.proxies);
        let mail = self.mail(case, wanted, held);
        let primary = match held {
            Some(held) => case.primary_held(held, wanted),
            None if free.is_empty() => None,
            None => mail
                .and_then(|it| self.usable(case, &it).ok())
                .or_else(|| wanted.map(str::to_owned)),
        };
        if let Some(primary) = &primary {
            case.make_primary(primary);
        }
        let has_primary = held.is_some() || primary.is_some() || !case.account.proxies.is_empty();
        for alias in free {
            let is_primary = primary.as_deref().is_some_and(|it| key(it) == key(alias));
            if !is_primary && case.account.proxy(&key(alias)).is_none() {
                case.alias(alias, has_primary);
            }
        }
    }

    /// What mail is in the end.
    fn mail(&self, case: &mut Case<'_>, wanted: Option<&str>, held: Option<&str>) -> Option<String> {
        let Some(current) = case.account.mail.as_deref() else {
            let mail = self.blank_mail(case, wanted, held)?;
            case.fill(Fill::add(A::Mail, &mail));
            return Some(mail);
        };
        let Some(wanted) = wanted.filter(|it| key(it) != key(current)) else {
            return Some(current.to_owned());
        };
        if !case.differs(A::Mail, current, wanted) {
            return Some(current.to_owned());
        }
        // Whoever writes to the former address still reaches them.
        let is_theirs = case.person.addresses.iter().any(|it| key(it) == key(current));
        if !is_theirs
            && case.account.proxy(&key(current)).is_none()
            && let Ok(former) = self.usable(case, current)
        {
            case.fill(Fill::add(A::ProxyAddresses, format!("smtp:{former}")));
        }
        Some(wanted.to_owned())
    }

    /// A blank mail becomes the primary address that the object has, else the other directory's.
    fn blank_mail(&self, case: &mut Case<'_>, wanted: Option<&str>, held: Option<&str>) -> Option<String> {
        // Whoever has no address in the other directory is not completed from it.
        case.person.who.mail.as_ref()?;
        let Some(held) = held.filter(|_| !case.overwrite || wanted.is_none()) else {
            return wanted.map(str::to_owned);
        };
        let usable = self.usable(case, held);
        usable.map_err(|reason| case.conflict(A::Mail, None, held, reason)).ok()
    }

    /// The alias in the end.
    fn nickname(&mut self, case: &mut Case<'_>) -> Option<String> {
        let person = case.person;
        let Some(current) = case.account.nickname.as_deref() else {
            let locals = person.who.mail.iter().chain(&person.addresses);
            let wanted = person.nicknames.iter().chain(&person.logins).chain(locals);
            let chosen = self
                .nicknames
                .choose(wanted.map(String::as_str).filter(|_| case.is_reachable()))?;
            case.fill(Fill::add(A::MailNickname, &chosen));
            return Some(chosen);
        };
        // A sign-in name is no alias: only where the other directory has one can it differ.
        let mut aliases = person.nicknames.iter().filter_map(|it| nickname::sound(it));
        let is_current = |it: &String| key(it) == key(current);
        let wanted = if aliases.clone().any(|it| is_current(&it)) {
            None
        } else {
            aliases.next()
        };
        let Some(wanted) = wanted else {
            return Some(current.to_owned());
        };
        if case.overwrite && !self.nicknames.take(&wanted) {
            case.conflict(A::MailNickname, Some(current), &wanted, Reason::Held(Vec::new()));
            return Some(current.to_owned());
        }
        let is_changed = case.differs(A::MailNickname, current, &wanted);
        Some(if is_changed { wanted } else { current.to_owned() })
    }

    fn target(&mut self, case: &mut Case<'_>, nickname: Option<&str>) {
        let Some((wanted, is_made)) = self.forward(case, nickname) else {
            return;
        };
        let current = case.account.target.as_deref();
        let is_same = |it: &str| key(it) == key(&wanted);
        let leads_there = current.and_then(address::without_prefix).is_some_and(is_same);
        // Mail that is forwarded to the mailbox it came to would run in a circle.
        if leads_there || case.account.mail.as_deref().is_some_and(is_same) {
            return;
        }
        let proposed = format!("SMTP:{wanted}");
        let taken = self.taken_target(case, &wanted, is_made);
        match (current, taken) {
            (_, Some(reason)) => case.conflict(A::TargetAddress, current, &proposed, reason),
            (Some(current), None) => {
                case.differs(A::TargetAddress, current, &proposed);
            }
            (None, None) if case.account.has_mailbox => {
                case.conflict(A::TargetAddress, None, &proposed, Reason::LocalMailbox);
            }
            (None, None) => case.fill(Fill::add(A::TargetAddress, proposed)),
        }
    }

    /// Where mail is to go: where the other directory sends it, else into the target domain. Several places cannot be
    /// written into one value, and none of them is chosen.
    fn forward(&self, case: &mut Case<'_>, nickname: Option<&str>) -> Option<(String, bool)> {
        match case.person.forwards.as_slice() {
            [] => {
                let domain = self.settings.target_domain.as_deref()?;
                Some((format!("{}@{domain}", nickname?), true))
            }
            [one] => Some((one.clone(), false)),
            several => {
                let wanted = several.join(", ");
                let current = case.account.target.as_deref();
                case.conflict(A::TargetAddress, current, &wanted, Reason::Unsound);
                None
            }
        }
    }

    /// Why an address cannot be the one that mail is forwarded to.
    fn taken_target(&mut self, case: &Case<'_>, wanted: &str, is_made: bool) -> Option<Reason> {
        let person = case.pair.person;
        let rivals = self
            .people
            .owners(wanted, person)
            .chain(self.people.forwarders(wanted, person));
        let taken = self.usable(case, wanted).err().or_else(|| shared(rivals));
        // Two objects with one alias would get one address.
        let is_repeated = taken.is_none() && is_made && !self.made.insert(key(wanted));
        taken.or_else(|| is_repeated.then(|| Reason::Held(Vec::new())))
    }

    /// Whether the object may get the address; a conflict, unless it has it already.
    fn is_free(&self, case: &mut Case<'_>, wanted: &str) -> bool {
        if case.account.proxy(&key(wanted)).is_some() {
            return true;
        }
        let taken = self.usable(case, wanted).err();
        let Some(reason) = taken.or_else(|| shared(self.people.owners(wanted, case.pair.person))) else {
            return true;
        };
        let is_mail = case.account.mail.is_none() && case.person.who.mail.as_deref() == Some(wanted);
        let (attribute, value) = match is_mail {
            true => (A::Mail, wanted.to_owned()),
            false => (A::ProxyAddresses, format!("smtp:{wanted}")),
        };
        case.conflict(attribute, None, &value, reason);
        false
    }

    /// The address in its one spelling, when it is sound and no other object of Active Directory has it.
    fn usable(&self, case: &Case<'_>, address: &str) -> Result<String, Reason> {
        let sound = address::parse(address, &self.settings.top_level_domains).map_err(|_| Reason::Unsound)?;
        let holders = self
            .accounts
            .holders(address, case.pair.account)
            .take(ObjectFlaw::OTHERS);
        let dns: Vec<String> = holders.map(|it| it.dn.clone()).collect();
        if dns.is_empty() {
            Ok(sound)
        } else {
            Err(Reason::Held(dns))
        }
    }
}

fn shared<'a>(people: impl Iterator<Item = &'a Person>) -> Option<Reason> {
    let dns: Vec<String> = people.map(|it| it.who.dn.clone()).take(ObjectFlaw::OTHERS).collect();
    (!dns.is_empty()).then_some(Reason::Shared(dns))
}

impl Case<'_> {
    fn fill(&mut self, fill: Fill) {
        self.proposal.fills.push(fill);
    }

    fn conflict(&mut self, attribute: Attribute, value: Option<&str>, wanted: &str, reason: Reason) {
        self.proposal.conflicts.push(Conflict {
            dn: self.account.dn.clone(),
            person: self.person.who.clone(),
            attribute,
            value: value.map(str::to_owned),
            wanted: wanted.to_owned(),
            reason,
        });
    }

    /// The object has an address, or gets one.
    fn is_reachable(&self) -> bool {
        let has_address = self.account.mail.is_some() || !self.account.proxies.is_empty();
        has_address || !self.proposal.fills.is_empty() || !self.person.forwards.is_empty()
    }

    /// A further address, which waits as long as there is no primary one: alone it would break DIR-032.
    fn alias(&mut self, alias: &str, has_primary: bool) {
        let proposed = format!("smtp:{alias}");
        if has_primary {
            self.fill(Fill::add(A::ProxyAddresses, proposed));
        } else {
            self.conflict(A::ProxyAddresses, None, &proposed, Reason::NoPrimary);
        }
    }

    /// A value is there, and another one is wanted: changed where that was asked for, told where not.
    fn differs(&mut self, attribute: Attribute, current: &str, wanted: &str) -> bool {
        if self.overwrite {
            self.fill(Fill::change(attribute, current, wanted));
        } else {
            self.conflict(attribute, Some(current), wanted, Reason::Differs);
        }
        self.overwrite
    }

    /// The primary address that is to come for the one that the object has; none where that stays.
    fn primary_held(&mut self, held: &str, wanted: Option<&str>) -> Option<String> {
        let wanted = wanted.filter(|it| key(it) != key(held))?;
        if !self.overwrite {
            self.conflict(
                A::ProxyAddresses,
                Some(&format!("SMTP:{held}")),
                &format!("SMTP:{wanted}"),
                Reason::Differs,
            );
            return None;
        }
        self.fill(Fill::change(
            A::ProxyAddresses,
            format!("SMTP:{held}"),
            format!("smtp:{held}"),
        ));
        Some(wanted.to_owned())
    }

    /// One value of proxyAddresses is the primary one by its capitals, which is a change where it is there in small ones.
    fn make_primary(&mut self, address: &str) {
        let proposed = format!("SMTP:{address}");
        match self.account.proxy(&key(address)) {
            None => self.fill(Fill::add(A::ProxyAddresses, proposed)),
            Some(it) if it.starts_with("SMTP:") => {}
            Some(it) if self.overwrite => self.fill(Fill::change(A::ProxyAddresses, it, proposed)),
            Some(it) => {
                let current = it.clone();
                self.conflict(A::ProxyAddresses, Some(&current), &proposed, Reason::NotPrimary);
            }
        }
    }
}
