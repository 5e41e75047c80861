//! The log as the processor writes it: one file, or one after the other.

use super::Processor;
use crate::backend::{AnyBackend, Backend, Whereabouts};
use crate::event::ThreadId;
use crate::info::Totals;
use crate::recorder::complain;
use crate::segments::Segments;
use crate::texts::Texts;
use crate::{LogWriter, Refusal, WriteError};
use scope_core::clock::{self, Clock, coarse};
use scope_core::site::Sites;

/// See the module's text.
pub(super) struct Output {
    /// Of the file that is written.
    pub writer: LogWriter<AnyBackend>,
    /// `None`: the log is no file that could be begun anew.
    segments: Option<Segments>,
    /// What the files before it hold, and what they could not take.
    before: Totals,
    bytes_before: u64,
    /// The file's size when it was begun and at the end of the last cycle, and the most that a cycle has brought.
    begins: u64,
    size: u64,
    most: u64,
    /// A person knows already that somebody deletes the log.
    is_told: bool,
    /// Recording has ended because the log has no place any more.
    is_lost: bool,
}

impl Output {
    pub fn new(writer: LogWriter<AnyBackend>, segments: Option<Segments>) -> Self {
        let (before, size) = (Totals::default(), writer.size());
        Self { writer, segments, before, bytes_before: 0, begins: size, size, most: 0, is_told: false, is_lost: false }
    }

    /// What all files hold.
    pub fn totals(&self) -> Totals {
        let mut totals = self.before;
        totals.add(self.writer.totals());
        totals
    }

    /// The size of all files, those included that are removed.
    pub fn bytes(&self) -> u64 {
        self.bytes_before + self.writer.size()
    }

    /// The number of the file that is written, from 1.
    pub fn segment(&self) -> u64 {
        self.segments.as_ref().map_or(1, |segments| segments.number().into())
    }

    fn is_due(&mut self) -> bool {
        let (size, totals) = (self.writer.size(), self.writer.totals());
        let grown = size.saturating_sub(std::mem::replace(&mut self.size, size));
        // What the next drain brings is not known; what others have brought is.
        self.most = self.most.max(grown);
        let is_empty = totals.events == 0 && totals.lost == 0;
        let is_due = |segments: &Segments| segments.is_due(self.begins, size, self.most);
        !is_empty && self.writer.refusal().is_none() && self.segments.as_ref().is_some_and(is_due)
    }

    /// `writer` is written from now on. Gives the one before.
    fn exchange(&mut self, writer: LogWriter<AnyBackend>) -> LogWriter<AnyBackend> {
        (self.begins, self.size, self.most) = (writer.size(), writer.size(), 0);
        let old = std::mem::replace(&mut self.writer, writer);
        self.bytes_before += old.size();
        old
    }

    /// Where the file is that is written, or that is full.
    fn whereabouts(&mut self) -> Whereabouts {
        let is_read = !matches!(self.writer.refusal(), Some(Refusal::Failed | Refusal::Sealed));
        match &self.segments {
            Some(segments) if is_read => self.writer.backend_mut().whereabouts(segments.path()),
            _ => Whereabouts::There,
        }
    }
}

impl Processor {
    /// Begins the next segment where this one has its size or its age. Between two cycles: all that was drained is in the log.
    pub(super) fn cut_where_due(&mut self) {
        if !self.log.is_due() {
            return;
        }
        // What is at the path by now may be somebody else's.
        if self.log.whereabouts() != Whereabouts::There {
            return self.mind_the_log();
        }
        match self.begin_next(Segments::cut) {
            Ok(old) => {
                self.seal_before(old);
                self.log.segments.iter_mut().for_each(Segments::remove_old);
            }
            // It went this very moment.
            Err(_) if self.log.whereabouts() != Whereabouts::There => self.mind_the_log(),
            Err(why) => {
                let Some(segments) = &mut self.log.segments else { return };
                let is_first = segments.put_off();
                self.log.writer.set_limit(segments.limit(self.log.begins));
                if is_first {
                    let path = segments.path().display();
                    complain(&format_args!(
                        "can't begin a new segment of `{path}`: {why}; that is tried again, and recording ends where this one has twice its \
                         `max_size`"
                    ));
                }
            }
        }
    }

    /// Begins the log anew where it is not any more where readers look for it.
    pub(super) fn mind_the_log(&mut self) {
        let whereabouts = self.log.whereabouts();
        if whereabouts == Whereabouts::There || self.log.writer.refusal().is_some() {
            return;
        }
        let Some(path) = self.log.segments.as_ref().map(|segments| segments.path().display().to_string()) else {
            return;
        };
        match self.begin_next(Segments::replace) {
            Ok(old) if whereabouts == Whereabouts::Moved => self.seal_before(old),
            Ok(old) => {
                let gone = old.totals();
                let gone = gone.events.saturating_add(gone.lost).saturating_add(gone.refused);
                let result = self.log.writer.lost(ThreadId(0), clock::ticks(), gone);
                self.check(result);
                if !std::mem::replace(&mut self.log.is_told, true) {
                    complain(&format_args!(
                        "`{path}` was deleted while it was written: the {gone} events in it are lost, and recording goes on in a new file \
                         there; to take less room, set `max_size` and `keep`"
                    ));
                }
            }
            Err(why) => {
                let what =
                    format!("it {} while it was written, and no new one can be begun: {why}", whereabouts.what());
                self.give_up(&what, whereabouts);
            }
        }
    }

