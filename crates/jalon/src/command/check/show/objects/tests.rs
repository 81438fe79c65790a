//! What is shown of a directory, format by format: its shape, what it does with hostile values, with nothing, and with
//! what is accepted.

use std::{
    io::{self, Write},
    sync::{Arc, Mutex},
};

use jalon_domain::finding::Severity;

use super::{
    super::super::{report::Page, sample},
    *,
};
use crate::{exit::Exit, out::Printed};

const NOW: &str = "2026-11-20T12:00:00Z";

/// What a test reads when the output is done.
#[derive(Clone, Default)]
struct Buffer(Arc<Mutex<Vec<u8>>>);

impl Write for Buffer {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// How a run is shown.
struct How<'a> {
    format: Format,
    lang: Lang,
    limit: usize,
    accepted: &'a [PathBuf],
    report: Option<PathBuf>,
}

impl How<'_> {
    fn new(format: Format) -> Self {
        How {
            format,
            lang: Lang::En,
            limit: 100,
            accepted: &[],
            report: None,
        }
    }

    /// What is printed of a run that found those, and how it ends.
    fn show(self, defects: &[Defect]) -> (Exit, String) {
        let (buffer, judging) = (Buffer::default(), judging(self.format, self.limit));
        let mut out = Out::into(self.lang, buffer.clone());
        let bar = Bar::of_bytes(&out, None);
        let shown = Shown {
            suppress: self.accepted.to_vec(),
            report: self.report,
        };
        let mut showing =
            Showing::begin(&mut out, &judging, &shown, &bar, "export.ldif", NOW.parse().unwrap()).unwrap();
        defects.iter().for_each(|it| showing.defect(it.clone()));
        let exit = showing.end(sample::ended(defects)).unwrap();
        drop(out);
        let bytes = buffer.0.lock().unwrap().clone();
        (exit, String::from_utf8(bytes).unwrap())
    }
}

fn judging(format: Format, limit: usize) -> Judging {
    Judging {
        fail_on: Severity::Minor,
        printed: Printed { format },
        fix: false,
        limit,
    }
}

fn show(format: Format, defects: &[Defect]) -> String {
    How::new(format).show(defects).1
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|it| serde_json::from_str(it).unwrap()).collect()
}

#[test]
fn a_table_counts_first_and_then_tells() {
    let expected = "\
export.ldif · Directory: Fail
Of 35 rules 30 pass, 3 fail, 1 is inconclusive, 1 does not apply.
4 findings in 3 of 2000 objects (0.2%): one blocker, 2 major, 1 minor.

 RULE     SEVERITY  FINDINGS  OBJECTS  SHARE  ASKS
 DIR-021  Blocker   1         1        0.1%   userPrincipalName is held by one object only
 DIR-019  Major     2         2        0.1%   userPrincipalName holds allowed characters only
 DIR-002  Minor     1         1        0.1%   displayName is not blank

 RULE     OBJECT                                             ATTRIBUTE          WRONG                        VALUE                      PROPOSED                  ACTION
 DIR-021  CN=Ada,OU=People,OU=Lille,DC=contoso,DC=example    userPrincipalName  Duplicate                    ada@contoso.example                                  Keep
 DIR-019  CN=Zoé,OU=People,OU=Lille,DC=contoso,DC=example    userPrincipalName  Character                    zoé petit@contoso.example  zoepetit@contoso.example  Edit
 DIR-019  CN=Ada,OU=People,OU=Lille,DC=contoso,DC=example    mail               Character, Top-level domain  ␣ada@contoso,example␣                                No proposal
 DIR-002  CN=Édith,OU=People,OU=Lille,DC=contoso,DC=example  displayName        Blank                                                   Édith                     Edit

 RULES    WHAT COULD NOT BE TOLD
 DIR-016  not exported

 RULES    WHY IT DOES NOT APPLY
 DIR-018  another sign-in

";
    assert_eq!(
        How::new(Format::Table).show(&sample::few()),
        (Exit::Found, expected.to_owned())
    );
    let french = How {
        lang: Lang::Fr,
        ..How::new(Format::Table)
    };
    let (_, french) = french.show(&sample::few());
    assert!(
        french.contains("4 constats sur 3 objets parmi 2000 (0,2\u{202f}%)\u{a0}: un bloquant"),
        "{french}"
    );
    assert!(
        french.contains("PROPOSITION") && french.contains("Modifier") && french.contains("Doublon"),
        "{french}"
    );
}

