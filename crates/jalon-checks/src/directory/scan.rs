//! The scan: threads take pieces and judge what stands by itself; what they make of them is put in order; at the end the
//! objects that share something, or that the rest of the directory decides about, are read once more and told. The
//! findings and their order are the same whatever the number of threads.

mod ending;
mod whole;

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError, mpsc},
};

use jalon_domain::text::Text;
use jalon_wire::{
    entry::{EntryRef, ReadError},
    export::Piece,
    ldif::BlockReader,
};

use self::whole::Whole;
use super::{
    batch::{Batch, Counts, Question},
    claims::Shared,
    feed::{Broken, Feed, Portion, Source, unreadable},
    join::{Account, ActiveDirectory, Key},
    objects::Found,
};
use crate::{CheckError, Context, Progress};

/// How one profile judges.
pub(super) trait Judge: Sync {
    /// What a thread needs while it judges, made once.
    type Desk: Default;

    /// Judges an entry by itself. It stands `at` a place of the stream, or has to be copied to be read again.
    fn examine(&self, entry: &EntryRef<'_>, at: Option<u64>, desk: &mut Self::Desk, batch: &mut Batch);

    /// The value that a claim of the object means; None when the object holds none of that number.
    fn claimed(&self, entry: &EntryRef<'_>, key: u64, desk: &mut Self::Desk) -> Option<Vec<u8>>;

    /// Tells of an object what only the whole directory decides.
    fn tell(&self, entry: &EntryRef<'_>, asked: &Asked<'_>, desk: &mut Self::Desk, out: &mut dyn FnMut(Found));
}

/// What is asked about an object at the end.
pub(super) struct Asked<'a> {
    /// Its number.
    pub(super) object: u32,
    /// Why it is looked at.
    pub(super) questions: &'a [(u32, Question)],
    /// Who shares what.
    pub(super) shared: &'a Shared,
    /// The names of those who share: of as many holders of a value as are ever named.
    pub(super) names: &'a HashMap<u32, String>,
}

impl Asked<'_> {
    /// The name of an object that shares something; none for a holder beyond those that are named.
    pub(super) fn name(&self, object: u32) -> Option<&str> {
        self.names.get(&object).map(String::as_str)
    }
}

/// How to scan.
pub(super) struct How<'a> {
    /// How many threads judge.
    pub(super) threads: usize,
    /// Whether what is read is remembered by its SHA-256.
    pub(super) is_hashed: bool,
    /// The size of all sources in bytes, where known, for the progress.
    pub(super) total_bytes: Option<u64>,
    /// By what people are to be recognised in another directory, where there is one.
    pub(super) keys: Option<&'a [Key]>,
    /// Told how far the scan is.
    pub(super) ctx: &'a Context<'a>,
    /// Asked from time to time whether somebody stopped it.
    pub(super) cancelled: &'a (dyn Fn() -> bool + Sync),
}

/// A scan that came to its end.
pub(super) struct Scanned {
    /// What was counted.
    pub(super) counts: Counts,
    /// What another directory is to be compared with, where there is one.
    pub(super) directory: ActiveDirectory,
    /// Bytes read.
    pub(super) bytes: u64,
    /// The SHA-256 of the bytes that were read, in hexadecimal; `None` where there were none, or nobody wanted to know.
    pub(super) sha256: Option<String>,
}

/// Judges every entry of every source, handing over what is found.
pub(super) fn scan<J: Judge>(
    judge: &J,
    sources: Vec<Source>,
    how: &How<'_>,
    out: &mut dyn FnMut(Found),
) -> Result<Scanned, CheckError> {
    let (feed, sides) = Feed::open(sources, how.is_hashed)?;
    let mut whole = Whole::new(sides);
    judge_pieces(judge, feed, &mut whole, how, out)?;
    ending::tell(judge, &mut whole, how, out)?;
    Ok(whole.finish())
}

