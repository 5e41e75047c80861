//! Writes the rows of a tree, and folds what repeats.
//!
//! Of successive calls of one function at one level the first `limit` are shown; the further ones are
//! held back until they end. If all went well in one it is only counted, else it is shown after all. Inside
//! of what is held back the same is done. What is held back is bounded: a call with very many rows is shown.

use std::io::{self, Write};
use std::mem;

use crate::paint::{Paint, Style};
use crate::units::Duration;

/// How many rows may be held back.
const HELD: usize = 4096;

/// One line of a tree.
#[derive(Debug)]
pub(crate) struct Row {
    /// How deep it stands.
    pub indent: usize,
    pub shape: Shape,
    /// The text; empty: no line is written.
    pub text: String,
}

/// What a row is to the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A call that others follow inside; its function.
    Open { function: String },
    /// The end of such a call.
    Close(End),
    /// A call that nothing follows inside.
    Leaf { function: String, end: End },
    /// Anything else inside a call.
    Note,
    /// Something that is always shown.
    Event,
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct End {
    /// Nothing worth showing in any case happened.
    pub plain: bool,
    /// In ns, as far as known.
    pub duration: u64,
}

/// The calls that follow each other at one level.
#[derive(Debug, Default)]
struct Run {
    function: String,
    shown: u32,
    folded: u64,
    duration: u64,
}

/// The end of the rendering.
pub(crate) struct Folder<'o> {
    out: &'o mut dyn Write,
    limit: u32,
    paint: Paint,
    /// Written before the first line.
    head: Option<String>,
    runs: Vec<Run>,
    /// The calls that are held back, each inside of the one before.
    held: Vec<Held>,
}

/// A call that is held back.
#[derive(Debug)]
struct Held {
    level: usize,
    /// Its rows so far, and how deep they stand.
    rows: Vec<(usize, String)>,
}

impl<'o> Folder<'o> {
    /// `limit` calls of a run are shown, `None`: all.
    pub fn new(out: &'o mut dyn Write, limit: Option<u32>, paint: Paint, head: String) -> Self {
        Self { out, limit: limit.unwrap_or(u32::MAX), paint, head: Some(head), runs: Vec::new(), held: Vec::new() }
    }

    /// Takes the next row.
    pub fn row(&mut self, row: Row) -> io::Result<()> {
        if self.limit == u32::MAX {
            return self.write(row.indent, &row.text);
        }
        if self.held.last().is_some_and(|held| held.level > row.indent) {
            self.release()?;
        }
        self.end_runs(row.indent + 1)?;
        match row.shape {
            Shape::Open { function } => {
                self.begin(row.indent, function)?;
                self.put(row.indent, row.text)
            }
            Shape::Leaf { function, end } => {
                self.begin(row.indent, function)?;
                self.put(row.indent, row.text)?;
                self.end(row.indent, end)
            }
            Shape::Close(end) => {
                self.put(row.indent, row.text)?;
                self.end(row.indent, end)
            }
            Shape::Note => {
                self.end_runs(row.indent)?;
                self.put(row.indent, row.text)
            }
            Shape::Event => {
                self.release()?;
                self.end_runs(row.indent)?;
                self.put(row.indent, row.text)
            }
        }
    }

    /// Writes what is still held back. Was anything written at all?
    pub fn finish(mut self) -> io::Result<bool> {
        self.release()?;
        self.end_runs(0)?;
        Ok(self.head.is_none())
    }

    /// A call begins: decides whether it is held back.
    fn begin(&mut self, indent: usize, function: String) -> io::Result<()> {
        if self.runs.get(indent).is_none_or(|run| run.function != function) {
            self.end_runs(indent)?;
            self.runs.resize_with(indent, Run::default);
            self.runs.push(Run { function, ..Run::default() });
        }
        let run = &mut self.runs[indent];
        if run.shown < self.limit {
            run.shown += 1;
        } else {
            self.held.push(Held { level: indent, rows: Vec::new() });
        }
        Ok(())
    }

    /// A call ends: decides about it, if it is the one that is held back.
    fn end(&mut self, indent: usize, end: End) -> io::Result<()> {
        if !end.plain {
            return self.release();
        }
        if self.held.pop_if(|held| held.level == indent).is_some()
            && let Some(run) = self.runs.get_mut(indent)
        {
            run.folded += 1;
            run.duration = run.duration.saturating_add(end.duration);
        }
        Ok(())
    }