#[test]
fn a_table_shows_so_many_and_says_how_many_more() {
    let defects: Vec<Defect> = sample::many(500).collect();
    for (limit, told) in [(3, Some("… and 497 more")), (500, None), (0, None)] {
        let how = How {
            limit,
            ..How::new(Format::Table)
        };
        let (_, text) = how.show(&defects);
        let rows = text.lines().filter(|it| it.contains("CN=Person")).count();
        assert_eq!(rows, if limit == 0 { 500 } else { limit });
        assert_eq!(
            text.lines()
                .find(|it| it.starts_with('…'))
                .map(|it| it.split(':').next().unwrap()),
            told
        );
    }
}

#[test]
fn csv_is_flat_and_in_the_language_asked_for() {
    let how = How {
        lang: Lang::Fr,
        ..How::new(Format::Csv)
    };
    let expected = "\
check,target,rule,outcome,severity,dn,object_class,attribute,errors,value,expected,proposed,action,holder,others,message,remedy
directory,export.ldif,DIR-021,fail,blocker,\"CN=Ada,OU=People,OU=Lille,DC=contoso,DC=example\",user,userPrincipalName,duplicate,ada@contoso.example,,,complete,later,\"CN=Grace,OU=People,OU=Lille,DC=contoso,DC=example|CN=Edsger,OU=People,OU=Lille,DC=contoso,DC=example\",userPrincipalName est faux,corrigez
directory,export.ldif,DIR-019,fail,major,\"CN=Ada,OU=People,OU=Lille,DC=contoso,DC=example\",user,mail,character top_level_domain,\" ada@contoso,example \",,,fail,,,mail est faux,corrigez
directory,export.ldif,DIR-016,inconclusive,,,,,,,,,,,,non exporté,
";
    assert_eq!(how.show(&sample::few()[1..3]), (Exit::Found, expected.to_owned()));
}

#[test]
fn a_stream_has_a_line_a_finding_and_one_that_ends_it() {
    let text = show(Format::Ndjson, &sample::few());
    let first = concat!(
        r#"{"rule":"DIR-019","severity":"major","dn":"CN=Zoé,OU=People,OU=Lille,DC=contoso,DC=example","#,
        r#""object_class":"user","attribute":"userPrincipalName","errors":["character"],"#,
        r#""value":"zoé petit@contoso.example","proposed":"zoepetit@contoso.example","action":"edit","holder":null,"#,
        r#""others":[],"message":{"en":"userPrincipalName is wrong","fr":"userPrincipalName est faux"}}"#,
    );
    assert_eq!(text.lines().next(), Some(first));
    let lines = lines(&text);
    let last = &lines[4];
    assert_eq!(
        (lines.len(), &last["outcome"], &last["suppressed"]),
        (5, &json!("fail"), &json!([]))
    );
    assert_eq!(last["findings"], Value::Null);
    assert_eq!(
        last["stats"],
        json!({
            "entries": 2100, "judged": 2000, "findings": 4, "flawed": 3, "suppressed": 0,
            "by_rule": {"DIR-002": 1, "DIR-019": 2, "DIR-021": 1},
            "by_attribute": {"displayName": 1, "mail": 1, "userPrincipalName": 2},
            "by_error": {"blank": 1, "character": 2, "duplicate": 1, "top_level_domain": 1},
        })
    );
}

