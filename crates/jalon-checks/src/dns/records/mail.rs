//! DNS-002: where mail arrives. What counts is where the hosts lead, and which of them is tried first.

mod way;

use jalon_domain::{
    finding::Severity,
    profile::{Choice, Profile},
};

use self::way::Way;
use super::{
    SHEET,
    expected::Expected,
    manual, not_in_table,
    wanted::{self, Wanted},
};
use crate::{
    dns::{
        Case, Facts, Question,
        mail::{Exchanger, is_filter},
        zone::{self, Line, Shown},
    },
    doubt::Doubted,
    verdicts::{Complaint, Verdicts},
};

/// The MX records, and where their hosts lead.
pub(super) fn questions(facts: &Facts, profile: &Profile) -> Vec<Question> {
    let target = Target::of(facts, profile);
    let hosts = target.map(|it| way::questions(facts, &it)).unwrap_or_default();
    hosts.into_iter().chain([Question::mx(&facts.domain)]).collect()
}

/// Where mail should arrive.
struct Target<'a> {
    table: Option<&'a Expected>,
    tenant: Option<Wanted<String>>,
    /// The host to publish, where it is known.
    host: Option<String>,
}

impl Target<'_> {
    fn of(facts: &Facts, profile: &Profile) -> Option<Self> {
        let (table, tenant) = (Expected::of(profile), wanted::mail(facts));
        let told = tenant.as_ref().map(|it| it.value.clone());
        let host = told.or_else(|| table?.mail_host(&facts.domain));
        (table.is_some() || tenant.is_some()).then_some(Self { table, tenant, host })
    }

    /// Whether the host is the service's by its name. Where the tenant names one, that, or another of the same beginning: a
    /// domain keeps its token when its hosts move to the form with DNSSEC.
    fn is(&self, host: &str) -> bool {
        let is_of_service = self.table.is_some_and(|it| it.takes_mail(host));
        match self.tenant.as_ref().map(|it| it.value.as_str()) {
            Some(exact) => host == exact || (is_of_service && token(host) == token(exact)),
            None => is_of_service,
        }
    }

    /// What is shown as expected.
    fn shown(&self) -> String {
        self.host.clone().unwrap_or_else(|| {
            let suffix = self.table.map_or("", |it| it.mail_suffix());
            format!("….{suffix}")
        })
    }

    fn severity(&self) -> Option<Severity> {
        self.tenant.as_ref().and_then(|it| it.severity())
    }
}

fn token(host: &str) -> &str {
    host.split('.').next().unwrap_or_default()
}

pub(super) fn judge(case: &Case<'_>, verdicts: &mut Verdicts) -> Result<(), Doubted> {
    let facts = case.facts;
    let target =
        Target::of(facts, case.profile).ok_or_else(|| not_in_table(case.profile, &format!("MX {}", facts.domain)))?;
    let mut arriving: Vec<Exchanger<'_>> = Vec::new();
    let (mut detours, mut gone, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for one in way::exchangers(facts)? {
        match way::of(facts, &target, one.host)? {
            Way::Service => arriving.push(one),
            Way::Detour => detours.push(one),
            Way::Gone => gone.push(one),
            Way::Elsewhere { is_there } => others.push((one, is_there)),
        }
    }
    if arriving.is_empty() && detours.is_empty() && gone.is_empty() {
        return nothing_arrives(case, &target, &others, verdicts);
    }
    let best = arriving.iter().chain(&detours).map(|it| it.preference).min();
    let mut tell = |key: &str, one: &Exchanger<'_>, severity| complain(facts, key, one, &target, severity, verdicts);
    for one in &gone {
        // What still arrives by another way is late, not lost.
        tell("mx-gone", one, best.map(|_| Severity::Major));
    }
    for one in &detours {
        tell("mx-indirect", one, None);
    }
    for (one, _) in &others {
        let is_first = best.is_some_and(|best| one.preference <= best);
        let key = match (is_hybrid(case.profile), is_first) {
            (true, _) => "mx-beside",
            (false, true) => "mx-first",
            (false, false) => "mx-leftover",
        };
        tell(key, one, None);
    }
    Ok(())
}

fn is_hybrid(profile: &Profile) -> bool {
    profile.options.contains(&Choice::ExchangeHybrid)
}

/// A complaint about one MX record among others.
fn complain(
    facts: &Facts,
    key: &str,
    one: &Exchanger<'_>,
    target: &Target<'_>,
    severity: Option<Severity>,
    verdicts: &mut Verdicts,
) {
    let publishes = matches!(key, "mx-indirect" | "mx-gone");
    let better = target.host.as_deref().filter(|it| publishes && *it != one.host);
    let new: Vec<Line> = better
        .map(|it| Line::mx(&facts.domain, one.preference, it))
        .into_iter()
        .collect();
    let fix = if publishes && new.is_empty() {
        manual("mx-gone-remedy", &[])
    } else {
        zone::fix(&new, &[Line::of(&facts.domain, one.record)])
    };
    verdicts.complain(Complaint {
        rule: "DNS-002",
        key,
        subject: &facts.domain,
        attribute: Some("MX"),
        discriminator: one.host,
        observed: Shown(&one.record.data).to_string(),
        expected: target.shown(),
        args: &[
            ("host", one.host.into()),
            ("preference", i64::from(one.preference).into()),
        ],
        severity: severity.or(target.severity()),
        fix: Some(fix),
        ..Complaint::BLANK
    });
}

fn nothing_arrives(
    case: &Case<'_>,
    target: &Target<'_>,
    others: &[(Exchanger<'_>, bool)],
    verdicts: &mut Verdicts,
) -> Result<(), Doubted> {
    let facts = case.facts;
    let is_there = others.iter().any(|it| it.1);
    let best = others.iter().map(|it| it.0.preference).min();
    let first = || others.iter().filter(|it| Some(it.0.preference) == best);
    let is_of_service = |host: &str| target.table.is_some_and(|it| it.takes_mail(host));
    let key = match others {
        [] => "mx-missing",
        // A null MX says that the domain takes no mail (RFC 7505).
        [one] if one.0.host == "." => "mx-null",
        _ if others.iter().any(|it| is_of_service(it.0.host)) => "mx-other",
        // Everything comes in by way of the organisation's own servers: in a hybrid that is a choice, and whether they hand
        // on what is for the service cannot be seen from here.
        _ if is_hybrid(case.profile) && is_there => {
            verdicts.not_applicable(
                "DNS-002",
                SHEET.text("mx-own-first", &[("subject", facts.domain.as_str().into())]),
            );
            return Ok(());
        }
        _ if first().all(|it| is_filter(it.0.host)) => "mx-filtered",
        _ => "mx-elsewhere",
    };
    let old: Vec<Line> = others.iter().map(|it| Line::of(&facts.domain, it.0.record)).collect();
    let publish = |host: &String| zone::fix(&[Line::mx(&facts.domain, 0, host)], &old);
    let remedy = format!("{key}-remedy");
    verdicts.complain(Complaint {
        rule: "DNS-002",
        key,
        subject: &facts.domain,
        attribute: Some("MX"),
        observed: others.iter().map(|it| it.0.host).collect::<Vec<_>>().join(", "),
        expected: target.shown(),
        severity: target.severity().filter(|_| key != "mx-other"),
        fix: Some(match &target.host {
            Some(host) if key != "mx-filtered" => publish(host),
            _ => manual(&remedy, &[]),
        }),
        ..Complaint::BLANK
    });
    Ok(())
}
