//! What pieces of source code tell, as a text.

use super::lines::Lines;
use super::marks::Marks;
use std::borrow::Cow;

/// What is before and behind the trait of an implementation that shows values.
pub(super) fn shown(head: &str) -> Option<(&str, &str)> {
    head.split_once("Debug for ").or_else(|| head.split_once("Serialize for "))
}

pub(super) fn is_guard_of_lock(ty: &str) -> bool {
    Marks::of(ty).is_guard_of_lock()
}

/// Whether what a function gives back is, or has in it, what its implementation gives this name, and is not lent.
pub(super) fn gives_associated(ty: &str, name: &str) -> bool {
    let is_lent = ty.trim_start().starts_with('&') || ty.contains("Poll<");
    !is_lent && ty.split("Self::").skip(1).any(|behind| path(behind) == name)
}

/// Whether what a function gives back may have captured something.
pub(super) fn may_capture(ty: &str) -> bool {
    (ty.contains("impl ") || ty.contains("dyn "))
        && ["Iterator", "Fn(", "FnMut(", "FnOnce("].iter().any(|of| ty.contains(of))
}

/// Whether an implementation is for a lock that was perhaps taken: what its methods give back is mostly the guard.
pub(super) fn is_for_locked(head: &str) -> bool {
    let of = head.split_once(" for ").map_or("", |(_, of)| of);
    match name(of) {
        "LockResult" | "TryLockResult" => true,
        "Result" => is_guard_of_lock(of) || of.contains("PoisonError<"),
        _ => false,
    }
}

/// Whether an implementation is for all that a lock may give back, among others.
pub(super) fn is_for_results(head: &str) -> bool {
    head.split_once(" for ").is_some_and(|(_, of)| name(of) == "Result")
}

pub(super) fn name_is_in(text: &str, name: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}

/// Whether an item ends in the line that it begins in.
pub(super) fn is_in_one_line(line: &str) -> bool {
    line.contains('{') && line.trim_end().ends_with('}')
}

/// The head of an item, which may take several lines.
pub(super) fn head<'t>(first: &'t str, lines: &mut Lines<'t>) -> Cow<'t, str> {
    const MOST: usize = 30;
    let is_end = |byte| byte == b'{' || byte == b';';
    let cut = |line: &'t str| before(line, is_end).map_or((line, false), |part| (part, true));
    let (part, mut ended) = cut(first);
    let mut head = Cow::Borrowed(part);
    for line in lines.take(if ended { 0 } else { MOST }) {
        let part;
        (part, ended) = cut(line);
        head = (head.into_owned() + " " + part.trim()).into();
        if ended {
            break;
        }
    }
    head
}

/// What a function gives back, which may go on in other lines: `-> Result<`.
pub(super) fn whole_type<'t>(first: &'t str, lines: &Lines<'t>) -> Cow<'t, str> {
    if matches!(first.trim_end().as_bytes(), [.., b'<' | b'(' | b'[' | b',' | b'+']) {
        head(first, &mut lines.clone())
    } else {
        Cow::Borrowed(first)
    }
}

/// Whether a type is one of a parameter's: `P::Kids`.
pub(super) fn is_projected(line: &str, param: &str) -> bool {
    line.match_indices(param).any(|(at, _)| {
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '\'' || c == ':';
        !line[..at].ends_with(is_part) && line[at + param.len()..].starts_with("::")
    })
}

/// Whether a line is a field that says what comes next: a number is as good as a pointer there.
pub(super) fn is_link(line: &str) -> bool {
    behind_word(line, &["next: ", "prev: ", "previous: "]).is_some()
}

/// What is behind `pub struct`.
pub(super) fn behind_struct(line: &str) -> Option<&str> {
    behind_word(line, &["struct ", "enum ", "union "])
}

/// What is behind `pub` and one of these words.
pub(super) fn behind_word<'t>(line: &'t str, words: &[&str]) -> Option<&'t str> {
    let line = match line.strip_prefix("pub") {
        Some(behind) => behind.strip_prefix('(').and_then(|scope| scope.split_once(')')).map_or(behind, |(_, b)| b),
        None => line,
    };
    let line = line.trim_start();
    words.iter().find_map(|word| line.strip_prefix(word))
}

