//! One key with its value: read as what it must be, or reported.

use std::ops::RangeInclusive;
use std::time::Duration;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::duration::{parse_duration, show_duration};
use crate::hint::closest;
use crate::parse::sink::{Sink, listed};
use crate::size::{parse_size, show_size};

/// A key, its value, and where both stand. Every reader gives `None` after it has reported what is wrong.
pub(crate) struct Field<'t> {
    pub(crate) key: &'t str,
    pub(crate) key_at: usize,
    pub(crate) value_at: usize,
    value: &'t DeValue<'t>,
}

impl<'t> Field<'t> {
    pub(crate) fn new(key: &'t Spanned<DeString<'t>>, value: &'t Spanned<DeValue<'t>>) -> Self {
        let (key_at, value_at) = (key.span().start, value.span().start);
        Self { key: key.get_ref(), key_at, value_at, value: value.get_ref() }
    }

    /// A string that is not blank.
    pub(crate) fn text(&self, sink: &mut Sink<'_>) -> Option<&'t str> {
        match self.value {
            DeValue::String(text) if text.trim().is_empty() => self.wrong(sink, "must not be empty"),
            DeValue::String(text) => Some(text),
            _ => self.mismatch(sink, "a string"),
        }
    }

    pub(crate) fn boolean(&self, sink: &mut Sink<'_>) -> Option<bool> {
        self.value.as_bool().or_else(|| self.mismatch(sink, "`true` or `false`"))
    }

    /// A whole number, not negative.
    pub(crate) fn number(&self, sink: &mut Sink<'_>) -> Option<u64> {
        let DeValue::Integer(number) = self.value else { return self.mismatch(sink, "a whole number") };
        match u64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Some(number),
            Err(_) if number.as_str().starts_with('-') => self.wrong(sink, "must not be negative"),
            Err(_) => self.wrong(sink, "is larger than 64 bits hold"),
        }
    }

    /// A whole number in a range.
    pub(crate) fn number_in(&self, range: RangeInclusive<u32>, sink: &mut Sink<'_>) -> Option<u32> {
        let number = self.number(sink)?;
        let fits = u32::try_from(number).ok().filter(|number| range.contains(number));
        fits.or_else(|| self.out_of_range(sink, range.start(), range.end(), number))
    }

    /// A size in bytes, as a number or as text with a unit.
    pub(crate) fn size_in(&self, range: RangeInclusive<u64>, sink: &mut Sink<'_>) -> Option<u64> {
        let size = match self.value {
            DeValue::Integer(_) => self.number(sink)?,
            DeValue::String(text) => match parse_size(text) {
                Ok(size) => size,
                Err(error) => return self.not_readable(sink, "a size", text, &error),
            },
            _ => return self.mismatch(sink, "a size: bytes as a number, or text as in `\"64 KiB\"`"),
        };
        let (start, end) = (show_size(*range.start()), show_size(*range.end()));
        if range.contains(&size) { Some(size) } else { self.out_of_range(sink, &start, &end, show_size(size)) }
    }

    /// A size that fits 32 bits, as the limits of values do.
    pub(crate) fn small_size_in(&self, range: RangeInclusive<u32>, sink: &mut Sink<'_>) -> Option<u32> {
        let size = self.size_in(u64::from(*range.start())..=u64::from(*range.end()), sink)?;
        u32::try_from(size).ok()
    }

    /// A duration: text with a unit, or a number of milliseconds.
    pub(crate) fn duration_in(&self, range: RangeInclusive<Duration>, sink: &mut Sink<'_>) -> Option<Duration> {
        let duration = match self.value {
            DeValue::Integer(_) => Duration::from_millis(self.number(sink)?),
            DeValue::String(text) => match parse_duration(text) {
                Ok(duration) => duration,
                Err(error) => return self.not_readable(sink, "a duration", text, &error),
            },
            _ => return self.mismatch(sink, "a duration: text as in `\"50 ms\"`, or milliseconds as a number"),
        };
        let (start, end) = (show_duration(*range.start()), show_duration(*range.end()));
        if range.contains(&duration) {
            Some(duration)
        } else {
            self.out_of_range(sink, &start, &end, show_duration(duration))
        }
    }

