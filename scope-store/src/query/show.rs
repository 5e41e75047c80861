//! Conditions as text.

use super::ast::{Comparison, Expr, Literal, Operand, Path, Root, Step};
use super::lex::{UNITS, WORDS, is_name};
use std::fmt::{self, Display, Formatter, Write};

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any(parts) => joined(f, parts, " or ", |part| matches!(part, Self::Any(_))),
            Self::All(parts) => joined(f, parts, " and ", |part| matches!(part, Self::Any(_) | Self::All(_))),
            Self::Not(part) => {
                f.write_str("not ")?;
                one(f, part, matches!(**part, Self::Any(_) | Self::All(_)))
            }
            Self::Holds(path) => path.fmt(f),
            Self::Is(path, name) => {
                write!(f, "{path} is ")?;
                self::name(f, name)
            }
            Self::Compare(path, comparison, operand) => write!(f, "{path} {comparison} {operand}"),
            Self::Contains(path, literal) => write!(f, "{path} contains {literal}"),
            Self::Like(path, pattern) => {
                write!(f, "{path} ~ ")?;
                quoted(f, '"', pattern)
            }
        }
    }
}

fn joined(f: &mut Formatter<'_>, parts: &[Expr], word: &str, loose: fn(&Expr) -> bool) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            f.write_str(word)?;
        }
        one(f, part, loose(part))?;
    }
    Ok(())
}

fn one(f: &mut Formatter<'_>, part: &Expr, parentheses: bool) -> fmt::Result {
    if parentheses { write!(f, "({part})") } else { part.fmt(f) }
}

impl Display for Comparison {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let sign = Self::ALL.iter().find(|(_, comparison)| comparison == self).map_or("=", |(sign, _)| sign);
        f.write_str(sign)
    }
}

impl Display for Operand {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(literal) => literal.fmt(f),
            Self::Path(path) => path.fmt(f),
        }
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Int(int) => int.fmt(f),
            // Always with a point or an exponent, and the shortest text that is this number.
            Self::Float(float) => write!(f, "{float:?}"),
            Self::Text(text) => quoted(f, '"', text),
            Self::Bool(bool) => bool.fmt(f),
            Self::Duration(ns) => {
                let (unit, size) = UNITS.iter().find(|(_, size)| ns % size == 0 && ns >= size).unwrap_or(&("ns", 1));
                write!(f, "{}{unit}", ns / size)
            }
        }
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.root {
            Root::Name(name) if Root::WORDS.iter().any(|(word, _)| word == name) => quoted(f, '`', name)?,
            Root::Name(name) => self::name(f, name)?,
            root => f.write_str(Root::WORDS.iter().find(|(_, known)| known == root).map_or("", |(word, _)| word))?,
        }
        self.steps.iter().try_for_each(|step| match step {
            Step::Field(field) => {
                f.write_char('.')?;
                name(f, field)
            }
            Step::Item(index) => write!(f, "[{index}]"),
            Step::Every => f.write_str(".*"),
        })
    }
}

/// A name, in backticks where it would not read as one.
fn name(f: &mut Formatter<'_>, name: &str) -> fmt::Result {
    if is_name(name) && !WORDS.contains(&name) { f.write_str(name) } else { quoted(f, '`', name) }
}

fn quoted(f: &mut Formatter<'_>, quote: char, text: &str) -> fmt::Result {
    f.write_char(quote)?;
    for c in text.chars() {
        match c {
            '\\' => f.write_str("\\\\")?,
            '\n' => f.write_str("\\n")?,
            '\r' => f.write_str("\\r")?,
            '\t' => f.write_str("\\t")?,
            c if c == quote => write!(f, "\\{c}")?,
            c if c.is_control() => write!(f, "{}", c.escape_unicode())?,
            c => f.write_char(c)?,
        }
    }
    f.write_char(quote)
}
