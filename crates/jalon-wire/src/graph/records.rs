//! The DNS records that a tenant asks its domains to publish: `serviceConfigurationRecords` and `verificationDnsRecords`
//! of the resource `domain` (Microsoft Graph v1.0, `domainDnsRecord` and the types that derive from it).

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, MapAccess, Visitor, value::MapAccessDeserializer},
};

use crate::dns::Data;

/// One record that the tenant asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainRecord {
    /// Where, lower-case and without the last dot.
    pub name: String,
    /// Whether the services work without it.
    pub is_optional: bool,
    /// What it should say.
    pub data: Data,
}

/// A saved answer that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {what}")]
pub struct GraphError {
    /// Where, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

/// Reads what `GET /domains/{id}/serviceConfigurationRecords` or `…/verificationDnsRecords` answers, a domain or a list of
/// domains expanded by both, or a list of any of these. Records without a value (`domainDnsUnavailableRecord`) are left out.
///
/// # Errors
/// The first place that is no such answer.
pub fn domain_records(text: &str) -> Result<Vec<DomainRecord>, GraphError> {
    let text = text.trim_start_matches('\u{feff}');
    let items: Result<Vec<Item>, _> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text)
    } else {
        serde_json::from_str(text).map(|it| vec![it])
    };
    let items = items.map_err(|error| GraphError {
        line: error.line().max(1),
        what: plain(&error.to_string()),
    })?;
    let mut found = Vec::new();
    collect(&items, None, &mut found)?;
    Ok(found)
}

/// The sentence without the place, which is told apart.
fn plain(message: &str) -> String {
    message.rsplit_once(" at line ").map_or(message, |it| it.0).to_owned()
}

/// A record, or something that holds records.
enum Item {
    Holder {
        domain: Option<String>,
        items: Vec<Item>,
    },
    Record {
        label: String,
        is_optional: bool,
        data: Asked,
    },
    Nothing,
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ItemVisitor)
    }
}

/// Reads an object and what it means in one step, so that an error has the line of that object.
struct ItemVisitor;

impl<'de> Visitor<'de> for ItemVisitor {
    type Value = Item;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a record of a domain or a list of them")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Item, A::Error> {
        let raw = Raw::deserialize(MapAccessDeserializer::new(map))?;
        Item::try_from(raw).map_err(A::Error::custom)
    }
}

enum Asked {
    Plain(Data),
    Service { prefix: String, data: Data },
}

/// Every field that may stand in an answer.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Raw {
    #[serde(rename = "@odata.context")]
    context: Option<String>,
    #[serde(rename = "@odata.type")]
    kind: Option<String>,
    error: Option<Refusal>,
    id: Option<String>,
    value: Option<Vec<Item>>,
    service_configuration_records: Option<Vec<Item>>,
    verification_dns_records: Option<Vec<Item>>,
    record_type: Option<String>,
    label: Option<String>,
    is_optional: Option<bool>,
    canonical_name: Option<String>,
    mail_exchange: Option<String>,
    preference: Option<u16>,
    text: Option<String>,
    name_target: Option<String>,
    port: Option<u16>,
    priority: Option<u16>,
    weight: Option<u16>,
    service: Option<String>,
    protocol: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    #[serde(default)]
    code: String,
}

impl TryFrom<Raw> for Item {
    type Error = String;

    fn try_from(mut raw: Raw) -> Result<Self, String> {
        if let Some(error) = &raw.error {
            return Err(format!(
                "this is an error of Microsoft Graph ({}) and no answer",
                error.code
            ));
        }
        let lists = [
            raw.value.take(),
            raw.service_configuration_records.take(),
            raw.verification_dns_records.take(),
        ];
        if lists.iter().any(Option::is_some) {
            let of_context = raw.context.as_deref().and_then(domain_of);
            return Ok(Self::Holder {
                domain: of_context.or(raw.id.filter(|it| it.contains('.'))),
                items: lists.into_iter().flatten().flatten().collect(),
            });
        }
        raw.record()
    }
}

/// `…/$metadata#domains('contoso.example')/serviceConfigurationRecords` speaks of that domain.
fn domain_of(context: &str) -> Option<String> {
    let (_, rest) = context.split_once("domains('")?;
    rest.split_once("')").map(|it| it.0.to_owned())
}