    /// One of a few words.
    pub(crate) fn choice<T>(&self, names: &[&str], from: fn(&str) -> Option<T>, sink: &mut Sink<'_>) -> Option<T> {
        let one_of = listed("one of", names);
        let DeValue::String(text) = self.value else { return self.mismatch(sink, &one_of) };
        from(text).or_else(|| {
            let hint = closest(text, names.iter().copied()).map(|meant| format!("; did you mean `{meant}`?"));
            self.wrong(sink, &format!("must be {one_of}, not `{}`{}", shorten(text), hint.unwrap_or_default()))
        })
    }

    /// A list of strings, each read by `read`; those that can't be read are reported at their own place.
    pub(crate) fn list<T, E: std::fmt::Display>(
        &self,
        read: fn(&str) -> Result<T, E>,
        sink: &mut Sink<'_>,
    ) -> Option<Vec<T>> {
        let DeValue::Array(items) = self.value else {
            return self.mismatch(sink, "a list of strings, as in `[\"a\", \"b\"]`");
        };
        let mut list = Vec::with_capacity(items.len());
        for item in items.iter() {
            let at = item.span().start;
            match item.get_ref() {
                DeValue::String(text) => match read(text) {
                    Ok(value) => list.push(value),
                    Err(error) => sink.at(at, format!("bad glob in `{}`: {error}", self.key)),
                },
                other => sink.at(at, format!("`{}` must hold strings only, not {}", self.key, kind(other))),
            }
        }
        Some(list)
    }

    pub(crate) fn is_table(&self) -> bool {
        self.value.is_table()
    }

    pub(crate) fn table(&self, sink: &mut Sink<'_>) -> Option<&'t DeTable<'t>> {
        match self.value {
            DeValue::Table(table) => Some(table),
            _ => self.mismatch(sink, "a table"),
        }
    }

    /// The tables of a `[[…]]`, each with its offset.
    pub(crate) fn tables(&self, sink: &mut Sink<'_>) -> Vec<(usize, &'t DeTable<'t>)> {
        let DeValue::Array(items) = self.value else {
            let what = kind(self.value);
            let message =
                format!("`{0}` must be a list of tables, not {what}; write `[[{0}]]` with double brackets", self.key);
            sink.at_key(self, message);
            return Vec::new();
        };
        let mut tables = Vec::with_capacity(items.len());
        for item in items.iter() {
            match item.get_ref() {
                DeValue::Table(table) => tables.push((item.span().start, table)),
                other => {
                    sink.at(item.span().start, format!("`{}` must hold tables only, not {}", self.key, kind(other)))
                }
            }
        }
        tables
    }

    /// Reports that the value is of another kind than it must be.
    fn mismatch<T>(&self, sink: &mut Sink<'_>, expected: &str) -> Option<T> {
        self.wrong(sink, &format!("must be {expected}, not {}", kind(self.value)))
    }

    fn out_of_range<T>(
        &self,
        sink: &mut Sink<'_>,
        start: impl std::fmt::Display,
        end: impl std::fmt::Display,
        found: impl std::fmt::Display,
    ) -> Option<T> {
        self.wrong(sink, &format!("must be between {start} and {end}, not {found}"))
    }

    fn not_readable<T>(&self, sink: &mut Sink<'_>, what: &str, text: &str, error: &dyn std::fmt::Display) -> Option<T> {
        self.wrong(sink, &format!("must be {what}, and `{}` is not: {error}", shorten(text)))
    }

    fn wrong<T>(&self, sink: &mut Sink<'_>, what: &str) -> Option<T> {
        sink.at_value(self, format!("`{}` {what}", self.key));
        None
    }
}

/// A value's kind in a message.
fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a fraction",
        DeValue::Boolean(_) => "`true` or `false`",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// User text in a one-line message: no line breaks, not long.
fn shorten(text: &str) -> String {
    let mut short: String = text.chars().take(40).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(40).is_some() {
        short.push('…');
    }
    short
}
