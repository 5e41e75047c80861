//! What the macro tells of a function: one text instead of a table, which would cost the compiler a check of each of its fields for
//! each function. It is read when the function's sites go to the log, once.
//!
//! Lines, each of fields with a tab between:
//!
//! | line | fields |
//! |------|--------|
//! | the first | the function's name inside its module, the line of that name, the names of the captured arguments |
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

/// What the macro tells of a function.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Woven {
    pub(crate) module: &'static str,
    pub(crate) file: &'static str,
    pub(crate) text: &'static str,
    /// The names of the arguments, where a `#[cfg]` decides which there are.
    pub(crate) args: Option<&'static [&'static str]>,
}

impl Woven {
    pub(crate) fn read(&self) -> FunctionDef<'static> {
        let mut lines = self.text.split('\n');
        let mut head = lines.next().unwrap_or_default().split('\t');
        let name = head.next().unwrap_or_default();
        let line = number(head.next());
        let args = self.args.map_or_else(|| head.collect(), <[_]>::to_vec);
        FunctionDef {
            module: self.module,
            name,
            file: self.file,
            line,
            args,
            places: lines.filter_map(place).collect(),
        }
    }
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
        let woven = Woven { module: "shop", file: "src/a.rs", text: "f\t7\ta\t(b, c)\nL8\nV9\tx\ty\nQ10", args: None };
        let places = vec![
            PlaceDef { kind: PlaceKind::Line, line: 8, names: vec![] },
            PlaceDef { kind: PlaceKind::Variables, line: 9, names: vec!["x", "y"] },
            PlaceDef { kind: PlaceKind::Question, line: 10, names: vec![] },
        ];
        let expected =
            FunctionDef { module: "shop", name: "f", file: "src/a.rs", line: 7, args: vec!["a", "(b, c)"], places };
        assert_eq!(woven.read(), expected);
        assert_eq!(Woven { args: Some(&["only"]), ..woven }.read().args, ["only"]);
    }

    #[test]
    fn nothing_is_no_panic() {
        for text in ["", "\n", "f\n\n\u{e9}", "f\tx\nV\u{e9}"] {
            Woven { module: "", file: "", text, args: None }.read();
        }
    }
}
