//! Runs over a directory in memory: made, refused, stopped, broken off and taken up again.

use std::{fs, path::PathBuf};

use futures::executor::block_on;
use jalon_wire::ldif::ChangeRecords;

use super::{
    memory::{Breaks, Memory, Objects},
    *,
};
use crate::directory::fix::plan::ValueChange;

const TARGET: [&str; 2] = ["ldap://dc1.contoso.example:389", "directory"];

fn now() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().expect("a time")
}

/// Where a run notes what it does.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn create(&self) -> Log {
        Log::create(&self.path("journal"), &self.path("undo"), TARGET, now()).expect("new files")
    }

    fn resume(&self) -> Log {
        Log::resume(&self.path("journal"), &self.path("undo"), TARGET).expect("its own journal")
    }

    fn undo(&self) -> Vec<Wanted> {
        let file = fs::File::open(self.path("undo")).expect("it was written");
        let requested = |it: Result<_, _>| Requested::of(it.expect("well-formed")).expect("text");
        ChangeRecords::new(file).map(requested).map(Wanted::Requested).collect()
    }
}

fn object(values: &[(&str, &str)]) -> std::collections::BTreeMap<String, Vec<String>> {
    let mut object = std::collections::BTreeMap::<String, Vec<String>>::new();
    for (name, value) in values {
        object.entry((*name).to_owned()).or_default().push((*value).to_owned());
    }
    object.values_mut().for_each(|it| it.sort());
    object
}

/// Ten people with a space in their address.
fn people() -> Objects {
    let person = |n| {
        let values = [
            ("mail", format!("p {n}@contoso.example")),
            ("proxyAddresses", format!("smtp:p {n}@contoso.example")),
            ("proxyAddresses", format!("SMTP:person{n}@contoso.example")),
        ];
        let values: Vec<_> = values.iter().map(|it| (it.0, it.1.as_str())).collect();
        (format!("CN=p{n}"), object(&values))
    };
    (0..10).map(person).collect()
}

fn swap(attribute: &str, from: Option<&str>, to: Option<&str>) -> ValueChange {
    ValueChange {
        attribute: attribute.to_owned(),
        from: from.map(str::to_owned),
        to: to.map(str::to_owned),
        rules: Vec::new(),
    }
}

fn planned(dn: &str, changes: Vec<ValueChange>) -> Wanted {
    Wanted::Planned(ObjectChange {
        dn: dn.to_owned(),
        object_class: "user".to_owned(),
        changes,
    })
}

/// The space goes, in both attributes.
fn wanted() -> Vec<Wanted> {
    let change = |n| {
        let [from, to] = [format!("p {n}@contoso.example"), format!("p{n}@contoso.example")];
        let [old, new] = [format!("smtp:{from}"), format!("smtp:{to}")];
        let changes = vec![
            swap("mail", Some(&from), Some(&to)),
            swap("proxyAddresses", Some(&old), Some(&new)),
        ];
        planned(&format!("CN=p{n}"), changes)
    };
    (0..10).map(change).collect()
}

fn run(directory: &mut Memory, wanted: &[Wanted], log: &mut Log) -> Outcome {
    run_until(directory, wanted, log, usize::MAX)
}

fn run_until(directory: &mut Memory, wanted: &[Wanted], log: &mut Log, most: usize) -> Outcome {
    let done = std::sync::atomic::AtomicUsize::new(0);
    let order = std::sync::atomic::Ordering::SeqCst;
    let run = Run {
        clock: &now,
        is_stopped: &|| done.load(order) >= most,
        on_object: &|_| {
            done.fetch_add(1, order);
        },
    };
    block_on(apply(directory, wanted, log, run)).expect("the log can be written")
}

fn mended() -> Objects {
    let mut memory = Memory::new(people());
    run(&mut memory, &wanted(), &mut Desk::new().create());
    memory.objects
}

