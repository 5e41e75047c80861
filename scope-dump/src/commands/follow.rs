//! `scope-dump follow`: a log that is being written.

use std::io::{ErrorKind, Write};
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use scope_store::reader::{AtPath, Follower};

use super::Run;
use crate::cli::{Format, LookArgs, SelectArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::filter::Filter;
use crate::log::{Event, LogEnd, LogReader, ReadError};
use crate::moment::Moment;
use crate::render::objects::Objects;
use crate::render::{about, events_json, events_text};
use crate::report::say;
use crate::units;

/// The time between two looks at the log.
const PERIOD: Duration = Duration::from_millis(100);
/// How often a log that has its end is looked at again: another may take its place.
const LAST_LOOKS: u32 = 5;

/// The events of a log that is being written, as they come, until it has its end (or Ctrl-C)
///
/// Events that were written together are in time order; those of a thread always are. Where another log takes the place of this one, it goes
/// on with that.
#[derive(Debug, Args)]
#[command(after_help = exit::help(&[
    "scope-dump follow run.scope",
    "scope-dump follow run.scope --kind error,panic,lost --timeout 10s",
    "scope-dump follow run.scope --new --format json",
]))]
pub(crate) struct FollowArgs {
    /// The log to read
    pub log: PathBuf,
    /// How long to wait for the log to be there
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = span)]
    pub timeout: Duration,
    /// Only what comes from now on
    #[arg(long)]
    pub new: bool,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub look: LookArgs,
}

/// `10s`, `500ms`
fn span(text: &str) -> Result<Duration, String> {
    match text.parse() {
        Ok(Moment::Offset(ns)) => Ok(Duration::from_nanos(ns)),
        _ => Err("expected a length of time: `10s`, `500ms`, `1m30s`".to_owned()),
    }
}

impl Run for FollowArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let (paint, columns) = (context.paint(&self.look), context.columns(&self.look));
        let Context { out, err, .. } = context;
        let mut to = match self.look.format {
            Format::Text => To::Text(events_text::Look { paint, columns, label: 0 }, &mut **out),
            format => To::Objects(Objects::new(format, &mut **out, events_json::COLUMNS)?),
        };
        let (mut exit, mut skips, mut looks) = (Exit::Success, self.new, 0);
        let mut follower = self.open(*err)?;
        loop {
            // Before reading: what was written to a log before another took its place is read now.
            let at = follower.at_path();
            follower.more()?;
            let is_whole = self.show(&mut follower, skips, &mut to, *err)?;
            (exit, skips) = (if is_whole { exit } else { Exit::BadLog }, false);
            let is_sealed = follower.reader().state() == LogEnd::Sealed;
            match at {
                AtPath::Another => {
                    follower = self.open(*err)?;
                    looks = 0;
                    continue;
                }
                _ if is_sealed && looks == LAST_LOOKS => return Ok(exit),
                _ => looks += u32::from(is_sealed),
            }
            thread::sleep(PERIOD);
        }
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.look)
    }

    /// What comes is to be seen at once.
    fn is_paged(&self) -> bool {
        false
    }
}

/// Where events go.
enum To<'o> {
    Text(events_text::Look, &'o mut dyn Write),
    Objects(Objects<'o>),
}

impl To<'_> {
    /// Shows an event that the filter lets through.
    fn event(&mut self, reader: &LogReader, filter: &Filter, event: &Event) -> Result<(), DumpError> {
        let (site, thread) = about(reader, event);
        if !filter.event(event, site, thread) {
            return Ok(());
        }
        match self {
            Self::Text(look, out) => Ok(look.line(reader, event, *out)?),
            Self::Objects(objects) => objects.write(&events_json::object(event, site, thread)),
        }
    }
}

impl FollowArgs {
    /// Waits until the log is there, and has its header.
    fn open(&self, err: &mut dyn Write) -> Result<Follower, DumpError> {
        let begin = Instant::now();
        let mut is_told = false;
        loop {
            match Follower::open(&self.log) {
                Ok(follower) => return Ok(follower),
                Err(error) if is_to_come(&error) => {
                    if begin.elapsed() >= self.timeout {
                        let timeout =
                            units::Duration(u64::try_from(self.timeout.as_nanos()).unwrap_or(u64::MAX)).to_string();
                        return Err(DumpError::Absent { path: self.log.clone(), timeout });
                    }
                    if !is_told {
                        say(err, &format!("note: waiting for `{}`", self.log.display()));
                        is_told = true;
                    }
                }
                Err(error) => return Err(error.into()),
            }
            thread::sleep(PERIOD.min(self.timeout.saturating_sub(begin.elapsed())));
        }
    }

    /// Shows what is new. Could all of it be read?
    fn show(
        &self,
        follower: &mut Follower,
        skips: bool,
        to: &mut To<'_>,
        err: &mut dyn Write,
    ) -> Result<bool, DumpError> {
        let mut is_whole = true;
        let filter = Filter::new(&self.select, follower.reader());
        if let To::Text(look, _) = to {
            *look = events_text::Look::new(look.paint, look.columns, follower.reader());
        }
        follower.events(|reader, event| {
            match event {
                Ok(event) if !skips => to.event(reader, &filter, &event)?,
                Ok(_) => {}
                Err(error) => {
                    is_whole = false;
                    say(err, &error.to_string());
                }
            }
            Ok::<(), DumpError>(())
        })?;
        match to {
            To::Text(_, out) => out.flush()?,
            To::Objects(objects) => objects.flush()?,
        }
        Ok(is_whole)
    }
}

/// Is a log with this error one that is about to be there?
fn is_to_come(error: &ReadError) -> bool {
    match error {
        ReadError::Open { source, .. } => source.kind() == ErrorKind::NotFound,
        ReadError::Empty { .. } | ReadError::Header { cut: true, .. } => true,
        _ => false,
    }
}
