//! Reading everything: pages, servers that want smaller ones or none, limits, several bases, ranges.

use std::{collections::HashSet, num::NonZeroU32, process::Command};

use jalon_wire::{
    entry::Form,
    ldap::{LdapError, Query},
};

use crate::lab::{account, all, base, has_samba, names, said, samba, simple, slapd};

/// What slapd itself says that it holds, without any protocol.
fn held() -> usize {
    let roots = said("JALON_LAB_LDAP_ROOTS");
    let conf = std::path::Path::new(&roots).with_file_name("slapd.conf");
    let path = "/usr/sbin:/sbin:/usr/bin:/bin";
    let output = Command::new("slapcat")
        .env("PATH", path)
        .arg("-f")
        .arg(conf)
        .output()
        .expect("slapcat runs");
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter(|it| it.starts_with("dn:"))
        .count()
}

fn everything(page: u32) -> Query {
    Query {
        page,
        ..Query::below(base(), &["cn", "mail", "proxyAddresses"])
    }
}

fn distinct(found: &[jalon_wire::entry::Entry]) -> usize {
    names(found).into_iter().collect::<HashSet<_>>().len()
}

#[tokio::test]
async fn a_paged_read_gives_everything_once() {
    let held = held();
    assert!(held > 300, "{held}");
    let mut client = slapd(account("reader")).await;
    for page in [1_000, 100, 7] {
        let found = all(&mut client, &everything(page)).await.expect("everything");
        assert_eq!((found.len(), distinct(&found)), (held, held), "pages of {page}");
    }
}

#[tokio::test]
async fn each_batch_is_a_page_and_entries_are_numbered() {
    let mut client = slapd(account("reader")).await;
    let query = everything(100);
    let mut scan = client.scan(&query, &|| false);
    let first = scan.next_batch().await.expect("a page").expect("a page");
    let second = scan.next_batch().await.expect("a page").expect("a page");
    assert_eq!((first.len(), second.len()), (100, 100));
    assert_eq!((first[0].line, second[0].line, scan.tally().entries), (1, 101, 200));
}

#[tokio::test]
async fn values_come_byte_for_byte() {
    let mut client = slapd(account("reader")).await;
    let query = Query::below(base(), &["displayName", "objectGUID"])
        .filtered("(|(sAMAccountName=zoe)(sAMAccountName=user0001))");
    let found = all(&mut client, &query).await.expect("both");
    let zoe = found.iter().find(|it| it.dn.contains("Zoé")).expect("Zoé");
    assert_eq!(
        zoe.attributes.first("displayname").and_then(|it| it.text()),
        Some(" Zoé ")
    );
    let user = found.iter().find(|it| it.dn.contains("User 0001")).expect("the user");
    let guid = user.attributes.first("objectGUID").expect("a GUID");
    assert_eq!(
        (guid.bytes.len(), guid.form, guid.is_stray()),
        (16, Form::Base64, false)
    );
}

#[tokio::test]
async fn a_page_that_is_too_large_is_halved() {
    let held = held();
    let mut client = slapd(account("small-pages")).await;
    let query = everything(1_000);
    let mut scan = client.scan(&query, &|| false);
    let mut entries = 0;
    while let Some(batch) = scan.next_batch().await.expect("smaller pages") {
        entries += batch.len();
    }
    assert_eq!(entries, held);
    // 1,000, 500, 250, 125, 62 are more than 60.
    assert_eq!(scan.tally().page, 31);
}

#[tokio::test]
async fn a_server_without_pages_gives_everything_at_once() {
    let held = held();
    let mut client = slapd(account("no-pages")).await;
    let query = everything(100);
    let mut scan = client.scan(&query, &|| false);
    let batch = scan.next_batch().await.expect("everything").expect("everything");
    assert_eq!((batch.len(), scan.tally().page), (held, 0));
    assert_eq!(scan.next_batch().await.expect("the end"), None);
}

#[tokio::test]
async fn a_limit_on_the_whole_gives_what_it_allows_and_then_says_so() {
    let mut client = slapd(account("few-entries")).await;
    for page in [1_000, 100] {
        let query = everything(page);
        let mut scan = client.scan(&query, &|| false);
        let mut entries = 0;
        let error = loop {
            match scan.next_batch().await {
                Ok(batch) => entries += batch.expect("the limit comes first").len() as u64,
                Err(error) => break error,
            }
        };
        assert!(entries > 0);
        match error {
            LdapError::ServerSizeLimit { entries: told, .. } => assert_eq!(told, entries),
            other => panic!("{other}"),
        }
    }
}

