//! A forest of two domains, from one server and from both.

use jalon_domain::evidence::Outcome;

use super::{contoso, whole};
use crate::directory::facts::{
    AccountKind, AuthorityKind, Direction, ForestFacts, Part, PointKind, Role, Seen, TrustKind, Unseen, Why, judge,
    read,
};

fn facts() -> ForestFacts {
    read(&whole())
}

#[test]
fn domains_have_their_levels_and_the_first_comes_first() {
    let forest = facts().forest;
    assert_eq!(forest.root.as_deref(), Some("contoso.example"));
    assert_eq!(
        (forest.functional_level, forest.functional_name.as_deref()),
        (Some(7), Some("Windows Server 2016"))
    );
    let names: Vec<_> = forest.domains.iter().map(|it| it.dns.as_str()).collect();
    assert_eq!(names, ["contoso.example", "nord.contoso.example"]);
    assert_eq!(forest.domains[1].parent.as_deref(), Some("contoso.example"));
    assert_eq!(
        forest.domains[1].functional_name.as_deref(),
        Some("Windows Server 2012 R2")
    );
    assert_eq!(forest.domains[0].netbios.as_deref(), Some("CONTOSO"));
    assert_eq!(facts().upn_suffixes, ["Contoso-Nord.example", "mail.contoso.example"]);
}

#[test]
fn versions_of_the_schema_are_named() {
    let schema = facts().schema;
    assert_eq!(
        (schema.version, schema.name.as_deref()),
        (Some(88), Some("Windows Server 2019 / 2022"))
    );
    assert_eq!(
        schema.exchange_name.as_deref(),
        Some("Exchange 2019 CU10–CU15 / Exchange SE")
    );
    assert_eq!(schema.skype_version, Some(1150));
    assert_eq!(schema.skype_pools, ["pool1.contoso.example"]);
    let organization = schema.exchange_organization.expect("there is one");
    assert_eq!(organization.name, "Contoso, Mail");
    assert_eq!(organization.version_name.as_deref(), Some("Exchange 2019 CU14"));
    assert_eq!(organization.product.as_deref(), Some("15.02.1544.004"));
}

#[test]
fn a_controller_is_put_together_from_its_three_objects() {
    let facts = facts();
    let names: Vec<_> = facts.controllers.iter().map(|it| it.name.as_str()).collect();
    let expected = [
        "dc1.contoso.example",
        "dc2.contoso.example",
        "rodc.contoso.example",
        "norddc.nord.contoso.example",
    ];
    assert_eq!(names, expected);
    let [dc1, dc2, rodc, nord] = &facts.controllers[..] else {
        panic!("four");
    };
    assert_eq!(
        (dc1.site.as_deref(), dc1.domain.as_deref()),
        (Some("Lyon"), Some("contoso.example"))
    );
    assert!(dc1.global_catalog && !dc1.read_only);
    assert_eq!(
        dc1.roles,
        [Role::SchemaMaster, Role::DomainNamingMaster, Role::InfrastructureMaster]
    );
    assert_eq!(
        dc1.last_logon.map(|it| it.to_string()).as_deref(),
        Some("2025-11-26T12:00:00Z")
    );
    assert_eq!(dc2.roles, [Role::PdcEmulator, Role::RidMaster]);
    assert_eq!(
        dc2.supported_until.map(|it| it.to_string()).as_deref(),
        Some("2023-10-10")
    );
    assert!(rodc.read_only && rodc.global_catalog && rodc.roles.is_empty());
    assert_eq!(
        (nord.domain.as_deref(), nord.version.as_deref()),
        (Some("nord.contoso.example"), Some("10.0 (20348)"))
    );
    assert_eq!(nord.roles, [Role::PdcEmulator]);
}

