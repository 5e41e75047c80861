//! The pager: started with the first byte that it is to show, so that where there is nothing to show none is started.

use std::env;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Child, Command, Stdio};

/// What is started where the environment names no pager: it ends by itself where the text fits the terminal, and with Ctrl-C, as we do.
const DEFAULT: &str = "less -FRXK";

/// Output by way of a pager.
pub(crate) struct Paged<'o> {
    /// Where there is no pager.
    plain: &'o mut dyn Write,
    /// The pager's command, until it was tried.
    command: Option<Vec<OsString>>,
    child: Option<Child>,
}

impl<'o> Paged<'o> {
    /// `command`: the program and its arguments, nothing for no pager; else, what it shows goes to `plain`.
    pub fn new(plain: &'o mut dyn Write, command: Vec<OsString>) -> Self {
        Self { plain, command: Some(command).filter(|command| !command.is_empty()), child: None }
    }

    fn to(&mut self) -> &mut dyn Write {
        if let Some(command) = self.command.take() {
            let mut words = command.into_iter();
            let program = words.next().unwrap_or_default();
            // One that is not there is no reason to show nothing.
            self.child = Command::new(program).args(words).stdin(Stdio::piped()).spawn().ok();
        }
        match self.child.as_mut().and_then(|child| child.stdin.as_mut()) {
            Some(stdin) => stdin,
            None => self.plain,
        }
    }

    /// Waits until the user has left the pager.
    pub fn wait(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if let Some(mut child) = self.child.take() {
            // Closes its input first. How it ended is between it and its user.
            _ = child.wait();
        }
    }
}

impl Write for Paged<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.to().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.command {
            // Nothing was written so far.
            Some(_) => Ok(()),
            None => self.to().flush(),
        }
    }
}

/// No pager is left behind.
impl Drop for Paged<'_> {
    fn drop(&mut self) {
        self.end();
    }
}

/// The pager that the environment names: `SCOPE_PAGER`, else `PAGER`, else `less`. Set to nothing or to `cat`: none.
pub(crate) fn wanted() -> Vec<OsString> {
    let set = ["SCOPE_PAGER", "PAGER"].into_iter().find_map(env::var_os);
    command(set)
}

fn command(set: Option<OsString>) -> Vec<OsString> {
    let words: Vec<OsString> = match set {
        None => DEFAULT.split_whitespace().map(Into::into).collect(),
        Some(set) => match set.to_str() {
            Some(text) => text.split_whitespace().map(Into::into).collect(),
            // A path.
            None => vec![set],
        },
    };
    if words == ["cat"] { Vec::new() } else { words }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: String) -> Vec<OsString> {
        ["sh", "-c", &script].map(OsString::from).to_vec()
    }

    #[test]
    fn the_pager_gets_all_and_is_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let shown = folder.path().join("shown");
        let mut plain = Vec::new();
        let mut paged = Paged::new(&mut plain, shell(format!("sed s/^/P:/ > '{}'", shown.display())));
        writeln!(paged, "one\ntwo").expect("it reads");
        paged.flush().expect("it reads");
        paged.wait();
        assert_eq!(std::fs::read_to_string(shown).expect("the pager wrote it"), "P:one\nP:two\n");
        assert!(plain.is_empty());
    }

    #[test]
    fn without_a_pager_the_output_is_plain() {
        for command in [Vec::new(), vec!["no-such-pager-anywhere".into()]] {
            let mut plain = Vec::new();
            let mut paged = Paged::new(&mut plain, command);
            paged.write_all(b"text").and_then(|()| paged.flush()).expect("a vector takes all");
            paged.wait();
            assert_eq!(plain, b"text");
        }
    }

    #[test]
    fn nothing_to_show_starts_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let started = folder.path().join("started");
        let mut plain = Vec::new();
        let mut paged = Paged::new(&mut plain, shell(format!("touch '{}'", started.display())));
        paged.flush().expect("nothing is written");
        paged.wait();
        assert!(!started.exists());
    }

    #[test]
    fn a_pager_that_was_left_closes_the_pipe() {
        let mut plain = Vec::new();
        let mut paged = Paged::new(&mut plain, shell("exit 3".to_owned()));
        let error = (0..1 << 16).find_map(|_| paged.write_all(&[b'x'; 4096]).err()).expect("nobody reads");
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
        paged.wait();
    }

    #[test]
    fn the_environment_chooses() {
        let words = |set: Option<&str>| command(set.map(Into::into));
        assert_eq!(words(None), ["less", "-FRXK"]);
        assert_eq!(words(Some(" most  -s ")), ["most", "-s"]);
        assert!(words(Some("")).is_empty() && words(Some("cat")).is_empty());
    }
}
