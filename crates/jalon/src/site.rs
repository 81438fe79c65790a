//! The web door held open, with an embedded worker, until somebody asks to stop: what `serve` and `demo` share.

use std::{
    io,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use jalon_service::{
    App,
    measure::{Worker, WorkerOptions},
};
use jalon_web::{Site, app::Readiness};
use metrics_exporter_prometheus::PrometheusHandle;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

use crate::{
    exit::{Exit, Failure, Result},
    signal::StopSignals,
    world,
};

/// How long requests and jobs under way get to end once somebody asked to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Takes the address to listen on.
pub(crate) async fn listen(address: SocketAddr) -> Result<TcpListener> {
    TcpListener::bind(address).await.map_err(|error| {
        let key = match error.kind() {
            io::ErrorKind::AddrInUse => "port-in-use",
            io::ErrorKind::PermissionDenied => "port-forbidden",
            _ => "cannot-listen",
        };
        let args = [
            ("address", address.to_string().into()),
            ("port", address.port().to_string().into()),
            ("error", error.to_string().into()),
        ];
        Failure::new(key, &args)
    })
}

/// The address that was really taken.
pub(crate) fn address(listener: &TcpListener) -> Result<SocketAddr> {
    listener.local_addr().map_err(|error| {
        Failure::new(
            "cannot-listen",
            &[("address", "".into()), ("error", error.to_string().into())],
        )
    })
}

/// Where browsers reach `address` when nobody says otherwise: this machine itself, where it listens everywhere.
pub(crate) fn origin(address: SocketAddr) -> String {
    let here = if address.ip().is_unspecified() {
        IpAddr::V4(Ipv4Addr::LOCALHOST)
    } else {
        address.ip()
    };
    format!("http://{}", SocketAddr::new(here, address.port()))
}

/// A name for this process in the job table.
pub(crate) fn worker_name(role: &str) -> String {
    let drawn = world::random();
    format!("{role}-{}-{:02x}{:02x}", std::process::id(), drawn[0], drawn[1])
}

/// A worker at work.
pub(crate) struct AtWork {
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl AtWork {
    /// Begins.
    pub(crate) fn begin(app: &App, options: WorkerOptions) -> Self {
        let (stop, stopped) = watch::channel(false);
        let worker = Worker::new(app.clone(), options);
        Self {
            stop,
            task: tokio::spawn(async move { worker.run(stopped).await }),
        }
    }

    /// Ends, jobs under way first.
    pub(crate) async fn end(self) {
        self.stop.send_replace(true);
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the worker ended badly: {error}");
        }
    }
}

/// Holds the door open until somebody asks to stop.
pub(crate) async fn serve(
    app: App,
    site: Site,
    listener: TcpListener,
    metrics: PrometheusHandle,
    worker: Option<WorkerOptions>,
    mut signals: StopSignals,
) -> Result {
    let worker = worker.map(|it| AtWork::begin(&app, it));
    let (stop, mut stopped) = watch::channel(false);
    let door = jalon_web::App::new(app.clone(), site, metrics, readiness(&app));
    let service = jalon_web::router(door).into_make_service_with_connect_info::<SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(async move {
        // An error means that the sender is gone: that too is the end.
        drop(stopped.wait_for(|it| *it).await);
    });
    let mut serving = tokio::spawn(async move { serving.await });
    tokio::select! {
        () = signals.asked() => {}
        ended = &mut serving => return Err(broken(&ended)),
    }
    tracing::info!("stopping: requests and jobs under way may end");
    stop.send_replace(true);
    let all = async {
        if let Some(worker) = worker {
            worker.end().await;
        }
        drop(serving.await);
    };
    tokio::select! {
        _ = tokio::time::timeout(GRACE, all) => {}
        () = signals.asked() => tracing::warn!("stopping at once: jobs under way are taken up again later"),
    }
    app.store().clone().close().await;
    Ok(Exit::Fine)
}

fn readiness(app: &App) -> Readiness {
    let app = app.clone();
    Arc::new(move || {
        let app = app.clone();
        Box::pin(async move { app.store().healthy().await.map_err(|it| it.to_string()) })
    })
}

fn broken(ended: &std::result::Result<io::Result<()>, tokio::task::JoinError>) -> Failure {
    let error = match ended {
        Ok(Err(error)) => error.to_string(),
        Ok(Ok(())) => String::new(),
        Err(error) => error.to_string(),
    };
    Failure::new("server-ended", &[("error", error.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_listens_everywhere_is_reached_on_this_machine() {
        assert_eq!(origin("0.0.0.0:8420".parse().unwrap()), "http://127.0.0.1:8420");
        assert_eq!(origin("192.0.2.7:80".parse().unwrap()), "http://192.0.2.7:80");
        assert_eq!(origin("[::1]:8420".parse().unwrap()), "http://[::1]:8420");
    }
}
