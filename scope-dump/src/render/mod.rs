//! One renderer per view and format; here: which one, and what all of them share.

pub(crate) mod events_json;
mod events_text;
mod fold;
mod info;
pub(crate) mod phrase;
mod tree_json;
mod tree_text;
pub(crate) mod value_json;

use std::error::Error;
use std::io::Write;

use crate::cli::Format;
use crate::error::DumpError;
use crate::filter::Filter;
use crate::log::{Event, LogReader, ReadError, SiteDef, ThreadDef};
use crate::options::{Options, View};

/// How many different messages about one log are kept; after that they are counted.
const MESSAGES: usize = 10;

/// What was met while a log was rendered.
#[derive(Debug, Default)]
pub(crate) struct Rendered {
    /// What could not be read, each message once.
    pub problems: Vec<String>,
    /// How many more there were.
    pub more: u64,
}

impl Rendered {
    /// Keeps the event, or notes why there is none. Reading goes on behind damage, so this is no reason to stop.
    pub fn keep(&mut self, event: Result<Event, ReadError>) -> Option<Event> {
        match event {
            Ok(event) => return Some(event),
            Err(error) => self.note(&error),
        }
        None
    }

    /// Notes what could not be read. The same is met more than once: when the log is opened, and by each thread's tree.
    pub fn note(&mut self, error: &ReadError) {
        let mut message = error.to_string();
        if let Some(cause) = error.source() {
            message = format!("{message}: {cause}");
        }
        if self.problems.contains(&message) {
            return;
        }
        if self.problems.len() < MESSAGES {
            self.problems.push(message);
        } else {
            self.more += 1;
        }
    }
}

/// Opens the log and writes what `options` asks for to `out`.
pub(crate) fn render(options: &Options, out: &mut dyn Write) -> Result<(LogReader, Rendered), DumpError> {
    let reader = LogReader::open(&options.log)?;
    let filter = Filter::new(&options.select, &reader);
    let mut rendered = Rendered::default();
    for &damage in reader.damage() {
        rendered.note(&ReadError::Damaged { path: options.log.clone(), damage });
    }
    match (options.view, options.format) {
        (View::Events, Format::Text) => events_text::render(&reader, &filter, options.paint, out, &mut rendered)?,
        (View::Events, Format::Json) => events_json::render(&reader, &filter, out, &mut rendered)?,
        (View::Tree { details, fold }, Format::Text) => {
            let look = tree_text::Look { details: details || filter.chooses_kinds(), fold, paint: options.paint };
            tree_text::render(&reader, &filter, look, out, &mut rendered)?;
        }
        (View::Tree { details, .. }, Format::Json) => {
            let details = details || filter.chooses_kinds();
            tree_json::render(&reader, &filter, details, out, &mut rendered)?;
        }
        (View::Info, format) => info::render(&reader, format, options.paint, out, &mut rendered)?,
    }
    Ok((reader, rendered))
}

/// What the log says about the site and the thread of an event.
pub(crate) fn about<'r>(reader: &'r LogReader, event: &Event) -> (Option<&'r SiteDef>, Option<&'r ThreadDef>) {
    (event.site.and_then(|site| reader.site(site)), reader.thread(event.thread))
}
