//! The accept loop that the DNS and TLS servers share, and its bounds; what is said on a connection is theirs.

use std::time::Duration;

use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

/// Connections served at once by one listener; the next ones wait in the system's queue.
const MOST_OPEN: usize = 256;
/// The longest life of a connection, so that an idle client cannot hold a place for ever.
const LIFETIME: Duration = Duration::from_secs(30);
/// The rest before a new attempt when the system refuses to accept.
const PAUSE: Duration = Duration::from_millis(50);

/// Serves connections until the task that runs it is dropped; the connections in progress end with it.
pub(crate) async fn serve<Talk>(listener: TcpListener, talk: impl Fn(TcpStream) -> Talk)
where
    Talk: Future<Output = ()> + Send + 'static,
{
    let mut open = JoinSet::new();
    loop {
        tokio::select! {
            Ok((stream, _)) = listener.accept(), if open.len() < MOST_OPEN => {
                open.spawn(timeout(LIFETIME, talk(stream)));
            }
            Some(_) = open.join_next() => {}
            // Only a failing `accept` with nothing else in progress leads here: file descriptors are exhausted.
            else => sleep(PAUSE).await,
        }
    }
}
