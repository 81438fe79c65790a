//! The facts of a real domain: Samba of the laboratory (`lab/samba`), as it comes, with more planted in it, and killed in
//! the middle. `cargo xtask test` starts the laboratory; without it these tests fail.

mod lab;

use jalon_checks::{
    Context, Progress,
    directory::{
        facts::{ForestFacts, GatherError, Part, PointKind, TrustKind, Why, gather, judge, read},
        forest,
    },
};
use jalon_domain::{
    evidence::Outcome,
    finding::Severity,
    profile::{Choice, Cloud, Profile, Programme, Service},
};
use jalon_wire::ldap::{Bind, Client};

use self::lab::Server;

const NO_REMARK: &(dyn Fn(Progress) + Sync) = &|_| {};

fn profile() -> Profile {
    Profile {
        programmes: [Programme::Office365].into(),
        services: [Service::Exchange].into(),
        options: [Choice::ExchangeHybrid].into(),
        seats: 50,
        cloud: Cloud::Worldwide,
    }
}

fn context<'a>(profile: &'a Profile, progress: &'a (dyn Fn(Progress) + Sync)) -> Context<'a> {
    Context {
        profile,
        now: "2026-11-20T12:00:00Z".parse().expect("an instant"),
        clock: &|| "2026-11-20T12:00:01Z".parse().expect("an instant"),
        vantage: "local",
        progress,
    }
}

async fn facts(client: &mut Client, progress: &(dyn Fn(Progress) + Sync)) -> ForestFacts {
    let profile = profile();
    let gathered = gather(client, &context(&profile, progress), &|| false).await;
    let mut forests = [read(&gathered.expect("it is Active Directory"))];
    judge(&mut forests, &[]);
    let [facts] = forests;
    facts
}

