//! Whether the servers that a zone is delegated to serve it, all alike, and whether its signatures hold.

mod digest;
mod number;
mod servers;
mod signatures;

use std::{
    net::{IpAddr, SocketAddr},
    sync::LazyLock,
};

use jalon_domain::{profile::Profile, text::Text};
use jalon_wire::dns::Record;

use self::servers::Servers;
use super::{Case, DnsCheck, Extra, Facts, Question};
use crate::{check::Check, doubt::Doubted, sheet::Sheet, verdicts::Verdicts};

/// The check.
pub static CHECK: Delegation = Delegation;

/// Name servers and DNSSEC of the zone.
pub struct Delegation;

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    Sheet::new(
        include_str!("check.toml"),
        include_str!("en.ftl"),
        include_str!("fr.ftl"),
    )
});

/// Questions that the check may put, whatever a zone names: its own, then addresses of servers, then each address.
pub(super) const MOST_QUESTIONS: usize = 16 + servers::MOST_SERVERS * (2 + servers::MOST_ADDRESSES);

impl Check for Delegation {
    fn sheet(&self) -> &'static Sheet {
        &SHEET
    }
}

impl DnsCheck for Delegation {
    /// The zone, the zone above, the servers that both name, and each of those about itself.
    fn questions(&self, facts: &Facts, _profile: &Profile) -> Vec<Question> {
        let domain = facts.domain.as_str();
        let mut questions = vec![
            Question::ns(domain),
            Question::soa(domain),
            Question::ds(domain),
            Question::dnskey(domain),
        ];
        let own = own(facts, &Question::ns(domain));
        if facts.knows(&Question::ns(domain)) && !own.is_ok_and(|it| it.is_empty()) {
            questions.extend(servers::questions(facts));
        }
        questions
    }

    fn judge(&self, case: &Case<'_>, verdicts: &mut Verdicts) -> Extra {
        let facts = case.facts;
        if own(facts, &Question::ns(facts.domain.as_str())).is_ok_and(|it| it.is_empty()) {
            for rule in ["NS-01", "NS-02", "NS-03"] {
                verdicts.not_applicable(rule, no_zone(&facts.domain));
            }
        }
        let servers = Servers::of(facts);
        verdicts.judge("NS-01", |it| servers::lame(facts, &servers, it));
        verdicts.judge("NS-02", |it| number::judge(facts, &servers, it));
        verdicts.judge("NS-03", |it| servers::serials(facts, &servers, it));
        verdicts.judge("DNSSEC-01", |it| signatures::chain(facts, it));
        verdicts.judge("DNSSEC-02", |it| signatures::delegated(facts, it));
        Extra::new()
    }
}

fn no_zone(domain: &str) -> Text {
    Text::new(
        format!("{domain} is no zone of its own: it names no name servers"),
        format!("{domain} n’est pas une zone à part\u{a0}: aucun serveur de noms n’y est nommé"),
    )
}

/// The records of the name itself. What stands at the end of its aliases is another's.
///
/// # Errors
/// When nobody said whether there are any.
fn own<'a>(facts: &'a Facts, question: &Question) -> Result<Vec<&'a Record>, Doubted> {
    let records = facts.records(question)?;
    Ok(records.iter().filter(|it| it.name == question.name).collect())
}

/// An address of a server, with the port on which such servers listen.
fn at(facts: &Facts, address: IpAddr) -> SocketAddr {
    (address, facts.port).into()
}