#[test]
fn the_document_holds_everything_heaviest_first() {
    let how = How {
        limit: 1,
        ..How::new(Format::Json)
    };
    let document: Value = serde_json::from_str(&how.show(&sample::few()).1).unwrap();
    let findings = document["findings"].as_array().unwrap();
    let rules: Vec<_> = findings.iter().map(|it| it["rule"].as_str().unwrap()).collect();
    assert_eq!(rules, ["DIR-021", "DIR-019", "DIR-019", "DIR-002"]);
    assert_eq!(findings[0]["dn"], findings[0]["subject"]);
    assert_eq!(findings[0]["errors"], json!(["duplicate"]));
    assert_eq!(document["inconclusive"][0]["rule"], "DIR-016");
    assert_eq!(document["stats"]["by_error"]["character"], 2);
}

#[test]
fn nothing_found_is_shown_as_such() {
    let table = How::new(Format::Table).show(&[]);
    assert_eq!(table.0, Exit::Unsure, "a rule could not be told");
    assert!(table.1.starts_with("export.ldif · Directory: Inconclusive\n") && !table.1.contains("findings in"));
    assert_eq!(show(Format::Csv, &[]).lines().count(), 2, "the head and a doubt");
    assert_eq!(lines(&show(Format::Ndjson, &[]))[0]["stats"]["by_rule"], json!({}));
    let document: Value = serde_json::from_str(&show(Format::Json, &[])).unwrap();
    assert_eq!(
        (&document["findings"], &document["suppressed"]),
        (&json!([]), &json!([]))
    );
}

#[test]
fn no_format_obeys_a_hostile_value() {
    let defects = sample::hostile();
    for format in [Format::Table, Format::Json, Format::Ndjson] {
        let text = show(format, &defects);
        let acting = text.chars().find(|it| crate::text::acts(*it) && *it != '\n');
        assert_eq!(acting, None, "{format:?}");
    }
    let values: Vec<Value> = lines(&show(Format::Ndjson, &defects))
        .iter()
        .map(|it| it["value"].clone())
        .collect();
    assert_eq!(
        values[..sample::HOSTILE.len()],
        sample::HOSTILE.map(Value::from),
        "and programs get it whole"
    );
    let csv = show(Format::Csv, &defects);
    let mut reader = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().collect::<std::result::Result<_, _>>().unwrap();
    assert_eq!(rows.len(), defects.len() + 1);
    assert!(
        rows.iter()
            .flatten()
            .all(|it| !it.starts_with(['=', '+', '-', '@', '\t', '\r'])),
        "{csv}"
    );
    assert_eq!(&rows[2][9], "'=cmd|' /C calc'!A0");
}

/// A file of accepted findings.
fn accepted(folder: &std::path::Path, dn: &str, until: &str) -> [PathBuf; 1] {
    let path = folder.join("accepted.toml");
    let text = format!("[[suppress]]\nrule = \"*\"\ndn = \"{dn}\"\nreason = \"moves in spring\"\nuntil = {until}\n");
    std::fs::write(&path, text).unwrap();
    [path]
}

#[test]
fn what_is_accepted_is_told_and_does_not_count() {
    let folder = tempfile::tempdir().unwrap();
    let files = accepted(folder.path(), "cn=ada,*", "2026-12-31");
    let shown = |format, defects: &[Defect]| {
        let how = How {
            accepted: &files,
            ..How::new(format)
        };
        how.show(defects)
    };
    let (exit, table) = shown(Format::Table, &sample::few());
    assert_eq!(exit, Exit::Found);
    assert!(
        table.contains("2 findings in 2 of 2000 objects (0.1%): 1 major, 1 minor."),
        "{table}"
    );
    assert!(
        table.contains("2 findings suppressed until 2026-12-31: moves in spring ("),
        "{table}"
    );
    assert!(
        table.contains("accepted.toml, line 1)") && !table.contains("CN=Ada"),
        "{table}"
    );
    let (_, stream) = shown(Format::Ndjson, &sample::few());
    let last = lines(&stream).pop().unwrap();
    assert_eq!(
        (&last["stats"]["suppressed"], &last["stats"]["by_rule"]["DIR-021"]),
        (&json!(2), &Value::Null)
    );
    assert_eq!(last["suppressed"][0]["reason"], "moves in spring");
    assert!(stream.lines().count() == 3 && !shown(Format::Csv, &sample::few()).1.contains("CN=Ada"));
    let (exit, document) = shown(Format::Json, &sample::few()[1..3]);
    let document: Value = serde_json::from_str(&document).unwrap();
    assert_eq!(
        (exit, &document["outcome"]),
        (Exit::Unsure, &json!("inconclusive")),
        "nothing else is left"
    );
    assert_eq!(document["suppressed"].as_array().map(Vec::len), Some(2));
}

