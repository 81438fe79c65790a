//! How the proof for a name is shown: a file below a web server's root, a listener of our own, or a TXT record that a command
//! or a person publishes.

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::Stdio,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    process::Command,
    task::JoinHandle,
    time::timeout,
};

/// The path below which a proof lies (RFC 8555, 8.3).
const PLACE: &str = ".well-known/acme-challenge";

/// No request for a proof is longer.
const LONGEST_REQUEST: usize = 4096;

/// A command that waits until its record is seen takes minutes, not more.
const PATIENCE: Duration = Duration::from_mins(10);

/// The kinds of proof.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProofKind {
    /// A file on the web server of the name, port 80 (RFC 8555, 8.3).
    Http,
    /// A TXT record `_acme-challenge` (RFC 8555, 8.4).
    Dns,
}

impl ProofKind {
    /// Its name in the protocol.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Http => "http-01",
            Self::Dns => "dns-01",
        }
    }
}

/// What has to be shown for one name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The name; without the asterisk of a wildcard.
    pub name: String,
    /// The name of the file.
    pub token: String,
    /// What the file, or the record, holds.
    pub content: String,
}

/// A proof that could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum ShownError {
    /// The file could not be written, or the port not be opened.
    #[error("the proof cannot be shown at {place}: {error}")]
    Place {
        /// The file or the address.
        place: String,
        /// What the system says.
        error: io::Error,
    },
    /// The command failed.
    #[error("`{command}` failed for {name}: {reason}")]
    Command {
        /// The command.
        command: String,
        /// The name that it was called for.
        name: String,
        /// What it said, or how it ended.
        reason: String,
    },
    /// Whoever was asked said no.
    #[error("nobody published the record of {0}")]
    Declined(String),
}

/// Asks a person to publish a record: its name and its value. Whether they did.
pub type Ask = dyn FnMut(&str, &str) -> bool + Send;

/// How proofs are shown.
pub enum Shown {
    /// Files below the root of a web server that runs already.
    Webroot(PathBuf),
    /// A listener of our own.
    Listener(Listener),
    /// A command, called with `add` or `remove`, the name of the record and its value.
    Hook(String),
    /// Somebody who is asked.
    Asked(Box<Ask>),
}

/// A web server that knows nothing but proofs.
pub struct Listener {
    address: SocketAddr,
    proofs: Proofs,
    serving: JoinHandle<()>,
}

type Proofs = Arc<Mutex<HashMap<String, String>>>;

impl Shown {
    /// Opens a listener of our own.
    ///
    /// # Errors
    /// When the port cannot be had.
    pub async fn listen(address: SocketAddr) -> Result<Self, ShownError> {
        let place = |error| ShownError::Place {
            place: address.to_string(),
            error,
        };
        let listener = TcpListener::bind(address).await.map_err(place)?;
        let address = listener.local_addr().map_err(place)?;
        let proofs = Proofs::default();
        let serving = tokio::spawn(serve(listener, proofs.clone()));
        Ok(Self::Listener(Listener {
            address,
            proofs,
            serving,
        }))
    }

    /// What kind of proof it shows.
    pub fn kind(&self) -> ProofKind {
        match self {
            Self::Webroot(_) | Self::Listener(_) => ProofKind::Http,
            Self::Hook(_) | Self::Asked(_) => ProofKind::Dns,
        }
    }

    /// Where the listener listens, where there is one.
    pub fn address(&self) -> Option<SocketAddr> {
        match self {
            Self::Listener(it) => Some(it.address),
            _ => None,
        }
    }

    pub(super) async fn show(&mut self, proof: &Proof) -> Result<(), ShownError> {
        match self {
            Self::Webroot(root) => {
                let path = path(root, proof)?;
                let written = write(&path, &proof.content).await;
                written.map_err(|error| ShownError::Place {
                    place: path.display().to_string(),
                    error,
                })
            }
            Self::Listener(it) => {
                lock(&it.proofs).insert(proof.token.clone(), proof.content.clone());
                Ok(())
            }
            Self::Hook(command) => call(command, "add", proof).await,
            Self::Asked(ask) => {
                let is_done = ask(&record(proof), &proof.content);
                is_done
                    .then_some(())
                    .ok_or_else(|| ShownError::Declined(proof.name.clone()))
            }
        }
    }

