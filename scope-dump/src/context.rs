//! What a command works with: where its output goes, and what is there to see it.

use std::io::Write;
use std::path::Path;

use clap::ColorChoice;

use crate::cli::{Format, LookArgs};
use crate::error::DumpError;
use crate::exit::Exit;
use crate::log::{LogReader, ReadError};
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
