//! What the macro tells of a function: one text instead of a table, which would cost the compiler a check of each of its fields for
//! each function. It is read when the function's sites go to the log, once.
//!
//! Lines, each of fields with a tab between:
//!
//! | line | fields |
//! |------|--------|
//! | the first | the path of the module, the source file, the function's name inside its module, the line of that name, the names of the captured arguments |
//! | each other | a place: the letter of its kind and its line, then the names of its values |
//!
//! `scope-macros/src/site.rs` writes it. What can't be read is left out: it comes from the same version of the same house.

use crate::site::{FunctionDef, PlaceDef, PlaceKind};

/// The letters of the kinds of places.
const KINDS: [(u8, PlaceKind); 7] = [
    (b'L', PlaceKind::Line),
    (b'V', PlaceKind::Variables),
    (b'E', PlaceKind::Expression),
    (b'R', PlaceKind::Return),
    (b'Q', PlaceKind::Question),
    (b'B', PlaceKind::Branch),
    (b'I', PlaceKind::Iteration),
];

/// What the text tells of a function.
pub(crate) fn read(text: &'static str) -> FunctionDef<'static> {
    let mut lines = text.split('\n');
    let mut head = lines.next().unwrap_or_default().split('\t');
    let mut field = || head.next().unwrap_or_default();
    let (module, file, name) = (field(), field(), field());
    let line = number(head.next());
    FunctionDef { module, name, file, line, args: head.collect(), places: lines.filter_map(place).collect() }
}

/// How many places it tells of, whether or not each can be read.
pub(crate) fn places(text: &str) -> usize {
    text.matches('\n').count()
}

fn place(line: &'static str) -> Option<PlaceDef<'static>> {
    let mut fields = line.split('\t');
    let head = fields.next()?;
    let letter = *head.as_bytes().first()?;
    let (_, kind) = KINDS.into_iter().find(|(known, _)| *known == letter)?;
    Some(PlaceDef { kind, line: number(head.get(1..)), names: fields.collect() })
}

fn number(text: Option<&str>) -> u32 {
    text.and_then(|text| text.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_read() {
        let text = "shop\tsrc/a.rs\tf\t7\ta\t(b, c)\nL8\nV9\tx\ty\nQ10";
        let places = vec![
            PlaceDef { kind: PlaceKind::Line, line: 8, names: vec![] },
            PlaceDef { kind: PlaceKind::Variables, line: 9, names: vec!["x", "y"] },
            PlaceDef { kind: PlaceKind::Question, line: 10, names: vec![] },
        ];
        let args = vec!["a", "(b, c)"];
        let expected = FunctionDef { module: "shop", name: "f", file: "src/a.rs", line: 7, args, places };
        assert_eq!(read(text), expected);
        assert_eq!(super::places(text), 3);
    }

    #[test]
    fn nothing_is_no_panic() {
        for text in ["", "\n", "m\tf\n\n\u{e9}", "m\tx\tf\tx\nV\u{e9}"] {
            read(text);
        }
    }
}