/// What is behind the `fn` that a line begins with, or which some words stand in front of: `pub(crate) async unsafe fn`.
pub(super) fn behind_fn(line: &str) -> Option<&str> {
    const WORDS: [&str; 6] = ["pub", "async", "unsafe", "const", "extern", "default"];
    let mut rest = line;
    // Most lines begin with none of them.
    while rest.starts_with(['f', 'p', 'a', 'u', 'c', 'e', 'd']) {
        if let Some(behind) = rest.strip_prefix("fn ") {
            return Some(behind);
        }
        let behind = WORDS.iter().find_map(|word| rest.strip_prefix(word))?.trim_start();
        let end = match behind.as_bytes().first() {
            Some(b'(') => behind.split_once(')'),
            Some(b'"') => behind[1..].split_once('"'),
            _ => None,
        };
        rest = end.map_or(behind, |(_, behind)| behind).trim_start();
    }
    None
}

/// A line without the attributes that it begins with: `#[inline] fn`.
pub(super) fn without_attributes(line: &str) -> &str {
    let mut rest = line;
    while rest.starts_with("#[") {
        let (mut depth, mut bytes) = (0, &rest.as_bytes()[1..]);
        while let [first, behind @ ..] = bytes {
            bytes = behind;
            match first {
                b'[' => depth += 1,
                b']' if depth == 1 => break,
                b']' => depth -= 1,
                _ => {}
            }
        }
        match rest[rest.len() - bytes.len()..].trim_start() {
            behind if !behind.is_empty() => rest = behind,
            _ => break,
        }
    }
    rest
}

/// How often bounds say that something lives for ever, or longer than another thing.
pub(super) fn wants(bounds: &str) -> usize {
    let mut before = "";
    let words = bounds.split([' ', ',', '<', '>']).filter(|word| !word.is_empty());
    let count = words.filter(|word| {
        let is_bound = before.ends_with(':') || before == "+";
        let is_of_lifetime = before.starts_with('\'') && before.ends_with(':');
        before = word;
        let is_longer = is_of_lifetime && word.starts_with('\'');
        is_longer || is_bound && (*word == "'static" || *word == "Any" || word.ends_with("::Any"))
    });
    count.count()
}

/// Whether a type has one of the parameters of its implementation twice.
pub(super) fn is_any_twice(params: &str, this: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '\'' || c == ':';
    let is_twice = |name: &str| this.split(|c| !is_part(c)).filter(|word| *word == name).count() > 1;
    names(params).into_iter().any(is_twice)
}

/// The names in `impl<'a, T: Debug, const N: usize>`.
pub(super) fn names(params: &str) -> Vec<&str> {
    let (mut names, mut depth, mut begins, mut before) = (Vec::new(), 0, false, ' ');
    for (at, c) in params.char_indices() {
        match c {
            '<' | '(' | '[' => (depth, begins) = (depth + 1, depth == 0),
            '>' if before == '-' => {}
            '>' | ')' | ']' => depth -= 1,
            ',' => begins = depth == 1,
            ' ' => {}
            _ if begins => {
                let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '\'';
                names.extend(params[at..].split(|c| !is_part(c)).next());
                begins = false;
            }
            _ => {}
        }
        if depth < 0 {
            break;
        }
        before = c;
    }
    names
}

/// Whether an implementation is of `Index`, and by what a number without a type may be.
pub(super) fn indexes(head: &str) -> bool {
    let mut before = "";
    head.split("Index<").any(|behind| {
        let is_other = before.is_empty() || before.ends_with(char::is_alphanumeric);
        before = behind;
        let by = behind.split(['<', '>', ' ']).next().unwrap_or_default();
        let last = by.rsplit("::").next().unwrap_or_default();
        !is_other && !["usize", "Range", "&", "("].iter().any(|other| last.starts_with(other))
    })
}

/// The name that a text begins with, behind its path.
pub(super) fn name(text: &str) -> &str {
    path(text).rsplit("::").next().unwrap_or_default()
}

/// The path that a text begins with.
pub(super) fn path(text: &str) -> &str {
    before(text, |byte| byte.is_ascii() && !matches!(byte, b'_' | b':' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z'))
        .unwrap_or(text)
}

/// What is before the first of such bytes. By bytes: unoptimised, a search for characters takes many times as long.
fn before(text: &str, is_end: impl Fn(u8) -> bool) -> Option<&str> {
    let mut bytes = text.as_bytes();
    while let [first, behind @ ..] = bytes {
        if is_end(*first) {
            return Some(&text[..text.len() - bytes.len()]);
        }
        bytes = behind;
    }
    None
}
