//! What a measured server holds, put there from outside as anybody would: an administrator, who is signed in, and
//! engagements that take on everything the catalogue has, each with a directory that was measured and has defects.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use super::{engine::Engine, http, server::Server};
use crate::shell::Shell;
use crate::tree;

/// How many engagements there are.
pub(super) const ENGAGEMENTS: u32 = 100;
/// How many entries each directory has; every one has a defect.
pub(super) const ENTRIES: u32 = 40;

/// How long the worker may take to measure all directories.
const PATIENCE: Duration = Duration::from_secs(300);
/// How often one looks whether it has.
const GLANCE: Duration = Duration::from_millis(50);

/// Everything a profile can take on. A word that is unknown is refused when the first engagement is created.
const PROFILE: &str = r#"
start = 2026-09-14
directories = ["people.ldif"]
[profile]
programmes = ["office365", "ems"]
services = ["exchange", "sharepoint", "onedrive", "teams", "apps", "outlook-mobile", "power-bi", "project", "yammer",
            "entra-premium", "intune", "information-protection", "skype"]
options = ["provider-migration", "source-retirement", "directory-sync", "third-party-directory", "federation",
           "device-management", "configuration-manager", "certificate-profiles", "third-party-integrations",
           "defender-endpoint", "skype-hybrid", "exchange-hybrid", "screen-share", "published-servers"]
seats = 25000
"#;

/// Somebody who is signed in.
pub(super) struct Session {
    /// What the browser sends: `name=secret`.
    pub(super) cookie: String,
    csrf: String,
}

/// Creates the administrator through the one-time link; creating also signs in.
pub(super) fn administrator(server: &Server) -> Result<Session> {
    let path = server.set_up_path()?;
    let page = http::ask(&server.address, &format!("GET {path}"), &[], "")?.expect(200)?;
    let visit = page.cookie("jalon-before").context("the set-up page set no cookie")?;
    let csrf = token(&page.body).context("the set-up page has no form")?;
    let form = format!(
        "csrf={csrf}&name=Camille+Martin&email=camille%40example.com&password=lantern+orchard+kettle+harbour&lang=en"
    );
    let headers = [
        &format!("Cookie: jalon-before={visit}"),
        "Content-Type: application/x-www-form-urlencoded",
    ];
    let entered = http::ask(&server.address, &format!("POST {path}"), &headers, &form)?.expect(303)?;
    let secret = entered.cookie("jalon").context("setting up opened no session")?;
    let mut session = Session {
        cookie: format!("jalon={secret}"),
        csrf: String::new(),
    };
    let me = session.ask(server, "GET /api/v1/me", 200)?;
    me["csrf"]
        .as_str()
        .context("/me names no token")?
        .clone_into(&mut session.csrf);
    Ok(session)
}

/// The token in a page's first form.
fn token(page: &str) -> Option<&str> {
    let (_, rest) = page.split_once(r#"name="csrf" value=""#)?;
    rest.split('"').next()
}

impl Session {
    /// Asks the API, with an empty object as the body.
    fn ask(&self, server: &Server, request: &str, status: u16) -> Result<Value> {
        let (cookie, csrf) = (
            format!("Cookie: {}", self.cookie),
            format!("X-CSRF-Token: {}", self.csrf),
        );
        let headers = [&cookie, &csrf, "Content-Type: application/json"];
        let answer = http::ask(&server.address, request, &headers, "{}")?;
        let answer = answer.expect(status).with_context(|| request.to_owned())?;
        serde_json::from_str(&answer.body).with_context(|| format!("{request} answered no JSON"))
    }
}

/// Creates the engagements while no server runs, and returns their ids.
pub(super) fn engagements(shell: &Shell, program: &Path, engine: &Engine) -> Result<Vec<String>> {
    tree::put(&engine.path("people.ldif"), directory().as_bytes())?;
    (1..=ENGAGEMENTS)
        .map(|it| engagement(shell, program, engine, it))
        .collect()
}

fn engagement(shell: &Shell, program: &Path, engine: &Engine, number: u32) -> Result<String> {
    let file = engine.path("engagement.toml");
    tree::put(
        &file,
        format!("organisation = \"Sample {number:03}\"{PROFILE}").as_bytes(),
    )?;
    let mut create = shell.command(&program.display().to_string());
    create
        .args(["engagement", "create", "--format", "json", "--file"])
        .arg(&file);
    let said = shell.read(engine.tell(&mut create))?;
    let created: Value = serde_json::from_str(&said)?;
    Ok(created["id"]
        .as_str()
        .with_context(|| format!("no id in {said}"))?
        .to_owned())
}

/// Entries whose sign-in names have a space in them (DIR-019).
fn directory() -> String {
    let entry = |it| {
        format!(
            "dn: CN=User {it:02},OU=People,DC=corp,DC=example\nobjectClass: top\nobjectClass: person\nobjectClass: user\n\
             cn: User {it:02}\nsAMAccountName: user{it:02}\nuserPrincipalName: user {it:02}@example.com\n\n"
        )
    };
    std::iter::once("version: 1\n\n".to_owned())
        .chain((1..=ENTRIES).map(entry))
        .collect()
}

/// Has every directory measured, and waits for it.
pub(super) fn measure(server: &Server, session: &Session, ids: &[String]) -> Result<()> {
    for id in ids {
        session.ask(server, &format!("POST /api/v1/engagements/{id}/runs"), 202)?;
    }
    let asked = Instant::now();
    for id in ids {
        let checks = || session.ask(server, &format!("GET /api/v1/engagements/{id}/checks"), 200);
        let mut seen = checks()?;
        while seen["busy"] == true {
            ensure!(asked.elapsed() < PATIENCE, "the worker has not measured everything");
            std::thread::sleep(GLANCE);
            seen = checks()?;
        }
        let found = &seen["runs"][0]["found"];
        ensure!(
            *found == ENTRIES,
            "the run found {found} defects, {ENTRIES} were planted"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_of_a_form_is_found() {
        let page =
            r#"<form method="post"><input type="hidden" name="csrf" value="ab_c.d-e"><input name="name" value="x">"#;
        assert_eq!(token(page), Some("ab_c.d-e"));
        assert_eq!(token("<p>It was used already.</p>"), None);
    }

    #[test]
    fn a_directory_has_as_many_entries_as_are_expected_to_fail() {
        let names = directory();
        let names: Vec<_> = names
            .lines()
            .filter(|it| it.starts_with("userPrincipalName: "))
            .collect();
        assert_eq!(names.len(), ENTRIES as usize);
        assert_eq!(names[0], "userPrincipalName: user 01@example.com");
    }

    #[test]
    fn an_engagement_is_written_as_toml() {
        let written: toml::Table =
            toml::from_str(&format!("organisation = \"Sample 001\"{PROFILE}")).expect("it is TOML");
        assert_eq!(written["profile"]["seats"].as_integer(), Some(25_000));
    }
}
