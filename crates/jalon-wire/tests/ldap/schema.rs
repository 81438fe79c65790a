//! The schema says what can be there at all.

use jalon_wire::ldap::Client;

use crate::lab::{Server, account, address, has_samba, samba, slapd};

const ASKED: [&str; 5] = ["mail", "mailNickname", "targetAddress", "employeeID", "noSuchAttribute"];

#[tokio::test]
async fn a_schema_with_exchange_knows_its_attributes() {
    if !has_samba() {
        return;
    }
    let schema = samba().await.schema(&ASKED).await.expect("a schema");
    assert!(schema.exchange);
    assert_eq!(schema.absent, ["noSuchAttribute"]);
    assert_eq!(schema.not_in_catalogue, ["employeeID"]);
}

#[tokio::test]
async fn a_schema_without_exchange_says_what_is_absent() {
    if !has_samba() {
        return;
    }
    let server = Server::start("samba", &[("EXCHANGE", "no")]);
    let url = address(server.value("ldaps"));
    let client = Client::connect(url, server.administrator(), server.settings()).await;
    let schema = client.expect("open").schema(&ASKED).await.expect("a schema");
    assert!(!schema.exchange);
    assert_eq!(schema.absent, ["mailNickname", "targetAddress", "noSuchAttribute"]);
}

#[tokio::test]
async fn other_directories_publish_their_schema_too() {
    let asked = ["MAIL", "surname", "userCertificate;binary", "noSuchAttribute"];
    let schema = slapd(account("reader")).await.schema(&asked).await.expect("a schema");
    assert!(schema.exchange);
    assert_eq!(schema.absent, ["userCertificate", "noSuchAttribute"]);
    assert!(schema.not_in_catalogue.is_empty());
}
