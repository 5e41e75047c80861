//! Lines of source: as the log has it, or where the files are still there.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use crate::log::LogReader;

/// Files that are longer are not read: it is only a line that is wanted.
const LONGEST: u64 = 16 << 20;

/// Source files that were read.
#[derive(Debug, Default)]
pub(crate) struct Sources {
    files: HashMap<(PathBuf, String), Option<Source>>,
    /// What each log has itself: paths and texts.
    embedded: HashMap<PathBuf, Vec<(String, String)>>,
}

#[derive(Debug)]
struct Source {
    text: String,
    /// It was changed after the program began to record.
    is_newer: bool,
}

/// Lines of a file around one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Excerpt {
    /// Numbers and texts.
    pub lines: Vec<(u32, String)>,
    /// The file was changed since, and these may be other lines.
    pub is_newer: bool,
}

impl Sources {
    /// The line `line` of `file` with `around` more on each side, if the log has the file, or there is one where the program was built or
    /// ran, or here.
    pub fn excerpt(&mut self, reader: &LogReader, file: &str, line: u32, around: u32) -> Option<Excerpt> {
        let log = reader.path().to_owned();
        // One that can't be read is told of where its events are read.
        let embedded = self.embedded.entry(log.clone()).or_insert_with(|| reader.sources().unwrap_or_default());
        let find = || of_log(embedded, file).or_else(|| on_disk(reader, file));
        let source = self.files.entry((log, file.to_owned())).or_insert_with(find).as_ref()?;
        let first = line.saturating_sub(around).max(1);
        let texts = source.text.lines().skip(first as usize - 1);
        let lines: Vec<_> = (first..=line.saturating_add(around)).zip(texts.map(str::to_owned)).collect();
        lines.iter().any(|(number, _)| *number == line).then_some(Excerpt { lines, is_newer: source.is_newer })
    }
}

/// The text that was recorded with the program.
fn of_log(embedded: &[(String, String)], file: &str) -> Option<Source> {
    let (_, text) = embedded.iter().find(|(path, _)| path == file || Path::new(path).ends_with(file))?;
    Some(Source { text: text.clone(), is_newer: false })
}

/// `file!()` gives paths from where the compiler ran, which is often a folder above the one that the program ran in.
fn on_disk(reader: &LogReader, file: &str) -> Option<Source> {
    let file = Path::new(file);
    // What a log names is shown: nothing else than source.
    if file.extension().is_none_or(|end| end != "rs") {
        return None;
    }
    let ran = Path::new(&reader.header().cwd);
    let here = std::env::current_dir().unwrap_or_default();
    let folders = ran.ancestors().chain(here.ancestors()).filter(|folder| folder.is_absolute());
    let (path, data) = folders.map(|folder| folder.join(file)).find_map(|path| {
        let data = fs::metadata(&path).ok().filter(|data| data.is_file() && data.len() <= LONGEST)?;
        Some((path, data))
    })?;
    let mut text = String::new();
    fs::File::open(path).ok()?.take(LONGEST).read_to_string(&mut text).ok()?;
    let changed = data.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    let is_newer = changed.is_some_and(|time| time.as_nanos() > u128::from(reader.header().start));
    Some(Source { text, is_newer })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_has_the_last_word() {
        let embedded = [("/build/src/a.rs".to_owned(), "a".to_owned()), ("src/b.rs".to_owned(), "b".to_owned())];
        let text = |file| of_log(&embedded, file).map(|source| source.text);
        assert_eq!((text("src/a.rs"), text("src/b.rs"), text("c.rs")), (Some("a".into()), Some("b".into()), None));
    }
}
