//! Records as they are published, right and wrong.

use proptest::prelude::*;

use super::{Problem, parse};

#[track_caller]
fn wrong(record: &str, expected: &[(&str, Problem)]) {
    let found: Vec<_> = parse(record)
        .errors
        .iter()
        .map(|it| (&record[it.span.start..it.span.end], it.problem))
        .collect();
    assert_eq!(found, expected, "{record}");
}

#[test]
fn what_is_written_is_read_and_printed_back() {
    for record in [
        "v=spf1",
        "v=spf1 a mx ptr -all",
        "v=spf1 a:mail.contoso.example/24//64 mx/24 mx//48 ~all",
        "v=spf1 ip4:192.0.2.0/24 ip6:2001:db8::/32 include:spf.provider.example ?all",
        "v=spf1 exists:%{ir}.%{v}._spf.%{d2} exp=why.%{d} redirect=_spf.contoso.example",
        "v=spf1 a:foo:bar/baz.contoso.example exists:%{l2r+-}.contoso.example. future=%{s}",
    ] {
        wrong(record, &[]);
        assert_eq!(parse(record).written(), record);
    }
    assert_eq!(
        parse("V=SPF1  +A  Include:x.example  -ALL ").written(),
        "v=spf1 a include:x.example -all"
    );
}

#[test]
fn every_error_is_told_where_it_is() {
    wrong(
        "v=spf1 ip4:192.0.2.300 moo include:x.example a/33 -all",
        &[
            ("192.0.2.300", Problem::Ipv4),
            ("moo", Problem::UnknownMechanism),
            ("33", Problem::Prefix),
        ],
    );
    wrong("v=spf1 a\tmx", &[("\t", Problem::Character)]);
    wrong("v=spf1 a:é.example", &[("é", Problem::Character)]);
    wrong("v=spf1 1up=x =x", &[("1up=x", Problem::Name), ("=x", Problem::Name)]);
    wrong("v=spf1 redirect:x.example", &[("redirect", Problem::ModifierColon)]);
    wrong(
        "v=spf1 -redirect=x.example",
        &[("-redirect=x.example", Problem::QualifiedModifier)],
    );
    wrong(
        "v=spf1 include exp=",
        &[("include", Problem::MissingDomain), ("exp=", Problem::MissingDomain)],
    );
    wrong(
        "v=spf1 a:museum. a:abc.123",
        &[("museum.", Problem::DomainEnd), ("abc.123", Problem::DomainEnd)],
    );
    wrong(
        "v=spf1 all/8 ptr/0",
        &[("/8", Problem::Surplus), ("/0", Problem::Surplus)],
    );
    wrong("v=spf1 ip4:2001:db8::/64", &[("2001:db8::", Problem::Ipv6InIp4)]);
    wrong("v=spf1 ip6:192.0.2.0/24", &[("192.0.2.0", Problem::Ipv4InIp6)]);
    wrong("v=spf1 ip4:192.0.2.0/032", &[("032", Problem::Prefix)]);
    wrong("v=spf1 ip4:%{i}", &[("%{i}", Problem::MacroInNetwork)]);
    wrong("v=spf1 exists:%(i).x.example", &[("%(", Problem::Percent)]);
    wrong("v=spf1 exists:%{x}.x.example", &[("%{x}", Problem::Macro)]);
    wrong("v=spf1 exists:%{d0}.x.example", &[("%{d0}", Problem::Macro)]);
    wrong("v=spf1 exists:%{c}.x.example", &[("%{c}", Problem::ExplanationMacro)]);
    wrong(
        "v=spf1 redirect=a.example redirect=b.example",
        &[("redirect=b.example", Problem::Repeated)],
    );
}

/// Terms in the form that is printed.
fn any_term() -> impl Strategy<Value = String> {
    let domain = "([a-z%]{1,3}x|%\\{[slodiph][1-9]?r?[-.+]?\\}|_spf)(\\.[a-z0-9-]{1,6}){0,2}\\.(example|test)"
        .prop_map(|it| it.replace('%', "%%").replace("%%{", "%{"));
    let sign = prop_oneof![Just(""), Just("-"), Just("~"), Just("?")];
    let length = |longest: u8| prop_oneof![Just(String::new()), (0..longest).prop_map(|it| format!("/{it}"))];
    let rest = prop_oneof![
        Just("all".to_owned()),
        domain.clone().prop_map(|it| format!("include:{it}")),
        domain.clone().prop_map(|it| format!("exists:{it}")),
        (domain.clone(), length(32)).prop_map(|(it, length)| format!("a:{it}{length}")),
        (domain, length(128)).prop_map(|(it, length)| {
            let length = if length.is_empty() {
                length
            } else {
                format!("/{length}")
            };
            format!("mx:{it}{length}")
        }),
        (any::<std::net::Ipv4Addr>(), length(32)).prop_map(|(it, length)| format!("ip4:{it}{length}")),
        (any::<std::net::Ipv6Addr>(), length(128)).prop_map(|(it, length)| format!("ip6:{it}{length}")),
    ];
    (sign, rest).prop_map(|(sign, rest)| format!("{sign}{rest}"))
}

proptest! {
    #[test]
    fn a_record_is_printed_as_it_was_written(terms in proptest::collection::vec(any_term(), 0..8)) {
        let record = std::iter::once("v=spf1".to_owned()).chain(terms).collect::<Vec<_>>().join(" ");
        let parsed = parse(&record);
        prop_assert_eq!(&parsed.errors, &[]);
        prop_assert_eq!(parsed.written(), record);
    }

    #[test]
    fn any_text_is_read_and_every_error_points_into_it(rest in "([ -~é\t%{}:/=.]{0,30}|(a|mx|ip4|ip6|exists|exp|redirect)[:/=][%{}a-z0-9:./=]{0,12} ){0,3}") {
        let record = format!("v=spf1 {rest}");
        let parsed = parse(&record);
        for error in &parsed.errors {
            prop_assert!(record.get(error.span.start..error.span.end).is_some_and(|it| !it.is_empty()));
        }
        let printed = parsed.written();
        prop_assert_eq!(parse(&printed).written(), printed);
    }

    #[test]
    fn anything_at_all_is_read(text in any::<String>()) {
        parse(&text);
    }
}
