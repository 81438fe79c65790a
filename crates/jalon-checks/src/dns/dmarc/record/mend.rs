//! The record as it should be: what receivers ignore is left out, what is missing is filled in, what is asked for stays.

use super::{Disposition, Policy, Tag, Wish, parse};

/// The tags of RFC 9989, section 4.7.
pub(in crate::dns::dmarc) const KNOWN: [&str; 11] =
    ["v", "p", "sp", "np", "t", "psd", "adkim", "aspf", "fo", "rua", "ruf"];
/// The tags of RFC 7489 that it leaves out.
pub(in crate::dns::dmarc) const REMOVED: [&str; 3] = ["pct", "rf", "ri"];

/// What the owner of a record wants from it beside what it says.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::dns::dmarc) struct Wanted<'a> {
    /// The domain sends nothing: everything is to be refused.
    pub(in crate::dns::dmarc) is_parked: bool,
    /// Where reports go when the record names no address for them.
    pub(in crate::dns::dmarc) reports: Option<&'a str>,
}

/// The record, corrected. Its version comes first, whatever stood there.
pub(in crate::dns::dmarc) fn mended(text: &str, wanted: Wanted<'_>) -> String {
    let parsed = parse(text);
    let policy = Policy::of(&parsed);
    let asked = match policy.p {
        _ if wanted.is_parked => Disposition::Reject,
        Wish::Said(it) => it,
        Wish::Unsaid | Wish::Unknown => Disposition::None,
    };
    let mut tags = vec!["v=DMARC1".to_owned(), format!("p={}", asked.word())];
    let mut seen = vec!["v".to_owned(), "p".to_owned()];
    for tag in &parsed.tags {
        let name = tag.name.to_ascii_lowercase();
        if seen.contains(&name) {
            continue;
        }
        tags.extend(kept(&policy, tag, &name, wanted.is_parked).map(|it| format!("{name}={it}")));
        seen.push(name);
    }
    // A share of nothing was how a policy was tried out before `t` (RFC 9989, appendix on the removed tags).
    let is_tried = parsed.tag("pct").is_some_and(|it| it.value == "0") && !wanted.is_parked;
    if is_tried && asked != Disposition::None && !seen.iter().any(|it| it == "t") {
        tags.push("t=y".to_owned());
    }
    if let Some(address) = wanted.reports.filter(|_| !tags.iter().any(|it| it.starts_with("rua="))) {
        tags.push(format!("rua=mailto:{address}"));
    }
    tags.join("; ")
}

/// The value that a tag keeps; none where it goes.
fn kept(policy: &Policy, tag: &Tag<'_>, name: &str, is_parked: bool) -> Option<String> {
    let is_in = |them: &[&str]| them.iter().any(|it| tag.value.eq_ignore_ascii_case(it));
    let as_it_is = || Some(tag.value.to_owned());
    match name {
        "sp" | "np" if is_in(&["reject"]) || (!is_parked && is_in(&["none", "quarantine"])) => as_it_is(),
        "t" if !is_parked && is_in(&["y", "n"]) => as_it_is(),
        "psd" if is_in(&["y", "n", "u"]) => as_it_is(),
        "adkim" | "aspf" if is_in(&["r", "s"]) => as_it_is(),
        "fo" if policy.ruf.iter().any(|it| it.uri.is_some()) => failures(tag.value),
        "rua" | "ruf" => {
            let uris: Vec<String> = super::targets(tag.value, tag.at)
                .into_iter()
                .filter_map(|it| it.uri)
                .collect();
            (!uris.is_empty()).then(|| uris.join(","))
        }
        _ => None,
    }
}

/// The known values of `fo`.
fn failures(value: &str) -> Option<String> {
    let known: Vec<&str> = value
        .split(':')
        .map(str::trim)
        .filter(|it| is_failure_option(it))
        .collect();
    (!known.is_empty()).then(|| known.join(":"))
}

/// Whether RFC 9989 knows this value of `fo`.
pub(in crate::dns::dmarc) fn is_failure_option(value: &str) -> bool {
    ["0", "1", "d", "s"].iter().any(|it| value.eq_ignore_ascii_case(it))
}
