//! Records as they are published, right and wrong, and a second opinion on them.

use mail_auth::{
    common::parse::TxtRecordParser,
    dmarc::{Alignment, Dmarc, Policy as Theirs, Psd},
};
use proptest::prelude::*;

use super::{Acts, Disposition, Policy, Suffix, Wanted, Wish, mended, parse};
use crate::dns::dmarc::{lint::lint, walk::is_policy};

fn owner() -> Wanted<'static> {
    Wanted {
        is_parked: false,
        reports: Some("dmarc@contoso.example"),
    }
}

#[test]
fn every_tag_is_read_with_its_place() {
    let text = "v=DMARC1 ; p = Reject;; moo ;rua= mailto:a@x.example, mailto:b@x.example!10m ";
    let parsed = parse(text);
    let pieces: Vec<_> = parsed
        .tags
        .iter()
        .map(|it| (it.name, it.value, &text[it.span.start..it.span.end]))
        .collect();
    assert_eq!(pieces[1], ("p", "Reject", "p = Reject"));
    assert_eq!(&text[parsed.unread[0].start..parsed.unread[0].end], "moo");
    let policy = Policy::of(&parsed);
    let addresses: Vec<_> = policy.rua.iter().map(|it| &text[it.span.start..it.span.end]).collect();
    assert_eq!(addresses, ["mailto:a@x.example", "mailto:b@x.example!10m"]);
    assert_eq!(policy.rua[1].uri.as_deref(), Some("mailto:b@x.example"));
    assert_eq!(
        (policy.p, policy.acts()),
        (Wish::Said(Disposition::Reject), Acts::AsWritten)
    );
}

#[test]
fn what_cannot_be_read_acts_as_none_only_where_reports_can_be_sent() {
    for (text, acts, own) in [
        ("v=DMARC1; p=reject", Acts::AsWritten, Disposition::Reject),
        (
            "v=DMARC1; p=refuse; rua=mailto:a@x.example",
            Acts::AsNone,
            Disposition::None,
        ),
        (
            "v=DMARC1; p=reject; sp=no; rua=mailto:a@x.example",
            Acts::AsNone,
            Disposition::None,
        ),
        ("v=DMARC1; p=reject; np=no", Acts::NotAtAll, Disposition::None),
        ("v=DMARC1; rua=https://x.example/", Acts::NotAtAll, Disposition::None),
        ("v=DMARC1", Acts::NotAtAll, Disposition::None),
    ] {
        let policy = Policy::read(text);
        assert_eq!((policy.acts(), policy.own().0), (acts, own), "{text}");
    }
}

#[test]
fn names_below_get_their_own_tag_and_missing_ones_theirs() {
    let policy = Policy::read("v=DMARC1; p=reject; sp=none; np=quarantine");
    assert_eq!(policy.own(), (Disposition::Reject, "p"));
    assert_eq!(policy.below(), (Disposition::None, "sp"));
    assert_eq!(policy.missing(), (Disposition::Quarantine, "np"));
    assert_eq!(Policy::read("v=DMARC1; p=reject").missing(), (Disposition::Reject, "p"));
}

#[test]
fn a_record_is_mended_without_another_policy() {
    for (text, expected) in [
        (
            "p=reject;v=DMARC1;pct=100;ri=3600;fo=1;rua=mailto:a@x.example!10m,b@x.example",
            "v=DMARC1; p=reject; rua=mailto:a@x.example",
        ),
        (
            "v=DMARC1; p=quarantine; p=none; SP=reject; sp=bad; moo=1; adkim=x; aspf=s; ruf=mailto:f@x.example; fo=1:x:d",
            "v=DMARC1; p=quarantine; sp=reject; aspf=s; ruf=mailto:f@x.example; fo=1:d; rua=mailto:dmarc@contoso.example",
        ),
        (
            "v=DMARC1; p=reject; pct=0; rua=mailto:a@x.example",
            "v=DMARC1; p=reject; rua=mailto:a@x.example; t=y",
        ),
        ("v=DMARC1", "v=DMARC1; p=none; rua=mailto:dmarc@contoso.example"),
    ] {
        assert_eq!(mended(text, owner()), expected, "{text}");
    }
    let parked = Wanted {
        is_parked: true,
        reports: None,
    };
    assert_eq!(
        mended("v=DMARC1; p=none; sp=none; t=y; adkim=s", parked),
        "v=DMARC1; p=reject; adkim=s"
    );
}

