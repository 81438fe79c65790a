//! Files on a real folder.

use futures::stream;
use jalon_domain::ids::IdSource;

use super::*;
use crate::testing::Counter;

type Piece = Result<Bytes, &'static str>;

fn pieces(pieces: &[&'static str]) -> impl Stream<Item = Piece> + use<> {
    let pieces: Vec<Piece> = pieces.iter().map(|it| Ok(Bytes::from_static(it.as_bytes()))).collect();
    stream::iter(pieces)
}

struct Folder {
    files: Files,
    folder: tempfile::TempDir,
}

fn fresh() -> Folder {
    let folder = tempfile::tempdir().unwrap();
    Folder {
        files: Files::open(folder.path()).unwrap(),
        folder,
    }
}

fn id() -> AttachmentId {
    AttachmentId(Counter::default().next())
}

/// Every file under a folder, temporary ones included.
fn left(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().map(|it| it.unwrap().path());
    entries.map(|it| if it.is_dir() { left(&it) } else { 1 }).sum()
}

#[tokio::test]
async fn what_is_put_comes_back_with_its_size_and_hash() {
    let Folder { files, folder } = fresh();
    let kept = files.put(id(), pieces(&["a", "", "bc"]), 3).await.unwrap();
    // SHA-256 of "abc" (FIPS 180-4, example B.1).
    let sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    assert_eq!(
        kept,
        Kept {
            size: 3,
            sha256: sha256.into()
        }
    );
    assert_eq!(files.get(id()).await.unwrap().unwrap(), "abc");
    let (size, stream) = files.stream(id()).await.unwrap().unwrap();
    let streamed: Vec<Bytes> = stream.try_collect().await.unwrap();
    assert_eq!((size, streamed.concat()), (3, b"abc".to_vec()));
    files.delete(id()).await.unwrap();
    files.delete(id()).await.unwrap();
    assert_eq!(files.get(id()).await.unwrap(), None);
    assert_eq!(left(folder.path()), 0);
}

#[tokio::test]
async fn a_file_of_many_parts_comes_back() {
    let Folder { files, .. } = fresh();
    let piece = Bytes::from(vec![7u8; 1 << 20]);
    let many = stream::iter((0..12).map(|_| Ok::<_, &str>(piece.clone())));
    assert_eq!(files.put(id(), many, 12 << 20).await.unwrap().size, 12 << 20);
    assert_eq!(files.get(id()).await.unwrap().unwrap().len(), 12 << 20);
}

#[tokio::test]
async fn an_empty_file_is_a_file() {
    let Folder { files, .. } = fresh();
    assert_eq!(files.put(id(), pieces(&[]), 0).await.unwrap().size, 0);
    assert_eq!(files.get(id()).await.unwrap().unwrap(), "");
}

#[tokio::test]
async fn one_byte_too_many_leaves_nothing_behind() {
    let Folder { files, folder } = fresh();
    let refused = files.put(id(), pieces(&["ab", "cd"]), 3).await.unwrap_err();
    assert!(matches!(refused, StoreError::TooLarge { limit: 3 }), "{refused}");
    assert_eq!(files.get(id()).await.unwrap(), None);
    assert_eq!(left(folder.path()), 0);
}

#[tokio::test]
async fn an_interrupted_upload_leaves_nothing_behind() {
    let Folder { files, folder } = fresh();
    let broken = stream::iter([Ok(Bytes::from_static(b"ab")), Err("the line broke")]);
    let refused = files.put(id(), broken, 10).await.unwrap_err();
    assert!(
        matches!(&refused, StoreError::Interrupted(it) if it == "the line broke"),
        "{refused}"
    );
    assert_eq!(left(folder.path()), 0);
}

#[test]
fn a_full_disk_is_seen_through_the_object_store() {
    // ENOSPC is 28 on Linux (errno(3)).
    let source = Box::new(io::Error::from_raw_os_error(28));
    let error = object_store::Error::Generic {
        store: "LocalFileSystem",
        source,
    };
    assert!(matches!(failed(&error, "files".into()), StoreError::Full { .. }));
}
