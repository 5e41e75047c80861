//! Which functions a log has events of.

use super::WovenFunction;
use crate::error::ReadError;
use crate::info::{SiteDef, SiteKind};
use crate::reader::LogReader;
use std::collections::HashSet;

/// A function's module, its name there, its file and its line.
type Key = (String, String, String, u32);

/// The functions that a log has events of: entries, or whatever else happened in them.
#[derive(Debug, Default)]
pub struct Hits {
    exactly: HashSet<Key>,
}

impl Hits {
    /// Reads the log's events, one after the other. `damage` is told what can't be read; what is behind it is read all the same.
    ///
    /// A function of which the log has a definition only was hit where the filter, or a loss, left nothing of it: it is not among these.
    pub fn of(log: &LogReader, mut damage: impl FnMut(ReadError)) -> Self {
        let mut hit = HashSet::new();
        for thread in log.threads() {
            for event in log.thread_events(thread.id) {
                match event {
                    Ok(event) => hit.extend(event.site),
                    Err(error) => damage(error),
                }
            }
        }
        let (mut exactly, mut function) = (HashSet::new(), None);
        for site in log.sites() {
            // A function comes before its places.
            if let SiteKind::Function { .. } = site.kind {
                function = Some(site);
            }
            if let Some(function) = function.filter(|_| hit.contains(&site.id)) {
                exactly.insert(key(function));
            }
        }
        Self { exactly }
    }

    /// Adds what another log has events of.
    pub fn add(&mut self, more: Self) {
        self.exactly.extend(more.exactly);
    }

    /// Whether the log has an event of this function: of the same name, in the same file, at the same line.
    pub fn contains(&self, function: &WovenFunction) -> bool {
        self.exactly.contains(&of_program(function))
    }

    /// The functions of `program` that the log has no event of.
    ///
    /// Where the program was built anew since, functions have moved: one that the log has at another line, where the program has none of that
    /// name, was hit.
    pub fn never<'p>(&self, program: &'p [WovenFunction]) -> Never<'p> {
        let known: HashSet<_> = program.iter().map(of_program).collect();
        let elsewhere = self.exactly.iter().filter(|key| !known.contains(key));
        let elsewhere: HashSet<_> = elsewhere.map(|(module, name, ..)| (module, name)).collect();
        let (mut functions, mut moved) = (Vec::new(), 0);
        for function in program.iter().filter(|function| !self.contains(function)) {
            if elsewhere.contains(&(&function.module, &function.name)) {
                moved += 1;
            } else {
                functions.push(function);
            }
        }
        Never { functions, moved }
    }
}

/// What a log has no event of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Never<'p> {
    /// Functions that were never hit.
    pub functions: Vec<&'p WovenFunction>,
    /// How many were hit, and stand elsewhere in the program: it is not the one that wrote the log, but one that was built of other source text.
    pub moved: usize,
}

fn key(site: &SiteDef) -> Key {
    (site.module.clone(), site.name.clone(), site.file.clone(), site.line)
}

fn of_program(function: &WovenFunction) -> Key {
    let WovenFunction { module, name, file, line, .. } = function;
    (module.clone(), name.clone(), file.clone(), *line)
}
