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
//! Around them stand [`BEGIN`] and [`END`], so that the functions of a program can be found in its file, also those that were never called
//! ([`read_found`]). `scope-macros/src/site.rs` writes the lines, the facade's `__sites!` the two marks.
//!
//! What can't be read is left out: it comes from the same version of the same house.

use crate::function::PlanDef;
use crate::site::{FunctionDef, FunctionInfo, PlaceDef, PlaceKind};

/// The letters of the kinds of places.
const KINDS: [(u8, PlaceKind); 13] = [
    (b'L', PlaceKind::Line),
    (b'V', PlaceKind::Variables),
    (b'E', PlaceKind::Expression),
    (b'R', PlaceKind::Return),
    (b'Q', PlaceKind::Question),
    (b'B', PlaceKind::Branch),
    (b'I', PlaceKind::Iteration),
    // No function that is woven has these: they are of events of the program's own, which rings in a file have to name, too.
    (b'C', PlaceKind::Custom),
    (b'M', PlaceKind::Metric),
    (b'S', PlaceKind::State),
    (b'T', PlaceKind::Sent),
    (b'F', PlaceKind::Received),
    (b'O', PlaceKind::Correlation),
];

/// What the text of a woven function begins with in a program's file, and the version of the lines.
pub const BEGIN: &str = "\u{1e}scope1\u{1f}";
/// What it ends with. No line has it.
pub const END: &str = "\u{1e}";

/// The lines alone.
fn lines(text: &str) -> &str {
    let text = text.strip_prefix(BEGIN).unwrap_or(text);
    text.strip_suffix(END).unwrap_or(text)
}

/// What the text tells of a function.
pub fn read(text: &str) -> FunctionDef<'_> {
    let mut lines = lines(text).split('\n');
    let mut head = lines.next().unwrap_or_default().split('\t');
    let mut field = || head.next().unwrap_or_default();
    let (module, file, name) = (field(), field(), field());
    let line = number(head.next());
    FunctionDef { module, name, file, line, args: head.collect(), places: lines.filter_map(place).collect() }
}

/// As [`read`], of lines that were found between the marks somewhere in a file: `None` where anything in them is not as the macro writes it.
pub fn read_found(lines: &str) -> Option<FunctionDef<'_>> {
    let mut each = without_plan(lines).split('\n');
    let head: Vec<_> = each.next()?.split('\t').collect();
    let [module, file, name, line, ..] = head[..] else { return None };
    let is_sound = is_path(module) && !file.is_empty() && !name.is_empty() && is_number(line) && each.all(is_place);
    let is_printed = !lines.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n'));
    (is_sound && is_printed).then(|| read(lines))
}

/// Whether it may be what `module_path!()` gives.
fn is_path(module: &str) -> bool {
    module.split("::").all(|segment| {
        let name = segment.strip_prefix("r#").unwrap_or(segment);
        !name.is_empty()
            && !name.starts_with(|c: char| c.is_ascii_digit())
            && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    })
}

fn is_number(text: &str) -> bool {
    text.starts_with(|c| matches!(c, '1'..='9'))
        && text.bytes().all(|c| c.is_ascii_digit())
        && text.parse::<u32>().is_ok()
}

fn is_place(line: &str) -> bool {
    let head = line.split('\t').next().unwrap_or_default();
    head.get(1..).is_some_and(is_number) && place(line).is_some()
}

/// The path of the function's module, and its own inside.
pub(crate) fn path(text: &str) -> (&str, &str) {
    let mut fields = lines(text).split(['\t', '\n']);
    let (module, _file) = (fields.next().unwrap_or_default(), fields.next());
    (module, fields.next().unwrap_or_default())
}

/// How many places it tells of, whether or not each can be read.
pub(crate) fn places(text: &str) -> usize {
    without_plan(lines(text)).matches('\n').count()
}

/// The lines that are about the function itself.
pub(crate) fn without_plan(text: &str) -> &str {
    text.rsplit_once('\n').filter(|(_, last)| last.starts_with('P')).map_or(text, |(lines, _)| lines)
}

/// The plan that was in force when the function was woven; `None`: there was no file.
pub(crate) fn plan(text: &str) -> Option<PlanDef<'_>> {
    let mut fields = lines(text).rsplit_once('\n')?.1.strip_prefix('P')?.split('\t');
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

/// Writes the lines of a text that are about the function.
pub(crate) fn write_lines(text: &str, write: &mut dyn FnMut(&[u8])) {
    write(without_plan(lines(text)).as_bytes());
}

/// The same, with other arguments than it has.
pub(crate) fn write_with_args(text: &str, args: &[&str], write: &mut dyn FnMut(&[u8])) {
    let text = without_plan(lines(text));
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
        let marked = format!("{BEGIN}{text}{END}");
        assert_eq!(read(&marked), expected);
        assert_eq!((path(&marked), super::places(&marked)), (("shop", "f"), 3));
        let mut written = Vec::new();
        write_lines(&marked, &mut |bytes| written.extend_from_slice(bytes));
        assert_eq!(written, text.as_bytes());
        written.clear();
        write_with_args(&marked, &["x", "y"], &mut |bytes| written.extend_from_slice(bytes));
        assert_eq!(written, text.replace("\ta\t(b, c)", "\tx\ty").as_bytes());
    }

    #[test]
    fn what_is_found_is_read_if_all_of_it_is_sound() {
        for text in ["shop\tsrc/a.rs\tf\t7", "a::r#mod::c_1\tC:\\a b.rs\t<A as B<u8>>::f\t7\t(b, c)\nL8\nV9\tx\ty\nQ10"]
        {
            assert_eq!(read_found(text), Some(read(text)), "{text:?}");
        }
        for text in [
            "",
            "shop\tsrc/a.rs\tf",
            "shop\tsrc/a.rs\tf\t",
            "shop\tsrc/a.rs\tf\t0",
            "shop\tsrc/a.rs\tf\t+7",
            "shop\tsrc/a.rs\tf\t99999999999",
            "shop\tsrc/a.rs\t\t7",
            "shop\t\tf\t7",
            "\tsrc/a.rs\tf\t7",
            "a::\tsrc/a.rs\tf\t7",
            "a b\tsrc/a.rs\tf\t7",
            "a::7\tsrc/a.rs\tf\t7",
            "shop\tsrc/a\0.rs\tf\t7",
            "shop\tsrc/a.rs\tf\t7\n",
            "shop\tsrc/a.rs\tf\t7\nL8\nX9",
            "shop\tsrc/a.rs\tf\t7\nL\nV9",
            "shop\tsrc/a.rs\tf\t7\n\u{e9}8",
        ] {
            assert_eq!(read_found(text), None, "{text:?}");
        }
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
