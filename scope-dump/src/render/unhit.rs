//! `unhit`: what of a program was never recorded.

use std::io::Write;
use std::path::{Path, PathBuf};

use scope_store::info::Process;
use scope_store::woven::{Hits, Never, WovenFunction, in_program};
use serde_json::{Map, Value as Json};

use super::Rendered;
use super::objects::Objects;
use crate::cli::Format;
use crate::error::DumpError;
use crate::log::LogReader;
use crate::paint::{Paint, Style};
use crate::units::Clean;

/// Writes the woven functions of the program that the log has no event of. Gives back what else there is to say.
pub(crate) fn render(
    reader: &LogReader,
    program: Option<&Path>,
    (format, paint): (Format, Paint),
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<Option<String>, DumpError> {
    let path = program.map(Path::to_owned).or_else(|| wrote(reader.header())).ok_or(DumpError::NoProgram)?;
    let program = in_program(&path).map_err(DumpError::Program)?;
    if program.is_empty() {
        return Err(DumpError::NotWoven(path));
    }
    let Never { functions, moved, .. } = Hits::of(reader, |error| rendered.note(&error)).never(&program);
    match format {
        Format::Text => text(&functions, program.len(), &path, paint, out)?,
        Format::Json | Format::Csv => objects(&functions, format, out)?,
    }
    let name = path.display();
    Ok((moved > 0).then(|| {
        format!("note: `{name}` is not the program that wrote the log: {moved} functions were hit at other lines than it has them")
    }))
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

fn objects(functions: &[&WovenFunction], format: Format, out: &mut dyn Write) -> Result<(), DumpError> {
    let mut objects = Objects::new(format, out, &["function", "file", "line"])?;
    for function in functions {
        let mut object = Map::<String, Json>::new();
        object.insert("kind".into(), "unhit".into());
        object.insert("function".into(), function.path().into());
        object.insert("file".into(), function.file.as_str().into());
        object.insert("line".into(), function.line.into());
        objects.write(&object)?;
    }
    objects.flush()
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
