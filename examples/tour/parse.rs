//! One record of the file: what it says, and what can be wrong with it.

use std::error::Error;
use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// What a station measured in one hour.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    pub station: String,
    /// Seconds since the Unix epoch.
    pub time: u64,
    /// °C
    pub temperature: f64,
    /// %
    pub humidity: f64,
    /// hPa
    pub pressure: f64,
    /// m/s
    pub wind: f64,
    /// mm
    pub rain: f64,
}

/// What is wrong with a record.
#[derive(Clone, Debug, PartialEq)]
pub enum BadRecord {
    Missing { column: &'static str },
    NotANumber { column: &'static str, text: String },
    OutOfRange { column: &'static str, value: f64 },
    TooLong { columns: usize },
}

impl fmt::Display for BadRecord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { column } => write!(f, "no {column}"),
            Self::NotANumber { column, text } => write!(f, "{column} is not a number: `{text}`"),
            Self::OutOfRange { column, value } => write!(f, "{column} of {value} is not possible"),
            Self::TooLong { columns } => write!(f, "{columns} columns instead of 7"),
        }
    }
}

impl Error for BadRecord {}

#[scope::instrument]
impl FromStr for Reading {
    type Err = BadRecord;

    fn from_str(line: &str) -> Result<Self, BadRecord> {
        let columns = line.split(',').count();
        if columns > 7 {
            return Err(BadRecord::TooLong { columns });
        }
        let mut fields = line.split(',');
        let station = fields.next().filter(|name| !name.is_empty()).ok_or(BadRecord::Missing { column: "station" })?;
        let mut next = |column| fields.next().filter(|text| !text.is_empty()).ok_or(BadRecord::Missing { column });
        Ok(Self {
            station: station.to_owned(),
            time: number("time", next("time")?)?,
            temperature: within("temperature", next("temperature")?, -60.0..=60.0)?,
            humidity: within("humidity", next("humidity")?, 0.0..=100.0)?,
            pressure: within("pressure", next("pressure")?, 870.0..=1085.0)?,
            wind: within("wind", next("wind")?, 0.0..=110.0)?,
            rain: within("rain", next("rain")?, 0.0..=400.0)?,
        })
    }
}

/// A number, whatever its type.
fn number<T: FromStr>(column: &'static str, text: &str) -> Result<T, BadRecord> {
    text.parse().map_err(|_| BadRecord::NotANumber { column, text: text.to_owned() })
}

/// A number that this instrument can have measured; a fault is often told by an impossible one.
fn within(column: &'static str, text: &str, range: RangeInclusive<f64>) -> Result<f64, BadRecord> {
    let value = number(column, text)?;
    if range.contains(&value) { Ok(value) } else { Err(BadRecord::OutOfRange { column, value }) }
}
