//! The bell that wakes idle workers: in this process always, across processes by PostgreSQL's LISTEN and NOTIFY.

use std::{sync::Arc, time::Duration};

use sqlx::postgres::{PgListener, PgPool};
use tokio::{sync::Notify, task::AbortHandle};

/// The channel of PostgreSQL on which "there is a job" is said.
pub(crate) const CHANNEL: &str = "jalon_job";

/// How long to wait before listening again after the connection was lost; polling covers the gap.
const RELISTEN: Duration = Duration::from_secs(5);

/// The bell.
#[derive(Default)]
pub(crate) struct Bell {
    notify: Arc<Notify>,
    listener: Option<AbortHandle>,
}

impl Bell {
    /// A bell that also rings when another process says so.
    pub(crate) fn listening(pool: PgPool) -> Self {
        let notify = Arc::new(Notify::new());
        let listener = tokio::spawn(listen(pool, Arc::clone(&notify))).abort_handle();
        Self {
            notify,
            listener: Some(listener),
        }
    }

    /// Wakes who waits now, and whoever comes next, so that a ring just before the wait is not lost.
    pub(crate) fn ring(&self) {
        ring(&self.notify);
    }

    /// Waits for a ring, at most `timeout`; says whether there was one.
    pub(crate) async fn rung(&self, timeout: Duration) -> bool {
        tokio::time::timeout(timeout, self.notify.notified()).await.is_ok()
    }
}

impl Drop for Bell {
    fn drop(&mut self) {
        if let Some(listener) = &self.listener {
            listener.abort();
        }
    }
}

fn ring(notify: &Notify) {
    notify.notify_waiters();
    notify.notify_one();
}

async fn listen(pool: PgPool, notify: Arc<Notify>) {
    loop {
        match relay(&pool, &notify).await {
            Ok(()) | Err(sqlx::Error::PoolClosed) => return,
            Err(error) => {
                tracing::warn!(%error, "workers are woken by polling only for a while: {error}");
            }
        }
        tokio::time::sleep(RELISTEN).await;
    }
}

async fn relay(pool: &PgPool, notify: &Notify) -> Result<(), sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        listener.recv().await?;
        ring(notify);
    }
}
