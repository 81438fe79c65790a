//! Getting in: certificates, StartTLS, names and passwords, and who is turned away how.

use std::net::TcpListener;

use jalon_wire::{
    ldap::{Bind, Client, Denial, Distrust, LdapError, Query, Settings},
    reach::Reach,
    tls::Roots,
};

use crate::lab::{
    Server, account, address, administrator, all, base, has_samba, roots, said, samba, settings, simple, slapd,
};

/// What prevents a connection.
async fn refusal(url: &str, bind: Bind, settings: Settings) -> LdapError {
    let connected = Client::connect(address(url), bind, settings).await;
    connected.err().unwrap_or_else(|| panic!("{url} let us in"))
}

fn lab_settings() -> Settings {
    settings(roots("JALON_LAB_LDAP_ROOTS"))
}

/// The shared slapd by the name that its certificate is for.
fn by_name() -> String {
    said("JALON_LAB_LDAP").replace("127.0.0.1", "localhost")
}

#[tokio::test]
async fn ldaps_and_start_tls_are_trusted_by_name() {
    let start_tls = Settings {
        start_tls: true,
        ..lab_settings()
    };
    for (url, settings) in [(said("JALON_LAB_LDAPS"), lab_settings()), (by_name(), start_tls)] {
        let mut client = Client::connect(address(&url), account("reader"), settings)
            .await
            .expect("trusted");
        let root = client.root_dse().await.expect("a root DSE");
        assert_eq!(root.bases(), ["dc=contoso,dc=example"], "{url}");
        assert!(root.supports("1.2.840.113556.1.4.319") && !root.is_active_directory());
        client.close().await;
    }
}

#[tokio::test]
async fn an_unknown_issuer_and_a_wrong_name_are_told_apart() {
    let untrusted = |error| match error {
        LdapError::Untrusted { why, .. } => why,
        other => panic!("{other}"),
    };
    let strangers = Settings::new;
    let error = refusal(&said("JALON_LAB_LDAPS"), account("reader"), strangers()).await;
    assert_eq!(untrusted(error), Distrust::UnknownIssuer);

    let start_tls = Settings {
        start_tls: true,
        ..strangers()
    };
    let error = refusal(&by_name(), account("reader"), start_tls).await;
    assert_eq!(untrusted(error), Distrust::UnknownIssuer);

    let by_address = said("JALON_LAB_LDAPS").replace("localhost", "127.0.0.1");
    let error = refusal(&by_address, account("reader"), lab_settings()).await;
    let presented = ["localhost", "ldap.contoso.example"].map(str::to_owned).to_vec();
    assert_eq!(untrusted(error), Distrust::WrongName { presented });
}

#[tokio::test]
async fn an_expired_certificate_is_told_as_such() {
    let server = Server::start("slapd", &[("CERTIFICATE", "expired")]);
    let error = refusal(server.value("ldaps"), Bind::Anonymous, server.settings()).await;
    let is_expired = matches!(
        &error,
        LdapError::Untrusted {
            why: Distrust::Expired,
            ..
        }
    );
    assert!(is_expired, "{error}");
}

#[tokio::test]
async fn a_server_without_certificate_offers_no_start_tls() {
    let server = Server::start("slapd", &[("CERTIFICATE", "none")]);
    let settings = Settings {
        start_tls: true,
        ..settings(Roots::public())
    };
    let error = refusal(server.value("url"), Bind::Anonymous, settings).await;
    assert!(matches!(error, LdapError::NoStartTls { .. }), "{error}");
    assert!(error.to_string().contains("use ldaps://"), "{error}");
}

#[tokio::test]
async fn a_wrong_password_is_denied() {
    let name = format!("cn=reader,cn=Accounts,{}", base());
    let error = refusal(&said("JALON_LAB_LDAP"), simple(&name, "wrong"), lab_settings()).await;
    let expected = LdapError::Denied {
        server: said("JALON_LAB_LDAP").replace("ldap://", ""),
        name,
        why: Denial::WrongCredentials,
    };
    assert_eq!(error, expected);
}