#[test]
fn every_object_is_changed_and_changed_back() {
    let (mut memory, place) = (Memory::new(people()), Desk::new());
    let outcome = run(&mut memory, &wanted(), &mut place.create());
    assert!(
        outcome.is_complete() && outcome.count(Made::Applied) == 10,
        "{outcome:?}"
    );
    let first = &memory.objects["CN=p0"];
    assert_eq!(
        *first,
        object(&[
            ("mail", "p0@contoso.example"),
            ("proxyAddresses", "SMTP:person0@contoso.example"),
            ("proxyAddresses", "smtp:p0@contoso.example"),
        ])
    );
    let undo = place.undo();
    assert_eq!(
        (undo.len(), undo[0].dn()),
        (10, "CN=p9"),
        "the last change is undone first"
    );
    let outcome = run(&mut memory, &undo, &mut Desk::new().create());
    assert!(outcome.is_complete(), "{outcome:?}");
    assert_eq!(memory.objects, people());
}

#[test]
fn what_moved_is_left_alone_and_told() {
    let (mut memory, place) = (Memory::new(people()), Desk::new());
    memory.objects.remove("CN=p1");
    memory
        .objects
        .insert("CN=p2".to_owned(), object(&[("mail", "else@contoso.example")]));
    memory.objects.insert("CN=p3".to_owned(), mended()["CN=p3"].clone());
    let before = memory.objects.clone();
    let outcome = run(&mut memory, &wanted(), &mut place.create());
    let told: Vec<_> = outcome
        .results
        .iter()
        .filter(|it| it.made != Made::Applied)
        .map(|it| {
            (
                it.change.dn.as_str(),
                it.made,
                it.told.as_ref().map(|it| it.en.as_str()),
            )
        })
        .collect();
    let expected = [
        ("CN=p1", Made::Moved, Some("there is no such object any more")),
        ("CN=p2", Made::Moved, Some("mail no longer holds “p 2@contoso.example”")),
        ("CN=p3", Made::Already, None),
    ];
    assert_eq!(told, expected);
    assert!(!outcome.is_complete());
    for dn in ["CN=p2", "CN=p3"] {
        assert_eq!(memory.objects[dn], before[dn]);
    }
    assert_eq!(place.undo().len(), 7, "only what was changed is undone");
}

#[test]
fn a_run_can_be_stopped_and_taken_up_again() {
    let (mut memory, place) = (Memory::new(people()), Desk::new());
    let outcome = run_until(&mut memory, &wanted(), &mut place.create(), 4);
    assert_eq!((outcome.ended, outcome.remaining), (Ended::Stopped, 6));
    assert_eq!(place.undo().len(), 4);
    let reads = memory.reads;
    let outcome = run(&mut memory, &wanted(), &mut place.resume());
    assert_eq!((outcome.count(Made::Before), outcome.count(Made::Applied)), (4, 6));
    assert_eq!(memory.reads - reads, 6, "what is done is not even read again");
    assert_eq!((memory.objects.clone(), place.undo().len()), (mended(), 10));
}

#[test]
fn a_change_whose_answer_never_came_is_judged_by_the_object() {
    for breaks in [Breaks::Before(3), Breaks::After(3)] {
        let (mut memory, place) = (Memory::new(people()), Desk::new());
        memory.breaks = breaks;
        let outcome = run(&mut memory, &wanted(), &mut place.create());
        assert_eq!(outcome.remaining, 7, "{breaks:?}");
        assert!(matches!(outcome.ended, Ended::Lost { .. }));
        // It is back, and what was found of it is noted.
        (memory.breaks, memory.is_gone) = (Breaks::Never, false);
        let outcome = run(&mut memory, &wanted(), &mut place.resume());
        assert!(outcome.is_complete(), "{breaks:?} {outcome:?}");
        assert_eq!(memory.objects, mended(), "{breaks:?}");
        let outcome = run(&mut memory, &place.undo(), &mut Desk::new().create());
        assert!(outcome.is_complete(), "{breaks:?} {outcome:?}");
        assert_eq!(memory.objects, people(), "{breaks:?}");
    }
}

