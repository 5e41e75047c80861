//! Tables for people: columns as wide as what is in them.

use std::io::{self, Write};

use crate::paint::{Paint, Style};
use crate::width::{pad, pad_left, width};

/// Where a column's text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    /// Names.
    Left,
    /// Numbers.
    Right,
}

/// Rows, which are kept until all of them are known.
#[derive(Debug)]
pub(crate) struct Table<const N: usize> {
    columns: [(&'static str, Side); N],
    rows: Vec<[String; N]>,
}

impl<const N: usize> Table<N> {
    /// With these headings.
    pub fn new(columns: [(&'static str, Side); N]) -> Self {
        Self { columns, rows: Vec::new() }
    }

    /// One more row; its texts have no colours.
    pub fn row(&mut self, cells: [String; N]) {
        self.rows.push(cells);
    }

    /// Writes all of it, the heading first.
    pub fn write(&self, paint: Paint, out: &mut dyn Write) -> io::Result<()> {
        let mut widths = self.columns.map(|(name, _)| width(name));
        for row in &self.rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = (*widest).max(width(cell));
            }
        }
        let line = |cells: [&str; N]| {
            let cells = cells.into_iter().zip(widths).zip(self.columns);
            let padded = cells.map(|((cell, width), (_, side))| match side {
                Side::Left => pad(cell, width),
                Side::Right => pad_left(cell, width),
            });
            padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        };
        writeln!(out, "{}", paint.paint(Style::Head, line(self.columns.map(|(name, _)| name))))?;
        for row in &self.rows {
            writeln!(out, "{}", line(row.each_ref().map(String::as_str)))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned() {
        let mut table = Table::new([("name", Side::Left), ("n", Side::Right), ("more", Side::Left)]);
        table.row(["日本".into(), "1".into(), String::new()]);
        table.row(["a".into(), "1000".into(), "x".into()]);
        let mut out = Vec::new();
        table.write(Paint { on: false, width: 9 }, &mut out).expect("a vector takes all");
        assert_eq!(String::from_utf8_lossy(&out), "name     n  more\n日本     1\na     1000  x\n");
    }
}
