//! Looking: who serves the zone and which resolvers are asked, what each shows, and keeping that.

use std::{collections::BTreeMap, net::SocketAddr, sync::Arc};

use jalon_checks::dns::{
    self,
    propagation::{Authorities, Picture, Role, Server, Wanted, Watch, authorities},
};
use jalon_domain::{
    ids::{RuleId, TargetId},
    text::Text,
};
use jalon_store::{
    Tx, propagation,
    propagation::{Look, Reached},
    targets,
    targets::Target,
};
use jalon_wire::reach::Reach;
use jiff::Timestamp;
use serde_json::json;

use super::{
    ask::zone_findings,
    plan::{ascii, joined, last_facts},
};
use crate::{Error, Result, app::App};

/// What is looked for, of one rule.
struct Sought {
    rule: RuleId,
    wanted: Vec<Wanted>,
    closed: bool,
}

/// What a look came to.
pub(crate) struct Looked {
    /// The domain.
    pub(crate) target: Target,
    /// What each rule's records look like now.
    seen: Vec<(Sought, Option<Picture>)>,
    /// Servers of the zone that could not be asked.
    unasked: Vec<String>,
    /// Why nobody could be asked.
    reason: Option<Text>,
    /// Since when it was looked.
    at: Timestamp,
}

impl App {
    /// Looks where the records of a domain's fixes are seen. Asks outside any transaction.
    pub(crate) async fn look(&self, target: TargetId) -> Result<Looked> {
        let target = targets::find(self.store(), target)
            .await?
            .filter(|it| it.removed_at.is_none())
            .ok_or(Error::NotFound)?;
        // What is asked for from here on may be about a change that the servers are not asked about in time.
        let at = self.now();
        let sought = self.sought(&target).await?;
        let settings = self.dns_settings(&target);
        let domain = ascii(&target.value);
        let found = authorities(&domain, &settings).await;
        let (servers, unasked, reason) = match found.and_then(|it| Ok((it, dns::resolver(&settings)?))) {
            Ok((found, resolver)) => {
                let (servers, unasked) = Self::allowed(found, &settings.reach, &resolver.servers());
                (servers, unasked, None)
            }
            Err(error) => (Vec::new(), Vec::new(), Some(told(&error))),
        };
        let watch = Watch {
            wanted: sought.iter().flat_map(|it| it.wanted.clone()).collect(),
            domain,
            is_whole: unasked.is_empty() && servers.iter().any(|it| it.role == Role::Authoritative),
            servers,
        };
        let whole = match reason {
            None if !watch.wanted.is_empty() => Some(watch.look(&settings, self.now()).await),
            _ => None,
        };
        Ok(Looked {
            target,
            seen: divided(sought, whole.as_ref()),
            unasked,
            reason,
            at,
        })
    }

    /// How the name servers of a domain are asked.
    pub(crate) fn dns_settings(&self, target: &Target) -> dns::Settings {
        let network = &self.settings().network;
        let app = self.clone();
        let mut settings = dns::Settings::new(move || app.question_id());
        let connect = target.connect.as_deref().and_then(|it| it.parse().ok());
        settings.resolvers = connect.map_or_else(|| network.resolvers.clone(), |it| vec![it]);
        settings.timeout = network.timeout;
        settings.authority_port = network.authority_port;
        settings.reach = if network.allow_private {
            Reach::LOCAL
        } else {
            Reach::PUBLIC
        };
        // Mail servers are not called: a server in a data centre rarely may, and never unasked.
        settings.probing.roots_pem.clone_from(&network.roots_pem);
        settings.probing.allow_private = network.allow_private;
        let app = self.clone();
        settings.clock = Some(Arc::new(move || app.now()));
        settings
    }

