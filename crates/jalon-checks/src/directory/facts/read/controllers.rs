//! Domain controllers: a server in a site, the settings below it, and its account as a computer are three objects.

use std::collections::BTreeMap;

use jalon_wire::entry::Entry;

use super::domain_name;
use crate::directory::facts::{
    Part, dn,
    gathered::Gathered,
    tables::tables,
    types::{Controller, Role},
    value::{has_bits, is_a, number, text, windows_instant},
};

/// A bit of userAccountControl: a writable controller.
const SERVER_TRUST: i64 = 8192;
/// primaryGroupID of controllers, and of read-only ones.
const GROUPS: [i64; 2] = [516, 521];
const READ_ONLY_GROUP: i64 = 521;
/// A bit of the settings' options: the global catalogue.
const GLOBAL_CATALOG: i64 = 1;

/// An account with its domain.
type Account<'a> = (&'a str, &'a Entry);

pub(super) fn read(gathered: &Gathered) -> Vec<Controller> {
    let (servers, roles) = (servers(gathered), roles(gathered));
    let mut accounts = accounts(gathered);
    let mut controllers = Vec::new();
    for settings in settings(gathered) {
        let above = dn::parent(&settings.dn).unwrap_or_default();
        let server = servers.get(&above.to_lowercase()).copied();
        let reference = server.and_then(|it| text(it, "serverReference"));
        let account = reference.as_ref().and_then(|it| accounts.remove(&it.to_lowercase()));
        let mut controller = from_site(settings, above, server, reference.as_deref());
        controller.roles = roles.get(&settings.dn.to_lowercase()).cloned().unwrap_or_default();
        account.into_iter().for_each(|it| add_account(&mut controller, it));
        controllers.push(controller);
    }
    // Accounts that no site knows: a controller that was taken out by force, or sites that were not shown.
    for account in accounts.into_values() {
        let mut controller = Controller::default();
        add_account(&mut controller, account);
        controllers.push(controller);
    }
    controllers.sort_by(|a, b| (&a.domain, &a.name).cmp(&(&b.domain, &b.name)));
    controllers
}

/// Whether an object of the sites stands for a controller of the domain.
pub(in crate::directory::facts) fn serves(server: &Entry, domain: &str) -> bool {
    let reference = text(server, "serverReference");
    // A child's objects stand below the parent's name too: the domain is what is left without other parts.
    reference.is_some_and(|it| dn::dns_name(&it) == dn::dns_name(domain))
}

fn from_site(settings: &Entry, place: &str, server: Option<&Entry>, reference: Option<&str>) -> Controller {
    let site = dn::parent(place).and_then(dn::parent);
    Controller {
        name: server
            .and_then(|it| text(it, "dNSHostName"))
            .unwrap_or_else(|| dn::name(place)),
        domain: reference.and_then(dn::dns_name),
        site: site.map(dn::name),
        global_catalog: has_bits(settings, "options", GLOBAL_CATALOG),
        read_only: is_a(settings, "nTDSDSARO"),
        ..Controller::default()
    }
}

fn add_account(controller: &mut Controller, (domain, account): Account<'_>) {
    let system = text(account, "operatingSystem");
    let version = text(account, "operatingSystemVersion");
    let known = tables().system(
        system.as_deref().unwrap_or_default(),
        version.as_deref().unwrap_or_default(),
    );
    if controller.name.is_empty() {
        controller.name = text(account, "dNSHostName").unwrap_or_else(|| dn::name(&account.dn));
    }
    controller.domain = Some(domain_name(domain));
    controller.read_only |= number(account, "primaryGroupID") == Some(READ_ONLY_GROUP);
    controller.supported_until = known.map(|it| it.extended);
    controller.last_logon = windows_instant(account, "lastLogonTimestamp");
    (controller.operating_system, controller.version) = (system, version);
}

/// The settings of controllers: what else stands in a site is no controller, or is one no more.
fn settings(gathered: &Gathered) -> impl Iterator<Item = &Entry> {
    let all = gathered.entries(Part::Sites).iter();
    all.filter(|it| is_a(it, "nTDSDSA") || is_a(it, "nTDSDSARO"))
}

/// The servers of all sites, by their names in lower case.
fn servers(gathered: &Gathered) -> BTreeMap<String, &Entry> {
    let all = gathered.entries(Part::Sites).iter();
    let servers = all.filter(|it| is_a(it, "server"));
    servers.map(|it| (it.dn.to_lowercase(), it)).collect()
}

/// The accounts of controllers, by their names in lower case.
fn accounts(gathered: &Gathered) -> BTreeMap<String, Account<'_>> {
    let is_controller = |it: &Entry| {
        let group = number(it, "primaryGroupID");
        let is_member = group.is_some_and(|it| GROUPS.contains(&it));
        is_a(it, "computer") && (is_member || has_bits(it, "userAccountControl", SERVER_TRUST))
    };
    let found = gathered.of_domains(Part::Controllers).filter(|it| is_controller(it.1));
    found.map(|it| (it.1.dn.to_lowercase(), it)).collect()
}

/// What each controller alone does, by the name of its settings in lower case.
fn roles(gathered: &Gathered) -> BTreeMap<String, Vec<Role>> {
    let owner = |entry: &Entry| text(entry, "fSMORoleOwner").map(|it| it.to_lowercase());
    let mut roles: BTreeMap<String, Vec<Role>> = BTreeMap::new();
    let mut give = |entry: &Entry, role: Role| {
        if let Some(owner) = owner(entry) {
            roles.entry(owner).or_default().push(role);
        }
    };
    let forest = [
        (Part::Schema, Role::SchemaMaster),
        (Part::Partitions, Role::DomainNamingMaster),
    ];
    for (part, role) in forest {
        gathered.entries(part).iter().for_each(|it| give(it, role));
    }
    for (domain, entry) in gathered.of_domains(Part::Roles) {
        give(entry, domain_role(domain, entry));
    }
    roles.values_mut().for_each(|it| {
        it.sort();
        it.dedup();
    });
    roles
}

fn domain_role(domain: &str, entry: &Entry) -> Role {
    match dn::name(&entry.dn).as_str() {
        "RID Manager$" => Role::RidMaster,
        _ if dn::same(&entry.dn, domain) => Role::PdcEmulator,
        _ => Role::InfrastructureMaster,
    }
}
