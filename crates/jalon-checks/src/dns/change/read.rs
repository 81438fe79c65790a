//! Zone lines read back (RFC 1035, section 5.1), as `zone` writes them: one record a line, absolute names.

use jalon_wire::dns::{Data, Record};

/// How a line begins that names a record to remove.
const REMOVE: &str = "; remove: ";

/// The lines of a fix.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Lines {
    pub(super) publish: Vec<Record>,
    pub(super) remove: Vec<Record>,
}

/// Reads the lines of a fix; `None` when one of them is none.
pub(super) fn lines(text: &str) -> Option<Lines> {
    let mut lines = Lines::default();
    for line in text.lines().filter(|it| !it.trim().is_empty()) {
        match line.strip_prefix(REMOVE) {
            Some(line) => lines.remove.push(record(line)?),
            None if line.starts_with(';') => {}
            None => lines.publish.push(record(line)?),
        }
    }
    Some(lines)
}

fn record(line: &str) -> Option<Record> {
    let mut words = line.splitn(5, ' ');
    let (name, ttl, class, kind) = (words.next()?, words.next()?, words.next()?, words.next()?);
    let rest = words.next()?;
    let data = (class == "IN").then(|| data(kind, rest))??;
    Some(Record {
        name: relative(name),
        ttl: ttl.parse().ok()?,
        data,
    })
}

fn data(kind: &str, rest: &str) -> Option<Data> {
    if kind == "TXT" {
        let parts = strings(rest)?;
        return Some(Data::Txt {
            text: parts.concat(),
            parts,
        });
    }
    let words: Vec<&str> = rest.split(' ').collect();
    Some(match (kind, words.as_slice()) {
        ("A", [it]) => Data::A {
            address: it.parse().ok()?,
        },
        ("AAAA", [it]) => Data::Aaaa {
            address: it.parse().ok()?,
        },
        ("CNAME", [it]) => Data::Cname { target: relative(it) },
        ("MX", [preference, exchange]) => Data::Mx {
            preference: preference.parse().ok()?,
            exchange: relative(exchange),
        },
        ("NS", [it]) => Data::Ns { host: relative(it) },
        ("PTR", [it]) => Data::Ptr { target: relative(it) },
        ("SRV", [priority, weight, port, target]) => Data::Srv {
            priority: priority.parse().ok()?,
            weight: weight.parse().ok()?,
            port: port.parse().ok()?,
            target: relative(target),
        },
        ("TLSA", [usage, selector, matching, association]) => Data::Tlsa {
            usage: usage.parse().ok()?,
            selector: selector.parse().ok()?,
            matching: matching.parse().ok()?,
            association: (*association).to_owned(),
        },
        _ => return None,
    })
}

fn relative(name: &str) -> String {
    match name.strip_suffix('.') {
        None | Some("") => name.to_owned(),
        Some(it) => it.to_owned(),
    }
}

/// The quoted strings of a TXT record.
fn strings(rest: &str) -> Option<Vec<String>> {
    let mut strings = Vec::new();
    let mut chars = rest.chars();
    while let Some(c) = chars.next() {
        match c {
            ' ' => continue,
            '"' => strings.push(string(&mut chars)?),
            _ => return None,
        }
    }
    Some(strings)
}

fn string(chars: &mut std::str::Chars<'_>) -> Option<String> {
    let mut string = String::new();
    loop {
        match chars.next()? {
            '"' => return Some(string),
            '\\' => match chars.next()? {
                digit if digit.is_ascii_digit() => {
                    let rest: String = chars.by_ref().take(2).collect();
                    let code: u8 = format!("{digit}{rest}").parse().ok()?;
                    string.push(char::from(code));
                }
                c => string.push(c),
            },
            c => string.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::dns::zone::{Line, fix};

    fn name() -> impl Strategy<Value = String> {
        "[a-z0-9_]{1,8}(\\.[a-z0-9-]{1,8}){1,3}".prop_map(|it| it.replace("-.", "a."))
    }

    fn any_data() -> impl Strategy<Value = Data> {
        prop_oneof![
            any::<std::net::Ipv4Addr>().prop_map(|address| Data::A { address }),
            any::<std::net::Ipv6Addr>().prop_map(|address| Data::Aaaa { address }),
            name().prop_map(|target| Data::Cname { target }),
            (any::<u16>(), name()).prop_map(|(preference, exchange)| Data::Mx { preference, exchange }),
            Just(Data::Mx {
                preference: 0,
                exchange: ".".to_owned()
            }),
            (any::<u16>(), any::<u16>(), any::<u16>(), name()).prop_map(|(priority, weight, port, target)| Data::Srv {
                priority,
                weight,
                port,
                target
            }),
            "[ -~é\u{1}\n]{0,600}".prop_map(|text| Data::Txt {
                text,
                parts: Vec::new()
            }),
        ]
    }

    fn plain(data: Data) -> Data {
        match data {
            Data::Txt { text, .. } => Data::Txt {
                text,
                parts: Vec::new(),
            },
            other => other,
        }
    }

    proptest! {
        #[test]
        fn what_a_fix_says_is_read_back(owner in name(), ttl: u32, new in any_data(), old in any_data()) {
            let record = |data| Record { name: owner.clone(), ttl, data };
            let line = |data: &Data| Line::of(&owner, &record(data.clone()));
            let text = fix(&[line(&new)], &[line(&old)]).text;
            let read = lines(&text).expect("our own lines");
            prop_assert_eq!(read.publish.into_iter().map(|it| plain(it.data)).collect::<Vec<_>>(), vec![new]);
            prop_assert_eq!(read.remove.into_iter().map(|it| (it.name, it.ttl, plain(it.data))).collect::<Vec<_>>(), vec![(owner, ttl, old)]);
        }

        #[test]
        fn any_text_is_read_without_panic(text in ".{0,200}", rest in "[\\\\\"0-9 a-z]{0,40}") {
            lines(&text);
            lines(&format!("a.example. 1 IN TXT {rest}"));
        }
    }
}
