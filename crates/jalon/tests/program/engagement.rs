//! `jalon engagement`, `audit verify` and `doctor` on data folders, whole and spoilt.

use std::{fs, net::UdpSocket, path::Path};

use jalon_rehearsal::directory::{Directory, Plan};
use sqlx::{ConnectOptions, Executor, sqlite::SqliteConnectOptions};

use crate::{
    program::{Ended, jalon},
    stage,
};

/// The program on a data folder.
fn on(folder: &Path, words: &str, more: &[&str]) -> Ended {
    let folder = folder.display().to_string();
    jalon(words.split(' ').chain(["--data", &folder]).chain(more.iter().copied()))
}

/// Changes the database behind the program's back.
async fn tamper(folder: &Path, sql: &'static str) {
    let mut connection = SqliteConnectOptions::new()
        .filename(folder.join("jalon.db"))
        .connect()
        .await
        .unwrap();
    connection.execute(sql).await.unwrap();
    sqlx::Connection::close(connection).await.unwrap();
}

#[tokio::test]
async fn an_engagement_is_created_listed_shown_and_judged() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    stage::folder_with_somebody(&data).await;
    fs::write(folder.path().join("nord.ldif"), Directory::from(Plan::clean(20)).ldif).unwrap();
    let file = folder.path().join("nord.toml");
    fs::write(
        &file,
        "organisation = \"Example Nord\"\nstart = 2026-09-14\ndomains = [\"nord.example.com\"]\nendpoints = [\"mail.nord.example.com\"]\n\
         directories = [\"nord.ldif\"]\n[profile]\nprogrammes = [\"office365\", \"ems\"]\nservices = [\"exchange\"]\nseats = 2340\n",
    )
    .unwrap();
    let created = on(
        &data,
        "engagement create --format json",
        &["--file", &file.display().to_string()],
    );
    assert_eq!(created.code, Some(0), "{created:?}");
    let id = stage::id(&created.json()).to_string();
    let flags = on(
        &data,
        "engagement create --organisation Sud --service exchange,teams --option directory-sync",
        &["--seats", "180"],
    );
    assert!(
        flags.code == Some(0) && flags.out.contains("responsibilities apply"),
        "{flags:?}"
    );

    let listed = on(&data, "engagement list --format json", &[]).json();
    let names: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|it| it["organisation"].as_str().unwrap())
        .collect();
    assert_eq!(names, ["Example Nord", "Sud"]);
    let shown = on(&data, "engagement show --format json", &["Example Nord"]).json();
    assert_eq!(shown["targets"]["directory"][0], "nord.ldif");
    assert_eq!(
        (shown["start"].as_str(), shown["profile"]["seats"].as_u64()),
        (Some("2026-09-14"), Some(2340))
    );
    let status = on(&data, "engagement status --format json", &[&id]);
    assert_eq!(
        status.code,
        Some(0),
        "a blocked gate is a state, not an error: {status:?}"
    );
    let status = status.json();
    assert_eq!(status["states"]["not_started"], status["engagement"]["applicable"]);
    assert_eq!(status["gates"][0]["state"], "blocked");
    let table = on(&data, "--lang fr engagement status", &[&id]);
    assert!(
        table.out.contains("Non commencée") && table.out.contains("Ce qui bloque"),
        "{}",
        table.out
    );
}

#[tokio::test]
async fn what_an_engagement_cannot_be_made_of_is_told_and_nothing_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    on(&data, "engagement list", &[]).refused(&["no Jalon data", "jalon serve"]);
    assert!(!data.exists(), "looking creates nothing");
    stage::folder_with_somebody(&data).await;
    on(
        &data,
        "engagement create --organisation Nord --domain not..a.domain",
        &[],
    )
    .refused(&["not..a.domain", "contoso.example"]);
    on(
        &data,
        "engagement create --organisation Nord --directory /nowhere.ldif",
        &[],
    )
    .refused(&["/nowhere.ldif"]);
    on(&data, "engagement list --as nobody@nord.example.com", &[]).refused(&["nobody@nord.example.com"]);
    on(&data, "engagement status x", &[]).refused(&["“x”", "engagement list"]);
    let bad = folder.path().join("bad.toml");
    fs::write(
        &bad,
        "organisation = \"Nord\"\n[profile]\nprogrammes = [\"office365\"]\nseats = 1\ncolour = \"red\"\n",
    )
    .unwrap();
    on(&data, "engagement create", &["--file", &bad.display().to_string()]).refused(&["bad.toml", "line", "colour"]);
    assert_eq!(
        on(&data, "engagement list --format json", &[])
            .json()
            .as_array()
            .map(Vec::len),
        Some(0)
    );
}

#[tokio::test]
async fn nobody_can_act_where_nobody_is_known() {
    let folder = tempfile::tempdir().unwrap();
    let store = jalon_store::Store::open(&jalon_store::Location::Folder(folder.path().to_owned()))
        .await
        .unwrap();
    store.close().await;
    on(folder.path(), "engagement list", &[]).refused(&["jalon serve", "set-up link"]);
}

