//! From settings to a recorder that runs.

use super::control::Control;
use super::{Recorder, StartError, at_exit, complain, old_logs, place, snapshot};
use crate::LogWriter;
use crate::backend::{AnyBackend, FileBackend, beside_standard};
use crate::info::Process;
use crate::pipeline::{Live, Pipeline};
use crate::processor::Processor;
use crate::rings::rings_of;
use crate::segments::{self, Segments};
use crate::snapshot::Flight;
use scope_core::config::{Config, Rings};
use scope_core::ring::Overflow;
use scope_core::ring_file::RingFile;
use scope_core::session::{RingSettings, Session};
use scope_core::{clock, hooks};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

/// A log that is created, and empty.
#[derive(Debug)]
pub(super) struct Log {
    pub path: PathBuf,
    backend: FileBackend,
    process: Process,
    /// It is a file, and not a device.
    is_file: bool,
    /// It is in a folder that was named, under the default name.
    in_folder: bool,
}

/// Creates a log at `wanted`, a file or a folder.
pub(super) fn create(wanted: &Path) -> Result<Log, StartError> {
    let process = this_process();
    let (mut taken, in_folder) = (None, place::is_folder(wanted));
    for path in place::candidates(wanted, &process.program, process.start, process.pid) {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(|source| StartError::Create { path: path.clone(), source })?;
        }
        match FileBackend::create(&path) {
            Ok(backend) => {
                if taken.is_some() && !in_folder {
                    let (wanted, path) = (wanted.display(), path.display());
                    complain(&format_args!("`{wanted}` is there already, and stays as it is: the log is `{path}`"));
                }
                return Ok(Log { path: absolute(path), backend, process, is_file: true, in_folder });
            }
            Err(source) if source.kind() == io::ErrorKind::AlreadyExists => match FileBackend::device(&path) {
                Some(Ok(backend)) => {
                    return Ok(Log { path: absolute(path), backend, process, is_file: false, in_folder });
                }
                Some(Err(source)) => return Err(StartError::Create { path, source }),
                None => taken = Some((path, source)),
            },
            Err(source) => return Err(StartError::Create { path, source }),
        }
    }
    let (path, source) = taken.unwrap_or_else(|| (wanted.to_owned(), io::ErrorKind::AlreadyExists.into()));
    Err(StartError::Create { path, source })
}

/// The program may change its folder.
fn absolute(path: PathBuf) -> PathBuf {
    std::path::absolute(&path).unwrap_or(path)
}