#[test]
fn a_connection_that_comes_back_at_once_costs_nothing() {
    for breaks in [Breaks::Before(3), Breaks::After(3)] {
        let (mut memory, place) = (Memory::new(people()), Desk::new());
        (memory.breaks, memory.stays_away) = (breaks, false);
        let outcome = run(&mut memory, &wanted(), &mut place.create());
        assert!(
            outcome.is_complete() && outcome.count(Made::Applied) == 10,
            "{outcome:?}"
        );
        assert_eq!((&memory.objects, place.undo().len()), (&mended(), 10));
    }
}

#[test]
fn a_line_of_the_journal_that_was_cut_off_never_counted() {
    let place = Desk::new();
    run_until(&mut Memory::new(people()), &wanted(), &mut place.create(), 2);
    let whole = fs::read(place.path("journal")).expect("written");
    fs::write(place.path("journal"), [&whole, &b"{\"event\":\"beg"[..]].concat()).expect("ours");
    drop(place.resume());
    assert_eq!(fs::read(place.path("journal")).expect("written"), whole);
}

#[test]
fn files_of_another_run_are_left_alone() {
    let place = Desk::new();
    drop(place.create());
    let [journal, undo] = ["journal", "undo"].map(|it| place.path(it));
    let created = Log::create(&journal, &place.path("other"), TARGET, now());
    assert!(matches!(created, Err(LogError::Exists { path }) if path == journal));
    let created = Log::create(&place.path("another"), &undo, TARGET, now());
    assert!(matches!(created, Err(LogError::Exists { path }) if path == undo));
    let resumed = Log::resume(&journal, &undo, ["ldap://dc2.contoso.example:389", "directory"]);
    assert!(matches!(resumed, Err(LogError::OtherRun { .. })));
    let held = place.resume();
    assert!(matches!(
        Log::resume(&journal, &undo, TARGET),
        Err(LogError::InUse { .. })
    ));
    drop(held);
    fs::write(&journal, "no journal\n").expect("ours");
    assert!(matches!(
        Log::resume(&journal, &undo, TARGET),
        Err(LogError::Malformed { line: 1, .. })
    ));
}

#[test]
fn nothing_is_changed_that_is_not_noted_first() {
    let (mut memory, place) = (Memory::new(people()), Desk::new());
    let mut log = place.create();
    fs::remove_dir_all(place.folder.path()).expect("ours");
    // The open files go on to exist; only putting the undo file into its order at the end fails.
    let run = Run {
        clock: &now,
        is_stopped: &|| true,
        on_object: &|_| {},
    };
    let ended = block_on(apply(&mut memory, &wanted(), &mut log, run));
    assert!(matches!(ended, Err(LogError::Unavailable { .. })));
    assert_eq!(memory.changes, 0);
}

#[track_caller]
fn check(held: &[(&str, &str)], changes: Vec<ValueChange>, expected: Made, after: &[(&str, &str)]) {
    let objects = Objects::from([("CN=a".to_owned(), object(held))]);
    let mut memory = Memory::new(objects);
    let place = Desk::new();
    let outcome = run(&mut memory, &[planned("CN=a", changes)], &mut place.create());
    assert_eq!(outcome.results[0].made, expected, "{outcome:?}");
    assert_eq!(memory.objects["CN=a"], object(after));
    run(&mut memory, &place.undo(), &mut Desk::new().create());
    assert_eq!(memory.objects["CN=a"], object(held), "undone");
}

#[test]
fn a_blank_attribute_is_filled_only_while_it_is_blank() {
    let fill = || vec![swap("displayName", None, Some("Ada"))];
    check(
        &[("mail", "a")],
        fill(),
        Made::Applied,
        &[("mail", "a"), ("displayName", "Ada")],
    );
    check(
        &[("displayName", "  ")],
        fill(),
        Made::Applied,
        &[("displayName", "Ada")],
    );
    check(
        &[("displayName", "Lady A")],
        fill(),
        Made::Moved,
        &[("displayName", "Lady A")],
    );
    check(
        &[("displayName", "Ada")],
        fill(),
        Made::Already,
        &[("displayName", "Ada")],
    );
}

