//! `scope-dump` as a program: on its own standard output and error, with what only a terminal has.

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, IsTerminal, Write};
#[cfg(unix)]
use std::os::fd::AsFd as Handle;
#[cfg(windows)]
use std::os::windows::io::AsHandle as Handle;

use crate::context::{Context, Screen};
use crate::exit::Exit;
use crate::pager::{self, Paged};
use crate::progress::Progress;
use crate::{parse, perform, usage};

/// As [`run`](crate::run), on this process's standard output and error. On a terminal long output goes through a pager
/// (`SCOPE_PAGER`, `PAGER`, else `less`), lines are cut to its width, and long work shows how far it is.
pub fn main<I, A>(args: I) -> Exit
where
    I: IntoIterator<Item = A>,
    A: Into<OsString> + Clone,
{
    let (stdout, mut stderr) = (io::stdout(), io::stderr());
    let screen = Screen { terminal: stdout.is_terminal(), columns: columns(io::stdout()) };
    let command = match parse(args) {
        Ok(command) => command,
        Err(error) => return usage(&error, &mut stdout.lock(), &mut stderr, screen.terminal),
    };
    let command = command.as_run();
    let progress = if stderr.is_terminal() {
        Progress::on(Box::new(io::stderr()), columns(io::stderr()).unwrap_or(80))
    } else {
        Progress::default()
    };
    let mut plain = stdout.lock();
    if !screen.terminal || !command.is_paged() {
        // What goes into a file is not seen beside the bar; what goes into a pipe may be.
        let is_file = is_file(&stdout);
        let mut out = Silencing { out: &mut plain, progress: (!is_file).then_some(&progress) };
        return perform(command, Context { out: &mut out, err: &mut stderr, screen, progress: &progress });
    }
    let mut paged = Paged::new(&mut plain, pager::wanted());
    // Not into what the pager shows.
    let mut messages = Vec::new();
    let mut out = Silencing { out: &mut paged, progress: Some(&progress) };
    let exit = perform(command, Context { out: &mut out, err: &mut messages, screen, progress: &progress });
    paged.wait();
    // Messages that can't be written have nowhere else to go.
    _ = stderr.write_all(&messages);
    exit
}

/// The width of a terminal, or what the environment says that it is.
fn columns(terminal: impl Handle) -> Option<usize> {
    let told = || std::env::var("COLUMNS").ok()?.parse().ok();
    let size = terminal_size::terminal_size_of(terminal);
    size.map(|(columns, _)| usize::from(columns.0)).or_else(told).filter(|columns| *columns > 0)
}

/// Does standard output go into a file?
#[cfg(unix)]
fn is_file(stdout: &io::Stdout) -> bool {
    let file = stdout.as_fd().try_clone_to_owned().map(File::from);
    file.and_then(|file| file.metadata()).is_ok_and(|about| about.is_file())
}

/// Does standard output go into a file?
#[cfg(windows)]
fn is_file(stdout: &io::Stdout) -> bool {
    let file = stdout.as_handle().try_clone_to_owned().map(File::from);
    file.and_then(|file| file.metadata()).is_ok_and(|about| about.is_file())
}

/// Output that ends the progress bar before it is seen.
struct Silencing<'a> {
    out: &'a mut dyn Write,
    progress: Option<&'a Progress>,
}

impl Write for Silencing<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Some(progress) = self.progress.take() {
            progress.silence();
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
