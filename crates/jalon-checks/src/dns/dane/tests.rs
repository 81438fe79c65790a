//! Records and what they bind.

use jalon_wire::{dns::Data, tls::Handshake};
use proptest::prelude::*;
use serde_json::json;

use super::binding::{Binding, Fit, fit};
use crate::tls::tests::handshake;

/// A server's own certificate, an intermediate one that it hangs on, and a third that it does not.
fn seen(name_matches: bool) -> Handshake {
    let digests = |it: char| {
        let digest = |kind: char, length: usize| format!("{kind}{}", it.to_string().repeat(length - 1));
        json!({
            "sha256_fingerprint": digest('c', 64),
            "bindings": {"key_sha256": digest('d', 64), "key_sha512": digest('e', 128), "sha512": digest('f', 128)},
        })
    };
    handshake(
        &json!({"chain": [digests('0'), digests('1'), digests('2')], "name_matches": name_matches, "anchored_by": [1]}),
    )
}

fn data(usage: u8, selector: u8, matching: u8, association: String) -> Data {
    Data::Tlsa {
        usage,
        selector,
        matching,
        association,
    }
}

#[track_caller]
fn check(usage: u8, selector: u8, matching: u8, association: &str, name_matches: bool, expected: Option<Fit>) {
    let length = if matching == 2 { 128 } else { 64 };
    let digits = association.chars().last().expect("a digit").to_string();
    let association = format!("{}{}", &association[..1], digits.repeat(length - 1));
    let data = data(usage, selector, matching, association);
    let binding = Binding::read(&data).expect("a record");
    assert_eq!(fit(&[binding], &seen(name_matches), "").ok(), expected, "{data:?}");
}

#[test]
fn the_servers_own_is_bound_whatever_its_name() {
    for name_matches in [true, false] {
        check(3, 0, 1, "c0", name_matches, Some(Fit::Bound));
        check(3, 1, 1, "d0", name_matches, Some(Fit::Bound));
        check(3, 1, 2, "e0", name_matches, Some(Fit::Bound));
        check(3, 0, 2, "f0", name_matches, Some(Fit::Bound));
        check(3, 1, 1, "d1", name_matches, Some(Fit::Other));
        check(3, 1, 1, "c0", name_matches, Some(Fit::Other));
    }
}

#[test]
fn an_authority_is_bound_where_the_chain_holds_under_it_and_the_name_is_right() {
    check(2, 0, 1, "c1", true, Some(Fit::Bound));
    check(2, 1, 2, "e1", true, Some(Fit::Bound));
    check(2, 0, 1, "c1", false, Some(Fit::Other));
    check(2, 0, 1, "c2", true, Some(Fit::Other));
    check(2, 0, 1, "c3", true, Some(Fit::Other));
    check(2, 0, 1, "c0", true, None);
}

#[test]
fn old_facts_without_digests_leave_it_open() {
    let data = data(3, 1, 1, "d".repeat(64));
    let binding = Binding::read(&data).expect("a record");
    assert!(fit(&[binding], &handshake(&json!({"chain": [{}]})), "").is_err());
}

#[test]
fn usages_for_the_web_and_broken_digests_cannot_be_used() {
    for (usage, selector, matching, length, expected) in [
        (3, 1, 1, 64, true),
        (2, 0, 2, 128, true),
        (3, 0, 0, 2000, true),
        (0, 0, 1, 64, false),
        (1, 1, 1, 64, false),
        (3, 2, 1, 64, false),
        (3, 1, 3, 64, false),
        (3, 1, 1, 63, false),
        (255, 1, 1, 64, false),
    ] {
        let data = data(usage, selector, matching, "a".repeat(length));
        assert_eq!(
            Binding::read(&data).expect("a record").is_usable(),
            expected,
            "{data:?}"
        );
    }
}

proptest! {
    /// Whatever else is published, a record that binds keeps binding, and none is needed that does not.
    #[test]
    fn one_record_that_binds_is_enough(
        others in prop::collection::vec((0u8..5, 0u8..3, 0u8..4, "[0-9a-f]{0,130}"), 0..4), place in 0usize..4,
    ) {
        let mut all: Vec<Data> = others.into_iter().map(|(u, s, m, a)| data(u, s, m, a)).collect();
        let _ = fit(&all.iter().filter_map(Binding::read).collect::<Vec<_>>(), &seen(true), "");
        all.insert(place.min(all.len()), data(3, 1, 1, format!("d{}", "0".repeat(63))));
        let bindings: Vec<_> = all.iter().filter_map(Binding::read).collect();
        prop_assert_eq!(fit(&bindings, &seen(true), "").ok(), Some(Fit::Bound));
    }
}
