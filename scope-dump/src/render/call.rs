//! `call`: the way to a call, and all that happened in it.

use std::io::Write;

use scope_store::store::{CallKey, CallPath};

use super::fold::Folder;
use super::objects::Objects;
use super::tree_text::{Look, Walk};
use super::{Rendered, events_json, thread_of};
use crate::cli::Format;
use crate::commands::call::CallArgs;
use crate::context::Answer;
use crate::error::DumpError;
use crate::filter::Filter;
use crate::ids::Which;
use crate::log::Located;
use crate::paint::{Paint, Style};

/// The most characters of a value in text.
const VALUE: usize = 200;

/// Writes the call of each process that has it. Was there one?
pub(crate) fn render(
    answer: &Answer<'_>,
    args: &CallArgs,
    paint: Paint,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<bool, DumpError> {
    let store = answer.store;
    let mut keys: Vec<CallKey> = Vec::new();
    for log in 0..store.logs().len() {
        let call = match args.call {
            Which::Call(call) => Some(call),
            Which::Event(thread, number) => store.call_of(log, thread, number, &mut |error| rendered.note(error)),
        };
        keys.extend(call.map(|call| CallKey { process: store.process(log), call }));
    }
    keys.dedup();
    let mut found = Vec::new();
    for key in keys {
        let path = store.path_to(key, &mut |error| rendered.note(error));
        found.extend(path.map(|path| (key, path)));
    }
    if args.ask.look.format == Format::Text {
        let look = Look { details: true, fold: None, paint: Paint { width: VALUE, ..paint } };
        for (index, (key, path)) in found.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            text(answer, *key, path, look, out, rendered)?;
        }
    } else {
        let mut out = Objects::new(args.ask.look.format, out, events_json::COLUMNS)?;
        for (key, path) in &found {
            json(answer, *key, path, &mut out, rendered)?;
        }
    }
    Ok(!found.is_empty())
}

/// The entries of the calls around it.
fn around(path: &CallPath) -> impl Iterator<Item = &Located> {
    path.calls.split_last().into_iter().flat_map(|(_, around)| around).filter_map(|call| call.entry())
}

fn text(
    answer: &Answer<'_>,
    key: CallKey,
    path: &CallPath,
    look: Look,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<(), DumpError> {
    let (store, filter) = (answer.store, &Filter::of(answer.filter));
    let Some(first) = path.calls.last().map(|call| call.told()) else { return Ok(()) };
    let mut head = look.paint.paint(Style::Head, thread_of(store, first)).to_string();
    if !path.is_complete {
        let note = "! which calls are around this one is not known further out";
        head = format!("{head}\n  {}", look.paint.paint(Style::Odd, note));
    }
    let mut walk = Walk::new(filter, look, store.thread(first), Folder::new(out, None, look.paint, head));
    for entry in around(path) {
        walk.event(&entry.event, store.site(entry))?;
    }
    let depth = walk.depth();
    for event in store.tree(key) {
        let Some(located) = rendered.answer(event) else { continue };
        walk.event(&located.event, store.site(&located))?;
    }
    walk.leave(depth)?;
    Ok(())
}

fn json(
    answer: &Answer<'_>,
    key: CallKey,
    path: &CallPath,
    out: &mut Objects<'_>,
    rendered: &mut Rendered<'_>,
) -> Result<(), DumpError> {
    let store = answer.store;
    let mut write = |located: &Located| out.write(&events_json::of_store(store, located));
    around(path).try_for_each(&mut write)?;
    for event in store.tree(key) {
        let Some(located) = rendered.answer(event) else { continue };
        if answer.filter.event(&store.subject(&located)) {
            write(&located)?;
        }
    }
    Ok(())
}
