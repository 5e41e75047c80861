//! `tree`, for people: the calls of each thread, indented.
//!
//! ```text
//! main (1)
//!   app::run(path = "x")
//!     app::parse(line = "a") → Ok(1)   1.25 µs
//!   ← Ok(3)   45.0 µs
//! ```
//!
//! Only the calls that are open are remembered, so that the length of the log does not matter. A call is
//! written when the next thing happens: its end makes it one line, anything else makes it a block.

use std::io::{self, Write};

use super::fold::{End, Folder, Row, Shape};
use super::{Rendered, label, phrase};
use crate::context::Answer;
use crate::error::DumpError;
use crate::filter::{Filter, kind_of};
use crate::log::{CallId, Event, EventKind, Kind, Outcome, RECORDER, SiteDef, ThreadDef, Value};
use crate::paint::{Paint, Style};
use crate::units::Clean;

/// How the tree looks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    /// Lines, variables and expressions too.
    pub details: bool,
    pub fold: Option<u32>,
    pub paint: Paint,
}

/// Writes the tree of every thread that the filter lets through.
pub(crate) fn render(
    answer: &Answer<'_>,
    look: Look,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<(), DumpError> {
    let (store, filter) = (answer.store, &Filter::of(answer.filter));
    let mut first = true;
    for process in store.processes() {
        // What the recorder itself says (that it stopped, what it could not keep) comes last.
        for id in store.threads_of(process).chain([RECORDER]) {
            let mut events = store.thread_events(process, id).peekable();
            let log = events.peek().and_then(|first| first.as_ref().ok()).map_or(0, |located| located.log);
            let thread = store.logs().get(log).and_then(|log| log.thread(id));
            if !filter.thread(id, thread) {
                continue;
            }
            let head = look.paint.paint(Style::Head, label(store, log, id, thread));
            let head = if first { head.to_string() } else { format!("\n{head}") };
            let folder = Folder::new(&mut *out, look.fold, look.paint, head);
            let mut walk = Walk::new(filter, look, thread, folder);
            for event in events {
                let Some(located) = rendered.answer(event) else { continue };
                walk.event(&located.event, store.site(&located))?;
            }
            first &= !walk.finish()?;
        }
    }
    Ok(())
}

/// A call that has begun and not ended.
#[derive(Debug)]
struct OpenCall {
    call: Option<CallId>,
    function: String,
    /// Is it, or a call around it, asked for?
    inside: bool,
    shown: Shown,
    /// How deep what is inside it stands.
    indent: usize,
}

/// What was written of an open call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    /// Nothing, and nothing will be.
    Not,
    /// Nothing yet: the text waits in `Walk::pending`.
    Waiting,
    /// Its first line.
    Call,
    /// The line that says that it goes on.
    Resumed,
}

/// The way through the events of one thread.
pub(super) struct Walk<'a> {
    filter: &'a Filter,
    look: Look,
    thread: Option<&'a ThreadDef>,
    folder: Folder<'a>,
    open: Vec<OpenCall>,
    /// The index of the call that is waiting, and its text.
    pending: Option<(usize, String)>,
}

/// The end of a call that does not just return.
const ODD: End = End { plain: false, duration: 0 };

impl<'a> Walk<'a> {
    pub fn new(filter: &'a Filter, look: Look, thread: Option<&'a ThreadDef>, folder: Folder<'a>) -> Self {
        Self { filter, look, thread, folder, open: Vec::new(), pending: None }
    }

    pub fn event(&mut self, event: &Event, site: Option<&SiteDef>) -> io::Result<()> {
        match &event.kind {
            _ if event.is_bookkeeping() => Ok(()),
            EventKind::Entry { .. } => self.entry(event, site),
            EventKind::Exit { .. } => self.exit(event, site),
            EventKind::Suspended => self.suspended(event, site),
            EventKind::Resumed => self.resumed(event, site),
            EventKind::Lost { count } if self.visible(event, site) => self.mark(phrase::lost(*count)),
            EventKind::Mark { mark } if self.visible(event, site) => self.mark(phrase::mark(mark)),
            EventKind::Lost { .. } | EventKind::Mark { .. } => Ok(()),
            _ => self.detail(event, site),
        }
    }

    /// How many calls are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Says of the calls from `depth` on that their ends are not in the log, and nothing of those around them.
    pub fn leave(mut self, depth: usize) -> io::Result<bool> {
        self.close_above(depth, "no exit in the log")?;
        self.write_pending()?;
        self.folder.finish()
    }

    /// Writes what is open to its end. Was anything written at all?
    fn finish(mut self) -> io::Result<bool> {
        self.close_above(0, "no exit in the log")?;
        self.folder.finish()
    }