    pub(super) async fn withdraw(&mut self, proof: &Proof) -> Result<(), ShownError> {
        match self {
            Self::Webroot(root) => {
                let path = path(root, proof)?;
                let removed = tokio::fs::remove_file(&path).await;
                removed.map_err(|error| ShownError::Place {
                    place: path.display().to_string(),
                    error,
                })
            }
            Self::Listener(it) => {
                lock(&it.proofs).remove(&proof.token);
                Ok(())
            }
            Self::Hook(command) => call(command, "remove", proof).await,
            Self::Asked(_) => Ok(()),
        }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

fn record(proof: &Proof) -> String {
    format!("_acme-challenge.{}", proof.name)
}

/// A token is of base64url (RFC 8555, 8.3): one that is not leads nowhere.
fn path(root: &Path, proof: &Proof) -> Result<PathBuf, ShownError> {
    let is_plain = |it: u8| it.is_ascii_alphanumeric() || it == b'-' || it == b'_';
    if proof.token.is_empty() || !proof.token.bytes().all(is_plain) {
        return Err(ShownError::Place {
            place: proof.token.escape_debug().take(80).collect(),
            error: io::Error::other("the authority sent a token that is none"),
        });
    }
    Ok(root.join(PLACE).join(&proof.token))
}

async fn write(path: &Path, content: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        tokio::fs::create_dir_all(folder).await?;
    }
    tokio::fs::write(path, content).await
}

/// The command is a program of the user's own; what it is called with comes from the authority and is no part of it.
async fn call(command: &str, verb: &str, proof: &Proof) -> Result<(), ShownError> {
    let failed = |reason: String| ShownError::Command {
        command: command.to_owned(),
        name: proof.name.clone(),
        reason,
    };
    let ended = Command::new(command)
        .args([verb, &record(proof), &proof.content])
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output();
    let ended = timeout(PATIENCE, ended)
        .await
        .map_err(|_| failed("no end in sight".to_owned()))?;
    let ended = ended.map_err(|it| failed(it.to_string()))?;
    if ended.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&ended.stderr);
    let said = said.trim().lines().last().unwrap_or_default();
    Err(failed(format!("{} {said}", ended.status).trim().to_owned()))
}

async fn serve(listener: TcpListener, proofs: Proofs) {
    while let Ok((stream, _)) = listener.accept().await {
        let proofs = proofs.clone();
        // Whoever breaks off gets nothing.
        tokio::spawn(async move { drop(answer(stream, &proofs).await) });
    }
}

async fn answer(mut stream: TcpStream, proofs: &Proofs) -> io::Result<()> {
    let mut request = Vec::new();
    while !request.windows(4).any(|it| it == b"\r\n\r\n") && request.len() < LONGEST_REQUEST {
        let mut piece = [0; 1024];
        match stream.read(&mut piece).await? {
            0 => break,
            read => request.extend_from_slice(&piece[..read]),
        }
    }
    let request = String::from_utf8_lossy(&request);
    let asked = request
        .strip_prefix("GET /")
        .and_then(|it| it.split(' ').next())
        .unwrap_or_default();
    let token = asked.strip_prefix(PLACE).and_then(|it| it.strip_prefix('/'));
    let content = token.and_then(|it| lock(proofs).get(it).cloned());
    let (status, body) = match &content {
        Some(content) => ("200 OK", content.as_str()),
        None => ("404 Not Found", ""),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: application/octet-stream\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    stream.shutdown().await
}

fn lock(proofs: &Proofs) -> std::sync::MutexGuard<'_, HashMap<String, String>> {
    proofs.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn proof(token: &str) -> Proof {
        Proof {
            name: "mail.contoso.example".to_owned(),
            token: token.to_owned(),
            content: "proof".to_owned(),
        }
    }

    async fn get(address: SocketAddr, path: &str) -> String {
        let mut stream = TcpStream::connect(address).await.expect("it listens");
        let request = format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");
        stream.write_all(request.as_bytes()).await.expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("read");
        answer
    }

    #[tokio::test]
    async fn the_listener_shows_a_proof_until_it_is_withdrawn_and_nothing_else() {
        let any = "127.0.0.1:0".parse().expect("an address");
        let mut shown = Shown::listen(any).await.expect("a port");
        let address = shown.address().expect("it listens");
        shown.show(&proof("abc")).await.expect("shown");
        let found = get(address, "/.well-known/acme-challenge/abc").await;
        assert!(found.starts_with("HTTP/1.1 200") && found.ends_with("proof"), "{found}");
        assert!(get(address, "/abc").await.starts_with("HTTP/1.1 404"));
        shown.withdraw(&proof("abc")).await.expect("withdrawn");
        assert!(
            get(address, "/.well-known/acme-challenge/abc")
                .await
                .starts_with("HTTP/1.1 404")
        );
    }

    #[tokio::test]
    async fn a_token_never_leads_out_of_the_web_root() {
        let root = tempfile::tempdir().expect("a folder");
        let mut shown = Shown::Webroot(root.path().to_owned());
        for bad in ["../../evil", "a/b", ""] {
            assert!(shown.show(&proof(bad)).await.is_err(), "{bad}");
        }
        shown.show(&proof("abc")).await.expect("shown");
        let file = root.path().join(PLACE).join("abc");
        assert_eq!(std::fs::read_to_string(&file).expect("written"), "proof");
        shown.withdraw(&proof("abc")).await.expect("withdrawn");
        assert!(!file.exists());
    }

    #[tokio::test]
    async fn a_command_that_fails_is_told_with_its_name() {
        let error = Shown::Hook("/nowhere/hook".to_owned()).show(&proof("abc")).await;
        let error = error.expect_err("there is no such command").to_string();
        assert!(
            error.contains("/nowhere/hook") && error.contains("mail.contoso.example"),
            "{error}"
        );
        assert!(Shown::Hook("false".to_owned()).show(&proof("abc")).await.is_err());
        assert!(Shown::Hook("true".to_owned()).show(&proof("abc")).await.is_ok());
    }
}