    /// Whether the log has no place any more when it is to be completed: nobody gets it then.
    pub(super) fn is_gone(&mut self) -> bool {
        if self.log.whereabouts() == Whereabouts::Deleted {
            self.give_up("it was deleted while it was written", Whereabouts::Deleted);
        }
        self.log.is_lost
    }

    /// Recording ends. What is under another name is whole as far as it goes.
    fn give_up(&mut self, what: &str, whereabouts: Whereabouts) {
        self.session.end();
        self.log.is_lost = true;
        let mut lost = 0;
        if whereabouts == Whereabouts::Moved {
            _ = self.log.writer.seal(Some(&clock::calibrate().into()));
        } else {
            let totals = self.log.writer.totals();
            lost = totals.events.saturating_add(totals.lost).saturating_add(totals.refused);
            self.log.writer.give_up();
        }
        self.control.failed(format!("{what}; name another place in `SCOPE_LOG`"), lost);
    }

    /// Begins the next file with all that a log needs to be read alone, and lets it `take` the log's place. Gives the writer of the one before.
    fn begin_next(&mut self, take: fn(&mut Segments) -> std::io::Result<()>) -> Result<LogWriter<AnyBackend>, String> {
        let Some(segments) = &self.log.segments else { return Err("there is none".to_owned()) };
        let made = segments.begin().map_err(|error| error.to_string()).and_then(|file| {
            let file = Box::new(file) as AnyBackend;
            let mut writer = LogWriter::with_backend(file, u64::MAX, &segments.next_process()).map_err(why)?;
            writer.set_compression(self.config.compression);
            writer.set_room(self.config.max_size);
            let texts = self.define_all(&mut writer).map_err(why)?;
            Ok((writer, texts))
        });
        let Some(segments) = &mut self.log.segments else { return Err("there is none".to_owned()) };
        let placed = made.and_then(|made| take(segments).map(|()| made).map_err(|error| error.to_string()));
        let (mut writer, texts) = placed.inspect_err(|_| segments.abandon())?;
        writer.set_limit(segments.limit(writer.size()));
        self.texts = texts;
        Ok(self.log.exchange(writer))
    }

    /// What a log says before its first batch, as far as it is known here.
    fn define_all(&self, writer: &mut LogWriter<AnyBackend>) -> Result<Texts, WriteError> {
        // All segments have the same anchor.
        for calibration in self.first.into_iter().chain([clock::calibrate().into()]) {
            _ = writer.calibration(&calibration)?;
        }
        // What is newer comes with the batches that use it, as always.
        let known = || up_to(self.last_sites);
        _ = writer.sites(known().filter_map(|sites| Some((sites.first()?, sites.describe()))))?;
        let clocks = known().filter_map(|sites| Some((sites.first()?, sites.clock())));
        let clocks: Vec<_> = clocks.filter(|(_, clock)| *clock != Clock::Exact).collect();
        if !clocks.is_empty() {
            _ = writer.clocks(clocks, coarse::worst())?;
        }
        let mut texts = Texts::default();
        _ = texts.tell(known(), writer)?;
        for stream in &self.streams {
            stream.define(writer, self.rings.is_some())?;
        }
        Ok(texts)
    }

    /// Completes a file that has another name by now.
    fn seal_before(&mut self, mut old: LogWriter<AnyBackend>) {
        let sealed = old.seal(Some(&clock::calibrate().into()));
        self.log.before.add(old.totals());
        if let Err(error) = sealed {
            complain(&format_args!("a segment of the log is not whole: {}", why(error)));
        }
    }
}

impl Whereabouts {
    fn what(self) -> &'static str {
        match self {
            Self::There => "is there",
            Self::Moved => "got another name",
            Self::Deleted => "was deleted",
        }
    }
}

/// The sites that were registered up to `last`.
fn up_to(last: Option<&'static Sites>) -> impl Iterator<Item = &'static Sites> {
    let mut is_behind = last.is_none();
    scope_core::registered_after(None).take_while(move |sites| {
        let is_known = !is_behind;
        is_behind |= last.is_some_and(|last| std::ptr::eq(last, *sites));
        is_known
    })
}

fn why(error: WriteError) -> String {
    std::error::Error::source(&error).map_or_else(|| error.to_string(), ToString::to_string)
}
