//! `export`: a log in the formats of other programs, one file each.
//!
//! `args` is what was typed; `player` makes of a log what formats with slices want (`timeline`): begins and ends that always
//! match. Nothing here holds more of a log than the calls that are open, and the stacks of which there are a bounded number.

mod annotation;
mod args;
mod chrome;
mod describe;
mod flamegraph;
mod folded;
mod interned;
mod json;
mod messages;
mod perfetto;
mod player;
mod proto;
mod speedscope;
mod stacks;
#[cfg(test)]
mod tests;
mod timeline;

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::Path;

pub(crate) use args::ExportArgs;
use args::To;
#[cfg(test)]
use args::Weight;
use chrome::Chrome;
use perfetto::Perfetto;
use player::{Played, Player, Window};
use speedscope::{Nowhere, Only, Speedscope};
use stacks::Stacks;
use timeline::Timeline;

use crate::commands::Run;
use crate::error::DumpError;
use crate::exit::Exit;
use crate::filter::Filter;
use crate::log::{Event, LogReader, ReadError, ThreadDef};
use crate::render::Rendered;
use crate::report;
use crate::units::TimeOfDay;

/// How many distinct stacks are kept apart: some 20 MiB.
const STACKS: usize = 200_000;

/// A log, and what of it is exported.
pub(crate) struct Context<'a> {
    pub reader: &'a LogReader,
    pub filter: &'a Filter,
    pub window: Window,
}

impl Run for ExportArgs {
    fn run(&self, context: &mut crate::context::Context<'_>) -> Result<Exit, DumpError> {
        export(self, context)
    }
}

/// Exports what `args` asks for, then says what state the log is in.
fn export(args: &ExportArgs, shell: &mut crate::context::Context<'_>) -> Result<Exit, DumpError> {
    let crate::context::Context { out, err, screen, progress } = shell;
    if args.output.is_none() && screen.terminal && args.to == To::Perfetto {
        return Err(DumpError::Usage("this format is no text: name a file with `--output`".to_owned()));
    }
    let reader = LogReader::open(&args.log)?;
    progress.expect(reader.totals().map_or(0, |totals| totals.counts.all()));
    let filter = Filter::new(&args.select, &reader);
    let start = reader.header().start;
    let window = Window {
        since: args.select.since.map_or(0, |moment| moment.resolve(start)),
        until: args.select.until.map_or(u64::MAX, |moment| moment.resolve(start)),
        max_events: args.max_events.or(args.to.max_events()).filter(|&max| max > 0),
        details: args.details,
    };
    let mut rendered = Rendered::new(progress);
    for &damage in reader.damage() {
        rendered.note(&ReadError::Damaged { path: args.log.clone(), damage });
    }
    let context = Context { reader: &reader, filter: &filter, window };
    let played = match &args.output {
        None => write(&context, args, *out, &mut rendered, *err)?,
        Some(path) => {
            let failed = |source| DumpError::Export { path: path.clone(), source };
            if is_same(path, &args.log) {
                let text = format!("`{}` is the log: name another file with `--output`", path.display());
                return Err(DumpError::Usage(text));
            }
            let mut file = BufWriter::with_capacity(64 * 1024, create(path).map_err(failed)?);
            let written = write(&context, args, &mut file, &mut rendered, *err).and_then(|played| {
                file.flush()?;
                Ok(played)
            });
            // What is still buffered after a failed write would only fail again when dropped.
            let (_file, _unwritten) = file.into_parts();
            written.map_err(|error| match error {
                DumpError::Output(source) => failed(source),
                error => error,
            })?
        }
    };
    // A reader that is gone (`| head`) wants no notes.
    out.flush()?;
    if let Some(cut) = played.cut {
        let text = format!(
            "note: these are the first {} events, up to {}; what follows is left out: `--since` and `--until` choose another \
             window, `--max-events 0` exports all",
            played.events,
            TimeOfDay(cut)
        );
        report::say(*err, &text);
    }
    Ok(report::state(*err, &args.log, &reader, &rendered))
}

