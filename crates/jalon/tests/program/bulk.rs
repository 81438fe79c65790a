//! `jalon check … --file`: many targets, an output that can be taken up again, a summary by rule.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use serde_json::Value;

use crate::{
    program::{Ended, jalon},
    stage::{beside, scene},
};

const LIST: &str = "\u{feff}# the domains of the move\r\nnord.example.com\r\n\n  Siege.Example.com.  # head office\nagences.example.com\nnord.example.com\n";

struct Bulk {
    folder: tempfile::TempDir,
    server: String,
}

impl Bulk {
    fn of(list: &str, server: String) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("domains.txt"), list).unwrap();
        Self { folder, server }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    async fn check(&self, more: &[&str]) -> Ended {
        let file = self.path("domains.txt").display().to_string();
        let words = ["check", "dns", "--resolver", &self.server, "--file", &file];
        let words: Vec<String> = words.iter().chain(more).map(|it| (*it).to_owned()).collect();
        beside(move || jalon(words)).await
    }

    async fn write(&self, more: &[&str]) -> Ended {
        let output = self.path("out.ndjson").display().to_string();
        self.check(&[&["--output", &output][..], more].concat()).await
    }
}

fn lines(path: &Path) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

fn by_target(lines: &[Value]) -> BTreeMap<&str, &Value> {
    let documents = lines.iter().filter(|it| it["schema"] == "jalon.check/1");
    documents.map(|it| (it["target"].as_str().unwrap(), it)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_line_is_measured_once_and_the_last_line_sums_up() {
    let scene = scene().await;
    let bulk = Bulk::of(LIST, scene.dns().to_string());
    let ended = bulk.check(&["--format", "ndjson"]).await;
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let lines = ended.lines();
    let (summary, documents) = lines.split_last().expect("lines");
    let documents = by_target(documents);
    assert_eq!(
        documents.keys().collect::<Vec<_>>(),
        [&"agences.example.com", &"nord.example.com", &"siege.example.com"]
    );
    assert_eq!(
        (&summary["schema"], &summary["targets"], &summary["outcome"]),
        (&"jalon.summary/1".into(), &3.into(), &"fail".into())
    );
    // The summary says of each rule what its documents say.
    for row in summary["rules"].as_array().unwrap() {
        let broken = documents.values().filter(|it| {
            let findings = it["findings"].as_array().unwrap();
            findings.iter().any(|it| it["rule"] == row["rule"])
        });
        assert_eq!(row["targets"], broken.count(), "{row}");
    }
    assert!(
        summary["rules"]
            .as_array()
            .unwrap()
            .iter()
            .any(|it| it["rule"] == "SPF-02")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_output_that_was_cut_short_is_taken_up_where_it_ended() {
    let scene = scene().await;
    let bulk = Bulk::of(LIST, scene.dns().to_string());
    let whole = bulk.write(&[]).await;
    assert_eq!(whole.code, Some(1), "{whole:?}");
    assert!(
        whole.out.contains("3 targets") && whole.out.contains("SPF-02"),
        "{whole:?}"
    );
    let path = bulk.path("out.ndjson");
    let before = lines(&path);
    // The program was killed while it wrote the second document.
    let text = fs::read_to_string(&path).unwrap();
    let first = text.find('\n').unwrap() + 1;
    fs::write(&path, &text[..first + 40]).unwrap();
    bulk.write(&[]).await.refused(&["out.ndjson", "--resume"]);
    let resumed = bulk.write(&["--resume", "--format", "ndjson"]).await;
    assert_eq!(resumed.code, Some(1), "{resumed:?}");
    let after = lines(&path);
    assert_eq!(after[0], before[0], "what was whole is kept");
    assert_eq!(after.len(), 4);
    let outcomes = |lines: &[Value]| {
        by_target(lines)
            .into_iter()
            .map(|(target, it)| (target.to_owned(), it["outcome"].clone(), it["findings"].clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(outcomes(&after), outcomes(&before));
    assert_eq!(resumed.json()["stats"]["resumed"], 1);
    assert_eq!(resumed.json()["targets"], 3);
    // Nothing is left to do: the summary is made anew, and stands in the file once.
    let again = bulk.write(&["--resume", "--format", "ndjson"]).await;
    assert_eq!((again.code, &again.json()["stats"]["resumed"]), (Some(1), &3.into()));
    assert_eq!(lines(&path).len(), 4);
    // Two outputs put together: what stands behind the summary of the first is not lost.
    let mut text: Vec<String> = fs::read_to_string(&path).unwrap().lines().map(str::to_owned).collect();
    text.swap(0, 3);
    fs::write(&path, format!("{}\n", text.join("\n"))).unwrap();
    let joined = bulk.write(&["--resume", "--format", "ndjson"]).await;
    assert_eq!(joined.json()["stats"]["resumed"], 3);
    assert_eq!(by_target(&lines(&path)).len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_that_is_no_domain_is_said_and_loses_nothing() {
    let scene = scene().await;
    let bulk = Bulk::of("siege.example.com\nnot a domain\n", scene.dns().to_string());
    let ended = bulk.check(&["--format", "ndjson"]).await;
    assert_eq!(ended.code, Some(2), "{ended:?}");
    assert!(
        ended.err.contains("line 2") && ended.err.contains("not a domain"),
        "{ended:?}"
    );
    assert_eq!(ended.lines()[0]["target"], "siege.example.com");
}

#[test]
fn lists_and_outputs_that_cannot_be_used_are_refused_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let foreign = folder.path().join("notes.txt");
    fs::write(&foreign, "dear diary\n").unwrap();
    let foreign = foreign.display().to_string();
    jalon(["check", "dns", "--file", "/nowhere/domains.txt"]).refused(&["/nowhere/domains.txt"]);
    for (words, asked) in [("check dns", "<DOMAIN>"), ("check dns a.example --resume", "--output")] {
        let ended = jalon(words.split(' '));
        assert!(ended.code == Some(2) && ended.err.contains(asked), "{ended:?}");
    }
    jalon(["check", "dns", "a.example", "--output", &foreign, "--resume"]).refused(&["notes.txt", "line 1"]);
    assert_eq!(fs::read_to_string(&foreign).unwrap(), "dear diary\n");
}
