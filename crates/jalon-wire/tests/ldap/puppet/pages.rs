//! Pages that are refused, cut short or given twice, and values that come in parts.

use std::collections::HashSet;

use jalon_wire::{
    entry::{Entry, Value},
    ldap::{LdapError, Query},
};

use super::{Puppet, Stage, query};
use crate::lab::{all, names};

/// Active Directory gives 1,500 values at once; it says so, and gives the others to whoever asks.
#[tokio::test]
async fn values_that_come_in_parts_are_asked_for_to_the_end() {
    let puppet = Puppet::new([|stage| {
        let members = |from: usize, to: usize| (from..to).map(|it| format!("cn={it}")).collect::<Vec<_>>();
        let id = stage.request().expect("a search");
        stage.entry(id, "cn=small", &[("member", members(0, 2))]);
        stage.entry(
            id,
            "cn=large",
            &[
                ("member", vec![]),
                ("member;range=0-1499", members(0, 1_500)),
                ("cn", members(7, 8)),
            ],
        );
        stage.done(id, 0);
        for (range, from, to) in [("1500-2999", 1_500, 3_000), ("3000-*", 3_000, 3_200)] {
            let id = stage.request().expect("a search for more");
            stage.entry(id, "cn=large", &[(&format!("member;range={range}"), members(from, to))]);
            stage.done(id, 0);
        }
        stage.wait();
    }]);
    let mut client = puppet.client(|_| ()).await;
    let found = all(&mut client, &query()).await.expect("both");
    let members: Vec<_> = found[1].attributes.values("member").map(|it| it.bytes).collect();
    assert_eq!((found.len(), members.len()), (2, 3_200));
    assert_eq!(members.iter().collect::<HashSet<_>>().len(), 3_200);
    assert_eq!(found[1].attributes.first("cn").map(|it| it.bytes), Some(&b"cn=7"[..]));
    drop(client);
}

/// The same part again and again would be asked for without end.
#[tokio::test]
async fn a_server_that_gives_one_part_for_ever_is_left_with_it() {
    let puppet = Puppet::new([|stage| {
        let part = [("member;range=0-0", vec!["cn=0".to_owned()])];
        for _ in 0..2 {
            let id = stage.request().expect("a search");
            stage.entry(id, "cn=a", &part);
            stage.done(id, 0);
        }
        stage.wait();
    }]);
    let mut client = puppet.client(|_| ()).await;
    assert_eq!(all(&mut client, &query()).await.expect("one").len(), 1);
    drop(client);
}

/// A server that does not know the control for pages, and one that knows it only when it may ignore it.
#[tokio::test]
async fn a_server_that_does_not_know_pages_is_asked_without() {
    let puppet = Puppet::new([|stage| {
        for code in [12, 12, 0] {
            let id = stage.request().expect("a search");
            if code == 0 {
                stage.entry(id, "cn=a", &[]);
            }
            stage.done(id, code);
        }
        stage.wait();
    }]);
    let mut client = puppet.client(|_| ()).await;
    let query = query();
    let mut scan = client.scan(&query, &|| false);
    assert_eq!(scan.next_batch().await.expect("one").map(|it| it.len()), Some(1));
    assert_eq!(scan.tally().page, 0);
    drop(client);
}

/// A read that breaks in the same place every time ends.
#[tokio::test]
async fn a_server_that_always_hangs_up_is_given_up() {
    let hang_up: fn(&mut Stage) = |stage| {
        let id = stage.request().expect("a search");
        stage.entry(id, "cn=a", &[]);
    };
    let puppet = Puppet::new([hang_up, hang_up]);
    let error = all(&mut puppet.client(|_| ()).await, &query())
        .await
        .expect_err("it never ends");
    assert!(matches!(error, LdapError::ConnectionLost { entries: 0, .. }), "{error}");
}

/// A scan may be driven by any task of a runtime.
#[tokio::test]
async fn a_scan_can_be_spawned() {
    let puppet = Puppet::new([|stage| {
        let id = stage.request().expect("a search");
        stage.entry(id, "cn=a", &[]);
        stage.done(id, 0);
        stage.wait();
    }]);
    let mut client = puppet.client(|_| ()).await;
    let scanning = tokio::spawn(async move { all(&mut client, &query()).await });
    let found = scanning.await.expect("it does not panic").expect("one");
    assert_eq!(found.len(), 1);
}

