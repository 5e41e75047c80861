//! Where the faults of a plan are collected.

use std::path::Path;

use crate::error::{Issue, PlanError};
use crate::hint::closest;
use crate::parse::field::Field;
use crate::parse::keys::Table;
use crate::position::Positions;

/// The faults found so far in one file.
pub(crate) struct Sink<'a> {
    file: &'a Path,
    positions: Positions<'a>,
    issues: Vec<Issue>,
    hopeless: bool,
}

impl<'a> Sink<'a> {
    pub(crate) fn new(text: &'a str, file: &'a Path) -> Self {
        Self { file, positions: Positions::new(text), issues: Vec::new(), hopeless: false }
    }

    /// Takes over what the TOML parser found; of its faults on one line the first is the cause.
    pub(crate) fn syntax(&mut self, faults: &[toml::de::Error]) {
        let mut last_line = 0;
        for fault in faults {
            let offset = fault.span().map_or(0, |span| span.start);
            let (line, _) = self.positions.of(offset);
            // After a double key all else is still understood; after other faults the rest would be guesswork.
            let double = fault.message() == "duplicate key";
            self.hopeless |= !double;
            if line != last_line {
                let what = if double { "it is given twice; keep one of them" } else { fault.message() };
                self.at(offset, if double { format!("duplicate key: {what}") } else { what.replace('\n', " ") });
            }
            last_line = line;
        }
    }

    /// Whether the text is no TOML, so that its keys and values say nothing.
    pub(crate) fn is_hopeless(&self) -> bool {
        self.hopeless
    }

    /// Whether anything is wrong.
    pub(crate) fn found(&self) -> bool {
        !self.issues.is_empty()
    }

    /// Adds a fault at a byte offset.
    pub(crate) fn at(&mut self, offset: usize, message: String) {
        let position = Some(self.positions.of(offset));
        self.issues.push(Issue { path: Some(self.file.to_owned()), position, message });
    }

    /// Adds a fault at a field's key.
    pub(crate) fn at_key(&mut self, field: &Field<'_>, message: String) {
        self.at(field.key_at, message);
    }

    /// Adds a fault at a field's value.
    pub(crate) fn at_value(&mut self, field: &Field<'_>, message: String) {
        self.at(field.value_at, message);
    }

    /// Line of a byte offset, from 1.
    pub(crate) fn line(&self, offset: usize) -> u32 {
        self.positions.of(offset).0
    }

    /// Adds the fault that `place` has no such key, with the best advice there is.
    pub(crate) fn unknown_key(&mut self, field: &Field<'_>, place: Table) {
        let (key, here) = (field.key, place.place());
        let message = if place.comes_later(key) {
            format!("`{key}` {here} is not supported yet; remove it")
        } else if let Some(meant) = closest(key, place.keys().iter().copied()) {
            format!("unknown key `{key}` {here}; did you mean `{meant}`? {}", allowed(place.keys()))
        } else if let Some(homes) = place.homes_of(key) {
            format!("`{key}` belongs {homes}, not {here}; {}", allowed(place.keys()))
        } else {
            format!("unknown key `{key}` {here}; {}", allowed(place.keys()))
        };
        self.at_key(field, message);
    }

    /// Adds the fault that the profile asked for is not there.
    pub(crate) fn unknown_profile<'p>(&mut self, name: &str, known: impl Iterator<Item = &'p str>) {
        let known: Vec<&str> = known.collect();
        let advice = match (closest(name, known.iter().copied()), known.is_empty()) {
            (_, true) => format!("the plan has none; add `[profile.{name}]` or unset SCOPE_PROFILE"),
            (Some(meant), _) => format!("did you mean `{meant}`? {}", listed("the plan has", &known)),
            (None, _) => listed("the plan has", &known),
        };
        let message = format!("no profile `{name}`, which SCOPE_PROFILE asks for; {advice}");
        self.issues.push(Issue { path: Some(self.file.to_owned()), position: None, message });
    }

    pub(crate) fn into_error(self) -> PlanError {
        PlanError::new(self.issues)
    }
}

/// `allowed here: \`a\`, \`b\``.
fn allowed(keys: &[&str]) -> String {
    listed("allowed here:", keys)
}

/// Words in backticks after a phrase.
pub(crate) fn listed(phrase: &str, words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    format!("{phrase} {}", words.join(", "))
}
