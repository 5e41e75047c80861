//! The functions of one file, by their names: where what some of them do says something of others.

use super::lines::{Line, Lines};
use super::text::is_in_one_line;

#[derive(Default)]
pub(super) struct Functions<'t>(Vec<(&'t str, Line<'t>, Lines<'t>)>);

impl<'t> Functions<'t> {
    /// Adds one that begins with a line, and goes on in others.
    pub(super) fn add(&mut self, name: &'t str, first: Line<'t>, lines: &Lines<'t>) {
        self.0.push((name, first, lines.clone()));
    }

    /// Reads the lines of those with a name. False: there are none.
    pub(super) fn read(&self, name: &str, mut read: impl FnMut(&'t str)) -> bool {
        let mut any = false;
        for (_, first, lines) in self.0.iter().filter(|(other, ..)| *other == name) {
            any = true;
            read(first.text);
            if is_in_one_line(first.text) || first.text.ends_with(';') {
                continue;
            }
            for line in lines.clone().map(Line::of) {
                read(line.text);
                if line.indent == first.indent && line.text.starts_with('}') {
                    break;
                }
            }
        }
        any
    }

    #[cfg(test)]
    pub(super) fn of(text: &'t str) -> Self {
        let (mut functions, mut lines) = (Self::default(), Lines::of(text));
        while let Some(line) = lines.next().map(Line::of) {
            if let Some(behind) = super::text::behind_fn(line.text) {
                functions.add(super::text::path(behind), line, &lines);
            }
        }
        functions
    }
}
