//! What is checked about the files themselves.

use std::fs;
use std::path::{Path, PathBuf};

use crate::run::root;
use crate::steps::TEST;

/// A file of more lines is mentioned.
const LONG: usize = 350;
/// A file of more lines is refused.
const TOO_LONG: usize = 400;
/// Folders of files that nobody wrote by hand, or that are wrong on purpose.
const SKIPPED: &[&str] = &["target", "snapshots", "output", "ui", "golden", "corpus", "artifacts", "scope-logs"];
/// What a new user is told to type.
const TOUR: &str = "run --release --example tour";

/// Runs the checks and reports all that is wrong at once.
pub(crate) fn tidy() -> Result<String, String> {
    let root = root();
    let mut files = Vec::new();
    rust_files(&root, &mut files).map_err(|error| format!("can't list the files: {error}"))?;
    files.sort();
    let (mut wrong, mut unsafe_files) = (Vec::new(), 0);
    for file in &files {
        let text = fs::read_to_string(file).map_err(|error| format!("can't read {}: {error}", file.display()))?;
        let name = file.strip_prefix(&root).unwrap_or(file).display();
        match text.lines().count() {
            lines if lines > TOO_LONG => {
                wrong.push(format!("{name} has {lines} lines, more than {TOO_LONG}: split it"))
            }
            lines if lines > LONG => println!("xtask: {name} has {lines} lines: one job a file?"),
            _ => {}
        }
        if let Some(line) = first_unsafe(&text) {
            unsafe_files += 1;
            if !may_be_unsafe(file.strip_prefix(&root).unwrap_or(file)) {
                wrong.push(format!("{name}:{line} has `unsafe`, which belongs into scope-core alone"));
            }
        }
    }
    let readme =
        fs::read_to_string(root.join("README.md")).map_err(|error| format!("can't read README.md: {error}"))?;
    for command in [TEST, TOUR] {
        if !readme.contains(&format!("cargo {command}")) {
            wrong.push(format!("README.md does not say `cargo {command}`"));
        }
    }
    if wrong.is_empty() {
        Ok(format!("{} files, {unsafe_files} with unsafe", files.len()))
    } else {
        Err(format!("\n  {}", wrong.join("\n  ")))
    }
}

/// In scope-core, and in tests: users' code may be unsafe, and is then instrumented too. And in the recorder that scope is compared with.
fn may_be_unsafe(path: &Path) -> bool {
    path.starts_with("scope-core")
        || path.ends_with("benches/peers/src/limit.rs")
        || path.components().any(|part| part.as_os_str() == "tests")
        || path.to_string_lossy().ends_with("tests.rs")
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if entry.file_type()?.is_dir() {
            if !name.starts_with('.') && !SKIPPED.contains(&&*name) {
                rust_files(&path, files)?;
            }
        } else if name.ends_with(".rs") {
            files.push(path);
        }
    }
    Ok(())
}

/// The first line with the keyword `unsafe` outside of comments and text.
fn first_unsafe(text: &str) -> Option<usize> {
    text.lines().position(|line| has_keyword(&code_of(line), "unsafe")).map(|index| index + 1)
}

/// The line without its comment and its string literals. Block comments and raw strings over many lines are rare
/// enough to be told apart by whoever reads the message.
fn code_of(line: &str) -> String {
    let mut code = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    let mut in_text = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' if in_text => _ = chars.next(),
            '\'' if !in_text && chars.peek() == Some(&'"') => _ = chars.next(),
            '"' => in_text = !in_text,
            '/' if !in_text && chars.peek() == Some(&'/') => break,
            c if !in_text => code.push(c),
            _ => {}
        }
    }
    code
}

fn has_keyword(code: &str, keyword: &str) -> bool {
    code.match_indices(keyword).any(|(at, _)| {
        let part_of_word = |c: char| c.is_alphanumeric() || c == '_';
        !code[..at].ends_with(part_of_word) && !code[at + keyword.len()..].starts_with(part_of_word)
    })
}

#[cfg(test)]
mod tests {
    use super::first_unsafe;

    #[test]
    fn finds_the_keyword_only() {
        assert_eq!(first_unsafe("let a = 1;\nunsafe { a() }"), Some(2));
        assert_eq!(first_unsafe("#![forbid(unsafe_code)] // no unsafe here\nlet a = \"unsafe\"; // unsafe"), None);
        assert_eq!(first_unsafe("let a = '\"'; let b = unsafe { 1 };"), Some(1));
    }
}