/// What a thread made of a piece.
struct Made {
    number: u64,
    source: usize,
    batch: Batch,
    accounts: Vec<Account>,
    lines: u64,
    broken: Option<CheckError>,
}

fn judge_pieces<J: Judge>(
    judge: &J,
    feed: Feed,
    whole: &mut Whole,
    how: &How<'_>,
    out: &mut dyn FnMut(Found),
) -> Result<(), CheckError> {
    let feed = Mutex::new(feed);
    let threads = how.threads.max(1);
    std::thread::scope(|scope| {
        let (sender, made) = mpsc::sync_channel(2 * threads);
        for _ in 0..threads {
            let (sender, feed) = (sender.clone(), &feed);
            scope.spawn(move || work(judge, how.keys, feed, &sender));
        }
        drop(sender);
        let done = gather(made, whole, how, out);
        if done.is_err() {
            feed.lock().unwrap_or_else(PoisonError::into_inner).stop();
        }
        done
    })
}

/// Takes pieces and judges them until there are none, or nobody listens any more.
fn work<J: Judge>(judge: &J, keys: Option<&[Key]>, feed: &Mutex<Feed>, sender: &mpsc::SyncSender<Made>) {
    let (mut reader, mut desk, mut spare) = (BlockReader::default(), J::Desk::default(), Vec::new());
    loop {
        let next = feed
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .next(std::mem::take(&mut spare));
        let made = match next {
            None => return,
            Some(Ok(portion)) => make(judge, keys, portion, &mut reader, &mut spare, &mut desk),
            Some(Err(broken)) => nothing_of(broken),
        };
        if sender.send(made).is_err() {
            return;
        }
    }
}

fn nothing_of(Broken { number, source, error }: Broken) -> Made {
    Made {
        number,
        source,
        batch: Batch::default(),
        accounts: Vec::new(),
        lines: 0,
        broken: Some(error),
    }
}

fn make<J: Judge>(
    judge: &J,
    keys: Option<&[Key]>,
    portion: Portion,
    reader: &mut BlockReader,
    spare: &mut Vec<u8>,
    desk: &mut J::Desk,
) -> Made {
    let mut batch = Batch::default();
    let (mut accounts, mut lines, mut broken) = (Vec::new(), 0, None);
    let mut examine = |entry: &EntryRef<'_>, at| {
        judge.examine(entry, at, desk, &mut batch);
        accounts.extend(keys.and_then(|it| Account::of(entry, it)));
    };
    match portion.piece {
        Piece::Entries(entries) => {
            for entry in &entries {
                examine(&entry.view(), None);
            }
            batch.counts.entries += entries.len() as u64;
        }
        Piece::Block(block) => {
            let mut entries = 0;
            *spare = reader.load(block);
            while let Some(next) = reader.next_entry() {
                match next {
                    Ok((at, entry)) => examine(&entry, (!portion.keeps).then_some(at)),
                    Err(error) => {
                        broken = Some(error);
                        break;
                    }
                }
                entries += 1;
            }
            batch.counts.entries += entries;
            lines = reader.lines();
        }
    }
    Made {
        number: portion.number,
        source: portion.source,
        batch,
        accounts,
        lines,
        broken: broken.map(|it: ReadError| unreadable(it)),
    }
}

/// Puts in order what comes from the threads.
fn gather(
    made: mpsc::Receiver<Made>,
    whole: &mut Whole,
    how: &How<'_>,
    out: &mut dyn FnMut(Found),
) -> Result<(), CheckError> {
    let (mut early, mut next) = (BTreeMap::new(), 0);
    for it in made {
        early.insert(it.number, it);
        while let Some(it) = early.remove(&next) {
            next += 1;
            whole.take(it, out)?;
            if (how.cancelled)() {
                return Err(CheckError::Cancelled);
            }
            (how.ctx.progress)(Progress {
                done: whole.bytes(),
                total: how.total_bytes,
                what: Text::new("judging objects", "examen des objets"),
            });
        }
    }
    Ok(())
}
