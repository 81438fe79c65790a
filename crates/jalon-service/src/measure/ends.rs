//! When the certificates of an endpoint end, by address. An address that could not be seen anew counts as it was last seen:
//! that nobody answers renews nothing.

use jalon_domain::measure::{Family, Report};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::view::{Endpoint, endpoint};

/// When the certificate that an address showed ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct End {
    address: Option<String>,
    until: Timestamp,
}

/// What is known after a run: what it saw, and of addresses that stayed silent what `before`, the report kept of the run
/// before, knew.
pub(super) fn ends(report: &Report, before: &Value) -> Vec<End> {
    if report.family != Family::Tls {
        return Vec::new();
    }
    let seen = endpoint(report.checks.iter().map(|it| &it.facts)).unwrap_or_default();
    after(&seen, known(before))
}

/// The first of them.
pub(super) fn first(ends: &[End]) -> Option<Timestamp> {
    ends.iter().map(|it| it.until).min()
}

/// What a kept report knows; older ones tell only what they saw.
fn known(report: &Value) -> Vec<End> {
    if let Ok(ends) = Vec::deserialize(&report["ends"]) {
        return ends;
    }
    let facts = report["checks"].as_array().into_iter().flatten().map(|it| &it["facts"]);
    shown(&endpoint(facts).unwrap_or_default())
}

fn shown(endpoint: &Endpoint) -> Vec<End> {
    let certificates = endpoint.nodes.iter().filter_map(|it| {
        Some(End {
            address: it.address.clone(),
            until: it.certificate.as_ref()?.until,
        })
    });
    certificates.collect()
}

fn after(seen: &Endpoint, before: Vec<End>) -> Vec<End> {
    let silent: Vec<&Option<String>> = seen
        .nodes
        .iter()
        .filter(|it| it.certificate.is_none())
        .map(|it| &it.address)
        .collect();
    // Silence without an address may be anybody's.
    let is_anybody = seen.nodes.is_empty() || silent.iter().any(|it| it.is_none());
    let mut ends = shown(seen);
    let is_new = |it: &End, ends: &[End]| ends.iter().all(|known| known.address != it.address);
    for it in before {
        if (is_anybody || silent.contains(&&it.address)) && is_new(&it, &ends) {
            ends.push(it);
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SOON: &str = "2026-12-01T00:00:00Z";
    const LATE: &str = "2027-12-01T00:00:00Z";

    fn node(address: &str, until: Option<&str>) -> Value {
        match until {
            Some(until) => json!({"address": address, "status": "shown", "handshake": {"chain": [
                {"issuer": "CN=Test", "not_before": "2026-01-01T00:00:00Z", "not_after": until, "dns_names": []},
            ]}}),
            None => json!({"address": address, "status": "unknown", "reason": "timeout", "detail": "x"}),
        }
    }

    fn seen(nodes: &[Value]) -> Endpoint {
        endpoint([&json!({"host": "mail.contoso.example", "port": 443, "nodes": nodes})]).unwrap()
    }

    #[track_caller]
    fn check(before: &[Value], now: &[Value], expected: Option<&str>) {
        let kept = json!({ "ends": after(&seen(before), Vec::new()) });
        let ends = after(&seen(now), known(&kept));
        assert_eq!(first(&ends).map(|it| it.to_string()).as_deref(), expected);
    }

    #[test]
    fn a_silent_address_counts_as_it_was_last_seen() {
        let (soon, late) = (node("a", Some(SOON)), node("b", Some(LATE)));
        check(
            &[soon.clone(), late.clone()],
            &[node("a", None), late.clone()],
            Some(SOON),
        );
        check(
            &[soon.clone(), late.clone()],
            &[node("a", Some(LATE)), node("b", None)],
            Some(LATE),
        );
        check(std::slice::from_ref(&soon), &[node("a", None)], Some(SOON));
        check(&[node("a", None)], &[node("a", None)], None);
    }

    #[test]
    fn an_address_that_is_no_longer_there_is_forgotten() {
        check(
            &[node("a", Some(SOON)), node("b", Some(LATE))],
            &[node("b", Some(LATE))],
            Some(LATE),
        );
    }

    #[test]
    fn silence_of_a_name_forgets_nobody() {
        let nobody = json!({"host": "mail.contoso.example", "port": 443, "status": "unknown", "reason": "timeout"});
        let before = after(&seen(&[node("a", Some(SOON))]), Vec::new());
        let ends = after(&endpoint([&nobody]).unwrap(), before.clone());
        assert_eq!(ends, before);
        assert_eq!(after(&Endpoint::default(), before.clone()), before);
    }

    #[test]
    fn older_reports_tell_what_they_saw() {
        let facts = json!({"host": "mail.contoso.example", "port": 443, "nodes": [node("a", Some(SOON))]});
        let kept = json!({ "checks": [{ "check": "tls.certificate", "facts": facts }] });
        assert_eq!(first(&known(&kept)).map(|it| it.to_string()).as_deref(), Some(SOON));
        assert!(known(&Value::Null).is_empty());
    }
}
