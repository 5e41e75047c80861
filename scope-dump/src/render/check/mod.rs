//! `check`: all that is wrong with a log, in the order in which it is found.

mod report;

use std::fs;
use std::path::Path;

use super::Rendered;
use crate::error::DumpError;
use crate::exit::Exit;
use crate::log::{Event, EventKind, LogEnd, LogReader, Outcome, ReadError};
use crate::progress::Progress;
pub(crate) use report::Report;

/// Something that is wrong.
#[derive(Debug)]
pub(crate) enum Finding<'a> {
    /// It can't be opened, or not be read further.
    Unreadable(&'a ReadError),
    /// A part of it is no whole frame, or makes no sense.
    Damage(scope_store::Damage),
    /// Its tail.
    Torn { offset: u64, bytes: u64 },
    /// No end frame: its program died, or still runs.
    Open,
    /// Events that its program left in its rings.
    Rings { events: u64 },
    /// Records that are lost.
    Lost { event: &'a Event, thread: String, count: u64 },
    /// Records that are lost, and nobody knows where.
    LostSomewhere { count: u64 },
    /// Events of places whose definitions are missing.
    Nameless { events: u64 },
    /// The log says that it holds more, or fewer, events than can be read.
    Totals { told: u64, read: u64 },
}

/// What a log turned out to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    pub events: u64,
    pub calls: u64,
    pub lost: u64,
    pub is_unreadable: bool,
    pub is_damaged: bool,
    pub is_open: bool,
}

impl Sum {
    pub fn exit(&self) -> Exit {
        match self {
            Self { is_damaged: true, .. } => Exit::BadLog,
            Self { is_open: false, lost: 0, .. } => Exit::Success,
            _ => Exit::Partial,
        }
    }
}

/// Reads all of the log and reports what it finds.
pub(crate) fn check(log: &Path, progress: &Progress, report: &mut Report<'_>) -> Result<Exit, DumpError> {
    report.begin(log);
    let mut sum = Sum::default();
    match LogReader::scan(log) {
        Ok(reader) => read(log, &reader, progress, report, &mut sum)?,
        Err(error) => {
            (sum.is_unreadable, sum.is_damaged) = (true, true);
            report.finding(&Finding::Unreadable(&error))?;
        }
    }
    report.end(&sum)?;
    Ok(sum.exit())
}

fn read(
    log: &Path,
    reader: &LogReader,
    progress: &Progress,
    report: &mut Report<'_>,
    sum: &mut Sum,
) -> Result<(), DumpError> {
    progress.expect(reader.totals().map_or(0, |totals| totals.counts.all()));
    for damage in reader.damage() {
        sum.is_damaged = true;
        report.finding(&Finding::Damage(*damage))?;
    }
    match reader.state() {
        LogEnd::Sealed => {}
        LogEnd::Torn { offset } => {
            sum.is_open = true;
            let length = fs::metadata(log).map_or(offset, |about| about.len());
            report.finding(&Finding::Torn { offset, bytes: length.saturating_sub(offset) })?;
        }
        _ => {
            sum.is_open = true;
            report.finding(&Finding::Open)?;
        }
    }
    if reader.recovered() > 0 {
        report.finding(&Finding::Rings { events: reader.recovered() })?;
    }
    let (mut recorded, mut located, mut nameless) = (0, 0u64, 0);
    let (mut rendered, mut said) = (Rendered::new(progress), String::new());
    for event in reader.events() {
        let event = match event {
            Err(ReadError::Damaged { damage, .. }) => {
                sum.is_damaged = true;
                report.finding(&Finding::Damage(damage))?;
                continue;
            }
            Err(error) => {
                sum.is_damaged = true;
                // What holds for each batch is said once.
                let text = error.to_string();
                if said != text {
                    report.finding(&Finding::Unreadable(&error))?;
                    said = text;
                }
                continue;
            }
            event => rendered.keep(event),
        };
        let Some(event) = event else { continue };
        sum.events += 1;
        nameless += u64::from(event.site.is_some_and(|site| reader.site(site).is_none()));
        match event.kind {
            EventKind::Lost { count } => {
                located = located.saturating_add(count);
                let thread = super::phrase::thread(event.thread, reader.thread(event.thread));
                report.finding(&Finding::Lost { event: &event, thread, count })?;
            }
            // What no probe recorded is not counted in the totals.
            EventKind::Mark { .. } | EventKind::Exit { outcome: Outcome::Unknown, .. } => {}
            EventKind::ThreadStarted | EventKind::ThreadEnded => {}
            EventKind::Entry { .. } => {
                recorded += 1;
                sum.calls += 1;
            }
            _ => recorded += 1,
        }
    }
    if nameless > 0 {
        sum.is_damaged = true;
        report.finding(&Finding::Nameless { events: nameless })?;
    }
    sum.lost = reader.lost().max(located);
    if sum.lost > located {
        report.finding(&Finding::LostSomewhere { count: sum.lost - located })?;
    }
    if let Some(totals) = reader.totals().filter(|totals| totals.counts.recorded() != recorded) {
        sum.is_damaged = true;
        report.finding(&Finding::Totals { told: totals.counts.recorded(), read: recorded })?;
    }
    Ok(())
}