/// A limit on the whole that is reached exactly at the end of a page: a smaller one would bring no more.
#[tokio::test]
async fn a_limit_after_a_page_is_no_reason_to_ask_for_smaller_ones() {
    let puppet = Puppet::new([|stage| {
        let id = stage.request_with(&["DC=a"]);
        stage.entry(id, "cn=a", &[]);
        stage.more(id, "second");
        let id = stage.request_with(&["DC=a", "second"]);
        stage.done(id, 4);
        assert_eq!(stage.request(), None, "nothing is asked for any more");
    }]);
    let mut client = puppet.client(|_| ()).await;
    let query = query();
    let mut scan = client.scan(&query, &|| false);
    assert_eq!(scan.next_batch().await.expect("a page").map(|it| it.len()), Some(1));
    let error = scan.next_batch().await.expect_err("no second page");
    assert!(
        matches!(error, LdapError::ServerSizeLimit { entries: 1, .. }),
        "{error}"
    );
    assert_eq!(scan.tally().page, query.page);
    drop(client);
}

fn two_bases() -> Query {
    Query {
        bases: ["OU=first", "OU=second"].map(str::to_owned).into(),
        ..query()
    }
}

fn members(found: &Entry) -> Vec<&str> {
    found.attributes.values("member").filter_map(Value::text).collect()
}

/// Whoever asks for the next base first would, after a broken connection, no longer know what is missing of this one.
#[tokio::test]
async fn what_came_in_part_is_completed_before_the_next_base() {
    let puppet = Puppet::new([|stage| {
        let id = stage.request_with(&["OU=first"]);
        stage.entry(id, "cn=large", &[("member;range=0-0", vec!["cn=0".to_owned()])]);
        stage.done(id, 0);
        let id = stage.request_with(&["cn=large", "member;range=1-*"]);
        stage.entry(id, "cn=large", &[("member;range=1-*", vec!["cn=1".to_owned()])]);
        stage.done(id, 0);
        let id = stage.request_with(&["OU=second"]);
        stage.entry(id, "cn=small", &[]);
        stage.done(id, 0);
        stage.wait();
    }]);
    let mut client = puppet.client(|_| ()).await;
    let found = all(&mut client, &two_bases()).await.expect("both");
    assert_eq!(names(&found), ["cn=large", "cn=small"]);
    assert_eq!(members(&found[0]), ["cn=0", "cn=1"]);
    drop(client);
}

#[tokio::test]
async fn a_connection_that_breaks_between_two_parts_loses_no_page() {
    let first_page: fn(&mut Stage) = |stage| {
        let id = stage.request_with(&["OU=first"]);
        stage.entry(id, "cn=a", &[]);
        stage.more(id, "second");
        let id = stage.request_with(&["OU=first", "second"]);
        stage.entry(id, "cn=b", &[]);
        stage.entry(id, "cn=large", &[("member;range=0-0", vec!["cn=0".to_owned()])]);
        stage.done(id, 0);
        let id = stage.request_with(&["cn=large", "member;range=1-*"]);
        stage.entry(id, "cn=large", &[("member;range=1-1", vec!["cn=1".to_owned()])]);
        // This is when it breaks.
    };
    let all_again: fn(&mut Stage) = |stage| {
        let id = stage.request_with(&["OU=first"]);
        for name in ["cn=a", "cn=b"] {
            stage.entry(id, name, &[]);
        }
        stage.entry(id, "cn=large", &[("member;range=0-0", vec!["cn=0".to_owned()])]);
        stage.done(id, 0);
        for (asked, given, value) in [("1-*", "1-1", "cn=1"), ("2-*", "2-*", "cn=2")] {
            let id = stage.request_with(&["cn=large", &format!("member;range={asked}")]);
            stage.entry(
                id,
                "cn=large",
                &[(&format!("member;range={given}"), vec![value.to_owned()])],
            );
            stage.done(id, 0);
        }
        let id = stage.request_with(&["OU=second"]);
        stage.entry(id, "cn=c", &[]);
        stage.done(id, 0);
        stage.wait();
    };
    let puppet = Puppet::new([first_page, all_again]);
    let mut client = puppet.client(|_| ()).await;
    let query = two_bases();
    let (mut scan, mut found) = (client.scan(&query, &|| false), Vec::new());
    while let Some(batch) = scan.next_batch().await.expect("everything") {
        found.extend(batch);
    }
    assert_eq!(names(&found), ["cn=a", "cn=b", "cn=large", "cn=c"]);
    assert_eq!(members(&found[2]), ["cn=0", "cn=1", "cn=2"]);
    let tally = scan.tally();
    assert_eq!((tally.reconnects, tally.entries), (1, 4));
    drop(client);
}