#[test]
fn trusts_are_told_in_words() {
    let facts = facts();
    let told: Vec<_> = facts
        .trusts
        .iter()
        .map(|it| (it.domain.as_str(), it.partner.as_str(), it.direction, it.kind))
        .collect();
    let expected = [
        (
            "contoso.example",
            "REALM.EXAMPLE",
            Direction::Disabled,
            TrustKind::Realm,
        ),
        (
            "contoso.example",
            "fabrikam.example",
            Direction::Outbound,
            TrustKind::Forest,
        ),
        (
            "contoso.example",
            "nord.contoso.example",
            Direction::Both,
            TrustKind::WithinForest,
        ),
        (
            "contoso.example",
            "old.example",
            Direction::Inbound,
            TrustKind::External,
        ),
        (
            "nord.contoso.example",
            "contoso.example",
            Direction::Both,
            TrustKind::WithinForest,
        ),
    ];
    assert_eq!(told, expected);
    let flags: Vec<_> = facts
        .trusts
        .iter()
        .map(|it| [it.transitive, it.within_forest, it.sid_filtering, it.selective])
        .collect();
    let expected = [
        [false, false, false, false],
        [true, false, true, true],
        [true, true, false, false],
        [false, false, true, false],
        [true, true, false, false],
    ];
    assert_eq!(flags, expected);
}

#[test]
fn policies_are_counted_where_they_are_linked() {
    let facts = facts();
    let told: Vec<_> = facts
        .policies
        .iter()
        .map(|it| (it.name.as_str(), it.links, it.enabled))
        .collect();
    assert_eq!(
        told,
        [
            ("Default Domain Policy", Some(2), true),
            ("Switched off", Some(0), false)
        ]
    );
    assert_eq!(facts.policies[0].id, "{31B2F340-016D-11D2-945F-00C04FB984F9}");
    assert_eq!(
        facts.policies[0].changed.map(|it| it.to_string()).as_deref(),
        Some("2026-09-14T08:15:00Z")
    );
    // A controller of one domain does not see where the other links a policy of this one.
    assert!(read(&contoso()).policies.iter().all(|it| it.links.is_none()));
}

#[test]
fn every_certificate_of_an_authority_is_read() {
    let facts = facts();
    let told: Vec<_> = facts
        .authorities
        .iter()
        .map(|it| (it.name.as_str(), it.kind, it.subject.is_some()))
        .collect();
    let expected = [
        ("Contoso Issuing CA 1", AuthorityKind::Enrollment, true),
        ("NTAuthCertificates", AuthorityKind::Logon, true),
        ("Old Root", AuthorityKind::Root, false),
    ];
    assert_eq!(told, expected);
    let own = &facts.authorities[0];
    assert_eq!(own.dns.as_deref(), Some("pki.contoso.example"));
    assert!(
        own.subject
            .as_ref()
            .is_some_and(|it| it.contains("CN=Contoso Issuing CA 1")),
        "{own:?}"
    );
    assert_eq!(
        own.not_after.map(|it| it.to_string()).as_deref(),
        Some("2036-11-22T19:26:28Z")
    );
}

#[test]
fn connection_points_lead_to_addresses_or_to_other_directories() {
    let facts = facts();
    let told: Vec<_> = facts
        .autodiscover
        .iter()
        .map(|it| (it.name.as_str(), it.kind))
        .collect();
    assert_eq!(told, [("EX1", PointKind::Url), ("fabrikam", PointKind::Pointer)]);
    let url = "https://autodiscover.contoso.example/Autodiscover/Autodiscover.xml";
    assert_eq!(facts.autodiscover[0].url.as_deref(), Some(url));
    assert_eq!(facts.autodiscover[0].keywords, ["Site=Lyon"]);
}

