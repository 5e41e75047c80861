//! What the macro tells of a function: one text instead of a table, which would cost the compiler a check of each of its fields for
//! each function. It is read when the function's sites go to the log, once.
//!
//! Lines, each of fields with a tab between:
//!
//! | line | fields |
//! |------|--------|
//! | the first | the path of the module, the source file, the function's name inside its module, the line of that name, the names of the captured arguments |
//! | each other | a place: the letter of its kind and its line, then the names of its values |
//! | the last, where there was a file with a plan | `P` and the CRC-32C of the plan's text, in hexadecimal digits; the path of the file, the profile, the `plan_id` |
//!
//! `scope-macros/src/site.rs` writes it. What can't be read is left out: it comes from the same version of the same house.

use crate::function::PlanDef;
use crate::site::{FunctionDef, FunctionInfo, PlaceDef, PlaceKind};

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
pub fn read(text: &str) -> FunctionDef<'_> {
    let mut lines = text.split('\n');
    let mut head = lines.next().unwrap_or_default().split('\t');
    let mut field = || head.next().unwrap_or_default();
    let (module, file, name) = (field(), field(), field());
    let line = number(head.next());
    FunctionDef { module, name, file, line, args: head.collect(), places: lines.filter_map(place).collect() }
}

/// The path of the function's module, and its own inside.
pub(crate) fn path(text: &str) -> (&str, &str) {
    let mut fields = text.split(['\t', '\n']);
    let (module, _file) = (fields.next().unwrap_or_default(), fields.next());
    (module, fields.next().unwrap_or_default())
}

/// How many places it tells of, whether or not each can be read.
pub(crate) fn places(text: &str) -> usize {
    without_plan(text).matches('\n').count()
}

/// The lines that are about the function itself.
pub(crate) fn without_plan(text: &str) -> &str {
    text.rsplit_once('\n').filter(|(_, last)| last.starts_with('P')).map_or(text, |(lines, _)| lines)
}

/// The plan that was in force when the function was woven; `None`: there was no file.
pub(crate) fn plan(text: &str) -> Option<PlanDef<'_>> {
    let mut fields = text.rsplit_once('\n')?.1.strip_prefix('P')?.split('\t');
    let checksum = u32::from_str_radix(fields.next()?, 16).ok()?;
    let mut field = || fields.next().unwrap_or_default();
    let (path, profile, id) = (field(), field(), field());
    Some(PlanDef { path, profile, id, checksum, text: "" })
}

fn place(line: &str) -> Option<PlaceDef<'_>> {
    let mut fields = line.split('\t');
    let head = fields.next()?;
    let letter = *head.as_bytes().first()?;
    let (_, kind) = KINDS.into_iter().find(|(known, _)| *known == letter)?;
    Some(PlaceDef { kind, line: number(head.get(1..)), names: fields.collect() })
}

/// Writes the text of a function that nobody wove, piece by piece. What separates fields and lines is a space in a name.
pub(crate) fn write(info: &FunctionInfo, write: &mut dyn FnMut(&[u8])) {
    [info.module, info.file, info.name].into_iter().for_each(|text| {
        field(text, write);
        write(b"\t");
    });
    digits(info.line, write);
    names(info.args, write);
    for place in info.places {
        let letter = KINDS.iter().find(|(_, kind)| *kind == place.kind).map_or(b'V', |(letter, _)| *letter);
        write(&[b'\n', letter]);
        digits(place.line, write);
        names(place.names, write);
    }
}

/// Writes a text without its plan, with other arguments than it has.
pub(crate) fn write_with_args(text: &str, args: &[&str], write: &mut dyn FnMut(&[u8])) {
    let text = without_plan(text);
    let (head, rest) = text.split_at(text.find('\n').unwrap_or(text.len()));
    let end = head.match_indices('\t').nth(3).map_or(head.len(), |(at, _)| at);
    write(&head.as_bytes()[..end]);
    names(args, write);
    write(rest.as_bytes());
}

fn names(names: &[&str], write: &mut dyn FnMut(&[u8])) {
    for name in names {
        write(b"\t");
        field(name, write);
    }
}

fn field(text: &str, write: &mut dyn FnMut(&[u8])) {
    for (index, piece) in text.split(['\t', '\n']).enumerate() {
        if index > 0 {
            write(b" ");
        }
        write(piece.as_bytes());
    }
}

fn digits(number: u32, write: &mut dyn FnMut(&[u8])) {
    let (mut digits, mut rest, mut at) = ([0; 10], number, 10);
    loop {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    write(&digits[at..]);
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
        assert_eq!(path(text), ("shop", "f"));
        assert_eq!(super::places(text), 3);
    }

    #[test]
    fn the_last_line_is_the_plans() {
        let text = "shop\tsrc/a.rs\tf\t7\ta\nL8\nV9\tx";
        let planned = format!("{text}\nP00c0ffee\t/shop/scope.toml\tdeep\tshop-1");
        assert_eq!((read(&planned), super::places(&planned)), (read(text), 2));
        let expected =
            PlanDef { path: "/shop/scope.toml", profile: "deep", id: "shop-1", checksum: 0x00c0_ffee, text: "" };
        assert_eq!((plan(&planned), plan(text)), (Some(expected), None));
        let mut written = Vec::new();
        write_with_args(&planned, &["b"], &mut |bytes| written.extend_from_slice(bytes));
        assert_eq!((written, without_plan(text)), (text.replace("\ta", "\tb").into_bytes(), text));
    }

    #[test]
    fn nothing_is_no_panic() {
        for text in ["", "\n", "m\tf\n\n\u{e9}", "m\tx\tf\tx\nV\u{e9}", "\nP", "m\nPx\t/a", "P1", "m\nP1"] {
            read(text);
            plan(text);
            places(text);
        }
    }
}
