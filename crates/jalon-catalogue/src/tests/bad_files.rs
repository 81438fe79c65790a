//! Each kind of bad file gets its one clear line: file, place, what is wrong, what to do.

use super::{altered, said_of};
use crate::data;

#[track_caller]
fn check(path: &str, from: &str, to: &str, expected: &str) {
    assert_eq!(said_of(altered(path, from, to)), [expected]);
}

const DNS: &str = "responsibilities/dns.records.toml";
const SYNC: &str = "responsibilities/directory.sync.toml";

#[test]
fn an_unknown_id_is_named() {
    check(
        DNS,
        r#"depends_on = ["change.approval"]"#,
        r#"depends_on = ["change.aproval"]"#,
        "responsibilities/dns.records.toml, depends_on: `change.aproval` does not exist; correct it, remove it or add what it names",
    );
    check(
        "gates.toml",
        r#"["onboarding.complete","#,
        r#"["onboarding.done","#,
        "gates.toml, data-moved.responsibilities: `onboarding.done` does not exist; correct it, remove it or add what it names",
    );
    check(
        DNS,
        r#"depends_on = ["change.approval"]"#,
        r#"depends_on = ["change"]"#,
        "responsibilities/dns.records.toml, line 14, depends_on: `change` is not a valid responsibility: lower-case words joined by dots, such as dns.records",
    );
}

#[test]
fn an_unknown_condition_is_refused_with_what_is_accepted() {
    check(
        "responsibilities/apple.id.toml",
        r#"applies = { option = "device-management" }"#,
        r#"applies = { service = "lotus" }"#,
        "responsibilities/apple.id.toml, line 11, applies: `lotus` is unknown; accepted: exchange, sharepoint, onedrive, teams, apps, outlook-mobile, power-bi, project, yammer, entra-premium, intune, information-protection, skype",
    );
    check(
        "responsibilities/apple.id.toml",
        r#"applies = { option = "device-management" }"#,
        r#"applies = { weather = "fine" }"#,
        "responsibilities/apple.id.toml, line 11, applies: `weather` is unknown; accepted: always, programme, service, option, seats, cloud, all, any, not",
    );
}

#[test]
fn a_missing_language_is_named() {
    let french = "good.fr = \"L’identifiant Apple appartient à l’organisation et non à une personne\u{a0}: une boîte partagée reçoit ses messages et deux personnes peuvent s’y connecter.\"\n";
    check(
        "responsibilities/apple.id.toml",
        french,
        "",
        "responsibilities/apple.id.toml, line 15, good: `fr` is missing; add it",
    );
    check(
        "responsibilities/apple.id.toml",
        french,
        "good.fr = \"\"\n",
        "responsibilities/apple.id.toml, good: the French text is empty; write it",
    );
    check(
        "bullets/ems.toml",
        "title.fr = \"Participer aux points de contrôle\"",
        "title.fr = \"Attend the checkpoint meetings\"",
        "bullets/ems.toml, ems.remediate.02.title: both languages say the same; translate it",
    );
}

#[test]
fn french_is_held_to_its_typography() {
    check(
        "responsibilities/apple.id.toml",
        "L’identifiant",
        "L'identifiant",
        "responsibilities/apple.id.toml, good: the French text has a straight apostrophe; write ’ (U+2019)",
    );
    check(
        "responsibilities/apple.id.toml",
        "personne\u{a0}:",
        "personne :",
        "responsibilities/apple.id.toml, good: the French text has an ordinary space before a colon; write a no-break space (U+00A0)",
    );
}

#[test]
fn a_circle_is_shown() {
    check(
        SYNC,
        r#""provisioning.design", "network.configure","#,
        r#""provisioning.design", "auth.mfa", "network.configure","#,
        "responsibilities/directory.sync.toml, depends_on: goes in a circle: directory.sync → auth.mfa → auth.method → directory.sync; break it",
    );
}

#[test]
fn nothing_waits_for_a_later_phase() {
    check(
        "responsibilities/support.plan.toml",
        r#"depends_on = ["stakeholders.identify"]"#,
        r#"depends_on = ["services.enable"]"#,
        "responsibilities/support.plan.toml, depends_on: `services.enable` belongs to phase enable, after assess; nothing can wait for a later phase",
    );
}

