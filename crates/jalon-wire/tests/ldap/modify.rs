//! Changing one object: all of it or nothing, and why not.

use jalon_wire::{
    ldap::{Client, LdapError, Rejection},
    ldif::{Change, Edit},
};

use crate::lab::{account, base, has_samba, said, samba, simple, slapd};

fn change<'a>(edit: Edit, attribute: &'a str, values: &'a [&'a [u8]]) -> Change<'a> {
    Change {
        edit,
        attribute,
        values,
    }
}

async fn values(client: &mut Client, dn: &str, attribute: &str) -> Vec<String> {
    let entry = client.read(dn, &[attribute]).await.expect("readable").expect("there");
    let mut values: Vec<_> = entry
        .attributes
        .values(attribute)
        .map(|it| it.readable().into_owned())
        .collect();
    values.sort();
    values
}

async fn rejection(client: &mut Client, dn: &str, changes: &[Change<'_>]) -> Rejection {
    match client.modify(dn, changes).await.expect_err("it is refused") {
        LdapError::Rejected { why, .. } => why,
        other => panic!("{other}"),
    }
}

/// Adds, deletes and replaces, then fails in every way that a value can, and finds the object as it was.
async fn story(client: &mut Client, dn: &str, unknown: Rejection) {
    use Edit::{Add, Delete, Replace};
    let addresses = "proxyAddresses";
    let (first, second): (&[u8], &[u8]) = (b"SMTP:a@contoso.example", b"smtp:b@contoso.example");
    client
        .modify(dn, &[change(Replace, addresses, &[first])])
        .await
        .expect("replaced");
    client
        .modify(dn, &[change(Add, addresses, &[second])])
        .await
        .expect("added");
    assert_eq!(
        values(client, dn, addresses).await,
        ["SMTP:a@contoso.example", "smtp:b@contoso.example"]
    );
    let name = ["É ".as_bytes()];
    let second = [second];
    let exchange = [
        change(Delete, addresses, &second),
        change(Replace, "displayName", &name),
    ];
    client.modify(dn, &exchange).await.expect("both");
    assert_eq!(values(client, dn, addresses).await, ["SMTP:a@contoso.example"]);
    assert_eq!(values(client, dn, "displayName").await, ["É "]);

    // The first half of each of these would succeed.
    let (first, other): ([&[u8]; 1], [&[u8]; 1]) = ([first], [b"other"]);
    let half = change(Delete, addresses, &first);
    let why = rejection(client, dn, &[half, change(Delete, "displayName", &other)]).await;
    assert_eq!(why, Rejection::ValueAbsent);
    let why = rejection(client, dn, &[half, change(Add, "noSuchAttribute", &other)]).await;
    assert_eq!(why, unknown);
    let why = rejection(client, dn, &[change(Add, addresses, &first)]).await;
    assert_eq!(why, Rejection::ValueExists);
    assert_eq!(values(client, dn, addresses).await, ["SMTP:a@contoso.example"]);

    let nobody = dn.replacen("User", "Nobody", 1);
    assert_eq!(rejection(client, &nobody, &[half]).await, Rejection::NoSuchObject);
    assert_eq!(client.read(&nobody, &["cn"]).await, Ok(None));
    let empty = client
        .modify(dn, &[change(Add, addresses, &[])])
        .await
        .expect_err("nothing");
    assert!(matches!(empty, LdapError::BadChange { .. }), "{empty}");
}

#[tokio::test]
async fn slapd_changes_all_or_nothing() {
    let administrator = simple(&said("JALON_LAB_LDAP_ADMIN"), &said("JALON_LAB_LDAP_PASSWORD"));
    let dn = format!("CN=User 0300,OU=Branch,OU=Staff,{}", base());
    story(&mut slapd(administrator).await, &dn, Rejection::NoSuchAttribute).await;
}

#[tokio::test]
async fn a_domain_controller_changes_all_or_nothing() {
    if !has_samba() {
        return;
    }
    let mut client = samba().await;
    let dn = |number| format!("CN=User {number},OU=Staff,{}", said("JALON_LAB_AD_BASE"));
    // Active Directory says of an attribute that nobody knows what it says of one that is not there.
    story(&mut client, &dn("0030"), Rejection::ValueAbsent).await;
    // Sign-in names are unique in a forest.
    let taken = change(Edit::Replace, "userPrincipalName", &[b"user0028@contoso.example"]);
    assert_eq!(
        rejection(&mut client, &dn("0029"), &[taken]).await,
        Rejection::Constraint
    );
}

#[tokio::test]
async fn an_account_that_only_reads_changes_nothing() {
    let mut client = slapd(account("reader")).await;
    let dn = format!("CN=User 0299,OU=Branch,OU=Staff,{}", base());
    let why = rejection(&mut client, &dn, &[change(Edit::Replace, "displayName", &[b"x"])]).await;
    assert_eq!(why, Rejection::Forbidden);
}
