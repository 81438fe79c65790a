//! `jalon fix tls`: the next certificate of an endpoint. A key and a request are made here; with `--acme` an authority issues
//! the certificate for them. Nothing is written over.

mod acme;
mod files;

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
    time::Duration,
};

use clap::Args;
use jalon_checks::{
    Context,
    tls::{self, Scenario, Settings},
};
use jalon_domain::engagement::Endpoint;
use jalon_wire::{
    acme::AcmeError,
    dns,
    tls::{KeyChoice, RequestError, can_carry, request},
};

use self::files::Files;
use crate::{
    cli::{patience, word},
    exit::{Exit, Failure, Result},
    out::Out,
    profile::plain_mail,
    world,
};

/// Make a key and a request for the next certificate of an endpoint, or have it issued (ACME)
///
/// The names are those of the certificate in use, those that the scenario asks for and those that you add. Files are written
/// for their owner alone and never over others. With --acme, nothing is ordered until --apply.
#[derive(Args)]
pub(crate) struct Tls {
    /// The endpoint, such as mail.contoso.example or mail.contoso.example:8443
    #[arg(value_name = "HOST[:PORT]", value_parser = Endpoint::parse)]
    endpoint: Endpoint,
    /// Write key, request and certificate into that folder
    #[arg(long = "out", id = "folder", value_name = "FOLDER")]
    folder: PathBuf,
    /// What key to make
    #[arg(long, value_name = "KEY", default_value = "rsa-2048", value_parser = word::<KeyChoice>(KeyChoice::ALL.iter().map(|it| it.word())))]
    key: KeyChoice,
    /// A further name for the certificate; again for another
    #[arg(long = "name", id = "names", value_name = "NAME", value_parser = name)]
    names: Vec<String>,
    /// Leave out a name that the certificate in use carries; again for another
    #[arg(long, value_name = "NAME", value_parser = name)]
    without: Vec<String>,
    /// What the endpoint is for, which decides the names its certificate needs [default: its own and those in use]
    #[arg(long, value_name = "SCENARIO", value_parser = word::<Scenario>(Scenario::ALL.iter().map(|it| it.word())))]
    scenario: Option<Scenario>,
    /// Connect there instead of looking the name up
    #[arg(long, value_name = "IP:PORT")]
    connect: Option<SocketAddr>,
    /// How long the look at the certificate in use may take
    #[arg(long, value_name = "TIME", default_value = "10s", value_parser = patience)]
    timeout: Duration,
    #[command(flatten)]
    acme: acme::Flags,
}

impl Tls {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        let names = self.names(out).await?;
        let files = Files::new(&self.folder, self.endpoint.host());
        files.are_free(self.acme.is_wanted())?;
        if self.acme.is_wanted() && !self.acme.is_applied() {
            return self.acme.plan(out, &names);
        }
        let made = request(self.key, &names).map_err(|it| failure("tls-request", &it))?;
        if self.acme.is_wanted() {
            // Refused before a key lies around that nobody needs.
            self.acme.can_prove(&names)?;
            let mut prepared = self.acme.prepare(&files).await?;
            files.write(&made)?;
            let chain = self.acme.order(out, &mut prepared, &names, &made.request_der).await;
            // The authority has the request of a key that is kept: it may have issued for it all the same.
            let chain = chain.map_err(|error| {
                if matches!(error, AcmeError::Unfetched(_)) {
                    return failure("tls-unfetched", &error);
                }
                files.remove();
                failure("tls-acme", &error)
            })?;
            files.write_chain(&chain)?;
        } else {
            files.write(&made)?;
        }
        out.tell("tls-names", &[("names", names.join(", ").into())])?;
        for path in files.written(self.acme.is_wanted()) {
            out.line(&path.display().to_string())?;
        }
        let next = if self.acme.is_wanted() {
            "tls-install"
        } else {
            "tls-send"
        };
        out.remark(&out.say(next, &[]));
        Ok(Exit::Fine)
    }

    async fn names(&self, out: &Out) -> Result<Vec<String>> {
        let settings = Settings {
            connect_to: self.connect.into_iter().collect(),
            scenario: self.scenario,
            timeout: self.timeout,
            // Whoever sits at the command line may reach what their machine reaches.
            allow_private: true,
            ..Settings::default()
        };
        let context = Context {
            profile: &plain_mail(),
            now: world::now(),
            clock: &world::now,
            vantage: "local",
            progress: &|_| {},
        };
        let wanted = tls::to_order(&self.endpoint, &settings, &context).await?;
        if let Some(reason) = wanted.unseen {
            out.remark(&out.say("tls-unseen", &[("reason", reason.into())]));
        }
        let mut names = wanted.names;
        for name in &self.names {
            if !names.contains(name) {
                names.push(name.clone());
            }
        }
        names.retain(|it| !self.without.contains(it));
        Ok(names)
    }
}

/// A name as certificates carry it, in A-labels.
fn name(raw: &str) -> std::result::Result<String, String> {
    let (star, plain) = raw.strip_prefix("*.").map_or(("", raw), |it| ("*.", it));
    let plain = match plain.parse::<IpAddr>() {
        Ok(address) => address.to_string(),
        Err(_) => dns::canonical(plain).map_err(|it| it.to_string())?,
    };
    let name = format!("{star}{plain}");
    if can_carry(&name) {
        Ok(name)
    } else {
        Err(RequestError::BadName { name: raw.to_owned() }.to_string())
    }
}

fn failure(key: &str, error: &dyn std::error::Error) -> Failure {
    Failure::new(key, &[("error", error.to_string().into())])
}
