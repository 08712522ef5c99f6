//! Keeps results: in the journal first, and once they are flushed there, in the output.
//!
//! One thread does it. Results that come soon after another are flushed together with it, so that flushing costs little.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufWriter, Stdout, Write};
use std::path::PathBuf;
use std::time::Duration;

use thiserror::Error;

use super::bits::Bits;
use super::journal::{Entry, Journal, JournalError, Record};
use super::plan::Plan;
use super::tally::{Tally, Verdict};
use super::waiting::Receiver;
use crate::grader::Counts;

/// Most bytes that are flushed together.
const TOGETHER: usize = 1024 * 1024;
/// How long a result waits for others to be flushed with it: so many times so long.
const PAUSES: u32 = 2;
const PAUSE: Duration = Duration::from_millis(2);

/// A result on its way.
#[derive(Debug)]
pub(super) struct Finished {
    pub number: u64,
    pub verdict: Verdict,
    pub counts: Counts,
    pub line: Vec<u8>,
}

/// Results that cannot be kept.
#[derive(Debug, Error)]
pub enum KeepError {
    /// The journal cannot be used any more.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The results cannot be written.
    #[error("the results cannot be written to {to}")]
    Output {
        /// Where to, in words.
        to: String,
        /// Why.
        source: io::Error,
    },
}

/// Where results go.
#[derive(Debug)]
pub enum Output {
    /// To standard output, as long as somebody reads it.
    Standard(BufWriter<Stdout>),
    /// Into a file.
    File {
        /// The file.
        file: BufWriter<File>,
        /// Its path.
        path: PathBuf,
    },
    /// Nowhere but in the journal.
    None,
}

impl Output {
    /// To standard output.
    pub fn standard() -> Self {
        Self::Standard(BufWriter::new(io::stdout()))
    }

    /// Writes a result. A reader of standard output that has gone away is no failure.
    pub fn put(&mut self, line: &[u8]) -> Result<(), KeepError> {
        let Some(out) = self.writer() else { return Ok(()) };
        let written = out.write_all(line).and_then(|()| out.write_all(b"\n"));
        self.told(written)
    }

    /// Sees to it that what was written arrives.
    pub fn finish(&mut self) -> Result<(), KeepError> {
        let Some(out) = self.writer() else { return Ok(()) };
        let flushed = out.flush();
        self.told(flushed)
    }

    fn writer(&mut self) -> Option<&mut dyn Write> {
        match self {
            Self::Standard(out) => Some(out),
            Self::File { file, .. } => Some(file),
            Self::None => None,
        }
    }

    fn told(&mut self, result: io::Result<()>) -> Result<(), KeepError> {
        match (result, &*self) {
            (Ok(()), _) | (Err(_), Self::None) => Ok(()),
            (Err(error), Self::Standard(_)) if error.kind() == io::ErrorKind::BrokenPipe => {
                // A reader that has gone away changes nothing about the verdicts.
                *self = Self::None;
                Ok(())
            }
            (Err(source), Self::Standard(_)) => Err(KeepError::Output { to: "standard output".to_owned(), source }),
            (Err(source), Self::File { path, .. }) => {
                Err(KeepError::Output { to: format!("`{}`", path.display()), source })
            }
        }
    }
}

/// Results in the order of the list: they wait in the journal for those before them.
#[derive(Debug)]
struct Order {
    expected: Bits,
    next: u64,
    /// Where the lines begin of rows that have come before their turn.
    early: BTreeMap<u64, u64>,
}

/// Waits for results that can be flushed together with one that is there, unless none can come any more.
fn wait_for_more(results: &Receiver) {
    for _ in 0..PAUSES {
        if results.is_ending() {
            return;
        }
        std::thread::sleep(PAUSE);
    }
}

/// Keeps results.
pub(super) struct Keeper<'a> {
    journal: Option<Journal>,
    output: Output,
    order: Option<Order>,
    tally: &'a Tally,
}

impl<'a> Keeper<'a> {
    /// `ordered` needs a journal.
    pub fn new(journal: Option<Journal>, output: Output, ordered: bool, plan: &Plan, tally: &'a Tally) -> Self {
        let order = ordered.then(|| Order { expected: plan.expected(), next: 0, early: BTreeMap::new() });
        Self { journal, output, order, tally }
    }

    /// Writes what was kept of earlier runs, then everything that comes, until no more can come.
    pub fn run(mut self, plan: &Plan, mut results: Receiver) -> (Option<Journal>, Result<(), KeepError>) {
        let kept = self.earlier(plan).and_then(|()| self.flow(plan)).and_then(|()| self.output.finish());
        let done = kept.and_then(|()| {
            while let Some(first) = results.next() {
                wait_for_more(&results);
                let mut size = first.line.len();
                let mut together = vec![first];
                while size < TOGETHER
                    && let Some(more) = results.next_there()
                {
                    size += more.line.len();
                    together.push(more);
                }
                self.keep(&together, plan)?;
            }
            Ok(())
        });
        (self.journal, done)
    }

    /// Counts the results of earlier runs, and writes them unless an order has to be kept.
    fn earlier(&mut self, plan: &Plan) -> Result<(), KeepError> {
        let Some(journal) = self.journal.as_ref().filter(|_| plan.kept() > 0) else { return Ok(()) };
        let mut scan = journal.scan()?;
        while let Some((offset, entry)) = scan.next()? {
            if let Entry::Record(record) = entry
                && plan.kept.offset(record.number) == Some(offset)
            {
                self.tally.add(record.verdict, record.counts);
                if self.order.is_none() {
                    self.output.put(record.line)?;
                }
            }
        }
        Ok(())
    }

    fn keep(&mut self, results: &[Finished], plan: &Plan) -> Result<(), KeepError> {
        let mut offsets = Vec::with_capacity(results.len());
        if let Some(journal) = &mut self.journal {
            for Finished { number, verdict, counts, line } in results {
                let record = Record { number: *number, verdict: *verdict, counts: *counts, line };
                offsets.push(journal.add(&Entry::Record(record)));
            }
            journal.commit()?;
        }
        for Finished { verdict, counts, .. } in results {
            self.tally.add(*verdict, *counts);
        }
        if let Some(order) = &mut self.order {
            order.early.extend(results.iter().map(|result| result.number).zip(offsets));
            self.flow(plan)?;
        } else {
            for result in results {
                self.output.put(&result.line)?;
            }
        }
        self.output.finish()
    }

    /// Writes the results whose turn has come.
    fn flow(&mut self, plan: &Plan) -> Result<(), KeepError> {
        let (Some(order), Some(journal)) = (&mut self.order, &self.journal) else { return Ok(()) };
        while let Some(number) = order.expected.next(order.next) {
            let Some(offset) = order.early.remove(&number).or_else(|| plan.kept.offset(number)) else { break };
            let line = journal.read(offset, |record| record.line.to_vec())?;
            self.output.put(&line)?;
            order.next = number + 1;
        }
        Ok(())
    }
}
