//! What the tool tells its user.

use std::collections::BTreeMap;
use std::fmt;

use crate::batch::Outcome;
use crate::parse::{BadRecord, Reading};

/// What is known of one station.
#[derive(Debug, Default)]
struct Station {
    readings: u32,
    warmest: Option<f64>,
    coldest: Option<f64>,
    temperatures: f64,
    rain: f64,
}

/// What is known of all.
#[derive(Debug, Default)]
pub struct Summary {
    stations: BTreeMap<String, Station>,
    rejected: Vec<(usize, BadRecord)>,
    failed: Vec<String>,
}

#[scope::instrument]
impl Summary {
    /// Adds what became of one batch; returns how many readings there are now.
    pub fn add(&mut self, outcome: Outcome) -> u32 {
        for reading in &outcome.readings {
            self.stations.entry(reading.station.clone()).or_default().add(reading);
        }
        self.rejected.extend(outcome.rejected);
        self.rejected.sort_by_key(|(line, _)| *line);
        self.failed.extend(outcome.failed);
        self.stations.values().map(|station| station.readings).sum()
    }
}

impl Station {
    fn add(&mut self, reading: &Reading) {
        self.readings += 1;
        self.temperatures += reading.temperature;
        self.warmest = Some(self.warmest.map_or(reading.temperature, |t| t.max(reading.temperature)));
        self.coldest = Some(self.coldest.map_or(reading.temperature, |t| t.min(reading.temperature)));
        self.rain += reading.rain;
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "station   readings   coldest      mean   warmest       rain")?;
        for (name, station) in &self.stations {
            let mean = station.temperatures / f64::from(station.readings);
            writeln!(
                f,
                "{name:<8}  {:>8}  {:>5.1} °C  {mean:>5.1} °C  {:>5.1} °C  {:>6.1} mm",
                station.readings,
                station.coldest.unwrap_or(mean),
                station.warmest.unwrap_or(mean),
                station.rain
            )?;
        }
        for (line, problem) in &self.rejected {
            writeln!(f, "line {line} rejected: {problem}")?;
        }
        for bug in &self.failed {
            writeln!(f, "a batch was given up: {bug}")?;
        }
        Ok(())
    }
}