impl Raw {
    fn record(self) -> Result<Item, String> {
        let Some(kind) = self.word() else {
            return Err("neither a record of a domain nor a list of them".to_owned());
        };
        let data = match kind.as_str() {
            "cname" => Data::Cname {
                target: host(needed(self.canonical_name, "canonicalName")?),
            },
            "mx" => Data::Mx {
                preference: self.preference.unwrap_or(0),
                exchange: host(needed(self.mail_exchange, "mailExchange")?),
            },
            "txt" => {
                let text = needed(self.text, "text")?;
                Data::Txt {
                    parts: vec![text.clone()],
                    text,
                }
            }
            "srv" => Data::Srv {
                priority: self.priority.unwrap_or(0),
                weight: self.weight.unwrap_or(0),
                port: self.port.ok_or("a record without port")?,
                target: host(needed(self.name_target, "nameTarget")?),
            },
            _ => return Ok(Item::Nothing),
        };
        let data = match (self.service, self.protocol) {
            (Some(service), Some(protocol)) if matches!(data, Data::Srv { .. }) => Asked::Service {
                prefix: format!("{}.{}", underscored(&service), underscored(&protocol)),
                data,
            },
            _ => Asked::Plain(data),
        };
        Ok(Item::Record {
            label: needed(self.label, "label")?,
            is_optional: self.is_optional.unwrap_or(false),
            data,
        })
    }

    /// The type in one word, from either of the two fields that tell it.
    fn word(&self) -> Option<String> {
        let of_type = self.kind.as_deref().and_then(|it| {
            let word = it.rsplit('.').next()?.strip_prefix("domainDns")?;
            word.strip_suffix("Record")
        });
        let word = of_type.or(self.record_type.as_deref())?;
        Some(word.to_ascii_lowercase())
    }
}

fn needed(value: Option<String>, name: &str) -> Result<String, String> {
    value.ok_or_else(|| format!("a record without {name}"))
}

fn host(name: String) -> String {
    name.trim().trim_end_matches('.').to_ascii_lowercase()
}

fn underscored(label: &str) -> String {
    format!("_{}", label.trim_start_matches('_').to_ascii_lowercase())
}

fn collect(items: &[Item], domain: Option<&str>, found: &mut Vec<DomainRecord>) -> Result<(), GraphError> {
    for item in items {
        match item {
            Item::Holder { domain: own, items } => collect(items, own.as_deref().or(domain), found)?,
            Item::Record {
                label,
                is_optional,
                data,
            } => found.push(DomainRecord {
                name: name(label, domain, data)?,
                is_optional: *is_optional,
                data: match data {
                    Asked::Plain(data) | Asked::Service { data, .. } => data.clone(),
                },
            }),
            Item::Nothing => {}
        }
    }
    Ok(())
}

