//! Starting the program and waiting for it, always with a deadline and never with a nap.

use std::{
    ffi::OsStr,
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver},
    time::{Duration, Instant},
};

use nix::{
    sys::signal::{Signal, kill},
    unistd::Pid,
};
use serde_json::Value;

/// Longest that anything here may take: the machine may be busy with other tests.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    /// Standard output as one JSON document.
    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}\n{self:?}"))
    }

    /// Standard output as one JSON document a line.
    #[track_caller]
    pub(crate) fn lines(&self) -> Vec<Value> {
        self.out
            .lines()
            .map(|it| serde_json::from_str(it).unwrap_or_else(|error| panic!("{error}: {it}")))
            .collect()
    }

    /// Ended with `code`, having said exactly one line on standard error, which holds all of `words`.
    #[track_caller]
    pub(crate) fn refused(&self, words: &[&str]) {
        assert_eq!(self.code, Some(2), "{self:?}");
        assert_eq!(self.err.lines().count(), 1, "{self:?}");
        words
            .iter()
            .for_each(|it| assert!(self.err.contains(it), "`{it}` is missing\n{self:?}"));
    }
}

/// The program with nothing of this machine's settings in its environment.
pub(crate) fn program<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jalon"));
    command
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command.env_remove("JALON_AUTHORITY_PORT");
    // The rehearsal's one server is both whom one asks and whom its zones name.
    let words: Vec<String> = command.get_args().map(|it| it.to_string_lossy().into_owned()).collect();
    let asked = words.iter().skip_while(|it| *it != "--resolver").nth(1);
    if let Some((_, port)) = asked.and_then(|it| it.rsplit_once(':')) {
        command.env("JALON_AUTHORITY_PORT", port);
    }
    for name in [
        "JALON_LANG",
        "JALON_DATA",
        "JALON_DATABASE",
        "JALON_FILES",
        "JALON_LDAP_PASSWORD",
        "JALON_LISTEN",
        "JALON_LOG",
        "LANG",
    ] {
        command.env_remove(name);
    }
    command.env("LC_ALL", "C");
    command
}

/// Runs it to its end.
pub(crate) fn jalon<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>) -> Ended {
    end(program(args))
}

/// Runs a prepared command to its end.
pub(crate) fn end(mut command: Command) -> Ended {
    let ended = command.output().expect("the program starts");
    told(ended)
}

/// Runs it to its end with `input` on standard input.
pub(crate) fn fed<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, input: &[u8]) -> Ended {
    let mut child = program(args).stdin(Stdio::piped()).spawn().expect("the program starts");
    let mut stdin = child.stdin.take().expect("it was asked for as a pipe");
    let input = input.to_vec();
    // A program that refuses early closes its end; that is for its exit code to say.
    let writing = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let ended = child.wait_with_output().expect("the program ends");
    writing.join().expect("the writer does not panic");
    told(ended)
}

fn told(ended: std::process::Output) -> Ended {
    let text = |it| String::from_utf8(it).expect("the program speaks UTF-8");
    Ended {
        code: ended.status.code(),
        out: text(ended.stdout),
        err: text(ended.stderr),
    }
}

/// A program that stays: killed when dropped.
pub(crate) struct Running {
    child: Child,
    lines: Receiver<String>,
}

impl Running {
    /// Starts it.
    pub(crate) fn start(mut command: Command) -> Self {
        let mut child = command.spawn().expect("the program starts");
        let (tell, lines) = mpsc::channel();
        let out = BufReader::new(child.stdout.take().expect("it was asked for as a pipe"));
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|it| tell.send(it)));
        Self { child, lines }
    }

    /// The next line on standard output that holds `word`.
    #[track_caller]
    pub(crate) fn line(&mut self, word: &str) -> String {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.lines.recv_timeout(left) {
                Ok(line) if line.contains(word) => return line,
                Ok(_) => {}
                Err(error) => panic!("no line with `{word}`: {error}; it said {}", self.complaints()),
            }
        }
    }

    /// What it has said since, once it has ended.
    pub(crate) fn rest(&mut self) -> Vec<String> {
        self.lines.iter().collect()
    }

    /// What it said on standard error; ends it first.
    fn complaints(&mut self) -> String {
        self.kill();
        let mut said = String::new();
        self.child.stderr.take().map(|mut it| it.read_to_string(&mut said));
        said
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }

    /// Sends a signal and waits for the end; its exit code.
    #[track_caller]
    pub(crate) fn stop(&mut self, signal: Signal) -> Option<i32> {
        let pid = Pid::from_raw(self.child.id().try_into().expect("ids of processes are small"));
        kill(pid, signal).expect("it still runs");
        let mut code = None;
        until("the program ends", || {
            code = self.child.try_wait().expect("it is ours").map(|it| it.code());
            code.is_some()
        });
        code.flatten()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.kill();
    }
}

/// Looks again and again until `holds`, at most as long as the patience lasts.
#[track_caller]
pub(crate) fn until(what: &str, mut holds: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !holds() {
        assert!(Instant::now() < deadline, "{what}: not within {PATIENCE:?}");
        std::thread::yield_now();
    }
}

/// One GET; status line, headers and body as they come.
pub(crate) fn get(url: &str) -> String {
    let rest = url.strip_prefix("http://").expect("plain http");
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let mut stream = TcpStream::connect(host).expect("the server listens");
    stream
        .set_read_timeout(Some(PATIENCE))
        .expect("a socket takes a time limit");
    write!(
        stream,
        "GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"
    )
    .expect("the server reads");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("the server answers");
    String::from_utf8_lossy(&answer).into_owned()
}
