//! What a command works with: where its output goes, and what is there to see it.

use std::io::Write;
use std::path::PathBuf;

use clap::ColorChoice;

use crate::cli::{AskArgs, Format, LookArgs, SelectArgs};
use crate::error::DumpError;
use crate::exit::Exit;
use crate::filter;
use crate::log::{LogReader, Store, query};
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

    /// Opens the logs as one, lets `show` write what they answer, then says what state they are in.
    pub fn ask(
        &mut self,
        ask: &AskArgs,
        show: impl FnOnce(&Answer<'_>, &mut Rendered<'_>, &mut dyn Write) -> Result<(), DumpError>,
    ) -> Result<Exit, DumpError> {
        self.read(&ask.logs, &ask.select, show)
    }

    /// The same of a command that has no look.
    pub fn read(
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
        store.logs().iter().for_each(|log| rendered.damage(log));
        let filter = filter::of_store(select, &store);
        let names = select.condition.iter().flat_map(query::Query::names);
        let shown = show(&Answer { store: &store, filter: &filter }, &mut rendered, self.out);
        rendered.remarks.extend(unknown_names(&store, names));
        if filter.since.zip(filter.until).is_some_and(|(since, until)| since > until) {
            rendered.remarks.push("note: `--since` is after `--until`: nothing is between them".to_owned());
        }
        match shown {
            Ok(()) => self.said(store.logs(), rendered),
            // What is not there may be in what can't be read.
            Err(error @ DumpError::Usage(_)) => self.said(store.logs(), rendered).and(Err(error)),
            Err(error) => Err(error),
        }
    }

    /// Says what state the logs are in, once what was asked for is written.
    pub fn said(&mut self, logs: &[LogReader], mut rendered: Rendered<'_>) -> Result<Exit, DumpError> {
        // The events first, also where both streams are one terminal; a reader that is gone (`| head`) wants no notes.
        self.out.flush()?;
        rendered.remarks.iter().for_each(|remark| report::say(self.err, remark));
        let mut worst = Exit::Success;
        for log in logs {
            worst = worst.or(report::state(self.err, log, &rendered));
            // Said once.
            (rendered.problems, rendered.more) = (Vec::new(), 0);
        }
        Ok(worst)
    }
}

/// Says of each of these names that nothing in the logs has it: it is likely misspelt.
pub(crate) fn unknown_names<'n>(store: &Store, names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let own = ["old", "new", "value", "message", "channel", "name"];
    let is_known = |name: &str| {
        let mut sites = store.logs().iter().flat_map(LogReader::sites);
        own.contains(&name) || sites.any(|site| site.names.iter().any(|known| known == name))
    };
    let names = names.into_iter().filter(|name| !is_known(name));
    names.map(|name| format!("note: no argument, variable or field is called `{name}`")).collect()
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