#[test]
fn a_container_holds_no_container() {
    check(
        "responsibilities/scenarios.define.toml",
        r#"depends_on = ["scenarios.outline"]"#,
        r#"children = ["scenarios.outline"]"#,
        "responsibilities/checkpoint.meetings.toml, children: `scenarios.define` has children of its own; a child must be proven by requirements",
    );
}

#[test]
fn a_duplicate_is_named() {
    check(
        "overlays/us-government.toml",
        r#"id = "government.reverse-proxy""#,
        r#"id = "government.firewall""#,
        "overlays/us-government.toml, government.firewall.id: `government.firewall` stands twice; rename or remove one",
    );
    check(
        SYNC,
        r#"id = "sync""#,
        r#"id = "objects""#,
        "responsibilities/directory.sync.toml, requirement: `objects` stands twice; rename or remove one",
    );
    check(
        "gates.toml",
        r#"id = "core""#,
        r#"id = "enable""#,
        "gates.toml, enable: `enable` stands twice; rename or remove one",
    );
    check(
        DNS,
        r#"side = "joint""#,
        "side = \"joint\"\nside = \"customer\"",
        "responsibilities/dns.records.toml, line 7: duplicate key",
    );
}

#[test]
fn a_requirement_names_only_checks_and_rules_that_exist() {
    check(
        SYNC,
        r#"check = "directory.objects""#,
        r#"check = "directory.tree""#,
        "responsibilities/directory.sync.toml, requirement objects.check: the check `directory.tree` does not exist; accepted: dns.records, dns.spf, dns.dmarc, dns.mail, dns.dkim, dns.mta-sts, dns.dane, dns.tlsrpt, dns.delegation, tls.certificate, tls.protocol, directory.objects",
    );
    check(
        DNS,
        r#"["DNS-001"]"#,
        r#"["DNS-014"]"#,
        "responsibilities/dns.records.toml, requirement ownership.rules: the check `dns.records` has no rule `DNS-014`; accepted: DNS-001, DNS-002, DNS-003, DNS-004, DNS-005, DNS-006, DNS-007, DNS-008, DNS-009, DNS-010, DNS-011, DNS-012, DNS-013",
    );
    check(
        SYNC,
        r#""graph.proverrors""#,
        r#""graph.errors""#,
        "responsibilities/directory.sync.toml, requirement sync.stands_for: the probe `graph.errors` is unknown; correct it or add it to `probes` in catalogue.toml",
    );
}

#[test]
fn an_unknown_key_is_refused() {
    check(
        DNS,
        "core = true",
        "kore = true",
        "responsibilities/dns.records.toml, line 4: the key `kore` is unknown; accepted: id, title, good, proof, bullets, phase, needed_by, core, workstream, side, accountable, responsible, contributors, informed, counterpart, optional, legacy, retired, applies, days, depends_on, children, requirement",
    );
}

#[test]
fn the_keys_of_a_requirement_go_together() {
    check(
        "responsibilities/support.plan.toml",
        r#"deliverable = "support-plan""#,
        "",
        "responsibilities/support.plan.toml, line 20, requirement: a requirement by `deliverable` needs `deliverable`; add it",
    );
    check(
        "responsibilities/support.plan.toml",
        r#"deliverable = "support-plan""#,
        "deliverable = \"support-plan\"\nsigner = \"helpdesk-lead\"",
        "responsibilities/support.plan.toml, line 20, requirement: `signer` does not belong to a requirement by `deliverable`; remove it",
    );
    check(
        "responsibilities/support.plan.toml",
        r#"by = "deliverable""#,
        r#"by = "magic""#,
        "responsibilities/support.plan.toml, line 24, requirement.by: `magic` is unknown; accepted: check, deliverable, meeting, register, sign-off",
    );
    check(
        "responsibilities/support.plan.toml",
        r#"approvers = ["helpdesk-lead", "project-manager"]"#,
        "approvers = []",
        "responsibilities/support.plan.toml, requirement plan.approvers: is empty; name at least one",
    );
    check(
        SYNC,
        "file = true",
        "file = false",
        "responsibilities/directory.sync.toml, requirement sync.file: stands for a measurement but asks for no file; set `file = true`",
    );
}