#[tokio::test]
async fn our_own_limit_is_kept() {
    let mut client = slapd(account("reader")).await;
    let limited = |limit| Query {
        size_limit: Some(limit),
        ..everything(100)
    };
    let error = all(&mut client, &limited(150)).await.expect_err("more than that");
    assert_eq!(error, LdapError::SizeLimit { limit: 150 });
    let held = held();
    assert_eq!(
        all(&mut client, &limited(held as u64)).await.expect("that many").len(),
        held
    );
}

#[tokio::test]
async fn what_lies_below_two_bases_comes_once() {
    let mut client = slapd(account("reader")).await;
    let below = |bases: &[&str]| Query {
        bases: bases.iter().map(|it| format!("{it},{}", base())).collect(),
        page: 50,
        ..everything(50)
    };
    let staff = all(&mut client, &below(&["OU=Staff"])).await.expect("staff").len();
    let groups = all(&mut client, &below(&["OU=Groups"])).await.expect("groups").len();
    let both = below(&["OU=Branch,OU=Staff", "OU=Groups", "OU=Staff", "OU=Groups"]);
    let found = all(&mut client, &both).await.expect("all");
    assert_eq!((found.len(), distinct(&found)), (staff + groups, staff + groups));
}

#[tokio::test]
async fn whoever_says_stop_is_heard_between_two_pages() {
    let mut client = slapd(account("reader")).await;
    let stop = std::sync::atomic::AtomicBool::new(false);
    let (query, asked) = (everything(50), || stop.load(std::sync::atomic::Ordering::Relaxed));
    let mut scan = client.scan(&query, &asked);
    assert!(scan.next_batch().await.expect("a page").is_some());
    stop.store(true, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(scan.next_batch().await, Err(LdapError::Stopped { entries: 50 }));
    assert_eq!(scan.next_batch().await.expect("it has ended"), None);
    // The connection still serves.
    assert!(client.root_dse().await.is_ok());
}

#[tokio::test]
async fn a_rate_is_not_exceeded() {
    let mut client = slapd(account("reader")).await;
    let query = Query {
        rate: NonZeroU32::new(2_000),
        ..everything(100)
    };
    let started = std::time::Instant::now();
    let entries = all(&mut client, &query).await.expect("everything").len();
    // The last page need not be waited for.
    let least = (entries - 100) as f64 / 2_000.0;
    assert!(started.elapsed().as_secs_f64() >= least, "{:?}", started.elapsed());
}

#[tokio::test]
async fn an_account_that_sees_nothing_is_told_that_there_is_nothing() {
    let mut client = slapd(simple(&format!("cn=nobody,cn=Accounts,{}", base()), "nobody")).await;
    let error = all(&mut client, &everything(100)).await.expect_err("nothing to see");
    assert!(matches!(error, LdapError::NoBase { .. }), "{error}");
}

#[tokio::test]
async fn references_are_counted_and_not_followed() {
    if !has_samba() {
        return;
    }
    let mut client = samba().await;
    let query = Query {
        page: 500,
        ..Query::below(said("JALON_LAB_AD_BASE"), &["objectClass"])
    };
    let mut scan = client.scan(&query, &|| false);
    let mut entries = Vec::new();
    while let Some(batch) = scan.next_batch().await.expect("everything") {
        entries.extend(batch);
    }
    // The configuration and the two zones of names are other bases.
    assert_eq!(scan.tally().references, 3);
    assert_eq!((scan.tally().entries, scan.tally().page), (entries.len() as u64, 500));
    let contacts = entries.iter().filter(|it| it.dn.starts_with("CN=Contact ")).count();
    assert_eq!((contacts, distinct(&entries)), (1_600, entries.len()));
}

#[tokio::test]
async fn an_attribute_that_comes_in_parts_is_put_together() {
    if !has_samba() {
        return;
    }
    let mut client = samba().await;
    let group = format!("CN=Everybody,OU=Staff,{}", said("JALON_LAB_AD_BASE"));
    for asked in ["member", "member;range=0-499", "member;range=0-0"] {
        let entry = client
            .read(&group, &[asked])
            .await
            .expect("the group")
            .expect("the group");
        let members: HashSet<_> = entry
            .attributes
            .iter()
            .map(|(name, it)| (name.to_owned(), it.bytes.to_vec()))
            .collect();
        assert_eq!(members.len(), 1_600, "{asked}");
        assert!(members.iter().all(|it| it.0 == "member"), "{asked}");
    }
}