#[tokio::test]
async fn the_trail_is_whole_until_somebody_edits_it() {
    let folder = tempfile::tempdir().unwrap();
    stage::folder_with_somebody(folder.path()).await;
    assert_eq!(
        on(folder.path(), "engagement create --organisation Nord", &[]).code,
        Some(0)
    );
    let whole = on(folder.path(), "audit verify --format json", &[]);
    assert_eq!(whole.code, Some(0), "{whole:?}");
    assert!(
        whole
            .json()
            .as_array()
            .unwrap()
            .iter()
            .all(|it| it["broken"].is_null() && it["events"].as_u64() > Some(0))
    );
    tamper(
        folder.path(),
        "UPDATE audit_event SET actor_name = 'Somebody Else' WHERE seq = 1 AND action = 'engagement.created'",
    )
    .await;
    let broken = on(folder.path(), "audit verify --format json", &[]);
    assert_eq!(broken.code, Some(1), "{broken:?}");
    let found = broken.json();
    let chain = found
        .as_array()
        .unwrap()
        .iter()
        .find(|it| !it["broken"].is_null())
        .unwrap();
    assert_eq!(
        (chain["chain"].as_str(), chain["broken"]["seq"].as_i64()),
        (Some("Nord"), Some(1))
    );
    assert!(on(folder.path(), "audit verify", &[]).out.contains("event 1"));
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    stage::folder_with_somebody(folder.path()).await;
    tamper(
        folder.path(),
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m9999_later', 0)",
    )
    .await;
    on(folder.path(), "engagement list", &[]).refused(&["m9999_later", "upgrade"]);
    on(folder.path(), "serve --listen 127.0.0.1:0 --log error", &[]).refused(&["m9999_later", "upgrade"]);
    assert_eq!(
        on(folder.path(), "doctor --resolver 127.0.0.1:9 --timeout 50ms", &[]).code,
        Some(1)
    );
}

#[tokio::test]
async fn the_doctor_looks_at_everything_and_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let silent = UdpSocket::bind("127.0.0.1:0").unwrap();
    let server = silent.local_addr().unwrap().to_string();
    let found = on(
        folder.path(),
        "doctor --timeout 50ms --format json",
        &["--resolver", &server],
    );
    assert_eq!(found.code, Some(3), "a silent name server is a doubt: {found:?}");
    let signs = found.json();
    let outcome = |what: &str| {
        signs
            .as_array()
            .unwrap()
            .iter()
            .find(|it| it["what"] == what)
            .map(|it| it["outcome"].clone())
    };
    for (what, expected) in [
        ("entropy", "pass"),
        ("assets", "pass"),
        ("folder", "pass"),
        ("clock", "pass"),
        ("store", "not_applicable"),
        ("resolver", "inconclusive"),
    ] {
        assert_eq!(outcome(what), Some(expected.into()), "{what}: {signs:#}");
    }
    assert!(!folder.path().join("jalon.db").exists(), "looking creates nothing");
    let scene = stage::scene().await;
    stage::folder_with_somebody(folder.path()).await;
    let (path, server) = (folder.path().to_owned(), scene.dns().to_string());
    let well = stage::beside(move || on(&path, "doctor --format json", &["--resolver", &server])).await;
    assert!(
        well.json()
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["what"] != "room")
            .all(|it| it["outcome"] == "pass"),
        "{well:?}"
    );
}

#[tokio::test]
async fn the_doctor_says_whether_the_key_opens_the_secrets() {
    let folder = tempfile::tempdir().unwrap();
    stage::folder_with_a_directory(folder.path()).await;
    let key = folder.path().join("jalon.key");
    let sign = |of: &str| {
        let said = on(
            folder.path(),
            "doctor --format json --timeout 50ms",
            &["--resolver", "127.0.0.1:9"],
        )
        .json();
        let signs = said.as_array().unwrap().clone();
        let sign = signs.into_iter().find(|it| it["what"] == "key");
        let sign = sign.unwrap_or_else(|| panic!("{of}: {said:#}"));
        (
            sign["outcome"].clone(),
            sign["found"]["en"].as_str().unwrap().to_owned(),
        )
    };
    let fits = sign("as it was made");
    assert!(fits.0 == "pass" && fits.1.ends_with("of one organisation"), "{fits:?}");
    set_mode(&key, 0o644);
    assert_eq!(sign("exposed").0, "inconclusive");
    set_mode(&key, 0o600);
    std::fs::write(&key, [7; 32]).unwrap();
    let wrong = sign("another");
    assert!(
        wrong.0 == "fail" && wrong.1.contains("does not open the secrets"),
        "{wrong:?}"
    );
    std::fs::remove_file(&key).unwrap();
    let missing = sign("none");
    assert!(missing.0 == "fail" && missing.1.contains("is missing"), "{missing:?}");
    assert!(!key.exists(), "a new key would help nobody");
}

fn set_mode(file: &Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode)).unwrap();
}