#[test]
fn every_duty_has_one_place_in_the_phases() {
    check(
        "responsibilities/auth.mfa.toml",
        "needed_by = \"enable\"\n",
        "",
        "responsibilities/auth.mfa.toml: has neither `phase` nor `needed_by`; give one of them",
    );
    check(
        "responsibilities/support.plan.toml",
        "phase = \"assess\"\n",
        "phase = \"remediate\"\n",
        "responsibilities/support.plan.toml, phase: is `remediate`, but its first bullet stands in section assess",
    );
}

#[test]
fn bullets_and_responsibilities_name_each_other() {
    check(
        "responsibilities/resources.manage.toml",
        r#"["o365.enable.04", "ems.enable.01"]"#,
        r#"["o365.enable.04"]"#,
        "bullets/ems.toml, ems.enable.01.responsibilities: `resources.manage` does not name `ems.enable.01` back; add it there or remove it here",
    );
    check(
        "responsibilities/resources.manage.toml",
        r#"["o365.enable.04", "ems.enable.01"]"#,
        r#"["ems.enable.01", "o365.enable.04"]"#,
        "responsibilities/resources.manage.toml, bullets: `o365.enable.04` is an Office 365 bullet and must come first: its code is the one shown",
    );
}

#[test]
fn the_pages_are_counted() {
    let bullet = data::FILES.iter().find(|it| it.0 == "bullets/ems.toml").unwrap().1;
    let last = &bullet[bullet.rfind("\n[[bullet]]").unwrap()..];
    assert_eq!(
        said_of(altered("bullets/ems.toml", last, "\n")),
        [
            "bullets/ems.toml: section enable has 7 bullets, the page has 8; add or remove what differs",
            "responsibilities/services.enable.toml, bullets: `ems.enable.08` does not exist; correct it, remove it or add what it names",
        ]
    );
    check(
        "bullets/ems.toml",
        "id = \"ems.enable.08\"\nordinal = \"8\"",
        "id = \"ems.enable.08\"\nordinal = \"9\"",
        "bullets/ems.toml, ems.enable.08: the ordinal is `9`, the id says `8`; correct one of them",
    );
    check(
        "bullets/ems.toml",
        "id = \"ems.enable.08\"",
        "id = \"o365.enable.08\"",
        "bullets/ems.toml, o365.enable.08: `o365.enable.08` is not a bullet of this page; expected an id such as ems.enable.03",
    );
    check(
        "catalogue.toml",
        "count = 2",
        "count = 3",
        "overlays/us-government.toml: has 2 responsibilities, catalogue.toml announces 3; correct one of them",
    );
}

#[test]
fn a_duty_that_nothing_could_prove_is_refused() {
    check(
        "responsibilities/support.plan.toml",
        r#"by = "deliverable""#,
        "by = \"deliverable\"\napplies = { programme = \"office365\" }",
        "responsibilities/support.plan.toml, requirement: would apply with nothing to prove it (programmes ems, no services, no options, 150 seats, cloud worldwide); add a requirement for that case or narrow `applies`",
    );
}

#[test]
fn roles_stand_on_their_side() {
    check(
        "responsibilities/support.plan.toml",
        r#"accountable = "project-manager""#,
        r#"accountable = "provider-manager""#,
        "responsibilities/support.plan.toml, accountable: `provider-manager` is a role of the provider; name a role of the customer",
    );
}

#[test]
fn each_phase_is_closed_by_one_gate() {
    check(
        "gates.toml",
        "phases = [\"assess\"]",
        "phases = [\"initiate\"]",
        "gates.toml: 0 gates close phase assess; exactly one must",
    );
}

#[test]
fn a_file_nested_without_end_is_refused_and_not_followed() {
    let deep = format!("{}\"always\"{}", "{ not = ".repeat(50_000), " }".repeat(50_000));
    let said = said_of(altered(
        "responsibilities/apple.id.toml",
        r#"{ option = "device-management" }"#,
        &deep,
    ));
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(
        said[0].starts_with("responsibilities/apple.id.toml, line 11"),
        "{said:?}"
    );
}
