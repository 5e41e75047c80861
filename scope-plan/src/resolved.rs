//! What holds for one function, and how rules add up to it.

use crate::capture::{Capture, Clock, Detail, Level};
use crate::limits::{DEFAULT_REDACT, Limits};
use crate::name::NameGlob;
use crate::opaque::OpaqueGlob;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

/// What is woven into one function.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Resolved {
    /// The level; `None` also where the path is filtered out.
    pub level: Level,
    /// How its calls are dated.
    pub clock: Clock,
    /// What a flight recorder makes a snapshot of: a call that takes longer.
    pub snapshot_over: Option<Duration>,
    /// The probes; none of them where the level is [`Level::None`].
    pub probes: ProbeSet,
    /// Where values are cut: variables, and whatever is captured in full.
    pub limits: Limits,
    /// Where arguments are cut.
    pub args_limits: Limits,
    /// Where return values, and errors that leave by `?`, are cut.
    pub return_limits: Limits,
    /// Names whose values are never recorded: globs in lower case, each once, the built-in list first.
    pub redact: Arc<[String]>,
    /// Types and names whose values are never looked into: each once.
    pub opaque: Vec<OpaqueGlob>,
    /// Whether the log gets the text of its source file.
    pub embed_source: bool,
    /// What it was made of, so that attribute arguments can go on top.
    sum: Sum,
}

/// Which probes are woven.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct ProbeSet {
    /// Entry and exit.
    pub boundaries: bool,
    /// The arguments, at entry.
    pub args: Detail,
    /// The return value, at exit, and the error with which a `?` leaves.
    pub return_value: Detail,
    /// Each `?` that may leave: on where the return value is.
    pub early: bool,
    /// Lines.
    pub lines: bool,
    /// Each line is dated; off where lines are.
    pub line_times: bool,
    /// Variables after `let` and assignment.
    pub variables: bool,
    /// Expressions; always off in this version.
    pub expressions: bool,
}

impl ProbeSet {
    /// Whether nothing at all is woven.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Whether values of any kind are recorded.
    pub fn shows_values(&self) -> bool {
        self.args != Detail::None
            || self.return_value != Detail::None
            || self.early
            || self.variables
            || self.expressions
    }

    /// Whether probes go into the body, so that its statements must be parsed.
    pub fn needs_body(&self) -> bool {
        self.return_value != Detail::None || self.early || self.lines || self.variables || self.expressions
    }
}

/// What an attribute's own arguments say of its item; stronger than the whole plan.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// `level = "…"`: also brings back what the plan's filters leave out.
    pub level: Option<Level>,
    /// `clock = "…"`.
    pub clock: Option<Clock>,
    /// `snapshot_over = "…"`.
    pub snapshot_over: Option<Duration>,
    /// The other arguments, with the meaning that they have in a plan's `capture` table.
    pub capture: Capture,
}

impl Resolved {
    /// This, with an attribute's arguments on top.
    #[must_use]
    pub fn with(&self, overrides: &Overrides) -> Self {
        let mut sum = self.sum.clone();
        sum.filtered &= overrides.level.is_none();
        sum.add(overrides.level, overrides.clock, overrides.snapshot_over, &overrides.capture);
        sum.finish()
    }

    /// Whether the value of an argument, variable or field of this name is never recorded.
    pub fn redacts(&self, name: &str) -> bool {
        let name = name.strip_prefix("r#").unwrap_or(name).to_ascii_lowercase();
        self.redact.iter().any(|glob| crate::glob::wildcard(glob, &name))
    }

    /// Whether the value of an argument, variable or field of this name is never looked into.
    pub fn is_opaque(&self, name: &str) -> bool {
        let name = name.strip_prefix("r#").unwrap_or(name);
        self.opaque.iter().any(|glob| glob.matches_name(name))
    }

    /// Whether anything at all is woven.
    pub fn is_empty(&self) -> bool {
        self.probes.is_empty()
    }

    /// The one set of limits for a run time that has no more than one for a function: the tightest that is asked for.
    pub fn single_limits(&self) -> Limits {
        let brief = [self.probes.args, self.probes.return_value].contains(&Detail::Brief);
        if brief { self.limits.brief() } else { self.limits }
    }
}

/// Rules added up so far, from the weakest on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sum {
    level: Option<Level>,
    clock: Option<Clock>,
    snapshot_over: Option<Duration>,
    /// Strongest word on each key; switches only since the level that holds was given.
    keys: Capture,
    /// A filter left the path out.
    filtered: bool,
}

impl Sum {
    /// Nothing yet, about a path that the filters leave out or let through.
    pub(crate) fn new(filtered: bool) -> Self {
        Self { filtered, ..Self::default() }
    }