    /// What is to be looked for: of open findings what their plan makes of the zone; of closed ones what the newest
    /// authoritative server shows, since people may have mended it in another way.
    async fn sought(&self, target: &Target) -> Result<Vec<Sought>> {
        let facts = last_facts(self.store(), target).await?;
        let open = zone_findings(self.store(), target.engagement, target.id).await?;
        let known = propagation::of_target(self.store(), target.engagement, target.id).await?;
        let mut sought: BTreeMap<RuleId, Sought> = BTreeMap::new();
        for it in &open {
            let rule = &it.defect.rule;
            let own = open.iter().map(|it| &it.defect).filter(|it| it.rule == *rule);
            sought.entry(rule.clone()).or_insert_with(|| Sought {
                rule: rule.clone(),
                wanted: Wanted::of_part(&joined(target, &facts, own)),
                closed: false,
            });
        }
        for it in known {
            let mut wanted: Vec<Wanted> = serde_json::from_value(it.wanted).unwrap_or_default();
            for it in &mut wanted {
                (it.expected, it.part) = (None, None);
            }
            sought.entry(it.rule.clone()).or_insert(Sought {
                rule: it.rule,
                wanted,
                closed: true,
            });
        }
        Ok(sought.into_values().collect())
    }

    /// The servers that may be asked from here, and the names of those that cannot be.
    fn allowed(found: Authorities, reach: &Reach, resolvers: &[SocketAddr]) -> (Vec<Server>, Vec<String>) {
        let (mut servers, mut unasked) = (Vec::new(), found.unknown);
        for it in found.servers {
            match reach.check(it.address.ip()) {
                Ok(()) => servers.push(it),
                Err(_) => unasked.push(it.name),
            }
        }
        // The resolvers are whoever runs this program's own choice.
        servers.extend(resolvers.iter().map(|address| Server {
            name: address.ip().to_string(),
            address: *address,
            role: Role::Resolver,
        }));
        unasked.sort();
        unasked.dedup();
        (servers, unasked)
    }

    /// Keeps what a look came to. What was asked for meanwhile is looked for again: the job of this look held the place of
    /// the one that would have been added.
    pub(crate) async fn keep_look(&self, tx: &Tx, looked: &Looked) -> Result<()> {
        let known = propagation::of_target(tx, looked.target.engagement, looked.target.id).await?;
        for (sought, picture) in &looked.seen {
            let Some(before) = known.iter().find(|it| it.rule == sought.rule) else {
                continue;
            };
            let look = Look {
                wanted: json!(sought.wanted),
                closed: sought.closed,
                picture: picture.as_ref().map(|it| json!(it)),
                unasked: json!(looked.unasked),
                state: reached(picture.as_ref()),
                reason: looked.reason.clone().or_else(|| nothing_to_see(sought)),
                looked_at: Some(looked.at),
                ..before.clone()
            };
            propagation::put(tx, &look).await?;
        }
        if known.iter().any(|it| it.asked_at > looked.at) {
            self.queue_job(tx, &looked.target).await?;
        }
        Ok(())
    }

    /// Notes that a look was given up.
    pub(crate) async fn keep_no_look(&self, tx: &Tx, target: TargetId, reason: &Text) -> Result<()> {
        let Some(target) = targets::find(tx, target).await? else {
            return Ok(());
        };
        for before in propagation::of_target(tx, target.engagement, target.id).await? {
            if before.looked_at.is_none_or(|it| it < before.asked_at) {
                let look = Look {
                    picture: None,
                    state: Reached::Unknown,
                    reason: Some(reason.clone()),
                    looked_at: Some(self.now()),
                    ..before
                };
                propagation::put(tx, &look).await?;
            }
        }
        Ok(())
    }
}

/// Why there is nothing to look for, where that is so.
fn nothing_to_see(sought: &Sought) -> Option<Text> {
    let (en, fr) = if sought.closed {
        (
            "a measurement closed it before its records were known",
            "une mesure l’a clos avant que ses enregistrements soient connus",
        )
    } else {
        (
            "what is to be published is not known: measure again",
            "ce qu’il faut publier n’est pas connu\u{a0}: mesurez à nouveau",
        )
    };
    sought.wanted.is_empty().then(|| Text::new(en, fr))
}

