//! How many requests a second a page answers, as wrk sees it.

use std::time::Duration;

use anyhow::{Context, Result, ensure};

use super::http;
use crate::shell::Shell;

/// So many requests are under way at any time.
pub(super) const CONNECTIONS: u32 = 16;
/// How long each page is asked for.
pub(super) const SECONDS: u32 = 10;
/// How long it is asked for before that: connections to the database open, caches fill.
const WARM_UP: u32 = 2;

/// What wrk measured on one page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rate {
    /// Requests a second.
    pub(super) requests: f64,
    /// 99 of 100 answers came within this.
    pub(super) p99: Duration,
}

/// Asks for one page again and again, from one thread so that the server keeps the other core. `cookie` is the signed-in
/// session's. A page that does not answer 200, before or under load, is an error: a fast refusal is no result.
pub(super) fn page(shell: &Shell, address: &str, path: &str, cookie: &str) -> Result<Rate> {
    // wrk counts a redirection to the sign-in page as a success.
    let header = format!("Cookie: {cookie}");
    let seen = http::ask(address, &format!("GET {path}"), &[&header], "")?;
    seen.expect(200).with_context(|| path.to_owned())?;
    let url = format!("http://{address}{path}");
    load(shell, WARM_UP, &header, &url)?;
    load(shell, SECONDS, &header, &url)
}

fn load(shell: &Shell, seconds: u32, header: &str, url: &str) -> Result<Rate> {
    let mut wrk = shell.command("wrk");
    wrk.args(["--threads", "1", "--latency", "--connections", &CONNECTIONS.to_string()]);
    // Late answers count: without this one later than two seconds would be an error.
    wrk.args(["--timeout", "30s", "--duration", &format!("{seconds}s")]);
    wrk.args(["--header", header, url]);
    let said = shell.read(&mut wrk)?;
    for trouble in ["Non-2xx or 3xx responses", "Socket errors"] {
        ensure!(!said.contains(trouble), "{url} did not bear the load:\n{said}");
    }
    rate(&said).with_context(|| format!("wrk said:\n{said}"))
}

fn rate(said: &str) -> Option<Rate> {
    let after = |label: &str| said.lines().find_map(|it| it.trim().strip_prefix(label)).map(str::trim);
    Some(Rate {
        requests: after("Requests/sec:")?.parse().ok()?,
        p99: duration(after("99%")?)?,
    })
}

/// `843.00us`, `12.50ms` or `1.20s`.
fn duration(text: &str) -> Option<Duration> {
    let unit = text.find(|it: char| it.is_ascii_alphabetic())?;
    let (number, unit) = text.split_at(unit);
    let scale = match unit {
        "us" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        _ => return None,
    };
    Some(Duration::from_secs_f64(number.parse::<f64>().ok()? * scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_account_of_wrk_is_read() {
        let said = "Running 10s test @ http://127.0.0.1:8080/\n  1 threads and 16 connections\n  Latency Distribution\n     50%    5.91ms\n     \
                    99%   12.50ms\n  26640 requests in 10.01s, 333.00MB read\nRequests/sec:   2664.12\nTransfer/sec:     33.27MB\n";
        let expected = Rate {
            requests: 2664.12,
            p99: Duration::from_micros(12_500),
        };
        assert_eq!(rate(said), Some(expected));
        assert_eq!(rate("unable to connect to 127.0.0.1:8080 Connection refused"), None);
    }

    #[test]
    fn durations_have_units() {
        assert_eq!(duration("843.00us"), Some(Duration::from_micros(843)));
        assert_eq!(duration("1.20s"), Some(Duration::from_millis(1200)));
        assert_eq!(duration("1.20"), None);
        assert_eq!(duration("1.20m"), None);
    }
}