    /// Shows the calls that are held back after all.
    fn release(&mut self) -> io::Result<()> {
        for held in mem::take(&mut self.held) {
            if let Some(run) = self.runs.get_mut(held.level) {
                // What follows a call that stood out is shown again.
                let next = Run { function: run.function.clone(), shown: 1, ..Run::default() };
                let done = mem::replace(run, next);
                self.write_folded(held.level, &done)?;
            }
            held.rows.iter().try_for_each(|(indent, text)| self.write(*indent, text))?;
        }
        Ok(())
    }

    /// Ends the runs at this level and below.
    fn end_runs(&mut self, level: usize) -> io::Result<()> {
        while self.runs.len() > level {
            let Some(run) = self.runs.pop() else { break };
            let indent = self.runs.len();
            self.write_folded(indent, &run)?;
        }
        Ok(())
    }

    fn write_folded(&mut self, indent: usize, run: &Run) -> io::Result<()> {
        if run.folded == 0 {
            return Ok(());
        }
        let calls = if run.folded == 1 { "call" } else { "calls" };
        let text = format!("… {} more {calls} of {}, {} in all", run.folded, run.function, Duration(run.duration));
        let text = self.paint.paint(Style::Dim, text).to_string();
        self.put(indent, text)
    }

    /// To the output, or to what is held back.
    fn put(&mut self, indent: usize, text: String) -> io::Result<()> {
        let Some(held) = self.held.last_mut() else { return self.write(indent, &text) };
        held.rows.push((indent, text));
        if held.rows.len() > HELD { self.release() } else { Ok(()) }
    }

    fn write(&mut self, indent: usize, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        if let Some(head) = self.head.take() {
            writeln!(self.out, "{head}")?;
        }
        writeln!(self.out, "{:width$}{text}", "", width = 2 * (indent + 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: End = End { plain: true, duration: 1_000 };
    const BAD: End = End { plain: false, duration: 1_000 };

    fn leaf(indent: usize, name: &str, end: End) -> Row {
        let shape = Shape::Leaf { function: name.to_owned(), end };
        Row { indent, shape, text: if end.plain { name.to_owned() } else { format!("{name} → bad") } }
    }

    fn fold(limit: u32, rows: impl IntoIterator<Item = Row>) -> String {
        let mut out = Vec::new();
        let mut folder = Folder::new(&mut out, Some(limit), Paint { on: false, width: 9 }, "T".to_owned());
        rows.into_iter().try_for_each(|row| folder.row(row)).expect("a vector takes all");
        folder.finish().expect("a vector takes all");
        String::from_utf8(out).expect("text")
    }

    #[test]
    fn what_repeats_is_counted() {
        let rows = (0..5).map(|_| leaf(0, "f", PLAIN)).chain([leaf(0, "g", PLAIN)]);
        assert_eq!(fold(2, rows), "T\n  f\n  f\n  … 3 more calls of f, 3.00 µs in all\n  g\n");
    }

    #[test]
    fn what_stands_out_is_shown() {
        let ends = [PLAIN, PLAIN, BAD, PLAIN];
        let text = fold(1, ends.map(|end| leaf(0, "f", end)));
        assert_eq!(
            text,
            "T\n  f\n  … 1 more call of f, 1.00 µs in all\n  f → bad\n  … 1 more call of f, 1.00 µs in all\n"
        );
    }

    #[test]
    fn a_call_is_shown_with_what_stands_out_inside() {
        let block = |inner: [End; 3]| {
            let open = Row { indent: 0, shape: Shape::Open { function: "f".into() }, text: "f".into() };
            let close = Row { indent: 0, shape: Shape::Close(PLAIN), text: "←".into() };
            [open].into_iter().chain(inner.map(|end| leaf(1, "g", end))).chain([close])
        };
        let rows = block([PLAIN; 3]).chain(block([PLAIN; 3])).chain(block([PLAIN, PLAIN, BAD]));
        let folded = "    g\n    … 2 more calls of g, 2.00 µs in all\n";
        let bad = "    g\n    … 1 more call of g, 1.00 µs in all\n    g → bad\n";
        assert_eq!(
            fold(1, rows),
            format!("T\n  f\n{folded}  ←\n  … 1 more call of f, 1.00 µs in all\n  f\n{bad}  ←\n")
        );
    }

    #[test]
    fn what_is_held_back_is_bounded() {
        let open = |indent| Row { indent, shape: Shape::Open { function: "f".into() }, text: "f".into() };
        let rows = [leaf(0, "f", PLAIN), open(0)].into_iter().chain((0..HELD).map(|_| Row {
            indent: 1,
            shape: Shape::Note,
            text: "x".into(),
        }));
        assert_eq!(fold(1, rows).lines().count(), HELD + 3);
    }
}
