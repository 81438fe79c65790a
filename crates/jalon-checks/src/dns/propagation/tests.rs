//! Pictures from made-up views.

use jiff::Timestamp;

use super::{Part, Picture, Role, Server, Sight, View, Wanted};
use crate::Doubt;

fn server(name: &str, role: Role) -> Server {
    Server {
        name: name.to_owned(),
        address: "192.0.2.53:53".parse().unwrap(),
        role,
    }
}

fn shown(value: &str, ttl: u32) -> Sight {
    Sight::Shown {
        values: vec![value.to_owned()],
        ttl,
    }
}

fn view(name: &str, role: Role, serial: Option<u32>, sight: Sight) -> View {
    View {
        server: server(name, role),
        serial,
        sights: vec![sight],
    }
}

fn wanted(expected: Option<&str>) -> [Wanted; 1] {
    [Wanted {
        name: "contoso.example".to_owned(),
        kind: "TXT".to_owned(),
        expected: expected.map(|it| vec![it.to_owned()]),
        part: None,
    }]
}

fn now() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

fn picture(expected: Option<&str>, views: &[View]) -> Picture {
    Picture::of("contoso.example", &wanted(expected), views, now())
}

use Role::{Authoritative, Resolver};

#[test]
fn the_newest_zone_says_what_is_expected_and_caches_run_out() {
    // 4,294,967,290 is older than 3 (RFC 1982).
    let views = [
        view("ns1", Authoritative, Some(4_294_967_290), shown("old", 300)),
        view("ns2", Authoritative, Some(3), shown("new", 300)),
        view("198.51.100.1", Resolver, None, shown("old", 120)),
        view("198.51.100.2", Resolver, None, shown("new", 60)),
    ];
    let picture = picture(None, &views);
    let set = &picture.sets[0];
    assert_eq!((set.seen, set.of, &*set.expected), (2, 4, &["new".to_owned()][..]));
    let until: Vec<_> = set
        .elsewhere
        .iter()
        .map(|it| it.until.map(|it| it.to_string()))
        .collect();
    assert_eq!(until, [None, Some("2026-11-20T12:02:00Z".to_owned())]);
    assert!(picture.differs() && !picture.is_everywhere() && picture.has_serials_apart());
    assert_eq!(picture.progress(), (2, 4));
}

#[test]
fn a_silent_server_is_neither_there_nor_elsewhere() {
    let silent = Sight::Unknown { reason: Doubt::Timeout };
    let views = [
        view("ns1", Authoritative, Some(1), shown("new", 300)),
        view("ns2", Authoritative, None, silent),
    ];
    let picture = picture(Some("new"), &views);
    assert!(!picture.is_everywhere() && !picture.differs());
    assert_eq!(picture.sets[0].elsewhere[0].unknown, Some(Doubt::Timeout));
}

#[test]
fn an_absence_can_be_what_is_expected() {
    let expected = Wanted {
        expected: Some(Vec::new()),
        ..wanted(None)[0].clone()
    };
    let views = [
        view("ns1", Authoritative, Some(1), Sight::Absent),
        view("198.51.100.1", Resolver, None, shown("old", 120)),
    ];
    let picture = Picture::of("contoso.example", &[expected], &views, now());
    assert_eq!(picture.progress(), (1, 2));
    assert!(picture.differs());
}

#[test]
fn where_no_authoritative_server_answers_nothing_is_known() {
    let views = [view("198.51.100.1", Resolver, None, shown("some", 120))];
    let without = picture(None, &views);
    assert!(!without.is_everywhere() && !without.differs());
    assert!(
        !picture(Some("some"), &views).is_everywhere(),
        "no name server was asked"
    );
    assert!(!picture(Some("some"), &[]).is_everywhere(), "nobody was asked");
}

#[test]
fn a_fix_is_seen_whatever_else_stands_in_the_set() {
    let part = Wanted {
        part: Some(Part {
            there: vec!["new".to_owned()],
            gone: vec!["old".to_owned()],
        }),
        ..wanted(Some("new"))[0].clone()
    };
    let both = |one: &str, other: &str| Sight::Shown {
        values: vec![one.to_owned(), other.to_owned()],
        ttl: 60,
    };
    let seen = |sight: Sight| {
        let views = [view("ns1", Authoritative, Some(1), sight)];
        Picture::of("contoso.example", std::slice::from_ref(&part), &views, now()).is_everywhere()
    };
    assert!(seen(shown("new", 60)) && seen(both("new", "other")));
    assert!(!seen(both("new", "old")) && !seen(shown("other", 60)) && !seen(Sight::Absent));
}
