//! Shapes of code, each a program of its own that checks itself, and what is recorded of it at `full`.
//!
//! A program of `programs/` is built with the attribute in it, run with the recorder on, and its log is compared with the comments `//>` at
//! the program's end: every event but the lines, in each edition of `//@ edition 2021 2024`; with `//@ only TEXT` those that hold this text. `UPDATE_SHAPES=1 cargo test --test shapes` writes them anew: look at the diff.

mod build;
#[path = "../common/package.rs"]
mod package;
mod record;

use std::path::{Path, PathBuf};

/// A program and what is expected of it.
struct Shape {
    name: String,
    path: PathBuf,
    source: String,
    edition: String,
}

impl Shape {
    /// A program, once for each of its editions.
    fn read(path: PathBuf) -> Vec<Self> {
        let text = std::fs::read_to_string(&path).expect("a program");
        let editions = text.lines().find_map(|line| line.strip_prefix("//@ edition ")).unwrap_or("2021");
        let stem = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        let each = editions.split_whitespace().enumerate().map(|(at, edition)| Self {
            name: if at == 0 { stem.to_owned() } else { format!("{stem}_{edition}") },
            path: path.clone(),
            source: text.clone(),
            edition: edition.to_owned(),
        });
        each.collect()
    }

    /// Of what was recorded, what is to be compared: std may do more of the same, now this and then that.
    fn chosen(&self, mut events: Vec<String>) -> Vec<String> {
        if let Some(text) = self.source.lines().find_map(|line| line.strip_prefix("//@ only ")) {
            events.retain(|event| event.contains(text));
        }
        events
    }

    fn expected(&self) -> Vec<&str> {
        self.source.lines().filter_map(|line| line.strip_prefix("//> ")).collect()
    }

    fn update(&self, events: &[String]) {
        let code = self.source.lines().filter(|line| !line.starts_with("//> "));
        let text: Vec<String> =
            code.map(str::to_owned).chain(events.iter().map(|event| format!("//> {event}"))).collect();
        std::fs::write(&self.path, text.join("\n") + "\n").expect("the program is written");
    }
}

fn shapes() -> Vec<Shape> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes/programs");
    let files = std::fs::read_dir(folder).expect("programs").map(|file| file.expect("a program").path());
    let mut shapes: Vec<Shape> =
        files.filter(|path| path.extension().is_some_and(|e| e == "rs")).flat_map(Shape::read).collect();
    shapes.sort_by(|a, b| a.name.cmp(&b.name));
    shapes
}

/// One test for all: they are one package, and cargo builds it once.
#[test]
fn every_shape_is_woven_runs_and_is_recorded() {
    let shapes = shapes();
    let package = build::Programs::build(&shapes);
    let update = std::env::var_os("UPDATE_SHAPES").is_some();
    let mut wrong = Vec::new();
    for shape in &shapes {
        let log = match package.run(&shape.name) {
            Ok(log) => log,
            Err(error) => {
                wrong.push(format!("{}: {error}", shape.name));
                continue;
            }
        };
        let events = shape.chosen(record::events(&log));
        if update {
            shape.update(&events);
        } else if events != shape.expected() {
            wrong.push(difference(shape, &events));
        }
    }
    assert!(wrong.is_empty(), "{} of {} shapes:\n{}", wrong.len(), shapes.len(), wrong.join("\n"));
}

/// The first event that is another one.
fn difference(shape: &Shape, events: &[String]) -> String {
    let expected = shape.expected();
    let at = (0..).find(|&at| expected.get(at).copied() != events.get(at).map(String::as_str)).unwrap_or(0);
    format!(
        "{}: event {at}\n  expected {}\n  recorded {}",
        shape.name,
        expected.get(at).unwrap_or(&"no more"),
        events.get(at).map_or("no more", String::as_str)
    )
}
