//! Secrets at rest: nowhere in the database, in their own place only, with their own key only.

use std::{
    fs,
    sync::atomic::{AtomicU64, Ordering},
};

use sea_orm::ConnectionTrait;
use sha2::{Digest, Sha256};

use super::*;
use crate::{
    Location,
    db::Connected,
    testing::{Basics, Counter, Place as Where, at, basics, on_both_places},
};

const PASSWORD: &str = "correct-horse-battery-staple";

/// Bytes that never repeat within a test run.
fn random(bytes: &mut [u8]) {
    static DRAWN: AtomicU64 = AtomicU64::new(1);
    let hash = Sha256::digest(DRAWN.fetch_add(1, Ordering::Relaxed).to_be_bytes());
    bytes
        .iter_mut()
        .zip(hash.iter().cycle())
        .for_each(|(to, from)| *to = *from);
}

fn place(of: &Basics) -> Place {
    Place {
        organisation: of.organisation,
        table: "directory_source",
        column: "password",
        row: of.target.id.0,
    }
}

async fn sealed(store: &Store, of: &Basics) -> Result<Sealed, StoreError> {
    store
        .write(async |tx| seal(store, tx, place(of), &PASSWORD.into(), at(0), &random).await)
        .await
}

/// Where the key of a place is: made by the program in a folder, by hand elsewhere.
fn key_path(place: &Where) -> PathBuf {
    match place.location() {
        Location::Folder(folder) => folder.join("jalon.key"),
        Location::Url { key, .. } => key.clone().expect("the place names one"),
    }
}

#[tokio::test]
async fn a_secret_comes_back_in_its_own_place_only() {
    on_both_places(async |it| {
        let store = it.open().await;
        let of = basics(&store, &Counter::default()).await;
        let kept = sealed(&store, &of).await.unwrap();
        assert!(!kept.0.contains(PASSWORD) && !format!("{kept:?}").contains(&kept.0));
        let back = open(&store, &store, place(&of), &kept).await.unwrap();
        assert_eq!(back.expose_secret(), PASSWORD);
        assert!(!format!("{back:?}").contains(PASSWORD));
        let moved = [
            Place {
                row: Uuid::from_u128(9),
                ..place(&of)
            },
            Place {
                column: "user",
                ..place(&of)
            },
            Place {
                table: "person",
                ..place(&of)
            },
        ];
        for elsewhere in moved {
            let error = open(&store, &store, elsewhere, &kept).await.unwrap_err();
            assert!(matches!(error, StoreError::Key(KeyError::Damaged { .. })), "{error}");
        }
    })
    .await;
}

#[tokio::test]
async fn what_one_organisation_sealed_does_not_open_for_another() {
    on_both_places(async |it| {
        let store = it.open().await;
        let ids = Counter::default();
        let (one, other) = (basics(&store, &ids).await, basics(&store, &ids).await);
        let kept = sealed(&store, &one).await.unwrap();
        sealed(&store, &other).await.unwrap();
        let foreign = Place {
            organisation: other.organisation,
            ..place(&one)
        };
        assert!(open(&store, &store, foreign, &kept).await.is_err());
        let state = check(&store).await.unwrap();
        assert!(
            matches!(
                state,
                KeyState::Fits {
                    organisations: 2,
                    is_exposed: false,
                    ..
                }
            ),
            "{state:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn the_database_holds_neither_the_secret_nor_the_key() {
    let it = Where::sqlite();
    let store = it.open().await;
    assert_eq!(check(&store).await.unwrap(), KeyState::NotNeeded);
    let of = basics(&store, &Counter::default()).await;
    let kept = sealed(&store, &of).await.unwrap();
    // Kept as a source would keep it.
    let note = format!("INSERT INTO setting (key, value) VALUES ('sealed', '\"{}\"')", kept.0);
    store.connection().execute_unprepared(&note).await.unwrap();
    store.close().await;
    let Location::Folder(folder) = it.location() else {
        unreachable!("it is a folder")
    };
    let key = fs::read(folder.join("jalon.key")).unwrap();
    assert_eq!(key.len(), 32);
    let mut looked_at = 0;
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if path
            .file_name()
            .is_some_and(|it| it.to_string_lossy().starts_with("jalon.db"))
        {
            let bytes = fs::read(path).unwrap();
            let holds = |what: &[u8]| bytes.windows(what.len()).any(|it| it == what);
            assert!(!holds(PASSWORD.as_bytes()) && !holds(&key));
            looked_at += bytes.len();
        }
    }
    assert!(looked_at > 10_000);
}

#[cfg(unix)]
#[tokio::test]
async fn the_key_of_a_folder_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let it = Where::sqlite();
    let store = it.open().await;
    let path = key_path(&it);
    assert!(!path.exists(), "it is made at first need");
    let of = basics(&store, &Counter::default()).await;
    sealed(&store, &of).await.unwrap();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let state = check(&store).await.unwrap();
    assert!(matches!(state, KeyState::Fits { is_exposed: true, .. }), "{state:?}");
}

#[tokio::test]
async fn a_missing_or_another_key_is_said_and_loses_nothing() {
    on_both_places(async |it| {
        let store = it.open().await;
        let of = basics(&store, &Counter::default()).await;
        let kept = sealed(&store, &of).await.unwrap();
        let path = key_path(it);
        let right = fs::read(&path).unwrap();
        let cases: [(&str, Option<&[u8]>, KeyError); 3] = [
            ("missing", None, KeyError::Missing { path: path.clone() }),
            ("other", Some(&[7; 32]), KeyError::Wrong { path: path.clone() }),
            (
                "short",
                Some(&[7; 5]),
                KeyError::NotAKey {
                    path: path.clone(),
                    size: 5,
                },
            ),
        ];
        for (name, bytes, expected) in cases {
            match bytes {
                Some(bytes) => fs::write(&path, bytes).unwrap(),
                None => fs::remove_file(&path).unwrap(),
            }
            let opened = open(&store, &store, place(&of), &kept).await.unwrap_err();
            let again = sealed(&store, &of).await.unwrap_err();
            for error in [opened, again, check(&store).await.unwrap_err()] {
                assert!(
                    matches!(&error, StoreError::Key(it) if *it == expected),
                    "{name}: {error}"
                );
            }
            assert_eq!(fs::read(&path).ok().as_deref(), bytes, "no key is made in its place");
        }
        fs::write(&path, right).unwrap();
        let back = open(&store, &store, place(&of), &kept).await.unwrap();
        assert_eq!(back.expose_secret(), PASSWORD);
    })
    .await;
}

#[tokio::test]
async fn a_shared_database_without_a_key_file_keeps_no_secret() {
    let it = Where::postgres().await;
    let Location::Url { url, files, .. } = it.location().clone() else {
        unreachable!("it is shared")
    };
    let store = Store::open(&Location::Url { url, files, key: None }).await.unwrap();
    let of = basics(&store, &Counter::default()).await;
    let error = sealed(&store, &of).await.unwrap_err();
    assert!(matches!(error, StoreError::Key(KeyError::Unnamed)), "{error}");
    assert_eq!(check(&store).await.unwrap(), KeyState::NotNeeded);
    store.close().await;
    it.remove().await;
}
