//! What a command works with: where its output goes, and what is there to see it.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::ColorChoice;

use crate::cli::{Format, LookArgs, SelectArgs};
use crate::error::DumpError;
use crate::exit::Exit;
use crate::filter;
use crate::log::{LogReader, ReadError, Store, query};
use crate::paint::Paint;
use crate::progress::Progress;
use crate::render::Rendered;
use crate::report;

/// Who sees the output.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Screen {
    /// Is it a terminal?
    pub terminal: bool,
    /// How wide that is, where it is known.
    pub columns: Option<usize>,
}

/// What a command works with.
pub(crate) struct Context<'a> {
    /// What was asked for.
    pub out: &'a mut dyn Write,
    /// Messages.
    pub err: &'a mut dyn Write,
    pub screen: Screen,
    pub progress: &'a Progress,
}

impl Context<'_> {
    /// How text looks.
    pub fn paint(&self, look: &LookArgs) -> Paint {
        let on = look.format == Format::Text
            && match look.color {
                ColorChoice::Always => true,
                ColorChoice::Never => false,
                ColorChoice::Auto => self.screen.terminal && colour_wanted(),
            };
        Paint { on, width: usize::MAX }
    }

    /// How wide lines of text may be: what is longer is cut on its way to `out`.
    pub fn columns(&self, look: &LookArgs) -> Option<usize> {
        columns(look, self.screen)
    }

    /// Opens the log, lets `show` write what is in it, then says what state the log is in.
    pub fn show(
        &mut self,
        log: &Path,
        show: impl FnOnce(&LogReader, &mut Rendered<'_>, &mut dyn Write) -> Result<(), DumpError>,
    ) -> Result<Exit, DumpError> {
        self.show_opened(log, LogReader::open(log)?, show)
    }

    /// The same of a log that is open.
    pub fn show_opened(
        &mut self,
        log: &Path,
        reader: LogReader,
        show: impl FnOnce(&LogReader, &mut Rendered<'_>, &mut dyn Write) -> Result<(), DumpError>,
    ) -> Result<Exit, DumpError> {
        self.progress.expect(reader.totals().map_or(0, |totals| totals.counts.all()));
        let mut rendered = Rendered::new(self.progress);
        for &damage in reader.damage() {
            rendered.note(&ReadError::Damaged { path: log.to_owned(), damage });
        }
        show(&reader, &mut rendered, self.out)?;
        // The events first, also where both streams are one terminal; a reader that is gone (`| head`) wants no notes.
        self.out.flush()?;
        Ok(report::state(self.err, log, &reader, &rendered))
    }

    /// Opens the logs as one, lets `show` write what they answer, then says what state they are in.
    pub fn ask(
        &mut self,
        logs: &[PathBuf],
        select: &SelectArgs,
        show: impl FnOnce(&Answer<'_>, &mut Rendered<'_>, &mut dyn Write) -> Result<(), DumpError>,
    ) -> Result<Exit, DumpError> {
        let mut store = Store::open(logs)?;
        let totals = store.logs().iter().map(|log| log.totals().map(|totals| totals.counts.all()));
        self.progress.expect(totals.sum::<Option<u64>>().unwrap_or(0));
        store.watch(self.progress.stepper());
        let mut rendered = Rendered::new(self.progress);
        for log in store.logs() {
            for &damage in log.damage() {
                rendered.note(&ReadError::Damaged { path: log.path().to_owned(), damage });
            }
        }
        let filter = filter::of_store(select, &store);
        show(&Answer { store: &store, filter: &filter }, &mut rendered, self.out)?;
        self.out.flush()?;
        self.unknown_names(select, &store);
        let mut worst = Exit::Success;
        for log in store.logs() {
            let exit = report::state(self.err, log.path(), log, &rendered);
            // Said once.
            (rendered.problems, rendered.more) = (Vec::new(), 0);
            worst = if exit == Exit::Success { worst } else { exit };
        }
        Ok(worst)
    }

    /// Says of each name in a condition that nothing in the logs has it: it is likely misspelt.
    fn unknown_names(&mut self, select: &SelectArgs, store: &Store) {
        let Some(condition) = &select.condition else { return };
        let own = ["old", "new", "value", "message", "channel", "name"];
        for name in condition.names() {
            let mut sites = store.logs().iter().flat_map(LogReader::sites);
            if !own.contains(&name) && !sites.any(|site| site.names.iter().any(|known| known == name)) {
                report::say(self.err, &format!("note: no argument, variable or field is called `{name}`"));
            }
        }
    }
}

/// What an answer is made of.
pub(crate) struct Answer<'a> {
    pub store: &'a Store,
    pub filter: &'a query::Filter,
}

/// At how many columns this look's lines are cut.
pub(crate) fn columns(look: &LookArgs, screen: Screen) -> Option<usize> {
    match (look.format, look.width) {
        (Format::Text, Some(0)) | (Format::Json | Format::Csv, _) => None,
        (Format::Text, None) => screen.columns.filter(|_| screen.terminal),
        (Format::Text, width) => width,
    }
}

/// Does the environment leave colour on? `NO_COLOR` set to anything but nothing switches it off, and so does a
/// terminal that calls itself dumb.
pub(crate) fn colour_wanted() -> bool {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
}
