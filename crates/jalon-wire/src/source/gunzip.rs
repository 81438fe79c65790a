//! Gzip with a ceiling, so that a small upload cannot fill a disk or a day.

use std::io::{self, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::Limits;

/// Below this the ratio says nothing: a small file may well be one long run.
const RATIO_COUNTS_FROM: u64 = 16 << 20;

pub(super) struct Gunzip<R> {
    decoder: MultiGzDecoder<BufReader<Tally<R>>>,
    plain: u64,
    limits: Limits,
}

impl<R: Read> Gunzip<R> {
    pub(super) fn new(stored: R, limits: Limits) -> Self {
        let stored = BufReader::with_capacity(
            64 << 10,
            Tally {
                inner: stored,
                count: 0,
            },
        );
        Self {
            decoder: MultiGzDecoder::new(stored),
            plain: 0,
            limits,
        }
    }

    fn within_limits(&self) -> io::Result<()> {
        let Limits { plain_bytes, expansion } = self.limits;
        let stored = self.decoder.get_ref().get_ref().count;
        if self.plain > plain_bytes {
            return Err(too_large(format!("the file unpacks to more than {plain_bytes} bytes")));
        }
        if self.plain > RATIO_COUNTS_FROM && self.plain / stored.max(1) > expansion {
            return Err(too_large(format!(
                "the file unpacks to more than {expansion} times itself"
            )));
        }
        Ok(())
    }
}

impl<R: Read> Read for Gunzip<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.decoder.read(into)?;
        self.plain += count as u64;
        self.within_limits()?;
        Ok(count)
    }
}

fn too_large(why: String) -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, why)
}

struct Tally<R> {
    inner: R,
    count: u64,
}

impl<R: Read> Read for Tally<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(into)?;
        self.count += count as u64;
        Ok(count)
    }
}