    /// Adds a stronger rule.
    ///
    /// A level presets all switches, so it makes those of weaker rules moot; the switches beside it, and later ones,
    /// refine it. Limits are inherited key by key. Redaction only ever grows.
    pub(crate) fn add(
        &mut self,
        level: Option<Level>,
        clock: Option<Clock>,
        snapshot_over: Option<Duration>,
        capture: &Capture,
    ) {
        self.clock = clock.or(self.clock);
        self.snapshot_over = snapshot_over.or(self.snapshot_over);
        let keys = &mut self.keys;
        if level.is_some() {
            self.level = level;
            (keys.args, keys.return_value) = (None, None);
            (keys.lines, keys.variables, keys.expressions) = (None, None, None);
        }
        keys.args = capture.args.or(keys.args);
        keys.return_value = capture.return_value.or(keys.return_value);
        keys.lines = capture.lines.or(keys.lines);
        keys.line_times = capture.line_times.or(keys.line_times);
        keys.variables = capture.variables.or(keys.variables);
        keys.expressions = capture.expressions.or(keys.expressions);
        keys.max_depth = capture.max_depth.or(keys.max_depth);
        keys.max_string = capture.max_string.or(keys.max_string);
        keys.max_items = capture.max_items.or(keys.max_items);
        keys.max_bytes = capture.max_bytes.or(keys.max_bytes);
        keys.debug = capture.debug.or(keys.debug);
        for glob in &capture.opaque {
            if !keys.opaque.contains(glob) {
                keys.opaque.push(glob.clone());
            }
        }
        keys.redact.extend(capture.redact.iter().cloned());
        keys.redact_defaults = capture.redact_defaults.or(keys.redact_defaults);
        keys.embed_source = capture.embed_source.or(keys.embed_source);
    }

    /// What the rules add up to.
    pub(crate) fn finish(self) -> Resolved {
        let level = if self.filtered { Level::None } else { self.level.unwrap_or(Level::Detailed) };
        let probes = probes(level, &self.keys);
        let limits = limits(&self.keys);
        let of = |detail| if detail == Detail::Brief { limits.brief() } else { limits };
        Resolved {
            level,
            clock: self.clock.unwrap_or_default(),
            snapshot_over: self.snapshot_over.filter(|_| level != Level::None),
            probes,
            limits,
            args_limits: of(probes.args),
            return_limits: of(probes.return_value),
            redact: redact(&self.keys),
            opaque: self.keys.opaque.clone(),
            embed_source: self.keys.embed_source.unwrap_or(false),
            sum: self,
        }
    }
}

fn probes(level: Level, keys: &Capture) -> ProbeSet {
    if level == Level::None {
        return ProbeSet::default();
    }
    let values = if level >= Level::Detailed { Detail::Full } else { Detail::None };
    let inside = level == Level::Full;
    let args = keys.args.unwrap_or(values);
    let return_value = keys.return_value.unwrap_or(values);
    let lines = keys.lines.unwrap_or(inside);
    ProbeSet {
        // A value at entry or exit needs the record that carries it.
        boundaries: level >= Level::Boundaries || args != Detail::None || return_value != Detail::None,
        args,
        return_value,
        early: return_value != Detail::None,
        lines,
        line_times: lines && keys.line_times.unwrap_or(false),
        variables: keys.variables.unwrap_or(inside),
        expressions: keys.expressions.unwrap_or(false),
    }
}

fn limits(keys: &Capture) -> Limits {
    let default = Limits::DEFAULT;
    Limits {
        max_depth: keys.max_depth.unwrap_or(default.max_depth),
        max_string: keys.max_string.unwrap_or(default.max_string),
        max_items: keys.max_items.unwrap_or(default.max_items),
        max_bytes: keys.max_bytes.unwrap_or(default.max_bytes),
        debug: keys.debug.unwrap_or(default.debug),
    }
}

fn redact(keys: &Capture) -> Arc<[String]> {
    // Nearly all functions have these, and a list is made for each.
    static BUILT_IN: LazyLock<Arc<[String]>> =
        LazyLock::new(|| DEFAULT_REDACT.iter().map(|glob| (*glob).to_owned()).collect());
    let with_defaults = keys.redact_defaults.unwrap_or(true);
    if with_defaults && keys.redact.is_empty() {
        return Arc::clone(&BUILT_IN);
    }
    let built_in = if with_defaults { DEFAULT_REDACT } else { &[] };
    let mut globs: Vec<String> = Vec::with_capacity(built_in.len() + keys.redact.len());
    for glob in built_in.iter().copied().chain(keys.redact.iter().map(NameGlob::as_str)) {
        if !globs.iter().any(|seen| seen == glob) {
            globs.push(glob.to_owned());
        }
    }
    globs.into()
}