#[test]
fn traces_of_synchronisation_name_server_and_tenant() {
    let sync = facts().sync;
    let tenant = sync.tenant.expect("devices are sent somewhere");
    assert_eq!(tenant.name.as_deref(), Some("contoso.example"));
    assert_eq!(tenant.id.as_deref(), Some("11111111-2222-3333-4444-555555555555"));
    let [sso, connect] = &sync.accounts[..] else {
        panic!("{:?}", sync.accounts);
    };
    assert_eq!(
        (sso.kind, connect.kind),
        (AccountKind::SeamlessSso, AccountKind::Connect)
    );
    assert_eq!(connect.server.as_deref(), Some("SYNC1"));
    assert_eq!(connect.tenant.as_deref(), Some("contoso.example"));
}

#[test]
fn a_domain_that_another_server_holds_is_told_and_spoils_nothing() {
    let one = read(&contoso());
    let told: Vec<_> = one
        .absent
        .iter()
        .map(|it| (it.part, it.domain.as_deref(), it.why))
        .collect();
    assert_eq!(told, [(Part::Domain, Some("nord.contoso.example"), Why::Elsewhere)]);
    assert!(one.absent[0].reason.en.contains("norddc.nord.contoso.example"));
    assert_eq!(one.controllers.len(), 4);
    assert_eq!(one.controllers[3].operating_system, None);
    assert_eq!(facts().absent, []);
}

#[test]
fn a_refused_part_leaves_the_others_as_they_are() {
    let mut gathered = whole();
    let refused = Unseen {
        why: Why::Forbidden,
        detail: "insufficient access rights".to_owned(),
    };
    gathered
        .parts
        .insert((Part::Sites, String::new()), Seen::Unseen(refused));
    let facts = read(&gathered);
    assert_eq!((facts.absent.len(), facts.absent[0].part), (1, Part::Sites));
    assert!(facts.absent[0].reason.is_complete() && facts.absent[0].reason.fr.contains("insufficient"));
    assert_eq!(facts.controllers.len(), 4, "their accounts are still seen");
    assert!(facts.controllers.iter().all(|it| it.site.is_none()));
    assert_eq!(facts.trusts, self::facts().trusts);
}

#[test]
fn a_version_that_is_kept_back_is_not_an_absent_schema() {
    let mut gathered = whole();
    let Some(Seen::Entries(entries)) = gathered.parts.get_mut(&(Part::ExchangeSchema, String::new())) else {
        panic!("the sample has Exchange's schema");
    };
    entries[0].attributes = Default::default();
    let facts = read(&gathered);
    assert_eq!(facts.schema.exchange_version, None);
    let told: Vec<_> = facts.absent.iter().map(|it| (it.part, it.why)).collect();
    assert_eq!(told, [(Part::ExchangeSchema, Why::Forbidden)]);
}

#[test]
fn whoever_has_not_signed_in_learns_the_levels_only() {
    let mut gathered = whole();
    gathered.roots.truncate(1);
    for seen in gathered.parts.values_mut() {
        *seen = Seen::Unseen(Unseen {
            why: Why::SignInRequired,
            detail: String::new(),
        });
    }
    let mut forests = [read(&gathered)];
    judge(&mut forests, &[]);
    let [facts] = forests;
    assert_eq!(facts.forest.functional_level, Some(7));
    assert_eq!(facts.forest.domains.len(), 1);
    assert_eq!(facts.prerequisites[0].outcome, Outcome::Pass);
    assert_eq!(facts.prerequisites[1].outcome, Outcome::Inconclusive);
}

#[test]
fn facts_survive_being_written_down() {
    let mut forests = [facts()];
    judge(&mut forests, &[]);
    let text = serde_json::to_string(&forests[0]).expect("JSON");
    assert_eq!(serde_json::from_str::<ForestFacts>(&text).expect("facts"), forests[0]);
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value["trusts"][1]["direction"], "outbound");
    assert_eq!(value["controllers"][0]["supported_until"], "2029-01-09");
    assert_eq!(value["controllers"][0]["roles"][0], "schema_master");
    assert_eq!(value["prerequisites"][0]["id"], "P-DIR-01");
}