fn this_process() -> Process {
    let lossy = |path: &Path| path.to_string_lossy().into_owned();
    let command: Vec<String> = std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let executable = std::env::current_exe().ok();
    let program = executable.clone().or_else(|| std::env::args_os().next().map(PathBuf::from));
    let program = program
        .as_deref()
        .and_then(Path::file_stem)
        .map_or_else(|| "program".to_owned(), |stem| lossy(Path::new(stem)));
    Process {
        program,
        command,
        pid: std::process::id(),
        start: clock::wall_ns(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        os: std::env::consts::OS.to_owned(),
        arch: std::env::consts::ARCH.to_owned(),
        cwd: std::env::current_dir().map_or_else(|_| String::new(), |path| lossy(&path)),
        config: String::new(),
        host: host(),
        executable: executable.as_deref().map_or_else(String::new, lossy),
        build: if cfg!(debug_assertions) { "debug" } else { "release" }.to_owned(),
    }
}

/// The machine's name, from where it can be had without a call of the system's own.
fn host() -> String {
    let kernel = std::fs::read_to_string("/proc/sys/kernel/hostname").ok();
    let variable = || ["HOSTNAME", "COMPUTERNAME"].into_iter().find_map(|name| std::env::var(name).ok());
    kernel.or_else(variable).map_or_else(String::new, |name| name.trim().to_owned())
}

/// A file for the rings, beside the log. `None` where there can be none: files can't be mapped there, or may not be that large.
fn ring_file(log: &Path, rings: &RingSettings, start: u64) -> Result<Option<RingFile>, StartError> {
    let path = rings_of(log);
    // One that is there belongs to a log of this name that is not there any more.
    _ = std::fs::remove_file(&path);
    let mut options = std::fs::OpenOptions::new();
    options.read(true).write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let made = options
        .open(&path)
        .and_then(beside_standard)
        .and_then(|file| RingFile::new(file, rings.words(), rings.most_words(), start));
    match made {
        Ok(file) => Ok(Some(file)),
        Err(source) => {
            _ = std::fs::remove_file(&path);
            match source.kind() {
                io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Err(StartError::Rings { path, source }),
                _ => Ok(None),
            }
        }
    }
}

/// The process that last started a recorder: of its children, those that were forked have none.
static LAUNCHED: AtomicU32 = AtomicU32::new(0);

/// Whether this process has started a recorder, and not only a parent of it that forked it.
pub(super) fn is_here() -> bool {
    LAUNCHED.load(Ordering::Relaxed) == std::process::id()
}

/// Hooks for the process's end and for `fork`. Before any lock is taken: who forks this very moment must find them there.
pub(super) fn install_hooks() {
    // No `Once`, for which a forked child might wait.
    static INSTALLED: AtomicBool = AtomicBool::new(false);
    if !INSTALLED.swap(true, Ordering::Relaxed) {
        hooks::at_exit(at_exit);
        hooks::off_in_forked_children();
    }
}

/// Starts a recorder that writes `log`.
pub(super) fn launch(log: Log, mut config: Config, pipeline: Pipeline) -> Result<Recorder, StartError> {
    install_hooks();
    let Log { path, backend, mut process, is_file, in_folder } = log;
    let rings = RingSettings {
        bytes: usize::try_from(config.ring_size).unwrap_or(usize::MAX),
        sizes: config.ring_sizes.clone(),
        overflow: config.overflow,
    };
    let file = match is_file && config.rings == Rings::Mapped {
        // Nothing is in the log yet.
        true => ring_file(&path, &rings, process.start).inspect_err(|_| _ = std::fs::remove_file(&path))?,
        false => None,
    };
    let of_rings = file.is_some().then(|| rings_of(&path));
    // What it has just created holds nothing.
    let undone = |error| {
        of_rings.iter().chain(is_file.then_some(&path)).for_each(|file| _ = std::fs::remove_file(file));
        error
    };
    // As it is, for the log to say.
    config.rings = if of_rings.is_some() { Rings::Mapped } else { Rings::Heap };
    process.config = config.to_string();
    let mut limit = config.max_size;
    let segments = is_file.then(|| {
        let segments = Segments::new(path.clone(), process.clone(), &config);
        limit = segments.limit(0);
        segments
    });
    if segments::cuts(&config) {
        process.config.push_str("segment=1\n");
    }
    let flight = (config.overflow == Overflow::DropOldest)
        .then(|| Flight::new(process.clone(), is_file.then(|| path.clone()), &config));
    let is_flight_recorder = flight.is_some();
    let on_panic = is_flight_recorder && config.snapshot_on_panic;
    let mut writer = LogWriter::with_backend(Box::new(backend) as AnyBackend, limit, &process)
        .map_err(|error| undone(StartError::Create { path: path.clone(), source: io::Error::other(error) }))?;
    writer.set_compression(config.compression);
    writer.set_room(config.max_size);
    if let Some(keep) = config.keep_logs.filter(|_| in_folder) {
        old_logs::remove(&path, &process, keep);
    }
    // Before anything records.
    if config.filter.is_some() {
        scope_core::filter::set(config.filter.clone());
    }
    let session = Session::begin(rings, file).ok_or_else(|| undone(StartError::Running { path: None }))?;
    let control = Arc::new(Control::new());
    let of_thread = of_rings.clone();
    scope_core::snapshot::listen(is_flight_recorder);
    snapshot::install(&config);
    #[cfg(feature = "live")]
    let hub = Arc::clone(pipeline.hub());
    let (of_session, of_control, live) = (Arc::clone(&session), Arc::clone(&control), Live::new(pipeline));
    let processor = Processor::new(of_session, of_control, (writer, segments), live, config, of_thread, flight);
    let thread = std::thread::Builder::new().name("scope".to_owned());
    let thread = hooks::without_signals(|| {
        thread.spawn(move || {
            std::mem::forget(scope_core::mute());
            processor.run();
        })
    });
    if let Err(error) = thread {
        session.end();
        return Err(undone(StartError::Thread(error)));
    }
    LAUNCHED.store(std::process::id(), Ordering::Relaxed);
    Ok(Recorder {
        path,
        control,
        is_flight_recorder,
        on_panic,
        #[cfg(feature = "live")]
        hub,
    })
}
