//! `jalon check directory --facts`: what forests tell of themselves, read from one server of each domain.

mod show;

use jalon_checks::{
    Context, Progress,
    directory::facts::{self, ForestFacts, GatherError, Gathered},
};
use jalon_domain::evidence::Outcome;
use jalon_wire::ldap::{Client, LdapError};

use super::Judging;
use crate::{
    exit::{Exit, Failure, Result},
    out::Out,
    profile::plain_mail,
    progress::Bar,
    world,
};

/// Asks every server, then shows each forest once; servers of one forest complete each other.
pub(crate) async fn run(servers: Vec<Client>, judging: &Judging, out: &mut Out) -> Result {
    let bar = Bar::of_steps(out);
    let mut gathered: Vec<Gathered> = Vec::new();
    for server in servers {
        let place = server.address().to_string();
        let found = gather(server, &bar).await.map_err(|it| it.at(&place))?;
        match gathered.iter_mut().find(|it| it.is_same_forest(&found)) {
            Some(same) => same.join(found),
            None => gathered.push(found),
        }
    }
    bar.end();
    let mut forests: Vec<ForestFacts> = gathered.iter().map(facts::read).collect();
    facts::judge(&mut forests, &[]);
    show::forests(out, judging, &forests)?;
    let said = forests.iter().flat_map(|it| &it.prerequisites);
    Ok(Exit::from(Outcome::all(said.map(|it| it.outcome))))
}

async fn gather(mut client: Client, bar: &Bar) -> Result<Gathered> {
    let (profile, progress) = (plain_mail(), |it: Progress| bar.reach(it.done));
    let context = Context {
        profile: &profile,
        now: world::now(),
        clock: &world::now,
        vantage: "local",
        progress: &progress,
    };
    let found = facts::gather(&mut client, &context, &|| false).await;
    client.close().await;
    found.map_err(|error| match error {
        GatherError::Ldap(error) => unread(&error),
        GatherError::NotActiveDirectory { .. } => Failure::new("facts-no-forest", &[]),
        GatherError::Cancelled => Failure::new("cancelled", &[]),
    })
}

fn unread(error: &LdapError) -> Failure {
    Failure::new("facts-unread", &[("error", error.to_string().into())])
}
