//! `export`: logs in the formats of other programs, one file each.
//!
//! `args` is what was typed; `player` makes of logs what formats with slices want (`timeline`): begins and ends that always
//! match. Nothing here holds more of them than the calls that are open, and the stacks of which there are a bounded number.

mod annotation;
mod args;
mod chrome;
mod describe;
mod flamegraph;
mod folded;
mod interned;
mod json;
mod messages;
mod open;
mod perfetto;
mod player;
mod processes;
mod proto;
mod speedscope;
mod stacks;
#[cfg(test)]
mod tests;
mod timeline;
mod tracks;

use std::io::{BufWriter, Write};
use std::path::Path;

pub(crate) use args::ExportArgs;
use args::To;
#[cfg(test)]
use args::Weight;
use chrome::Chrome;
use perfetto::Perfetto;
use player::{Played, Player, Window};
use processes::{Process, processes, thread_of, title};
use speedscope::{Nowhere, Only, Speedscope};
use stacks::Stacks;
use timeline::{ThreadKey, Timeline};

use crate::commands::Run;
use crate::context::Answer;
use crate::error::DumpError;
use crate::exit::Exit;
use crate::filter::Filter;
use crate::log::{Located, LogReader, ReadError, Store, ThreadDef};
use crate::private::private;
use crate::render::Rendered;
use crate::units::TimeOfDay;

/// How many distinct stacks are kept apart: some 20 MiB.
const STACKS: usize = 200_000;

/// Logs, and what of them is exported.
pub(crate) struct Context<'a> {
    pub store: &'a Store,
    pub processes: &'a [Process<'a>],
    pub filter: &'a Filter,
    pub window: Window,
}

impl Run for ExportArgs {
    fn run(&self, context: &mut crate::context::Context<'_>) -> Result<Exit, DumpError> {
        if self.output.is_none() && context.screen.terminal && self.to == To::Perfetto {
            return Err(DumpError::Usage("this format is no text: name a file with `--output`".to_owned()));
        }
        context.read(&self.logs, &self.select, |answer, rendered, out| export(self, answer, rendered, out))
    }
}

/// Exports what `args` asks for.
fn export(
    args: &ExportArgs,
    answer: &Answer<'_>,
    rendered: &mut Rendered<'_>,
    out: &mut dyn Write,
) -> Result<(), DumpError> {
    let (store, filter) = (answer.store, &Filter::of(answer.filter));
    let window = Window {
        since: answer.filter.since.unwrap_or(0),
        until: answer.filter.until.unwrap_or(u64::MAX),
        max_events: args.max_events.or(args.to.max_events()).filter(|&max| max > 0),
        details: args.details,
    };
    let context = Context { store, processes: &processes(store), filter, window };
    let played = match &args.output {
        None => write(&context, args, out, rendered)?,
        Some(path) => to_file(&context, args, path, rendered)?,
    };
    if let Some(cut) = played.cut {
        rendered.remarks.push(format!(
            "note: these are the first {} events, up to {}; what follows is left out: `--since` and `--until` choose another \
             window, `--max-events 0` exports all",
            played.events,
            TimeOfDay(cut)
        ));
    }
    Ok(())
}

/// Writes the file at `path`.
fn to_file(
    context: &Context<'_>,
    args: &ExportArgs,
    path: &Path,
    rendered: &mut Rendered<'_>,
) -> Result<Played, DumpError> {
    if is_log(path) {
        let text = format!(
            "`{}` is a log, and logs are never written over: name another file with `--output`",
            path.display()
        );
        return Err(DumpError::Usage(text));
    }
    let failed = |source| DumpError::Export { path: path.to_owned(), source };
    let mut file =
        BufWriter::with_capacity(64 * 1024, private().create(true).truncate(true).open(path).map_err(failed)?);
    let written = write(context, args, &mut file, rendered).and_then(|played| {
        file.flush()?;
        Ok(played)
    });
    // What is still buffered after a failed write would only fail again when dropped.
    let (_file, _unwritten) = file.into_parts();
    written.map_err(|error| match error {
        DumpError::Output(source) => failed(source),
        error => error,
    })
}