/// Where a record stands: labels are whole names, relative to the domain, or `@`.
fn name(label: &str, domain: Option<&str>, data: &Asked) -> Result<String, GraphError> {
    let label = host(label.to_owned());
    let domain = domain.map(|it| host(it.to_owned()));
    let base = match domain {
        Some(domain) if label.is_empty() || label == "@" => domain,
        Some(domain) if label == domain || label.ends_with(&format!(".{domain}")) => label,
        Some(domain) => format!("{label}.{domain}"),
        None if label.contains('.') => label,
        None => {
            return Err(GraphError {
                line: 1,
                what: format!("nothing says which domain the record `{label}` belongs to"),
            });
        }
    };
    Ok(match data {
        Asked::Service { prefix, .. } if !base.starts_with(&format!("{prefix}.")) => format!("{prefix}.{base}"),
        _ => base,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As the service answers, shortened.
    const SERVICE: &str = r##"{
  "@odata.context": "https://graph.microsoft.com/v1.0/$metadata#domains('contoso.example')/serviceConfigurationRecords",
  "value": [
    {"@odata.type": "#microsoft.graph.domainDnsMxRecord", "isOptional": false, "label": "contoso.example",
     "recordType": "Mx", "supportedService": "Email", "ttl": 3600, "id": "1",
     "mailExchange": "Contoso-example.mail.protection.outlook.com", "preference": 0},
    {"@odata.type": "#microsoft.graph.domainDnsCnameRecord", "isOptional": true, "label": "autodiscover.contoso.example",
     "recordType": "CName", "supportedService": "Email", "ttl": 3600, "canonicalName": "autodiscover.outlook.com."},
    {"@odata.type": "#microsoft.graph.domainDnsSrvRecord", "isOptional": false, "label": "@", "recordType": "Srv",
     "nameTarget": "sipfed.online.lync.com", "port": 5061, "priority": 100, "weight": 1, "protocol": "_tcp",
     "service": "_sipfederationtls"},
    {"@odata.type": "#microsoft.graph.domainDnsUnavailableRecord", "label": "contoso.example", "description": "later"}
  ]
}"##;

    #[track_caller]
    fn names(text: &str, expected: &[&str]) {
        let found: Vec<String> = domain_records(text)
            .expect("an answer")
            .into_iter()
            .map(|it| it.name)
            .collect();
        assert_eq!(found, expected);
    }

    #[track_caller]
    fn refused(text: &str, line: usize, what: &str) {
        let error = domain_records(text).expect_err("no answer");
        assert!(error.line == line && error.what.contains(what), "{error:?}");
    }

    #[test]
    fn every_type_of_record_is_read() {
        let found = domain_records(SERVICE).expect("an answer");
        let all: Vec<_> = found
            .iter()
            .map(|it| (it.name.as_str(), it.is_optional, &it.data))
            .collect();
        assert_eq!(
            all,
            [
                (
                    "contoso.example",
                    false,
                    &Data::Mx {
                        preference: 0,
                        exchange: "contoso-example.mail.protection.outlook.com".to_owned()
                    }
                ),
                (
                    "autodiscover.contoso.example",
                    true,
                    &Data::Cname {
                        target: "autodiscover.outlook.com".to_owned()
                    }
                ),
                (
                    "_sipfederationtls._tcp.contoso.example",
                    false,
                    &Data::Srv {
                        priority: 100,
                        weight: 1,
                        port: 5061,
                        target: "sipfed.online.lync.com".to_owned()
                    }
                ),
            ]
        );
    }

    #[test]
    fn several_domains_and_bare_lists_are_read_too() {
        let record = |label: &str| format!(r#"{{"recordType": "Txt", "label": "{label}", "text": "MS=ms1"}}"#);
        let domain = |id: &str| {
            format!(
                r#"{{"id": "{id}", "verificationDnsRecords": [{}], "serviceConfigurationRecords": []}}"#,
                record("@")
            )
        };
        names(
            &format!(r#"{{"value": [{}, {}]}}"#, domain("a.example"), domain("b.example")),
            &["a.example", "b.example"],
        );
        names(&format!("[{}]", record("a.example")), &["a.example"]);
        names(
            &format!("[{SERVICE}, {}]", domain("b.example")),
            &[
                "contoso.example",
                "autodiscover.contoso.example",
                "_sipfederationtls._tcp.contoso.example",
                "b.example",
            ],
        );
        names(r#"{"value": []}"#, &[]);
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        refused("", 1, "EOF");
        refused(
            "{\n\"value\": [\n{\"recordType\": \"CName\", \"label\": \"a.example\"}\n]}",
            3,
            "canonicalName",
        );
        refused("{\"value\": [\n\n7]}", 3, "invalid type");
        refused("{\"value\": [{}]}", 1, "neither");
        refused(
            r#"{"error": {"code": "Authorization_RequestDenied", "message": "…"}}"#,
            1,
            "RequestDenied",
        );
        refused(
            r#"[{"recordType": "Txt", "label": "@", "text": "MS=ms1"}]"#,
            1,
            "which domain",
        );
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            let _ = domain_records(&text);
        }

        #[test]
        fn a_piece_of_an_answer_is_read_or_refused_with_a_line_that_exists(end in 0..SERVICE.len()) {
            if let Err(error) = domain_records(&SERVICE[..end]) {
                prop_assert!(error.line >= 1 && error.line <= SERVICE.lines().count() + 1);
            }
        }
    }
}