/// Writes the log in its format.
fn write(
    context: &Context<'_>,
    args: &ExportArgs,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
    err: &mut dyn Write,
) -> Result<Played, DumpError> {
    let reader = context.reader;
    match args.to {
        To::Json => json::write(context, json::Shape::Document, out, rendered),
        To::Jsonl => json::write(context, json::Shape::Lines, out, rendered),
        To::Chrome => {
            let mut chrome = Chrome::new(out, reader, base(reader))?;
            let played = play(context, reader.events(), &mut chrome, rendered)?;
            chrome.finish(context, played.cut.is_some())?;
            Ok(played)
        }
        To::Perfetto => {
            let mut perfetto = Perfetto::new(out, reader, base(reader))?;
            play(context, reader.events(), &mut perfetto, rendered)
        }
        To::Speedscope => {
            speedscope(context, !args.select.function.is_empty() || args.select.condition.is_some(), out, rendered)
        }
        To::Folded | To::Flamegraph => {
            let threads = args.per_thread.then(|| reader.threads().map(|def| (def.id, thread_name(def))).collect());
            let mut stacks = Stacks::new(args.weight, threads, STACKS);
            let played = play(context, reader.events(), &mut stacks, rendered)?;
            if args.to == To::Folded {
                folded::write(out, &stacks)?;
            } else {
                let header = reader.header();
                let title = format!("{} ({})", header.program, header.pid);
                flamegraph::write(out, &stacks, args.weight, &title)?;
            }
            if stacks.merged() > 0 {
                let text = format!(
                    "note: there are more than {STACKS} distinct stacks; {} calls in further ones are put together as `{}`: \
                     `--function` chooses some",
                    stacks.merged(),
                    stacks::REST
                );
                report::say(err, &text);
            }
            Ok(played)
        }
    }
}

/// A profile after the other: each thread is read by itself, up to where the first events of all threads end.
///
/// `functions`: are functions chosen?
fn speedscope(
    context: &Context<'_>,
    functions: bool,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<Played, DumpError> {
    let reader = context.reader;
    // How many there are is asked where not all are wanted.
    let mut whole = Played { events: 0, cut: None };
    let mut window = Window { details: false, ..context.window };
    if window.max_events.is_some() {
        let context = Context { window, ..*context };
        whole = play(&context, reader.events(), &mut Nowhere, rendered)?;
        window.until = whole.cut.unwrap_or(window.until);
    }
    window.max_events = None;
    let context = Context { window, ..*context };
    let mut speedscope = Speedscope::new(out, reader, base(reader))?;
    for def in reader.threads() {
        speedscope.thread(def.id, Some(def))?;
        if functions {
            // Whether a call is inside of one that is asked for may be seen on another thread alone.
            let mut only = Only { thread: def.id, timeline: &mut speedscope };
            play(&context, reader.events(), &mut only, rendered)?;
        } else {
            play(&context, reader.thread_events(def.id), &mut speedscope, rendered)?;
        }
    }
    speedscope.finish(reader)?;
    Ok(whole)
}

/// Plays events to a timeline.
fn play(
    context: &Context<'_>,
    events: impl Iterator<Item = Result<Event, ReadError>>,
    timeline: &mut dyn Timeline,
    rendered: &mut Rendered<'_>,
) -> Result<Played, DumpError> {
    let mut player = Player::new(context.reader, context.filter, context.window, timeline);
    for event in events {
        let Some(event) = rendered.keep(event) else { continue };
        if !player.event(event)? {
            break;
        }
    }
    Ok(player.finish()?)
}

/// Where times that are told as floats begin: with the log. Where its start is not known, with the first event.
fn base(reader: &LogReader) -> u64 {
    let first = reader.events().find_map(Result::ok).map_or(u64::MAX, |event| event.time);
    match reader.header().start {
        0 if first == u64::MAX => 0,
        0 => first,
        start => start.min(first),
    }
}

fn thread_name(def: &ThreadDef) -> String {
    match &def.name {
        Some(name) => format!("{name} ({})", def.id.0),
        None => format!("thread {}", def.id.0),
    }
}

/// A file as private as the log is: it holds the same values.
fn create(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Are these one file?
fn is_same(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}
