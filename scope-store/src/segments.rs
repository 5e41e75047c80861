//! The files of a log: the one at the log's path, which is written, and those before it, which are sealed.
//!
//! A new one is begun under a name of its own, gets all that a log needs to be read alone, and only then takes the log's path, in one
//! step; the one before has its own name by then. So there is a whole log at the path at any moment, whoever looks or dies.

use crate::backend::FileBackend;
use crate::info::Process;
use scope_core::config::Config;
use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// See the module's text.
#[derive(Debug)]
pub(crate) struct Segments {
    path: PathBuf,
    process: Process,
    max_size: u64,
    max_age: Option<Duration>,
    keep: Option<u32>,
    /// The log is cut; else only a log that is gone is begun anew.
    cuts: bool,
    /// The next one could not be begun, and is tried again then.
    again: Option<Instant>,
    began: Instant,
    /// Those that this recorder has sealed and not removed, oldest first.
    sealed: VecDeque<PathBuf>,
    /// The number of the one that is written, from 1.
    number: u32,
}

/// After which time it is tried again to begin a segment.
const PUT_OFF: Duration = Duration::from_secs(1);
/// Names tried for a sealed segment.
const NAMES: u32 = 1_000_000;

impl Segments {
    /// For the log at `path`, which has just been begun.
    pub fn new(path: PathBuf, process: Process, config: &Config) -> Self {
        Self {
            path,
            process,
            max_size: config.max_size,
            max_age: config.max_age,
            keep: config.keep,
            cuts: cuts(config),
            again: None,
            began: Instant::now(),
            sealed: VecDeque::new(),
            number: 1,
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn number(&self) -> u32 {
        self.number
    }

    /// The size at which what is written, and began with so many bytes, refuses more.
    pub fn limit(&self, begins: u64) -> u64 {
        match self.cuts {
            true if self.again.is_none() => u64::MAX,
            true => self.full(begins).saturating_mul(2),
            false => self.max_size,
        }
    }

    /// The size of a segment that began with so many bytes: it gets at least as much again, so that files are not all definitions.
    fn full(&self, begins: u64) -> u64 {
        self.max_size.max(begins.saturating_mul(2))
    }

    /// Whether a segment of `size` bytes, which began with `begins`, ends here, where so much more may come with the next drain.
    pub fn is_due(&self, begins: u64, size: u64, more: u64) -> bool {
        let is_old = self.max_age.is_some_and(|age| self.began.elapsed() >= age);
        let is_large = size.saturating_add(more) > self.full(begins);
        self.cuts && (is_old || is_large) && self.again.is_none_or(|again| Instant::now() >= again)
    }

    /// The next one could not be begun: this one grows on, for a while. Whether it is the first time that it could not.
    pub fn put_off(&mut self) -> bool {
        self.again.replace(Instant::now() + PUT_OFF).is_none()
    }

    /// What the next segment's first frame says.
    pub fn next_process(&self) -> Process {
        let mut process = self.process.clone();
        process.config.push_str(&format!("segment={}\n", self.number + 1));
        process
    }

    /// A file for the next segment, under a name that no reader looks for.
    pub fn begin(&self) -> io::Result<FileBackend> {
        let path = self.next_path();
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)?;
        }
        // Of a process that had our number, and died.
        _ = std::fs::remove_file(&path);
        FileBackend::create(&path)
    }

    /// It is not needed.
    pub fn abandon(&self) {
        _ = std::fs::remove_file(self.next_path());
    }

    fn next_path(&self) -> PathBuf {
        next_of(&self.path, std::process::id())
    }

    /// The next segment, which is ready, takes the log's path; the one there gets a name of its own.
    pub fn cut(&mut self) -> io::Result<()> {
        let (next, name) = (self.next_path(), self.name_sealed()?);
        if let Err(error) = std::fs::rename(&next, &self.path) {
            // The log has its path still, and needs no other name.
            if std::fs::metadata(&self.path).is_ok() {
                _ = std::fs::remove_file(&name);
            } else {
                _ = std::fs::rename(&name, &self.path);
            }
            return Err(error);
        }
        self.sealed.push_back(name);
        self.next();
        Ok(())
    }

    /// The next segment, which is ready, takes the log's path, where nothing is any more. Never what somebody else has put there.
    pub fn replace(&mut self) -> io::Result<()> {
        move_new(&self.next_path(), &self.path)?;
        self.next();
        Ok(())
    }

    fn next(&mut self) {
        self.number = self.number.saturating_add(1);
        self.again = None;
        self.began = Instant::now();
    }

    /// Gives the file at the log's path the next free name: `run.000001.scope`. Where the medium can't give a file two names it loses the first,
    /// for a moment.
    fn name_sealed(&self) -> io::Result<PathBuf> {
        for number in self.number..self.number.saturating_add(NAMES) {
            let name = numbered(&self.path, number);
            match std::fs::hard_link(&self.path, &name) {
                Ok(()) => return Ok(name),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(error),
                Err(_) => match move_new(&self.path, &name) {
                    Ok(()) => return Ok(name),
                    Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                    Err(error) => return Err(error),
                },
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    /// Removes the oldest segments, where there are more than are to be kept.
    pub fn remove_old(&mut self) {
        let Some(keep) = self.keep else { return };
        while self.sealed.len() > keep as usize
            && let Some(oldest) = self.sealed.pop_front()
        {
            // Somebody else may have removed it.
            _ = std::fs::remove_file(oldest);
        }
    }
}

/// Whether the log is cut into segments.
pub(crate) fn cuts(config: &Config) -> bool {
    config.keep.is_some() || config.max_age.is_some()
}

/// Where the process `pid` makes the next segment of a log ready: `run.scope.77.next`.
pub(crate) fn next_of(log: &Path, pid: u32) -> PathBuf {
    let mut path = log.to_owned().into_os_string();
    path.push(format!(".{pid}.next"));
    path.into()
}

/// Gives a file another name, never over another file.
fn move_new(from: &Path, to: &Path) -> io::Result<()> {
    match std::fs::hard_link(from, to) {
        Ok(()) => std::fs::remove_file(from),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        // The medium can't give a file two names: the second one is made sure of by an empty file.
        Err(_) => {
            drop(FileBackend::create(to)?);
            std::fs::rename(from, to).inspect_err(|_| _ = std::fs::remove_file(to))
        }
    }
}

/// `run.000001.scope` of `run.scope`.
pub(crate) fn numbered(file: &Path, number: u32) -> PathBuf {
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(format!(".{number:06}"));
    if let Some(extension) = file.extension() {
        name.push(".");
        name.push(extension);
    }
    file.with_file_name(name)
}

#[cfg(test)]
mod tests;