#[test]
fn a_mistake_in_what_is_accepted_is_told_before_anything_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut out = Out::into(Lang::En, Buffer::default());
    let (bar, judging) = (Bar::of_bytes(&out, None), judging(Format::Table, 1));
    let mut begin = |suppress: &[PathBuf], report: Option<PathBuf>| {
        let shown = Shown {
            suppress: suppress.to_vec(),
            report,
        };
        Showing::begin(&mut out, &judging, &shown, &bar, "-", NOW.parse().unwrap())
            .err()
            .map(|it| (it.line(Lang::En), it.line(Lang::Fr)))
    };
    let (en, fr) = begin(&accepted(folder.path(), "*", "2031-01-01"), None).unwrap();
    assert!(
        en.contains("accepted.toml, line 5: until is too far ahead; write 2028-11-20"),
        "{en}"
    );
    assert!(
        fr.contains("accepted.toml, ligne 5\u{a0}: until est trop lointain"),
        "{fr}"
    );
    let absent = begin(&[folder.path().join("absent.toml")], None).unwrap();
    assert!(absent.0.contains("absent.toml"), "{absent:?}");
    let nowhere = begin(&[], Some(folder.path().join("no/report.html"))).unwrap();
    assert!(nowhere.0.contains("report.html"), "{nowhere:?}");
    let is_folder = begin(&[], Some(folder.path().to_owned())).unwrap();
    assert!(is_folder.0.contains("directory"), "{is_folder:?}");
}

#[test]
fn a_report_stands_beside_any_format_and_is_whole_or_absent() {
    let folder = tempfile::tempdir().unwrap();
    for (format, name) in [
        (Format::Ndjson, "a.html"),
        (Format::Csv, "b.html"),
        (Format::Json, "c.html"),
        (Format::Table, "d.html"),
    ] {
        let how = How {
            report: Some(folder.path().join(name)),
            limit: 1,
            ..How::new(format)
        };
        let beside = how.show(&sample::few());
        let alone = How {
            limit: 1,
            ..How::new(format)
        };
        assert_eq!(beside, alone.show(&sample::few()), "{format:?}");
        let html = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(
            html.ends_with("</html>") && html.matches("<tr><td><code>CN=").count() == 4,
            "{html}"
        );
    }
    drop(Page::at(&folder.path().join("e.html")).unwrap());
    assert_eq!(
        std::fs::read_dir(folder.path()).unwrap().count(),
        4,
        "a run that is broken off leaves nothing"
    );
}

#[test]
fn a_stream_of_many_keeps_none_of_them() {
    let (mut out, bar) = (
        Out::into(Lang::En, Buffer::default()),
        Bar::of_bytes(&Out::into(Lang::En, Buffer::default()), None),
    );
    let judging = judging(Format::Ndjson, 100);
    let shown = Shown {
        suppress: Vec::new(),
        report: None,
    };
    let mut showing = Showing::begin(&mut out, &judging, &shown, &bar, "-", NOW.parse().unwrap()).unwrap();
    sample::many(1000).for_each(|it| showing.defect(it));
    assert_eq!((showing.tally.findings(), showing.tally.kept().count()), (1000, 0));
}
