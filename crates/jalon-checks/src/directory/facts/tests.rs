//! Facts of a written-down forest, of several together, of anything at all; and the check over them.

mod any;
mod check;
mod contoso;
mod several;

use std::io::Cursor;

use jalon_wire::{
    entry::{Attributes, Entry},
    ldap::{Query, RootDse, Scope},
    ldif::Reader,
};

use super::{Gathered, Part, Seen, Unseen, Why, dn, read};

/// The entries of a directory that is a file, asked like a server.
struct Directory {
    root: RootDse,
    entries: Vec<Entry>,
}

impl Directory {
    /// A server of the first of `bases`, which holds them and the forest's configuration.
    fn new(text: &str, forest: &str, bases: &[&str]) -> Self {
        let mut reader = Reader::new(Cursor::new(text.to_owned()));
        let entries = reader.entries().map(|it| it.expect("the sample is LDIF")).collect();
        let configuration = format!("CN=Configuration,{forest}");
        let said: [(&str, &[u8]); 4] = [
            ("dnsHostName", b"dc1.contoso.example"),
            ("forestFunctionality", b"7"),
            ("domainFunctionality", b"7"),
            ("domainControllerFunctionality", b"7"),
        ];
        let root = RootDse {
            naming_contexts: bases.iter().map(|it| (*it).to_owned()).collect(),
            default_naming_context: bases.first().map(|it| (*it).to_owned()),
            schema_naming_context: Some(format!("CN=Schema,{configuration}")),
            configuration_naming_context: Some(configuration),
            root_domain_naming_context: Some(forest.to_owned()),
            supported_controls: vec!["1.2.840.113556.1.4.319".to_owned()],
            attributes: said.into_iter().collect::<Attributes>(),
            ..RootDse::default()
        };
        Self { root, entries }
    }

    /// All that a gathering would bring.
    fn gathered(&self) -> Gathered {
        let mut gathered = Gathered {
            roots: vec![self.root.clone()],
            ..Gathered::default()
        };
        for part in Part::OF_FOREST {
            gathered.parts.insert((part, String::new()), self.seen(part, ""));
        }
        for domain in read::domain_bases(&gathered, &self.root) {
            if self.root.naming_contexts.contains(&domain) {
                for part in Part::OF_DOMAIN {
                    gathered.parts.insert((part, domain.clone()), self.seen(part, &domain));
                }
            } else {
                gathered.parts.insert((Part::Domain, domain), unseen(Why::Elsewhere));
            }
        }
        gathered
    }

    /// The filter is not applied: what is read must not lean on servers that do.
    fn seen(&self, part: Part, domain: &str) -> Seen {
        let query = part.query(&self.root, domain).expect("the server says where");
        let is_found = |it: &&Entry| query.bases.iter().any(|base| is_asked(&query, base, &it.dn));
        let found: Vec<Entry> = self.entries.iter().filter(is_found).cloned().collect();
        match found.is_empty() && query.scope == Scope::Base {
            true => unseen(Why::NotThere),
            false => Seen::Entries(found),
        }
    }
}

/// A base reaches as far as its own context: a child's or the configuration's objects stand below its name only.
fn is_asked(query: &Query, base: &str, name: &str) -> bool {
    match query.scope {
        Scope::Base => dn::same(name, base),
        Scope::Children => dn::parent(name).is_some_and(|it| dn::same(it, base)),
        Scope::Subtree => is_below(name, base) && context_of(name) == context_of(base),
    }
}

fn is_below(name: &str, base: &str) -> bool {
    let mut above = std::iter::successors(Some(name), |it| dn::parent(it));
    above.any(|it| dn::same(it, base))
}

fn context_of(name: &str) -> usize {
    let contexts = ["CN=Configuration,DC=contoso,DC=example", NORD, ROOT];
    let found = contexts.iter().position(|it| is_below(name, it));
    found.expect("the sample has three contexts")
}

fn unseen(why: Why) -> Seen {
    Seen::Unseen(Unseen {
        why,
        detail: "norddc.nord.contoso.example".to_owned(),
    })
}

const CONTOSO: &str = include_str!("tests/contoso.ldif");
const ROOT: &str = "DC=contoso,DC=example";
const NORD: &str = "DC=nord,DC=contoso,DC=example";

/// What a controller of the first domain tells.
fn contoso() -> Gathered {
    Directory::new(CONTOSO, ROOT, &[ROOT]).gathered()
}

/// What controllers of both domains tell.
fn whole() -> Gathered {
    let mut gathered = contoso();
    gathered.join(Directory::new(CONTOSO, ROOT, &[NORD]).gathered());
    gathered
}