    fn entry(&mut self, event: &Event, site: Option<&SiteDef>) -> io::Result<()> {
        let inside = self.inside(event, site);
        let shown = if inside && self.visible(event, site) { Shown::Waiting } else { Shown::Not };
        let function = phrase::function(site).to_string();
        if shown == Shown::Waiting {
            self.write_pending()?;
            self.pending = Some((self.open.len(), self.signature(event, site, &function)));
        }
        let indent = self.indent() + usize::from(shown == Shown::Waiting);
        self.open.push(OpenCall { call: event.call, function, inside, shown, indent });
        Ok(())
    }

    fn exit(&mut self, event: &Event, site: Option<&SiteDef>) -> io::Result<()> {
        let visible = self.visible(event, site);
        let EventKind::Exit { outcome, ref value, duration, .. } = event.kind else { return Ok(()) };
        let text = phrase::outcome(event, site, self.look.paint);
        let took = phrase::duration(event, self.look.paint);
        let well = matches!(outcome, Outcome::Returned | Outcome::Left) && !value.as_ref().is_some_and(Value::is_err);
        let end = End { plain: well, duration: duration.unwrap_or(0) };
        let Some(index) = self.find(event.call) else {
            // Its entry is on another thread, or lost.
            return if visible && self.inside(event, site) { self.lone_exit(site, &text, &took) } else { Ok(()) };
        };
        self.close_above(index + 1, "exit lost")?;
        let Some(call) = self.open.pop() else { return Ok(()) };
        let paint = self.look.paint;
        let arrow = |arrow| format!("{}{text}", paint.paint(Style::Mark, arrow));
        match call.shown {
            Shown::Waiting => {
                let (_, start) = self.pending.take().unwrap_or_default();
                let text = match (visible, text.is_empty()) {
                    (false, _) => start,
                    (true, true) => format!("{start}{took}"),
                    (true, false) => format!("{start}{}{took}", arrow(" → ")),
                };
                self.row(Shape::Leaf { function: call.function, end }, text)
            }
            Shown::Call | Shown::Resumed => {
                let text = match (visible, text.is_empty()) {
                    (false, _) => String::new(),
                    (true, true) => format!("{}{took}", arrow("←")),
                    (true, false) => format!("{}{took}", arrow("← ")),
                };
                let shape = if call.shown == Shown::Call { Shape::Close(end) } else { Shape::Event };
                self.row(shape, text)
            }
            Shown::Not if visible && (call.inside || self.chosen(event, site)) => self.lone_exit(site, &text, &took),
            Shown::Not => Ok(()),
        }
    }

    /// The end of a call whose beginning was not shown.
    fn lone_exit(&mut self, site: Option<&SiteDef>, text: &str, took: &str) -> io::Result<()> {
        self.write_pending()?;
        let function = self.look.paint.paint(Style::Function, phrase::function(site));
        let arrow = if text.is_empty() { String::new() } else { self.mark_text(" → ") };
        self.row(Shape::Event, format!("{}{function}{arrow}{text}{took}", self.mark_text("← ")))
    }

    fn suspended(&mut self, event: &Event, site: Option<&SiteDef>) -> io::Result<()> {
        let visible = self.visible(event, site);
        let Some(index) = self.find(event.call) else { return Ok(()) };
        self.close_above(index + 1, "exit lost")?;
        let Some(call) = self.open.pop() else { return Ok(()) };
        let word = self.mark_text("… suspended");
        match call.shown {
            Shown::Waiting => {
                let (_, start) = self.pending.take().unwrap_or_default();
                let text = if visible { format!("{start} {word}") } else { start };
                self.row(Shape::Leaf { function: call.function, end: ODD }, text)
            }
            Shown::Call => self.row(Shape::Close(ODD), if visible { word } else { String::new() }),
            Shown::Resumed => self.row(Shape::Event, if visible { word } else { String::new() }),
            Shown::Not => Ok(()),
        }
    }

    fn resumed(&mut self, event: &Event, site: Option<&SiteDef>) -> io::Result<()> {
        let inside = self.inside(event, site);
        let shown = if inside && self.visible(event, site) { Shown::Resumed } else { Shown::Not };
        let function = phrase::function(site).to_string();
        if shown == Shown::Resumed {
            self.write_pending()?;
            let name = self.look.paint.paint(Style::Function, &function);
            self.row(Shape::Event, format!("{name} {}", self.mark_text("resumed …")))?;
        }
        let indent = self.indent() + usize::from(shown == Shown::Resumed);
        self.open.push(OpenCall { call: event.call, function, inside, shown, indent });
        Ok(())
    }

