//! `jalon demo`: the sample organisation, opened in the browser or summed up as one document.

use std::net::{Ipv4Addr, SocketAddr};

use clap::Args;
use jalon_service::measure::WorkerOptions;
use jalon_web::Site;

use super::engagement;
use crate::{
    demo::Stage,
    exit::{Exit, Failure, Result},
    out::{Format, Out},
    signal::StopSignals,
    site,
    telemetry::{self, Log},
};

/// Open a sample organisation, eleven weeks into its move, measured for real
///
/// Its name server, its certificates and its directory are inside this process. Ctrl-C ends it and removes everything.
#[derive(Args)]
pub(crate) struct Demo {
    /// Do not serve: print where the engagement stands, and end
    #[arg(long)]
    once: bool,
    /// How to print it
    #[arg(long, value_enum, requires = "once", default_value_t)]
    format: Format,
    /// The port to listen on [default: any free one]
    #[arg(long, value_name = "PORT", default_value_t = 0, hide_default_value = true)]
    port: u16,
    #[command(flatten)]
    log: Log,
}

impl Demo {
    pub(crate) async fn run(self, out: &mut Out) -> Result {
        self.log.open("warn")?;
        let mut signals = StopSignals::listen()?;
        out.remark(&out.say("demo-opening", &[]));
        // Asked to stop while the story is played: what was opened is dropped, and with it the folder removed.
        let stage = tokio::select! {
            stage = Stage::open(out.lang) => stage?,
            () = signals.asked() => return Ok(Exit::Fine),
        };
        if self.once {
            sum_up(out, &stage, self.format).await
        } else {
            serve(out, stage, self.port, signals).await
        }
    }
}

async fn sum_up(out: &mut Out, stage: &Stage, format: Format) -> Result {
    let document = engagement::document(&stage.app, &stage.lead, stage.engagement).await?;
    engagement::print(out, format, &document)?;
    stage.app.store().clone().close().await;
    Ok(Exit::Fine)
}

async fn serve(out: &mut Out, stage: Stage, port: u16, signals: StopSignals) -> Result {
    let listener = site::listen(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await?;
    let origin = site::origin(site::address(&listener)?);
    let secret = stage.app.sign_in_link(stage.lead.id()).await?;
    let link = format!("{origin}/once?key={secret}&lang={}", out.lang);
    out.tell("demo-ready", &[("address", origin.clone().into())])?;
    out.tell(
        "demo-link",
        &[("name", stage.lead.person.name.clone().into()), ("link", link.into())],
    )?;
    out.tell("demo-end", &[])?;
    out.send()?;
    let site =
        Site::parse(&origin).map_err(|error| Failure::new("bad-site", &[("error", error.to_string().into())]))?;
    let worker = WorkerOptions::named(site::worker_name("demo"));
    let ended = site::serve(
        stage.app.clone(),
        site,
        listener,
        telemetry::metrics(),
        Some(worker),
        signals,
    )
    .await;
    drop(stage);
    ended
}
