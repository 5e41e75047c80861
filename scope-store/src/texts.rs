//! The plans that were in force, and the source files that go with the log: what woven functions tell of them, once each.
//!
//! Some functions of a crate have the plan's text with them, all have its path and its checksum. Where those that were called have no text it is
//! read from the file, if that is still the one.

use crate::backend::Backend;
use crate::error::{Appended, WriteError};
use crate::info::{PlanDef, PlanState};
use crate::writer::LogWriter;
use scope_core::site::{self, Sites};
use std::collections::BTreeSet;
use std::fs;

/// What the file of a plan may have at most, in bytes: any other thing would be read for ever.
const LARGEST_PLAN: u64 = 4 << 20;
/// The longest text.
const LONGEST: usize = 32 << 20;

/// What is told so far.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    plans: Vec<Plan>,
    /// Paths with checksums of texts.
    sources: BTreeSet<(&'static str, u32)>,
    /// The last source: mostly that of the next function, too.
    last: Option<(&'static str, &'static str)>,
}

#[derive(Debug)]
struct Plan {
    def: site::PlanDef<'static>,
    /// What it is now known by is in the log, with its text.
    is_told: bool,
    is_whole: bool,
}

impl Texts {
    /// Appends what is new of the plans and the sources of `functions`.
    pub(crate) fn tell<B: Backend>(
        &mut self,
        functions: impl Iterator<Item = &'static Sites>,
        writer: &mut LogWriter<B>,
    ) -> Result<Appended, WriteError> {
        let mut appended = Appended::Written;
        for sites in functions {
            sites.plan().into_iter().for_each(|plan| self.note(plan));
            if let Some((path, text)) = self.source(sites).filter(|(_, text)| fits(text, writer)) {
                appended = writer.source(path, text)?;
            }
        }
        for plan in self.plans.iter_mut().filter(|plan| !plan.is_told) {
            let mut def = complete(&plan.def);
            (plan.is_told, plan.is_whole) = (true, !def.text.is_empty());
            if !fits(&def.text, writer) {
                (def.state, def.text) = (PlanState::LeftOut, String::new());
            }
            appended = writer.plan(&def)?;
        }
        Ok(appended)
    }

    fn note(&mut self, def: site::PlanDef<'static>) {
        let key = |def: &site::PlanDef<'static>| (def.checksum, def.path, def.profile, def.id);
        match self.plans.iter_mut().find(|known| key(&known.def) == key(&def)) {
            Some(known) if !known.is_whole && known.def.text.is_empty() && !def.text.is_empty() => {
                (known.def, known.is_told) = (def, false);
            }
            Some(_) => {}
            None => self.plans.push(Plan { def, is_told: false, is_whole: false }),
        }
    }

    /// The source file of the function, if it is not told yet.
    fn source(&mut self, sites: &'static Sites) -> Option<(&'static str, &'static str)> {
        let text = sites.source()?;
        let path = sites.describe().file;
        if self.last.replace((path, text)).is_some_and(|last| last.0 == path && std::ptr::eq(last.1, text)) {
            return None;
        }
        self.sources.insert((path, crc32c::crc32c(text.as_bytes()))).then_some((path, text))
    }
}

/// Whether there is room for a text: it is not to end the recording, nor to take what events need.
fn fits<B: Backend>(text: &str, writer: &LogWriter<B>) -> bool {
    text.len() <= LONGEST && text.len() as u64 <= writer.room() / 4
}

/// A plan with its text, from wherever it can be had.
fn complete(def: &site::PlanDef<'static>) -> PlanDef {
    let (state, text) = match def.path {
        "" => (PlanState::BuiltIn, String::new()),
        _ if !def.text.is_empty() => (PlanState::Known, def.text.to_owned()),
        path => match read(path) {
            Some(text) if crc32c::crc32c(text.as_bytes()) == def.checksum => (PlanState::Known, text),
            Some(_) => (PlanState::Changed, String::new()),
            None => (PlanState::Unreadable, String::new()),
        },
    };
    let owned = str::to_owned;
    PlanDef {
        path: owned(def.path),
        profile: owned(def.profile),
        id: owned(def.id),
        checksum: def.checksum,
        state,
        text,
    }
}

/// The text of a file, if it is one.
fn read(path: &str) -> Option<String> {
    let about = fs::metadata(path).ok()?;
    if !about.is_file() || about.len() > LARGEST_PLAN {
        return None;
    }
    fs::read_to_string(path).ok()
}

#[cfg(test)]
mod tests;