/// Everywhere means everywhere: each server of the zone was asked, at least one, and each answer shows it.
fn reached(picture: Option<&Picture>) -> Reached {
    let Some(picture) = picture.filter(|it| !it.sets.is_empty()) else {
        return Reached::Unknown;
    };
    if picture.differs() {
        return Reached::Partly;
    }
    if picture.is_everywhere() {
        Reached::Everywhere
    } else {
        Reached::Silent
    }
}

/// The picture of each rule, out of that of all.
fn divided(sought: Vec<Sought>, whole: Option<&Picture>) -> Vec<(Sought, Option<Picture>)> {
    let mut from = 0;
    let mut own = |it: &Sought| {
        let range = from..from + it.wanted.len();
        from = range.end;
        let sets = whole?.sets.get(range)?.to_vec();
        Some(Picture { sets, ..whole?.clone() })
    };
    sought
        .into_iter()
        .map(|it| {
            let picture = own(&it).filter(|picture| !picture.sets.is_empty());
            (it, picture)
        })
        .collect()
}

fn told(error: &jalon_checks::CheckError) -> Text {
    match error {
        jalon_checks::CheckError::Source { what, .. } => what.clone(),
        other => Text::same(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use jalon_checks::dns::propagation::{Elsewhere, SetPicture};

    use super::*;

    fn server(name: &str, role: Role) -> Server {
        Server {
            name: name.to_owned(),
            address: "127.0.0.1:53".parse().unwrap(),
            role,
        }
    }

    fn picture(elsewhere: Vec<Elsewhere>, is_whole: bool) -> Picture {
        Picture {
            domain: "contoso.example".to_owned(),
            at: "2026-11-20T12:00:00Z".parse().unwrap(),
            sets: vec![SetPicture {
                name: "contoso.example".to_owned(),
                kind: "TXT".to_owned(),
                expected: Vec::new(),
                seen: 2 - elsewhere.len(),
                of: 2,
                elsewhere,
            }],
            serials: Vec::new(),
            is_whole,
        }
    }

    fn other(unknown: Option<jalon_checks::Doubt>) -> Elsewhere {
        Elsewhere {
            server: server("192.0.2.1", Role::Resolver),
            values: Vec::new(),
            until: None,
            unknown,
        }
    }

    #[track_caller]
    fn check(picture: Option<&Picture>, expected: Reached) {
        assert_eq!(reached(picture), expected);
    }

    #[test]
    fn everywhere_is_where_every_server_was_asked_and_shows_it() {
        let silent = other(Some(jalon_checks::Doubt::Timeout));
        check(Some(&picture(Vec::new(), true)), Reached::Everywhere);
        check(Some(&picture(Vec::new(), false)), Reached::Silent);
        check(Some(&picture(vec![silent], true)), Reached::Silent);
        check(Some(&picture(vec![other(None)], true)), Reached::Partly);
        check(None, Reached::Unknown);
    }

    #[test]
    fn each_rule_gets_its_own_sets() {
        let sought = |rule: &str, sets: usize| Sought {
            rule: RuleId::parse(rule).unwrap(),
            wanted: (0..sets)
                .map(|it| Wanted {
                    name: format!("n{it}"),
                    kind: "TXT".to_owned(),
                    expected: None,
                    part: None,
                })
                .collect(),
            closed: false,
        };
        let mut whole = picture(Vec::new(), true);
        let set = |name: &str| SetPicture {
            name: name.to_owned(),
            ..whole.sets[0].clone()
        };
        whole.sets = vec![set("a"), set("b"), set("c")];
        let all = vec![sought("DNS-001", 1), sought("DNS-002", 0), sought("DNS-003", 2)];
        let names: Vec<Vec<String>> = divided(all, Some(&whole))
            .into_iter()
            .map(|(_, it)| {
                it.map(|it| it.sets.into_iter().map(|it| it.name).collect())
                    .unwrap_or_default()
            })
            .collect();
        assert_eq!(
            names,
            [vec!["a".to_owned()], vec![], vec!["b".to_owned(), "c".to_owned()]]
        );
    }
}
