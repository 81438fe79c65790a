//! Connection points, and the traces of synchronisation.

use jalon_wire::entry::Entry;

use super::domain_name;
use crate::directory::facts::{
    Part, dn,
    gathered::Gathered,
    part::{POINTER_KEYWORD, SYNC_ACCOUNTS, URL_KEYWORD},
    types::{AccountKind, ConnectionPoint, PointKind, SyncAccount, SyncFacts, Tenant},
    value::{instant, is_a, text, texts},
};

/// Autodiscover's connection points.
pub(super) fn autodiscover(gathered: &Gathered) -> Vec<ConnectionPoint> {
    let all = gathered.entries(Part::Autodiscover).iter();
    let mut points: Vec<ConnectionPoint> = all.filter_map(point).collect();
    points.sort_by(|a, b| (&a.name, &a.url).cmp(&(&b.name, &b.url)));
    points
}

fn point(entry: &Entry) -> Option<ConnectionPoint> {
    let mut keywords = texts(entry, "keywords");
    let has = |keyword: &str| keywords.iter().any(|it| it.eq_ignore_ascii_case(keyword));
    let kind = match (has(URL_KEYWORD), has(POINTER_KEYWORD)) {
        _ if !is_a(entry, "serviceConnectionPoint") => return None,
        (true, _) => PointKind::Url,
        (_, true) => PointKind::Pointer,
        _ => return None,
    };
    keywords.retain(|it| !it.eq_ignore_ascii_case(URL_KEYWORD) && !it.eq_ignore_ascii_case(POINTER_KEYWORD));
    keywords.sort();
    Some(ConnectionPoint {
        name: dn::name(&entry.dn),
        kind,
        url: text(entry, "serviceBindingInformation"),
        keywords,
        changed: instant(entry, "whenChanged"),
    })
}

/// What synchronises the forest already.
pub(super) fn sync(gathered: &Gathered) -> SyncFacts {
    let found = gathered.of_domains(Part::SyncAccounts);
    let mut accounts: Vec<SyncAccount> = found.filter_map(|(domain, it)| account(domain, it)).collect();
    accounts.sort_by(|a, b| (&a.domain, &a.name).cmp(&(&b.domain, &b.name)));
    SyncFacts {
        tenant: gathered.entries(Part::DeviceRegistration).iter().find_map(tenant),
        accounts,
    }
}

/// `azureADName:contoso.example` and `azureADId:…`.
fn tenant(entry: &Entry) -> Option<Tenant> {
    let keywords = texts(entry, "keywords");
    let after = |key: &str| {
        let pairs = keywords.iter().filter_map(|it| it.split_once(':'));
        let mut values = pairs.filter(|it| it.0.eq_ignore_ascii_case(key)).map(|it| it.1.trim());
        values.next().map(str::to_owned)
    };
    let tenant = Tenant {
        name: after("azureADName"),
        id: after("azureADId"),
    };
    (tenant != Tenant::default()).then_some(tenant)
}

fn account(domain: &str, entry: &Entry) -> Option<SyncAccount> {
    let name = text(entry, "sAMAccountName")?;
    let description = text(entry, "description").unwrap_or_default();
    Some(SyncAccount {
        domain: domain_name(domain),
        kind: account_kind(&name)?,
        name,
        server: word_after(&description, "running on computer "),
        tenant: word_after(&description, "synchronize to tenant "),
        created: instant(entry, "whenCreated"),
    })
}

fn account_kind(name: &str) -> Option<AccountKind> {
    let begins = |it: &&&str| {
        let head = name.get(..it.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(it))
    };
    Some(match *SYNC_ACCOUNTS.iter().find(begins)? {
        "provAgentgMSA" => AccountKind::CloudSync,
        "AZUREADSSOACC" => AccountKind::SeamlessSso,
        _ => AccountKind::Connect,
    })
}

/// What the setup of Entra Connect writes into a description, in English whatever the language of the server.
fn word_after(sentence: &str, words: &str) -> Option<String> {
    let word = sentence.split_once(words)?.1.split_whitespace().next()?;
    Some(word.trim_end_matches(['.', '\'', ',']).to_owned())
}
