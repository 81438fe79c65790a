//! What changed since: by DirSync and by numbers, on a domain controller.

use jalon_wire::{
    entry::Entry,
    ldap::{Client, LdapError, Query, Tracking, Watermark},
    ldif::{Change, Edit},
};

use crate::lab::{account, has_samba, names, said, samba, slapd};

/// Contacts only: accounts change by themselves when somebody signs in.
fn contacts() -> Query {
    Query::below(said("JALON_LAB_AD_BASE"), &["cn", "description"]).filtered("(objectClass=contact)")
}

async fn describe(client: &mut Client, dn: &str, text: &str) {
    let values: [&[u8]; 1] = [text.as_bytes()];
    let change = Change {
        edit: Edit::Replace,
        attribute: "description",
        values: &values,
    };
    client.modify(dn, &[change]).await.expect("the administrator may");
}

async fn changed(client: &mut Client, since: &Watermark) -> (Vec<Entry>, Watermark) {
    let query = contacts();
    let mut changes = client
        .changes_since(since, &query, &|| false)
        .await
        .expect("it tells changes");
    let mut entries = Vec::new();
    while let Some(batch) = changes.next_batch().await.expect("it tells changes") {
        entries.extend(batch);
    }
    assert_eq!(changes.tally().entries, entries.len() as u64);
    (entries, changes.watermark().clone())
}

/// One object changes: it comes, whole, alone, and once.
async fn story(tracking: Tracking, number: u32) {
    let mut client = samba().await;
    let dn = format!("CN=Contact {number:04},OU=Contacts,{}", said("JALON_LAB_AD_BASE"));
    let start = client.watermark(tracking).await.expect("a watermark");
    describe(&mut client, &dn, "changed").await;

    let (entries, next) = changed(&mut client, &start).await;
    let ours: Vec<_> = entries.iter().filter(|it| it.dn == dn).collect();
    assert_eq!(ours.len(), 1, "{:?}", names(&entries));
    // The other stories change a contact each, at the same time.
    assert!(entries.len() < 5, "{:?}", names(&entries));
    let text = |name| ours[0].attributes.first(name).and_then(|it| it.text());
    assert_eq!(text("description"), Some("changed"));
    // What did not change comes too.
    assert_eq!(text("cn"), Some(&*format!("Contact {number:04}")));
    assert_eq!(
        ours[0].attributes.first("objectGUID").map(|it| it.bytes.len()),
        Some(16)
    );

    let kept = serde_json::to_string(&next).expect("JSON");
    let next = serde_json::from_str(&kept).expect("a watermark");
    let (entries, _) = changed(&mut client, &next).await;
    assert!(!names(&entries).contains(&dn.as_str()), "{:?}", names(&entries));
}

#[tokio::test]
async fn a_changed_object_comes_alone_by_dirsync() {
    if has_samba() {
        story(Tracking::DirSync, 1).await;
    }
}

#[tokio::test]
async fn a_changed_object_comes_alone_by_its_number() {
    if has_samba() {
        story(Tracking::Usn, 2).await;
    }
}

/// Whoever deletes with another client is noticed.
#[tokio::test]
async fn a_deleted_object_comes_as_deleted() {
    if !has_samba() {
        return;
    }
    let mut client = samba().await;
    let by_dirsync = client.watermark(Tracking::DirSync).await.expect("a watermark");
    let by_number = client.watermark(Tracking::Usn).await.expect("a watermark");
    let dn = format!("CN=Leaver,OU=Staff,{}", said("JALON_LAB_AD_BASE"));
    delete(&dn);
    for since in [by_dirsync, by_number] {
        let (entries, _) = changed(&mut client, &since).await;
        let gone = entries.iter().find(|it| it.dn.starts_with("CN=Leaver"));
        let gone = gone.unwrap_or_else(|| panic!("{:?}", names(&entries)));
        let text = |name| gone.attributes.first(name).and_then(|it| it.text());
        assert_eq!(text("isDeleted"), Some("TRUE"), "{}", gone.dn);
    }
}

/// Deletes an object in the server's own files: this crate does not delete.
fn delete(dn: &str) {
    let folder = said("JALON_LAB_AD_ROOTS").replace("/root.pem", "");
    let output = std::process::Command::new("ldbdel")
        .arg(format!("--configfile={folder}/smb.conf"))
        .args(["-H", &format!("{folder}/private/sam.ldb"), dn])
        .output()
        .expect("ldbdel runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[tokio::test]
async fn a_watermark_of_another_server_needs_a_full_scan() {
    if !has_samba() {
        return;
    }
    let mut client = samba().await;
    let query = contacts();
    let other = Watermark::Usn {
        server: "00".to_owned(),
        usn: 1,
    };
    let error = client.changes_since(&other, &query, &|| false).await.err();
    assert!(matches!(error, Some(LdapError::FullScanNeeded { .. })), "{error:?}");

    let cookie = b"no cookie".to_vec();
    let mut changes = client
        .changes_since(&Watermark::DirSync { cookie }, &query, &|| false)
        .await
        .expect("the server is asked later");
    let error = changes.next_batch().await.expect_err("the server does not know it");
    assert!(matches!(error, LdapError::FullScanNeeded { .. }), "{error}");
}

#[tokio::test]
async fn a_directory_that_numbers_nothing_says_so() {
    let mut client = slapd(account("reader")).await;
    for tracking in [Tracking::DirSync, Tracking::Usn] {
        let error = client.watermark(tracking).await.expect_err("slapd tells no changes");
        assert!(matches!(error, LdapError::FullScanNeeded { .. }), "{error}");
    }
}
