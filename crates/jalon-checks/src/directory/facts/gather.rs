//! Asking: each part of a forest by itself, so that one that is refused or absent does not spoil the others. Nothing is
//! asked of another server than the one at hand.

use jalon_domain::text::Text;
use jalon_wire::{
    entry::Entry,
    ldap::{Client, LdapError, RootDse, Stop},
};

use super::{
    Part, dn,
    gathered::{Gathered, Seen, Unseen},
    read,
    types::Why,
};
use crate::{Context, Progress};

/// Servers of a domain that are named at most.
const NAMED: usize = 3;

/// Facts that could not be gathered at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GatherError {
    /// The server does not even tell what it is.
    #[error(transparent)]
    Ldap(#[from] LdapError),
    /// It is a directory of another kind.
    #[error("{server} is no Active Directory")]
    NotActiveDirectory {
        /// Who was asked.
        server: String,
    },
    /// Somebody stopped it.
    #[error("the run was cancelled")]
    Cancelled,
}

/// Reads what the server at hand knows of its forest.
///
/// # Errors
/// When it knows nothing of a forest, or somebody stopped it. A part that is refused or absent is no error.
pub async fn gather(client: &mut Client, ctx: &Context<'_>, stop: Stop<'_>) -> Result<Gathered, GatherError> {
    let root = client.root_dse().await?;
    if !root.is_active_directory() {
        let server = client.address().to_string();
        return Err(GatherError::NotActiveDirectory { server });
    }
    let mut asking = Asking {
        client,
        ctx,
        stop,
        root: &root,
        gathered: Gathered::default(),
        given_up: None,
        asked: 0,
    };
    for part in Part::OF_FOREST {
        asking.ask(part, "").await?;
    }
    asking.domains().await?;
    let mut gathered = asking.gathered;
    gathered.roots = vec![root];
    Ok(gathered)
}

/// Questions under way.
struct Asking<'a> {
    client: &'a mut Client,
    ctx: &'a Context<'a>,
    stop: Stop<'a>,
    root: &'a RootDse,
    gathered: Gathered,
    /// Why no more is asked.
    given_up: Option<Unseen>,
    asked: u64,
}

impl Asking<'_> {
    /// The domains that the server holds; of the others, who holds them.
    async fn domains(&mut self) -> Result<(), GatherError> {
        for domain in read::domain_bases(&self.gathered, self.root) {
            if self.holds(&domain) {
                for part in Part::OF_DOMAIN {
                    self.ask(part, &domain).await?;
                }
            } else {
                let unseen = Unseen {
                    why: Why::Elsewhere,
                    detail: self.holders(&domain),
                };
                self.learn(Part::Domain, &domain, Seen::Unseen(unseen));
            }
        }
        Ok(())
    }

    async fn ask(&mut self, part: Part, domain: &str) -> Result<(), GatherError> {
        if (self.stop)() {
            return Err(GatherError::Cancelled);
        }
        let seen = match (&self.given_up, part.query(self.root, domain)) {
            (Some(unseen), _) => Seen::Unseen(unseen.clone()),
            (None, None) => Seen::Unseen(not_there()),
            (None, Some(query)) => match self.client.scan(&query, self.stop).all().await {
                Ok(entries) => Seen::Entries(entries),
                Err(LdapError::Stopped { .. }) => return Err(GatherError::Cancelled),
                Err(error) => self.refused(&error),
            },
        };
        self.learn(part, domain, seen);
        Ok(())
    }

    fn refused(&mut self, error: &LdapError) -> Seen {
        let unseen = Unseen::of(error);
        if unseen.is_final(error) {
            self.given_up = Some(unseen.clone());
        }
        Seen::Unseen(unseen)
    }

    fn learn(&mut self, part: Part, domain: &str, seen: Seen) {
        self.gathered.parts.insert((part, domain.to_owned()), seen);
        self.asked += 1;
        (self.ctx.progress)(Progress {
            done: self.asked,
            total: None,
            what: Text::new("reading the forest", "lecture de la forêt"),
        });
    }

    fn holds(&self, domain: &str) -> bool {
        self.root.naming_contexts.iter().any(|it| dn::same(it, domain))
    }

    /// The names of servers that hold a domain, as the sites tell them.
    fn holders(&self, domain: &str) -> String {
        let sites = self.gathered.entries(Part::Sites).iter();
        let of_domain = sites.filter(|it| read::serves(it, domain));
        let names = of_domain.filter_map(|it: &Entry| it.attributes.first("dNSHostName"));
        names
            .take(NAMED)
            .map(|it| it.readable().into_owned())
            .collect::<Vec<_>>()
            .join(", ")
    }
}

fn not_there() -> Unseen {
    Unseen {
        why: Why::NotThere,
        detail: String::new(),
    }
}