#[tokio::test]
async fn a_closed_port_and_an_address_out_of_reach_are_told_apart() {
    let port = {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        listener.local_addr().expect("it is bound").port()
    };
    let url = format!("ldap://127.0.0.1:{port}");
    let error = refusal(&url, Bind::Anonymous, lab_settings()).await;
    assert!(matches!(error, LdapError::Unreachable { .. }), "{error}");
    let hosted = Settings {
        reach: Reach::PUBLIC,
        ..lab_settings()
    };
    let error = refusal(&url, Bind::Anonymous, hosted).await;
    assert!(matches!(error, LdapError::OutOfReach(_)), "{error}");
}

#[tokio::test]
async fn a_domain_controller_shows_nothing_to_strangers() {
    if !has_samba() {
        return;
    }
    let settings = settings(roots("JALON_LAB_AD_ROOTS"));
    let mut client = Client::connect(address(&said("JALON_LAB_AD")), Bind::Anonymous, settings)
        .await
        .expect("open");
    let root = client.root_dse().await.expect("the root DSE is for everybody");
    assert!(root.is_active_directory());
    let query = Query::below(said("JALON_LAB_AD_BASE"), &["mail"]);
    let error = all(&mut client, &query).await.expect_err("nothing without a name");
    assert!(matches!(error, LdapError::SignInRequired { .. }), "{error}");
}

#[tokio::test]
async fn a_domain_controller_demands_a_protected_connection() {
    if !has_samba() {
        return;
    }
    let plain = || settings(roots("JALON_LAB_AD_ROOTS"));
    let error = refusal(&said("JALON_LAB_AD"), administrator(), plain()).await;
    assert!(matches!(error, LdapError::ProtectionRequired { .. }), "{error}");
    assert!(error.to_string().contains("use ldaps:// or StartTLS"), "{error}");

    let start_tls = Settings {
        start_tls: true,
        ..plain()
    };
    let url = said("JALON_LAB_AD");
    Client::connect(address(&url), administrator(), start_tls)
        .await
        .expect("protected");
}

#[tokio::test]
async fn a_domain_controller_says_why_it_lets_nobody_in() {
    if !has_samba() {
        return;
    }
    let settings = || settings(roots("JALON_LAB_AD_ROOTS"));
    let wrong = simple(&said("JALON_LAB_AD_ADMIN"), "wrong");
    let error = refusal(&said("JALON_LAB_AD_LDAPS"), wrong, settings()).await;
    let denied = |error: &LdapError, expected| matches!(error, LdapError::Denied { why, .. } if *why == expected);
    assert!(denied(&error, Denial::WrongCredentials), "{error}");
}

#[tokio::test]
async fn the_global_catalogue_answers_on_its_port() {
    if !has_samba() {
        return;
    }
    let catalogue = address(&said("JALON_LAB_AD_CATALOGUE"));
    assert!(catalogue.is_global_catalogue());
    let settings = Settings {
        start_tls: true,
        ..settings(roots("JALON_LAB_AD_ROOTS"))
    };
    let mut client = Client::connect(catalogue, administrator(), settings)
        .await
        .expect("open");
    let query = Query::below("", &["mail"]).filtered("(sAMAccountName=user0001)");
    assert_eq!(all(&mut client, &query).await.expect("found").len(), 1);
}

#[tokio::test]
async fn what_is_wrong_with_a_query_is_said() {
    let mut client = slapd(account("reader")).await;
    let asked = |base: String, filter: &str| Query::below(base, &["cn"]).filtered(filter);
    let query = asked(format!("ou=nothing,{}", base()), "(cn=*)");
    match all(&mut client, &query).await.expect_err("no such base") {
        LdapError::NoBase { matched, .. } => assert_eq!(matched, "dc=contoso,dc=example"),
        other => panic!("{other}"),
    }
    let error = all(&mut client, &asked("nothing".to_owned(), "(cn=*)"))
        .await
        .expect_err("no name");
    assert!(matches!(error, LdapError::BadDn { .. }), "{error}");
    let error = all(&mut client, &asked(base(), "(cn=*")).await.expect_err("no filter");
    assert!(error.to_string().contains("`(cn=*`"), "{error}");
    if has_samba() {
        let error = all(
            &mut samba().await,
            &asked("DC=fabrikam,DC=example".to_owned(), "(cn=*)"),
        )
        .await;
        let error = error.expect_err("another domain");
        assert!(
            matches!(error, LdapError::Elsewhere { .. } | LdapError::NoBase { .. }),
            "{error}"
        );
    }
}