fn whys(facts: &ForestFacts) -> Vec<(Part, Why)> {
    facts.absent.iter().map(|it| (it.part, it.why)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_domain_tells_what_it_is_and_what_is_set_up_in_it() {
    if !lab::has_samba() {
        return;
    }
    let server = Server::start();
    let fresh = facts(&mut server.administrator().await, NO_REMARK).await;
    as_it_comes(&fresh);
    server.plant();
    planted(&facts(&mut server.administrator().await, NO_REMARK).await);

    let nobody = facts(&mut server.client(Bind::Anonymous).await, NO_REMARK).await;
    assert_eq!(nobody.forest.functional_level, Some(4));
    assert_eq!(nobody.controllers, []);
    let told = whys(&nobody);
    assert!(told.iter().all(|it| it.1 == Why::SignInRequired), "{told:?}");
    assert!(told.contains(&(Part::Controllers, Why::SignInRequired)));
    assert_eq!(nobody.prerequisites[0].outcome, Outcome::Pass);
}

#[track_caller]
fn as_it_comes(facts: &ForestFacts) {
    assert_eq!(facts.forest.root.as_deref(), Some("contoso.example"));
    assert_eq!(facts.forest.functional_name.as_deref(), Some("Windows Server 2008 R2"));
    let [domain] = &facts.forest.domains[..] else {
        panic!("{:?}", facts.forest);
    };
    assert_eq!(
        (domain.netbios.as_deref(), domain.functional_level),
        (Some("CONTOSO"), Some(4))
    );
    assert_eq!(facts.schema.name.as_deref(), Some("Windows Server 2012 R2"));
    let [controller] = &facts.controllers[..] else {
        panic!("{:?}", facts.controllers);
    };
    assert_eq!(controller.name, "dc1.contoso.example");
    assert_eq!(controller.operating_system.as_deref(), Some("Samba"));
    assert_eq!((controller.roles.len(), controller.global_catalog), (5, true));
    let policies: Vec<_> = facts.policies.iter().map(|it| (it.name.as_str(), it.links)).collect();
    let usual = [
        ("Default Domain Controllers Policy", Some(1)),
        ("Default Domain Policy", Some(1)),
    ];
    assert_eq!(policies, usual);
    assert_eq!(
        (&facts.trusts[..], &facts.authorities[..], &facts.autodiscover[..]),
        (&[][..], &[][..], &[][..])
    );
    assert!(facts.upn_suffixes.is_empty() && facts.sync.accounts.is_empty());
    assert!(
        facts.read_from[0].pages && facts.read_from[0].changes,
        "{:?}",
        facts.read_from
    );
    let told = whys(facts);
    assert!(told.contains(&(Part::ExchangeSchema, Why::NotThere)), "{told:?}");
    assert!(told.iter().all(|it| it.1 == Why::NotThere), "{told:?}");
    let outcomes: Vec<_> = facts.prerequisites.iter().map(|it| it.outcome).collect();
    assert_eq!(outcomes[..2], [Outcome::Pass, Outcome::Pass]);
    assert!(
        outcomes[2..].iter().all(|it| *it == Outcome::NotApplicable),
        "{outcomes:?}"
    );
    not_ready_for_hybrid(facts);
}

/// The forest has no Exchange schema, and Samba's end of support is not Microsoft's to tell.
#[track_caller]
fn not_ready_for_hybrid(facts: &ForestFacts) {
    let profile = profile();
    let report = forest::judge(facts, &context(&profile, NO_REMARK));
    let told: Vec<_> = report
        .defects
        .iter()
        .map(|it| (it.rule.as_str(), it.severity, it.subject.as_str()))
        .collect();
    let expected = [
        ("SRV-03", Severity::Major, "contoso.example"),
        ("SRV-04", Severity::Info, "dc1.contoso.example"),
    ];
    assert_eq!(told, expected);
}

#[track_caller]
fn planted(facts: &ForestFacts) {
    assert_eq!(facts.upn_suffixes, ["mail.contoso.example"]);
    let [authority] = &facts.authorities[..] else {
        panic!("{:?}", facts.authorities);
    };
    assert_eq!(authority.dns.as_deref(), Some("pki.contoso.example"));
    assert!(
        authority.subject.is_some() && authority.not_after.is_some(),
        "{authority:?}"
    );
    let [point] = &facts.autodiscover[..] else {
        panic!("{:?}", facts.autodiscover);
    };
    assert_eq!(
        (point.kind, point.keywords.as_slice()),
        (PointKind::Url, &["Site=Lyon".to_owned()][..])
    );
    assert_eq!(
        point.url.as_deref(),
        Some("https://autodiscover.contoso.example/Autodiscover/Autodiscover.xml")
    );
    let [trust] = &facts.trusts[..] else {
        panic!("{:?}", facts.trusts);
    };
    assert_eq!(
        (trust.partner.as_str(), trust.kind),
        ("fabrikam.example", TrustKind::Forest)
    );
    assert_eq!(facts.sync.accounts[0].server.as_deref(), Some("SYNC1"));
    // Another forest is in sight now: one alone no longer tells the topology.
    assert_eq!(facts.prerequisites[1].outcome, Outcome::Inconclusive);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_dies_in_the_middle_leaves_what_it_told() {
    if !lab::has_samba() {
        return;
    }
    let server = Server::start();
    let mut client = server.administrator().await;
    let kill = |it: Progress| {
        if it.done == 2 {
            server.kill();
        }
    };
    let facts = facts(&mut client, &kill).await;
    assert_eq!(facts.schema.version, Some(69), "it was told before");
    assert_eq!(facts.forest.domains.len(), 1);
    assert_eq!(facts.schema.exchange_version, None);
    let told = whys(&facts);
    // A server that is going down may still answer the part in hand, with a failure; behind it there is no answer.
    let [(first, why), rest @ ..] = &told[..] else {
        panic!("everything was told")
    };
    assert_eq!(*first, Part::ExchangeSchema);
    assert!(matches!(why, Why::NoAnswer | Why::Failed), "{told:?}");
    assert!(rest.iter().all(|it| it.1 == Why::NoAnswer), "{told:?}");
    let profile = profile();
    let report = forest::judge(&facts, &context(&profile, NO_REMARK));
    assert!(
        report.defects.is_empty(),
        "what was not seen is not absent: {:?}",
        report.defects
    );
    assert!(
        report.rules.iter().all(|it| it.outcome == Outcome::Inconclusive),
        "{:?}",
        report.rules
    );
}

#[tokio::test]
async fn a_directory_of_another_kind_has_no_forest() {
    let mut client = lab::slapd().await;
    let profile = profile();
    let gathered = gather(&mut client, &context(&profile, NO_REMARK), &|| false).await;
    assert!(
        matches!(gathered, Err(GatherError::NotActiveDirectory { .. })),
        "{gathered:?}"
    );
}
