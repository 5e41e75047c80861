//! `unhit`: what of a program was never recorded.

use std::io::Write;
use std::path::{Path, PathBuf};

use scope_store::info::Process;
use scope_store::woven::{Hits, Never, WovenFunction, in_program};
use serde_json::{Map, Value as Json, json};

use super::objects::To;
use super::{Rendered, fields};
use crate::cli::Format;
use crate::error::DumpError;
use crate::log::Store;
use crate::paint::{Paint, Style};
use crate::units::Clean;

/// The columns of a function that is no JSON.
const COLUMNS: &[&str] = &["function", "file", "line"];

/// A program, and which of its functions its logs have events of.
struct Program {
    path: PathBuf,
    functions: Vec<WovenFunction>,
    hits: Hits,
}

/// Writes the woven functions of each program that its logs have no event of.
pub(crate) fn render(
    store: &Store,
    program: Option<&Path>,
    (format, paint): (Format, Paint),
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<(), DumpError> {
    let mut programs: Vec<Program> = Vec::new();
    for log in store.logs() {
        let path = program.map(Path::to_owned).or_else(|| wrote(log.header()));
        let path = path.ok_or_else(|| DumpError::NoProgram(log.path().to_owned()))?;
        let known = programs.iter().position(|program| program.path == path);
        let at = match known {
            Some(at) => at,
            None => {
                let functions = in_program(&path).map_err(DumpError::Program)?;
                if functions.is_empty() {
                    return Err(DumpError::NotWoven(path));
                }
                programs.push(Program { path, functions, hits: Hits::default() });
                programs.len() - 1
            }
        };
        programs[at].hits.add(Hits::of(log, |error| rendered.note(&error)));
    }
    let columns: &[&[&str]] = if programs.len() > 1 { &[COLUMNS, &["program"]] } else { &[COLUMNS] };
    let mut to = To::new(format, paint, out, columns)?;
    for (index, Program { path, functions, hits }) in programs.iter().enumerate() {
        let Never { functions: never, moved, .. } = hits.never(functions);
        match &mut to {
            To::Text(paint, out) => {
                if index > 0 {
                    writeln!(out)?;
                }
                text(&never, functions.len(), path, *paint, *out)?;
            }
            To::Objects(objects) => {
                let program = (programs.len() > 1).then_some(path.as_path());
                never.iter().try_for_each(|function| objects.write(&object(function, program)))?;
            }
        }
        if moved > 0 {
            let name = path.display();
            rendered.remarks.push(format!(
                "note: `{name}` is not the program that wrote the log: {moved} functions were hit at other lines than it has them"
            ));
        }
    }
    Ok(())
}

/// The file of the program that wrote the log; in older logs, as it was called then.
fn wrote(process: &Process) -> Option<PathBuf> {
    if !process.executable.is_empty() {
        return Some(PathBuf::from(&process.executable));
    }
    let called = Path::new(process.command.first().filter(|name| !name.is_empty())?);
    let is_name = called.parent() == Some(Path::new(""));
    let paths = std::env::var_os("PATH").filter(|_| is_name).unwrap_or_default();
    let found = std::env::split_paths(&paths).map(|folder| folder.join(called)).find(|path| path.is_file());
    // Where it was called by a path: an absolute one stays as it is.
    Some(found.unwrap_or_else(|| Path::new(&process.cwd).join(called)))
}

fn text(
    functions: &[&WovenFunction],
    all: usize,
    program: &Path,
    paint: Paint,
    out: &mut dyn Write,
) -> Result<(), DumpError> {
    let program = Clean(program.display().to_string());
    let head = match functions.len() {
        0 if all == 1 => format!("the one woven function of `{program}` was hit"),
        0 => format!("all {all} woven functions of `{program}` were hit"),
        count => format!("{count} of {all} woven functions of `{program}` were never hit"),
    };
    writeln!(out, "{}", paint.paint(Style::Head, head))?;
    let rows: Vec<_> = functions.iter().map(|function| (Clean(function.path()).to_string(), function)).collect();
    let width = rows.iter().map(|(path, _)| path.chars().count()).max().unwrap_or(0);
    for (path, function) in rows {
        let place = Clean(format!("{}:{}", function.file, function.line));
        let path = paint.paint(Style::Function, format!("{path:<width$}"));
        writeln!(out, "  {path}  {}", paint.paint(Style::Dim, place))?;
    }
    Ok(())
}

/// A function; of which program, where there are several.
fn object(function: &WovenFunction, program: Option<&Path>) -> Map<String, Json> {
    let mut object = fields([
        ("kind", json!("unhit")),
        ("function", json!(function.path())),
        ("file", json!(function.file)),
        ("line", json!(function.line)),
    ]);
    object.extend(program.map(|program| ("program".to_owned(), json!(program.to_string_lossy()))));
    object
}

#[cfg(test)]
mod tests {
    use super::*;

    fn called(name: &str) -> Option<PathBuf> {
        let process = Process {
            command: vec![name.to_owned(), "--flag".to_owned()],
            cwd: "/work".to_owned(),
            ..Process::default()
        };
        wrote(&process)
    }

    #[test]
    fn a_program_is_where_it_was_called() {
        assert_eq!(called("/bin/app"), Some(PathBuf::from("/bin/app")));
        assert_eq!(called("./app"), Some(PathBuf::from("/work/./app")));
        assert_eq!(called("target/debug/app"), Some(PathBuf::from("/work/target/debug/app")));
        assert_eq!(called("no-program-has-this-name"), Some(PathBuf::from("/work/no-program-has-this-name")));
        assert_eq!(called(""), None);
        let process = Process { executable: "/bin/app".to_owned(), ..Process::default() };
        assert_eq!(wrote(&process), Some(PathBuf::from("/bin/app")));
        assert_eq!(wrote(&Process::default()), None);
    }
}
