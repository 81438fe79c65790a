//! What breaks the protocol, or says nothing at all.

use std::time::Duration;

use jalon_wire::{
    ldap::{Bind, Client, LdapError, Settings},
    tls::Roots,
};

use super::{Puppet, Stage, element, query};
use crate::lab::{address, all, settings};

#[tokio::test]
async fn what_is_no_ldap_is_unreadable() {
    let puppet = Puppet::new([|stage| {
        stage.request();
        stage.say(b"HTTP/1.1 400 Bad Request\r\n\r\n");
        stage.wait();
    }]);
    let error = all(&mut puppet.client(|_| ()).await, &query())
        .await
        .expect_err("no LDAP");
    assert!(matches!(error, LdapError::Malformed { .. }), "{error}");
}

/// Half a megabyte of sequences in sequences would exhaust the stack of whoever follows them down.
#[tokio::test]
async fn depth_does_no_harm() {
    let puppet = Puppet::new([|stage| {
        let id = stage.request().expect("a search");
        let mut nested = Vec::new();
        for _ in 0..100_000 {
            nested.extend([0x30, 0x84, 0, 0, 0, 0]);
        }
        // Each is as long as everything after it.
        let whole = nested.len();
        for place in (0..whole).step_by(6) {
            let rest = (whole - place - 6) as u32;
            nested[place + 2..place + 6].copy_from_slice(&rest.to_be_bytes());
        }
        stage.answer(id, &element(0x64, &[element(4, b"cn=a"), nested].concat()));
        stage.done(id, 0);
        stage.wait();
    }]);
    let error = all(&mut puppet.client(|_| ()).await, &query())
        .await
        .expect_err("no entry");
    assert!(matches!(error, LdapError::Malformed { .. }), "{error}");
}

#[tokio::test]
async fn an_announced_gigabyte_is_not_waited_for() {
    let puppet = Puppet::new([|stage| {
        stage.request();
        stage.say(&[0x30, 0x84, 0x40, 0, 0, 0, 2, 1, 1]);
        stage.wait();
    }]);
    let error = all(&mut puppet.client(|_| ()).await, &query())
        .await
        .expect_err("too long");
    assert!(matches!(error, LdapError::Malformed { .. }), "{error}");
}

#[tokio::test]
async fn silence_ends() {
    let silent: fn(&mut Stage) = Stage::wait;
    let puppet = Puppet::new([silent, silent]);
    let mut client = puppet
        .client(|it| it.operation_timeout = Duration::from_millis(50))
        .await;
    let error = all(&mut client, &query()).await.expect_err("no answer");
    assert!(matches!(error, LdapError::Timeout { during: "search", .. }), "{error}");
}

/// What Active Directory says before it hangs up, with a name where controls belong.
#[tokio::test]
async fn a_last_word_is_passed_on() {
    let goodbye: fn(&mut Stage) = |stage| {
        stage.request();
        let said = [&[10, 1, 52, 4, 0][..], &element(4, b"going down")].concat();
        let name = element(0x8a, b"1.3.6.1.4.1.1466.20036");
        stage.say(&element(0x30, &[&[2, 1, 0][..], &element(0x78, &said), &name].concat()));
    };
    let puppet = Puppet::new([goodbye, goodbye]);
    let error = all(&mut puppet.client(|_| ()).await, &query()).await.expect_err("gone");
    assert!(error.to_string().contains("the server hung up: going down"), "{error}");
}

#[tokio::test]
async fn what_follows_the_answer_to_start_tls_is_not_trusted() {
    let puppet = Puppet::new([|stage| {
        let id = stage.request().expect("StartTLS");
        let answer = element(
            0x30,
            &[&[2, 1, id][..], &element(0x78, &[10, 1, 0, 4, 0, 4, 0])].concat(),
        );
        let smuggled = element(0x30, &[2, 1, 2, 0x65, 7, 10, 1, 0, 4, 0, 4, 0]);
        stage.say(&[answer, smuggled].concat());
        stage.wait();
    }]);
    let settings = Settings {
        start_tls: true,
        ..settings(Roots::public())
    };
    let error = Client::connect(address(&puppet.url), Bind::Anonymous, settings)
        .await
        .err();
    assert!(
        error
            .as_ref()
            .is_some_and(|it| it.to_string().contains("more than the answer")),
        "{error:?}"
    );
}