#[test]
fn a_correction_that_is_held_by_now_is_not_added_again() {
    let proxies = |it: &[&'static str]| it.iter().map(|it| ("proxyAddresses", *it)).collect::<Vec<_>>();
    let mend = |from, to| vec![swap("proxyAddresses", Some(from), Some(to))];
    check(
        &proxies(&["smtp:a b@x", "SMTP:ab@x"]),
        mend("smtp:a b@x", "smtp:ab@x"),
        Made::Applied,
        &proxies(&["SMTP:ab@x"]),
    );
    let primary = proxies(&["SMTP:a b@x", "smtp:ab@x"]);
    check(&primary, mend("SMTP:a b@x", "SMTP:ab@x"), Made::Moved, &primary);
    check(
        &proxies(&["Smtp:a@x"]),
        mend("Smtp:a@x", "smtp:a@x"),
        Made::Applied,
        &proxies(&["smtp:a@x"]),
    );
    let more = vec![swap("proxyAddresses", None, Some("SMTP:a@x"))];
    check(
        &proxies(&["smtp:b@x"]),
        more,
        Made::Applied,
        &proxies(&["SMTP:a@x", "smtp:b@x"]),
    );
    // One value takes the place of another that leaves in the same change.
    let chain = [mend("smtp:a b@x", "smtp:ab@x"), mend("smtp:AB@x", "smtp:b@x")].concat();
    check(
        &proxies(&["smtp:a b@x", "smtp:AB@x"]),
        chain,
        Made::Applied,
        &proxies(&["smtp:ab@x", "smtp:b@x"]),
    );
}

#[test]
fn records_of_others_are_made_with_the_same_care() {
    let text = "dn: CN=a\nchangetype: modify\ndelete: mail\nmail: a\n-\nadd: mail\nmail: b\n-\n\n\
                dn: CN=a\nchangetype: modify\nreplace: mail\nmail: c\n-\ndelete: l\n-\n\n\
                dn: CN=b\nchangetype: modify\ndelete: mail\nmail: a\n-\nadd: mail\nmail: b\n-\n\n\
                dn: CN=c\nchangetype: modify\nadd: mail\nmail: c\n-\n";
    let requested = |it: Result<_, _>| Requested::of(it.expect("well-formed")).expect("text");
    let wanted: Vec<_> = ChangeRecords::new(text.as_bytes())
        .map(requested)
        .map(Wanted::Requested)
        .collect();
    let held = Objects::from([
        ("CN=a".to_owned(), object(&[("mail", "a"), ("l", "x")])),
        ("CN=b".to_owned(), object(&[("mail", "z")])),
        ("CN=c".to_owned(), object(&[("mail", "c")])),
    ]);
    let (mut memory, place) = (Memory::new(held.clone()), Desk::new());
    let outcome = run_until(&mut memory, &wanted, &mut place.create(), 1);
    assert_eq!(outcome.remaining, 3);
    let outcome = run(&mut memory, &wanted, &mut place.resume());
    let made: Vec<_> = outcome.results.iter().map(|it| it.made).collect();
    // The first record finds its value gone, and is known to have made that itself.
    assert_eq!(made, [Made::Before, Made::Applied, Made::Moved, Made::Already]);
    assert_eq!(memory.objects["CN=a"], object(&[("mail", "c")]));
    run(&mut memory, &place.undo(), &mut Desk::new().create());
    assert_eq!(memory.objects, held);
}

#[test]
fn every_line_of_the_journal_has_its_time() {
    let place = Desk::new();
    run(&mut Memory::new(people()), &wanted(), &mut place.create());
    let journal = fs::read_to_string(place.path("journal")).expect("written");
    let timed = |it: &str| it.contains("\"time\":\"2026-11-20T12:00:00Z\"");
    assert!(journal.lines().all(timed), "{journal}");
    assert_eq!(journal.lines().count(), 21, "one line for the run, two for each object");
}
