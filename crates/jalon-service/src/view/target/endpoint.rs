//! An endpoint in plain form, read back from the facts that runs kept. Facts of any age are read: what a run did not look
//! at is left out.

use jalon_checks::Doubt;
use jalon_domain::text::Text;
use jalon_wire::tls::Role;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What was seen of an endpoint.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Endpoint {
    /// Each address that was looked at.
    pub nodes: Vec<Node>,
}

/// What was seen at one address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Node {
    /// Where it is, if that is known.
    pub address: Option<String>,
    /// The certificate that it showed.
    pub certificate: Option<Certificate>,
    /// Protocol versions that it is known to take, the newest first.
    pub protocols: Vec<String>,
    /// Why nothing was seen.
    pub unknown: Option<Text>,
}

/// A certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Certificate {
    /// The names that it is for.
    pub names: Vec<String>,
    /// Who issued it.
    pub issuer: String,
    /// From when on it holds.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub from: Timestamp,
    /// Until when.
    #[cfg_attr(feature = "schema", schema(value_type = String, format = DateTime))]
    pub until: Timestamp,
    /// Its key: kind and length.
    pub key: String,
}

impl Endpoint {
    /// When the first of its certificates expires.
    pub fn expires_at(&self) -> Option<Timestamp> {
        let certificates = self.nodes.iter().filter_map(|it| it.certificate.as_ref());
        certificates.map(|it| it.until).min()
    }
}