    fn detail(&mut self, event: &Event, site: Option<&SiteDef>) -> io::Result<()> {
        let inside = self.open.last().map_or_else(|| self.chosen(event, site), |call| call.inside);
        // What the program tells by itself is no detail.
        let is_detail = matches!(
            event.kind,
            EventKind::Line | EventKind::Values { .. } | EventKind::ThreadStarted | EventKind::ThreadEnded
        );
        if is_detail && !self.look.details || !inside || !self.visible(event, site) {
            return Ok(());
        }
        self.write_pending()?;
        let paint = self.look.paint;
        let text = match &event.kind {
            EventKind::Values { values } => phrase::values(phrase::names(site), values, paint),
            EventKind::Line => match phrase::names(site) {
                [] => self.mark_text("line"),
                names => self.mark_text(&Clean(names.join(", ")).to_string()),
            },
            _ => format!("{} {}", self.mark_text(kind_of(event, site).name()), phrase::own(event, site, paint)),
        };
        let place = site.map(|site| format!("   {}", paint.paint(Style::Dim, phrase::place(site, None))));
        self.row(Shape::Note, format!("{text}{}", place.unwrap_or_default()))
    }

    /// Something that qualifies all that is shown.
    fn mark(&mut self, text: String) -> io::Result<()> {
        self.write_pending()?;
        let text = self.look.paint.paint(Style::Odd, format_args!("! {text}")).to_string();
        self.row(Shape::Event, text)
    }

    /// Ends the calls from `index` on without knowing how they ended.
    fn close_above(&mut self, index: usize, why: &str) -> io::Result<()> {
        while self.open.len() > index {
            let Some(call) = self.open.pop() else { break };
            let why = self.look.paint.paint(Style::Odd, why).to_string();
            let ends_shown = self.filter.kind(Kind::Exit);
            match call.shown {
                Shown::Waiting => {
                    let (_, start) = self.pending.take().unwrap_or_default();
                    let text = if ends_shown { format!("{start}{}{why}", self.mark_text(" → ")) } else { start };
                    self.row(Shape::Leaf { function: call.function, end: ODD }, text)?;
                }
                Shown::Call | Shown::Resumed => {
                    let shape = if call.shown == Shown::Call { Shape::Close(ODD) } else { Shape::Event };
                    let text = format!("{}{why}", self.mark_text("← "));
                    self.row(shape, if ends_shown { text } else { String::new() })?;
                }
                Shown::Not => {}
            }
        }
        Ok(())
    }

    /// `app::parse(line = "a")`
    fn signature(&self, event: &Event, site: Option<&SiteDef>, function: &str) -> String {
        let EventKind::Entry { args, is_async, .. } = &event.kind else { return String::new() };
        let prefix = if *is_async { self.mark_text("async ") } else { String::new() };
        let name = self.look.paint.paint(Style::Function, function);
        format!("{prefix}{name}({})", phrase::values(phrase::names(site), args, self.look.paint))
    }

    fn write_pending(&mut self) -> io::Result<()> {
        let Some((index, text)) = self.pending.take() else { return Ok(()) };
        let Some(call) = self.open.get_mut(index) else { return Ok(()) };
        call.shown = Shown::Call;
        let (indent, function) = (call.indent - 1, call.function.clone());
        self.folder.row(Row { indent, shape: Shape::Open { function }, text })
    }

    /// A row at the level of what happens now.
    fn row(&mut self, shape: Shape, text: String) -> io::Result<()> {
        let indent = self.indent();
        self.folder.row(Row { indent, shape, text })
    }

    fn indent(&self) -> usize {
        self.open.last().map_or(0, |call| call.indent)
    }

    /// The open call with this id; the innermost, should one be there twice.
    fn find(&self, call: Option<CallId>) -> Option<usize> {
        call.and_then(|call| self.open.iter().rposition(|open| open.call == Some(call)))
    }

    fn inside(&self, event: &Event, site: Option<&SiteDef>) -> bool {
        self.open.last().is_some_and(|call| call.inside) || self.chosen(event, site)
    }

    fn chosen(&self, event: &Event, site: Option<&SiteDef>) -> bool {
        self.filter.chosen(event, site, self.thread)
    }

    fn visible(&self, event: &Event, site: Option<&SiteDef>) -> bool {
        self.filter.time(event) && self.filter.kind(kind_of(event, site))
    }

    fn mark_text(&self, text: &str) -> String {
        self.look.paint.paint(Style::Mark, text).to_string()
    }
}
