//! Output for programs: one object a line, as JSON or as comma-separated values.

use std::io::Write;

use serde_json::{Map, Value as Json};

use crate::cli::Format;
use crate::csv::Csv;
use crate::error::DumpError;
use crate::paint::Paint;

/// The fields that hold values of the program: JSON also in a cell.
const VALUES: &[&str] = &["value", "old", "new", "message"];
/// The log that something is from, in tables that have it only where there are several.
pub(crate) const LOG: &[&str] = &["log"];

/// Where what is found goes: text for people, or objects.
pub(crate) enum To<'o> {
    Text(Paint, &'o mut dyn Write),
    Objects(Objects<'o>),
}

impl<'o> To<'o> {
    /// In this format; for columns see [`Objects::new`].
    pub fn new(
        format: Format,
        paint: Paint,
        out: &'o mut dyn Write,
        columns: &[&[&'static str]],
    ) -> Result<Self, DumpError> {
        Ok(match format {
            Format::Text => Self::Text(paint, out),
            format => Self::Objects(Objects::new(format, out, columns)?),
        })
    }
}

/// Writes objects.
pub(crate) enum Objects<'o> {
    Json(&'o mut dyn Write),
    Csv(Csv<'o>),
}

impl<'o> Objects<'o> {
    /// As JSON where the format is that, else as comma-separated values with these columns, list after list.
    pub fn new(format: Format, out: &'o mut dyn Write, columns: &[&[&'static str]]) -> Result<Self, DumpError> {
        Ok(match format {
            Format::Text | Format::Json => Self::Json(out),
            Format::Csv => Self::Csv(Csv::new(out, columns)?),
        })
    }

    /// Writes one object on one line.
    pub fn write(&mut self, object: &Map<String, Json>) -> Result<(), DumpError> {
        match self {
            Self::Json(out) => write_line(*out, object),
            Self::Csv(csv) => Ok(csv.object(object, VALUES)?),
        }
    }

    /// Hands on what was written.
    pub fn flush(&mut self) -> Result<(), DumpError> {
        match self {
            Self::Json(out) => Ok(out.flush()?),
            Self::Csv(csv) => Ok(csv.flush()?),
        }
    }
}

/// Writes one object on one line, as JSON.
pub(crate) fn write_line(out: &mut dyn Write, object: &Map<String, Json>) -> Result<(), DumpError> {
    serde_json::to_writer(&mut *out, object).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}
