//! Plans and source files.

use super::LogReader;
use super::frames::{Found, Frames};
use crate::error::ReadError;
use crate::format::{self, StoredPlan, Unpackable};
use crate::info::{PlanDef, PlanState};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Files whose lines are kept: those of a stack are mostly in few.
const KEPT: usize = 8;
/// What a source file on the disk has at most, in bytes.
const LARGEST: u64 = 16 << 20;

/// The last source files that lines were asked of.
#[derive(Debug, Default)]
pub(super) struct Lines {
    /// Where the texts of a file are in the log; `None`: nobody has looked.
    known: Option<BTreeMap<String, Vec<u64>>>,
    /// Files, the last one last, each with its texts: several are of one path where crates of different folders are in one program.
    files: Vec<(String, Vec<String>)>,
}

impl LogReader {
    /// The files of the plans that were in force: paths, and texts as far as they are known. [`Self::plan_defs`] says more.
    ///
    /// # Errors
    ///
    /// The log can't be read, or is compressed in a way that is not known here.
    pub fn plans(&self) -> Result<Vec<(String, String)>, ReadError> {
        let plans = self.plan_defs()?.into_iter().filter(|plan| !plan.path.is_empty());
        Ok(plans.map(|plan| (plan.path, plan.text)).collect())
    }

    /// The plans that were in force, each once, the built-in one included: of what the log says of one, the last holds.
    ///
    /// # Errors
    ///
    /// The log can't be read, or is compressed in a way that is not known here.
    pub fn plan_defs(&self) -> Result<Vec<PlanDef>, ReadError> {
        let mut plans: Vec<PlanDef> = Vec::new();
        self.each(&self.index.plans, |_, payload| {
            let new = plan(payload)?;
            let same = |old: &&mut PlanDef| {
                (&old.path, &old.profile, &old.id, old.checksum) == (&new.path, &new.profile, &new.id, new.checksum)
            };
            match plans.iter_mut().find(same) {
                Some(old) => *old = new,
                None => plans.push(new),
            }
            Ok(())
        })?;
        Ok(plans)
    }

    /// The texts of the source files that the log has: paths, as sites have them, and texts.
    ///
    /// # Errors
    ///
    /// The log can't be read, or is compressed in a way that is not known here.
    pub fn sources(&self) -> Result<Vec<(String, String)>, ReadError> {
        let mut sources = Vec::new();
        self.each(&self.index.sources, |_, payload| {
            sources.push(source(payload)?);
            Ok(())
        })?;
        Ok(sources)
    }

    /// A line of a source file, by the path that sites have, from 1: as the log has it, or else as it is on the disk now, where the program was
    /// started or here. `None`: it is not known, or two files of this path have different ones.
    pub fn source_line(&self, file: &str, line: u32) -> Option<String> {
        let nth = (line as usize).checked_sub(1)?;
        let mut lines = self.lines.lock();
        let at = lines.files.iter().position(|(path, _)| path == file);
        let entry = match at {
            Some(at) => lines.files.remove(at),
            None => (file.to_owned(), self.texts_of(file, &mut lines)),
        };
        let mut all = entry.1.iter().map(|text| text.lines().nth(nth));
        let first = all.next().flatten().map(str::to_owned);
        let found = first.filter(|first| all.all(|other| other == Some(first)));
        if lines.files.len() == KEPT {
            lines.files.remove(0);
        }
        lines.files.push(entry);
        found
    }

    /// The texts of a source file.
    fn texts_of(&self, file: &str, lines: &mut Lines) -> Vec<String> {
        let known = lines.known.get_or_insert_with(|| {
            let mut known: BTreeMap<String, Vec<u64>> = BTreeMap::new();
            // What can't be read is not known.
            _ = self.each(&self.index.sources, |offset, mut payload| {
                let path: &str = format::take(&mut payload)?;
                known.entry(path.to_owned()).or_default().push(offset);
                Ok(())
            });
            known
        });
        let mut texts = Vec::new();
        if let Some(offsets) = known.get(file) {
            _ = self.each(offsets, |_, payload| {
                texts.push(source(payload)?.1);
                Ok(())
            });
        }
        if texts.is_empty() {
            texts.extend(
                [&*self.header().cwd, ""].into_iter().find_map(|folder| on_disk(&Path::new(folder).join(file))),
            );
        }
        texts
    }

    /// Each frame at these offsets that can be read. An error: it can't, or is compressed in a way that is not known here.
    fn each(
        &self,
        offsets: &[u64],
        mut each: impl FnMut(u64, &[u8]) -> Result<(), Unpackable>,
    ) -> Result<(), ReadError> {
        let mut frames = Frames::new(&self.source);
        for &offset in offsets {
            if let Found::Frame(_) = frames.at(offset)? {
                match each(offset, &frames.payload) {
                    Err(Unpackable::Codec(codec)) => return Err(self.source.compression(codec)),
                    // What is damaged is told of elsewhere.
                    Ok(()) | Err(Unpackable::Undecodable) => {}
                }
            }
        }
        Ok(())
    }
}

fn plan(mut payload: &[u8]) -> Result<PlanDef, Unpackable> {
    let StoredPlan { path, profile, id, checksum, state } = format::take(&mut payload)?;
    let (path, profile, id) = (path.to_owned(), profile.to_owned(), id.to_owned());
    Ok(PlanDef { path, profile, id, checksum, state: PlanState::from_byte(state), text: format::unpack_text(payload)? })
}

fn source(mut payload: &[u8]) -> Result<(String, String), Unpackable> {
    let path: &str = format::take(&mut payload)?;
    Ok((path.to_owned(), format::unpack_text(payload)?))
}

fn on_disk(path: &Path) -> Option<String> {
    let about = fs::metadata(path).ok()?;
    if !about.is_file() || about.len() > LARGEST { None } else { fs::read_to_string(path).ok() }
}
