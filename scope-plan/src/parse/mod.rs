//! From the text of a `scope.toml` to a [`Plan`], with the place of everything that is wrong.

mod capture;
mod field;
mod keys;
mod profile;
mod rule;
mod runtime;
mod sink;

pub use rule::SNAPSHOT_OVER;

use std::path::Path;

use toml::de::DeTable;

use crate::error::PlanError;
use crate::model::{Plan, Rule};
use crate::parse::field::Field;
use crate::parse::keys::Table;
use crate::parse::sink::Sink;
use crate::runtime::Runtime;

/// The one version of the schema.
const SCHEMA_VERSION: u64 = 1;

/// What a plan and each of its profiles may hold.
#[derive(Default)]
struct Layer {
    rules: Vec<Rule>,
    runtime: Runtime,
}

impl Plan {
    /// Reads a plan; `file` names it in errors, `profile` the `[profile.NAME]` that is laid over the base.
    ///
    /// All profiles are checked, also those that are not chosen.
    ///
    /// # Errors
    /// All faults of the text, each with its line and column, or a profile that the plan does not have.
    pub fn parse(text: &str, file: &Path, profile: Option<&str>) -> Result<Self, PlanError> {
        let mut sink = Sink::new(text, file);
        let (table, faults) = DeTable::parse_recoverable(text);
        sink.syntax(&faults);
        if sink.is_hopeless() {
            return Err(sink.into_error());
        }

        let mut plan = Plan::default();
        let base = layer(table.get_ref(), Table::Top, None, &mut sink, Some(&mut plan.plan_id));
        let mut profiles = profile::read(table.get_ref(), &mut sink);
        if let Some(name) = profile
            && !profiles.iter().any(|(known, _)| known == name)
        {
            sink.unknown_profile(name, profiles.iter().map(|(known, _)| known.as_str()));
        }
        if sink.found() {
            return Err(sink.into_error());
        }

        (plan.rules, plan.runtime) = (base.rules, base.runtime);
        if let Some(at) = profiles.iter().position(|(known, _)| Some(known.as_str()) == profile) {
            let (name, chosen) = profiles.swap_remove(at);
            plan.rules.extend(chosen.rules);
            plan.runtime.merge(chosen.runtime);
            plan.profile = Some(name);
        }
        Ok(plan.sorted())
    }
}

/// Reads the keys that a plan and a profile share; those of the top alone only with a `plan_id` to fill.
fn layer(
    table: &DeTable<'_>,
    place: Table,
    profile: Option<&str>,
    sink: &mut Sink<'_>,
    mut plan_id: Option<&mut Option<String>>,
) -> Layer {
    let mut layer = Layer::default();
    for (key, value) in table {
        let field = Field::new(key, value);
        match (field.key, &mut plan_id) {
            ("defaults", _) => layer.rules.extend(rule::defaults(&field, profile, sink)),
            ("module", _) => layer.rules.extend(rule::list(&field, Table::Module, profile, sink)),
            ("function", _) => layer.rules.extend(rule::list(&field, Table::Function, profile, sink)),
            ("runtime", _) => layer.runtime = runtime::read(&field, sink),
            ("profile", Some(_)) => {}
            ("plan_id", Some(id)) => **id = field.text(sink).map(str::to_owned),
            ("metadata", Some(_)) => drop(field.table(sink)),
            ("schema_version", Some(_)) => schema_version(&field, sink),
            _ => sink.unknown_key(&field, place),
        }
    }
    layer
}

fn schema_version(field: &Field<'_>, sink: &mut Sink<'_>) {
    if let Some(version) = field.number(sink)
        && version != SCHEMA_VERSION
    {
        let message =
            format!("schema version {version} is not known to this `scope`; it reads version {SCHEMA_VERSION}");
        sink.at_value(field, message);
    }
}

#[cfg(test)]
mod tests;
