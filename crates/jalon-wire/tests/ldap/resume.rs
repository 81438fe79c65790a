//! Servers that die in the middle of a read.

use std::collections::HashSet;

use jalon_wire::ldap::{Client, LdapError, Query};

use crate::lab::{Server, address};

fn everything(server: &Server) -> Query {
    Query {
        page: 20,
        ..Query::below(server.value("base"), &["cn"])
    }
}

async fn client(server: &Server) -> Client {
    let url = address(server.value("url"));
    Client::connect(url, server.administrator(), server.settings())
        .await
        .expect("open")
}

#[tokio::test]
async fn a_read_goes_on_after_the_server_came_back() {
    let mut server = Server::start("slapd", &[]);
    let (mut client, query) = (client(&server).await, everything(&server));
    let held = client.scan(&query, &|| false).all().await.expect("everything").len();

    let mut scan = client.scan(&query, &|| false);
    let mut found = scan.next_batch().await.expect("a page").expect("a page");
    server.kill();
    server.start_again();
    while let Some(batch) = scan.next_batch().await.expect("the server is back") {
        found.extend(batch);
    }
    let tally = scan.tally();
    let distinct: HashSet<_> = found.iter().map(|it| it.dn.as_str()).collect();
    assert_eq!((found.len(), distinct.len()), (held, held));
    assert_eq!((tally.reconnects, tally.entries), (1, held as u64));
}

#[tokio::test]
async fn a_read_ends_with_what_it_has_when_the_server_stays_away() {
    let server = Server::start("slapd", &[]);
    let (mut client, query) = (client(&server).await, everything(&server));
    let mut scan = client.scan(&query, &|| false);
    let mut read = scan.next_batch().await.expect("a page").expect("a page").len() as u64;
    server.kill();
    let error = loop {
        match scan.next_batch().await {
            Ok(batch) => read += batch.expect("this is not the end").len() as u64,
            Err(error) => break error,
        }
    };
    match error {
        LdapError::ConnectionLost { entries, .. } => assert_eq!(entries, read),
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_new_connection_is_not_made_for_whoever_said_stop() {
    let server = Server::start("slapd", &[]);
    let (mut client, query) = (client(&server).await, everything(&server));
    let is_dead = std::sync::atomic::AtomicBool::new(false);
    let stop = || is_dead.load(std::sync::atomic::Ordering::Relaxed);
    let mut scan = client.scan(&query, &stop);
    assert!(scan.next_batch().await.expect("a page").is_some());
    server.kill();
    is_dead.store(true, std::sync::atomic::Ordering::Relaxed);
    let error = scan.next_batch().await.expect_err("stopped");
    assert_eq!(error, LdapError::Stopped { entries: 20 });
}
