//! Functions in which a type may be open to the very end.
//!
//! `let t = s << 1;` where `s` is a number of somebody's own making: which `Shl` is meant, and so what `t` is, hangs on the type of
//! the literal, and rustc gives literals a type only behind all of the function's code. Behind the last place, that is, where a
//! method lookup can resolve a late-bound token. In such functions casts do it: see `scope_core::capture::late`. A function has such types only if it has
//! a number without a type, or a macro that may.

use crate::weave::futures::hidden;

/// Whether a function has such a type.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Late {
    #[default]
    No,
    /// Only if something may be indexed by several types of numbers: `x[0]`.
    ByIndex,
    MayBe,
}

/// Whether a function may, by the text of its body, as the compiler prints it.
pub(crate) fn may_be_in(text: &str) -> Late {
    let bytes = text.as_bytes();
    let (mut at, mut before) = (0, b' ');
    let mut late = Late::No;
    while let Some(&byte) = bytes.get(at) {
        if is_word(byte) {
            let end = bytes[at..].iter().position(|byte| !is_word(*byte)).map_or(bytes.len(), |length| at + length);
            // The second part of `x.0` is none, and neither is that of `1.5`, whose first one is.
            if byte.is_ascii_digit() && before != b'.' && is_open(text, at, end) {
                if !is_index(text, at, end) {
                    return Late::MayBe;
                }
                late = Late::ByIndex;
            }
            (at, before) = (end, b'a');
            continue;
        }
        if byte == b'!' && before == b'a' && calls_unknown(text, at) {
            return Late::MayBe;
        }
        if byte != b' ' {
            // `..4` has nothing to do with `x.4`.
            before = if byte == b'.' && before == b'.' { b' ' } else { byte };
        }
        at += 1;
    }
    late
}

/// Known macros that give a value, and may be the user's own of that name: std has none.
const OF_OTHERS: [&str; 6] = ["debug_span", "error_span", "info_span", "json", "trace_span", "warn_span"];

/// Macros that log.
const LOG: [&str; 6] = ["debug", "error", "info", "log", "trace", "warn"];

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// Whether the number from `at` to `end` may say what the type of something else is: it has no type, and it is neither compared with
/// something, nor given back by the function itself.
fn is_open(text: &str, at: usize, end: usize) -> bool {
    let before = text[..at].trim_end();
    // `1.5f32`, but not `1.max(n)`.
    let fraction = text[end..].strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    let number = if fraction { text[at..].split(is_behind_number).next() } else { Some(&text[at..end]) };
    let is_hexadecimal = text[at..end].starts_with("0x");
    let has_type = number.is_some_and(|number| {
        let suffixes = ["u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];
        suffixes.iter().any(|suffix| number.ends_with(suffix))
            || !is_hexadecimal && ["f32", "f64"].iter().any(|suffix| number.ends_with(suffix))
    });
    let compared = ["==", "!=", "<=", ">="].iter().any(|word| before.ends_with(word));
    // The type of a closure may hang on what it gives back, and so may that of an async block.
    let returned = before.ends_with("return") && !text.contains('|') && !text.contains("async");
    let added = ["+=", "-=", "*=", "/=", "%=", "&=", "|=", "^="].iter().any(|word| before.ends_with(word));
    !(has_type || compared || returned || added)
}

/// Whether the number from `at` to `end` is an index of something; else it is an array of one.
fn is_index(text: &str, at: usize, end: usize) -> bool {
    let indexed = text[..at].trim_end().strip_suffix('[').map(str::trim_end).unwrap_or_default();
    text[end..].trim_start().starts_with(']')
        && (indexed.ends_with([')', ']', '?'])
            || indexed.bytes().last().is_some_and(is_word) && !ends_with_keyword(indexed))
}

/// Whether what follows is no index.
fn ends_with_keyword(text: &str) -> bool {
    let word = text.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default();
    ["return", "in", "if", "else", "match", "while", "break", "mut", "move"].contains(&word)
}

fn is_behind_number(c: char) -> bool {
    !c.is_ascii_alphanumeric() && c != '_' && c != '.'
}

/// Whether the `!` at this place calls a macro of which nothing is known.
fn calls_unknown(text: &str, at: usize) -> bool {
    let name = text[..at].trim_end();
    let begin = name.bytes().rposition(|byte| !is_word(byte)).map_or(0, |before| before + 1);
    // Those that log are statements. Another one of such a name may give a value.
    let gives = || {
        let front = name[..begin].trim_end();
        LOG.contains(&&name[begin..]) && !front.is_empty() && !front.ends_with(['{', '}', ';', ':'])
    };
    text[at + 1..].trim_start().starts_with(['(', '[', '{'])
        && (!hidden::is_known(&name[begin..]) || OF_OTHERS.contains(&&name[begin..]) || gives())
}

#[cfg(test)]
mod tests {
    use super::Late::{ByIndex, MayBe, No};
    use super::*;

    #[test]
    fn where_types_may_be_open() {
        for (text, expected) in [
            ("let t = s << 1;", MayBe),
            ("let t = s / 1.5;", MayBe),
            ("let t = s * 0xff;", MayBe),
            ("let t = s * 0xf32;", MayBe),
            ("let t = s.op(2);", MayBe),
            ("for i in 0..n { let x = s.op(i); }", MayBe),
            ("let s = half!(s);", MayBe),
            ("let v = vec![s * 2];", MayBe),
            ("let t = log!(s);", MayBe),
            ("{ log::debug!(\"{s}\"); warn!(\"\"); }", No),
            ("let t = s.op([1]);", MayBe),
            ("let t = s.op(vec! [1]);", MayBe),
            ("for i in [1] { s.op(i) }", MayBe),
            ("let t = s.cut(..4);", MayBe),
            ("let t = 2.of_u64();", MayBe),
            ("v.map(|b| { return 1; })", MayBe),
            ("let a = f()[0] + v[1][2] + g ?[3];", ByIndex),
            ("let a = v[0]; let b = s << 2;", MayBe),
            ("let f = async { return 1; };", MayBe),
            ("let a = v[0u8]; let b = v[..n];", No),
            ("let y = x.conv(json!());", MayBe),
            ("let y = x.conv(format!(\"{}\", v));", No),
            ("let s = x * 2u8 + y / 1.5f32 + 0x_1fusize;", No),
            ("if v[n] == 1 { n += 1; }", No),
            ("let a = x.0 + x.1.0;", No),
            ("let a = v1 + v2; return 3;", No),
            ("println!(\"{}\", a); if a != !(b) { assert!(b) }", No),
        ] {
            assert_eq!(may_be_in(text), expected, "{text}");
        }
    }
}