/// Writes the logs in their format.
fn write(
    context: &Context<'_>,
    args: &ExportArgs,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<Played, DumpError> {
    let Context { store, processes, .. } = *context;
    match args.to {
        To::Json => json::write(context, json::Shape::Document, out, rendered),
        To::Jsonl => json::write(context, json::Shape::Lines, out, rendered),
        To::Chrome => {
            let mut chrome = Chrome::new(out, processes, base(store))?;
            let played = play(context, store.all_events(), &mut chrome, rendered)?;
            chrome.finish(processes, played.cut.is_some())?;
            Ok(played)
        }
        To::Perfetto => {
            let mut perfetto = Perfetto::new(out, processes, base(store))?;
            play(context, store.all_events(), &mut perfetto, rendered)
        }
        To::Speedscope => speedscope(context, out, rendered),
        To::Folded | To::Flamegraph => stacks(context, args, out, rendered),
    }
}

/// All stacks, summed up.
fn stacks(
    context: &Context<'_>,
    args: &ExportArgs,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<Played, DumpError> {
    let Context { store, processes, .. } = *context;
    let names = || threads(processes).map(|(at, process, def)| (at, thread_of(processes, process, def))).collect();
    let mut stacks = Stacks::new(args.weight, args.per_thread.then(names), STACKS);
    let played = play(context, store.all_events(), &mut stacks, rendered)?;
    if args.to == To::Folded {
        folded::write(out, &stacks)?;
    } else {
        flamegraph::write(out, &stacks, args.weight, &title(processes))?;
    }
    if stacks.merged() > 0 {
        rendered.remarks.push(format!(
            "note: there are more than {STACKS} distinct stacks; {} calls in further ones are put together as `{}`: \
             `--function` chooses some",
            stacks.merged(),
            stacks::REST
        ));
    }
    Ok(played)
}

/// A profile after the other: each thread is read by itself, up to where the first events of all threads end.
fn speedscope(context: &Context<'_>, out: &mut dyn Write, rendered: &mut Rendered<'_>) -> Result<Played, DumpError> {
    let Context { store, processes, .. } = *context;
    // How many there are is asked where not all are wanted.
    let mut whole = Played { events: 0, cut: None };
    let mut window = Window { details: false, ..context.window };
    if window.max_events.is_some() {
        let context = Context { window, ..*context };
        whole = play(&context, store.all_events(), &mut Nowhere, rendered)?;
        window.until = whole.cut.unwrap_or(window.until);
    }
    window.max_events = None;
    let context = Context { window, ..*context };
    let mut speedscope = Speedscope::new(out, &title(processes), base(store))?;
    for (at, process, def) in threads(processes) {
        speedscope.thread(thread_of(processes, process, def))?;
        if context.filter.chooses_calls() {
            // Whether a call is inside of one that is asked for may be seen on another thread alone.
            let mut only = Only { thread: at, timeline: &mut speedscope };
            play(&context, store.process_events(at.process), &mut only, rendered)?;
        } else {
            play(&context, store.thread_events(at.process, at.thread), &mut speedscope, rendered)?;
        }
    }
    speedscope.finish()?;
    Ok(whole)
}

/// The threads of all processes.
fn threads<'p>(processes: &'p [Process<'p>]) -> impl Iterator<Item = (ThreadKey, &'p Process<'p>, &'p ThreadDef)> {
    let processes = processes.iter().enumerate();
    processes.flat_map(|(number, process)| {
        process.threads.iter().map(move |def| (ThreadKey { process: number, thread: def.id }, process, *def))
    })
}

/// Plays events to a timeline.
fn play(
    context: &Context<'_>,
    events: impl Iterator<Item = Result<Located, ReadError>>,
    timeline: &mut dyn Timeline,
    rendered: &mut Rendered<'_>,
) -> Result<Played, DumpError> {
    let mut player = Player::new(context.store, context.filter, context.window, timeline);
    for event in events {
        let Some(event) = rendered.answer(event) else { continue };
        if !player.event(event)? {
            break;
        }
    }
    Ok(player.finish()?)
}

/// Where times that are told as floats begin: with the first log. Where its start is not known, with the first event.
fn base(store: &Store) -> u64 {
    let first = store.all_events().find_map(Result::ok).map_or(u64::MAX, |located| located.event.time);
    match store.start() {
        0 if first == u64::MAX => 0,
        0 => first,
        start => start.min(first),
    }
}

/// Is a log there, of whatever version, the one that is exported or another one?
fn is_log(path: &Path) -> bool {
    // Nothing else is opened: who reads a pipe waits.
    path.is_file() && matches!(LogReader::open(path), Ok(_) | Err(ReadError::Header { .. } | ReadError::Version { .. }))
}
