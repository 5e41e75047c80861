//! Which rules hold for a path.

use crate::glob::PathGlob;
use crate::model::{Plan, Rule};
use crate::resolved::{Resolved, Sum};

impl Plan {
    /// What is woven into the function with this path, such as `shop::orders::Order::place` or
    /// `shop::<Order as Shape>::area`.
    pub fn resolve(&self, path: &str) -> Resolved {
        let rules = self.rules_for(path);
        let mut sum = Sum::new(left_out(&rules, path).is_some());
        for rule in rules {
            sum.add(rule.level, rule.clock, rule.snapshot_over, &rule.capture);
        }
        sum.finish()
    }

    /// The rules that are about `path`, the weakest first.
    pub(crate) fn rules_for(&self, path: &str) -> Vec<&Rule> {
        self.rules.iter().filter(|rule| rule.applies_to(path)).collect()
    }
}

/// Why a path is left out.
pub(crate) enum LeftOut<'p> {
    /// A rule excludes it by this glob.
    Excluded(&'p Rule, &'p PathGlob),
    /// A rule has an `include`, and not for this path.
    NotIncluded(&'p Rule),
}

/// Whether a filter of the rules that are about `path` leaves it out: it must pass them all.
pub(crate) fn left_out<'p>(rules: &[&'p Rule], path: &str) -> Option<LeftOut<'p>> {
    for (i, rule) in rules.iter().enumerate() {
        // A profile (or a later table) speaks about the same thing again: its word replaces the earlier one, key by key.
        let said_again = |key: fn(&Rule) -> bool| {
            rules[i + 1..].iter().any(|later| later.kind == rule.kind && later.path == rule.path && key(later))
        };
        let excluded = rule.filter.exclude.iter().flatten().find(|glob| glob.filters(path));
        if let Some(glob) = excluded.filter(|_| !said_again(|rule| rule.filter.exclude.is_some())) {
            return Some(LeftOut::Excluded(rule, glob));
        }
        let include = rule.filter.include.as_deref().unwrap_or_default();
        let included = include.is_empty() || include.iter().any(|glob| glob.filters(path));
        if !included && !said_again(|rule| rule.filter.include.is_some()) {
            return Some(LeftOut::NotIncluded(rule));
        }
    }
    None
}

#[cfg(test)]
mod tests;