/// The part of a check's facts that is shown. Earlier ones are of one address, without a list.
#[derive(Deserialize)]
struct Facts {
    #[serde(default)]
    nodes: Vec<Shown>,
    #[serde(default)]
    protocols: Vec<Heard>,
    #[serde(flatten)]
    only: Shown,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Shown {
    status: Option<String>,
    address: Option<String>,
    handshake: Option<Handshake>,
    chain: Vec<Kept>,
    version: Option<String>,
    reason: Option<Doubt>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Handshake {
    peer: Option<String>,
    protocol: Option<String>,
    chain: Vec<Kept>,
    /// What each of the chain is; a server that sends it upside down does not show its own first.
    links: Vec<Link>,
}

#[derive(Deserialize)]
struct Link {
    role: Role,
}

#[derive(Deserialize)]
struct Kept {
    issuer: String,
    not_before: Timestamp,
    not_after: Timestamp,
    #[serde(default)]
    dns_names: Vec<String>,
    #[serde(default)]
    ip_names: Vec<String>,
    #[serde(default)]
    key: Key,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Key {
    algorithm: String,
    bits: u32,
    curve: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Heard {
    address: Option<String>,
    survey: Survey,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Survey {
    versions: Vec<Offered>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Offered {
    what: String,
    answer: String,
}

/// What the facts of a run's checks tell of its endpoint; nothing when they are of none.
pub(crate) fn endpoint<'a>(checks: impl IntoIterator<Item = &'a Value>) -> Option<Endpoint> {
    let read: Vec<Facts> = checks
        .into_iter()
        .filter_map(|it| Facts::deserialize(it).ok())
        .collect();
    let mut endpoint = Endpoint::default();
    for facts in &read {
        let only = facts.only.status.is_some().then_some(&facts.only);
        endpoint.nodes.extend(facts.nodes.iter().chain(only).map(node));
    }
    for heard in read.iter().flat_map(|it| &it.protocols) {
        let taken = heard.survey.versions.iter().filter(|it| it.answer == "accepted");
        let taken: Vec<String> = taken.map(|it| it.what.clone()).collect();
        if let Some(node) = endpoint.nodes.iter_mut().find(|it| it.address == heard.address)
            && !taken.is_empty()
        {
            node.protocols = taken;
        }
    }
    (!endpoint.nodes.is_empty()).then_some(endpoint)
}

fn node(it: &Shown) -> Node {
    let handshake = it.handshake.as_ref();
    let chain = handshake.map_or(&it.chain, |it| &it.chain);
    let own = handshake.and_then(|it| it.links.iter().position(|it| it.role == Role::Own));
    let agreed = handshake.and_then(|it| it.protocol.clone());
    Node {
        address: it.address.clone().or_else(|| handshake.and_then(|it| it.peer.clone())),
        certificate: chain.get(own.unwrap_or(0)).map(certificate),
        protocols: agreed.or_else(|| it.version.clone()).into_iter().collect(),
        unknown: it.reason.map(Doubt::said),
    }
}

fn certificate(it: &Kept) -> Certificate {
    Certificate {
        names: it.dns_names.iter().chain(&it.ip_names).cloned().collect(),
        issuer: it.issuer.clone(),
        from: it.not_before,
        until: it.not_after,
        key: key(&it.key),
    }
}

fn key(it: &Key) -> String {
    let name = it.algorithm.to_uppercase();
    match (&it.curve, it.bits) {
        (Some(curve), _) => format!("{name} {curve}"),
        (None, 0) => name,
        (None, bits) => format!("{name} {bits}"),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn certificate(until: &str) -> Value {
        json!({
            "issuer": "CN=Test", "not_before": "2026-01-01T00:00:00Z", "not_after": until, "dns_names": ["mail.contoso.example"],
            "key": {"algorithm": "rsa", "bits": 2048, "curve": null},
        })
    }

    #[test]
    fn facts_of_one_address_are_read() {
        let facts = json!({"host": "mail.contoso.example", "port": 443, "status": "shown", "handshake": {
            "peer": "192.0.2.1:443", "protocol": "TLS 1.3", "chain": [certificate("2026-12-01T00:00:00Z")],
        }});
        let read = endpoint([&facts]).unwrap();
        assert_eq!(read.expires_at(), Some("2026-12-01T00:00:00Z".parse().unwrap()));
        let node = &read.nodes[0];
        assert_eq!(
            (node.address.as_deref(), node.protocols.as_slice()),
            (Some("192.0.2.1:443"), ["TLS 1.3".to_owned()].as_slice())
        );
        assert_eq!(node.certificate.as_ref().unwrap().key, "RSA 2048");
    }

    #[test]
    fn facts_of_several_addresses_are_read_and_the_first_end_counts() {
        let shown = |address: &str, until: &str| json!({"address": address, "status": "shown", "handshake": {"chain": [certificate(until)]}});
        let silent = json!({"address": "192.0.2.3:443", "status": "unknown", "reason": "timeout", "detail": "x"});
        let facts = json!({"host": "mail.contoso.example", "port": 443, "nodes": [
            shown("192.0.2.1:443", "2026-12-02T00:00:00Z"), shown("192.0.2.2:443", "2026-12-01T00:00:00Z"), silent,
        ]});
        let heard = json!({"host": "mail.contoso.example", "port": 443, "protocols": [
            {"address": "192.0.2.1:443", "heard": "answers", "survey": {"versions": [
                {"what": "TLS 1.3", "answer": "accepted", "suite": "x"}, {"what": "TLS 1.0", "answer": "refused", "how": "closed"},
            ]}},
        ]});
        let read = endpoint([&facts, &heard]).unwrap();
        assert_eq!(read.expires_at(), Some("2026-12-01T00:00:00Z".parse().unwrap()));
        assert_eq!(read.nodes[0].protocols, ["TLS 1.3"]);
        assert_eq!(read.nodes[2].unknown.as_ref().unwrap().en, "no answer in time");
    }

    #[test]
    fn the_certificate_of_the_server_is_found_in_a_chain_that_is_sent_upside_down() {
        let chain = [certificate("2036-01-01T00:00:00Z"), certificate("2026-12-01T00:00:00Z")];
        let links = json!([{"role": "intermediate", "issued_by": []}, {"role": "own", "issued_by": [0]}]);
        let handshake = json!({"chain": chain, "links": links});
        let facts = json!({"nodes": [{"address": "192.0.2.1:443", "status": "shown", "handshake": handshake}]});
        let read = endpoint([&facts]).unwrap();
        assert_eq!(read.expires_at(), Some("2026-12-01T00:00:00Z".parse().unwrap()));
    }

    #[test]
    fn other_facts_are_none() {
        for facts in [
            json!(null),
            json!({"domain": "contoso.example", "answers": {}}),
            json!([1]),
        ] {
            assert_eq!(endpoint([&facts]), None);
        }
    }
}