fn any_record() -> impl Strategy<Value = String> {
    let wish = prop_oneof![
        Just("none"),
        Just("quarantine"),
        Just("Reject"),
        Just("refuse"),
        Just("")
    ];
    let tag = prop_oneof![
        (prop_oneof![Just("p"), Just("sp"), Just("np")], wish).prop_map(|(name, it)| format!("{name}={it}")),
        "(adkim|aspf)=[rsx]",
        "(t|psd)=[ynu]",
        "(rua|ruf)=(mailto:[a-z]{1,3}@[a-z]{1,3}\\.example|https://x\\.example|moo)(!10m)?(,mailto:b@x\\.example)?",
        "fo=[01dsx](:[ds])?",
        "(pct|ri|rf|x)=[0-9]{1,3}",
        "[ -~]{0,6}",
    ];
    proptest::collection::vec(tag, 0..7).prop_map(|it| format!("v=DMARC1; {}", it.join("; ")))
}

fn theirs(it: &Wish, or: Theirs) -> Theirs {
    match it {
        Wish::Said(Disposition::None) => Theirs::None,
        Wish::Said(Disposition::Quarantine) => Theirs::Quarantine,
        Wish::Said(Disposition::Reject) => Theirs::Reject,
        Wish::Unsaid | Wish::Unknown => or,
    }
}

proptest! {
    #[test]
    fn any_text_is_read_and_every_tag_points_into_it(text in any::<String>()) {
        let parsed = parse(&text);
        for tag in &parsed.tags {
            prop_assert!(text.get(tag.span.start..tag.span.end).is_some_and(|it| it.starts_with(tag.name)));
            prop_assert_eq!(text.get(tag.at.start..tag.at.end), Some(tag.value));
        }
        prop_assert!(parsed.unread.iter().all(|it| text.get(it.start..it.end).is_some_and(|it| !it.is_empty())));
        lint(&text);
        mended(&text, owner());
    }

    #[test]
    fn a_mended_record_has_no_flaw_left_and_asks_for_the_same(text in any_record()) {
        let better = mended(&text, owner());
        prop_assert!(is_policy(&better));
        prop_assert_eq!(&lint(&better), &[], "{}", better);
        prop_assert_eq!(&mended(&better, owner()), &better);
        let (before, after) = (Policy::read(&text), Policy::read(&better));
        prop_assert_eq!(after.acts(), Acts::AsWritten);
        if before.acts() == Acts::AsWritten {
            prop_assert_eq!((before.own().0, before.below().0, before.missing().0), (after.own().0, after.below().0, after.missing().0));
        }
    }

    /// A second opinion. mail-auth refuses a record for one value that it cannot read, and reads names of tags and what
    /// follows a value more freely: only records without a flaw are compared, and those are read alike.
    #[test]
    fn mail_auth_reads_a_sound_record_alike(text in any_record()) {
        let text = mended(&text, owner());
        let (ours, their) = (Policy::read(&text), Dmarc::parse(text.as_bytes()).unwrap());
        let p = theirs(&ours.p, Theirs::Unspecified);
        let sp = theirs(&ours.sp, p);
        prop_assert_eq!((their.p, their.sp, their.np), (p, sp, theirs(&ours.np, sp)));
        prop_assert_eq!((their.t, their.adkim == Alignment::Strict, their.aspf == Alignment::Strict), (ours.is_tested, ours.is_strict.0, ours.is_strict.1));
        prop_assert_eq!(their.psd == Psd::Yes, ours.psd == Suffix::Yes);
        prop_assert_eq!(their.psd == Psd::No, ours.psd == Suffix::No);
        let addresses = |it: &[super::Target]| it.iter().filter_map(|it| it.uri.as_deref()?.split_once(':').map(|it| it.1.to_ascii_lowercase())).collect::<Vec<_>>();
        prop_assert_eq!(their.rua.iter().map(|it| it.uri.clone()).collect::<Vec<_>>(), addresses(&ours.rua));
        prop_assert_eq!(their.ruf.iter().map(|it| it.uri.clone()).collect::<Vec<_>>(), addresses(&ours.ruf));
    }
}
