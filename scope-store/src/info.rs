//! What a log says besides events: the process, the clock, sites, threads, totals.

use crate::event::{PlaceKind, SiteId, ThreadId};

/// The process that wrote a log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Process {
    /// The program's name.
    pub program: String,
    /// The command line, the program first.
    pub command: Vec<String>,
    /// The process id.
    pub pid: u32,
    /// When recording started, in nanoseconds since the Unix epoch.
    pub start: u64,
    /// The version of scope that recorded.
    pub version: String,
    /// The operating system.
    pub os: String,
    /// The processor architecture.
    pub arch: String,
    /// The working directory at the start.
    pub cwd: String,
    /// The configuration in force, as `key=value` lines.
    pub config: String,
    /// The machine's name; empty: not known.
    pub host: String,
    /// The file of the program; empty: not known.
    pub executable: String,
    /// How the program was built: `debug` or `release`, by its debug assertions; empty: not known.
    pub build: String,
}

impl Process {
    /// The value of a key of the configuration.
    pub fn setting(&self, key: &str) -> Option<&str> {
        self.config.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='))
    }
}

/// One moment on three clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calibration {
    /// The raw counter of the records.
    pub ticks: u64,
    /// Nanoseconds of the monotonic clock, from any origin.
    pub mono_ns: u64,
    /// Nanoseconds since the Unix epoch.
    pub wall_ns: u64,
    /// How fast the counter runs; 0: not known. Readers need it only where a log holds one calibration.
    pub ticks_per_second: u64,
}

impl From<scope_core::clock::Calibration> for Calibration {
    fn from(c: scope_core::clock::Calibration) -> Self {
        Self { ticks: c.ticks, mono_ns: c.mono_ns, wall_ns: c.wall_ns, ticks_per_second: 0 }
    }
}

/// How the calls of a function are dated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Clocked {
    /// By a reading of the clock each time.
    Exactly,
    /// By a reading that all threads share, up to a resolution ago: see [`LogReader::resolution`](crate::LogReader::resolution).
    Coarsely,
    /// Not at all: an event has the time of the one before on its thread, and a call no duration.
    Not,
}

impl Clocked {
    #[cfg(feature = "reader")]
    pub(crate) fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            1 => Some(Self::Coarsely),
            2 => Some(Self::Not),
            _ => None,
        }
    }
}

/// A place in the code that has a probe.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteDef {
    /// Its number in this log.
    pub id: SiteId,
    /// The function that it is in, with its module: `my_app::orders::Order::place`.
    pub function: String,
    /// The function's module.
    pub module: String,
    /// The function's path in its module.
    pub name: String,
    /// The source file.
    pub file: String,
    /// The line: of the place, or of the function's name.
    pub line: u32,
    /// What is looked at.
    pub kind: SiteKind,
    /// The names of the values: of the function's arguments, or of the place.
    pub names: Vec<String>,
}

impl SiteDef {
    /// What is looked at, where that is a place inside a function.
    pub fn place(&self) -> Option<PlaceKind> {
        match self.kind {
            SiteKind::Place(kind) => Some(kind),
            _ => None,
        }
    }
}

/// What a site looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SiteKind {
    /// A function: entries and exits.
    Function {
        /// The names of the captured arguments.
        args: Vec<String>,
    },
    /// A place inside a function.
    Place(PlaceKind),
    /// A kind that this version doesn't know.
    Other(u8),
}

/// A plan by which functions of the program were woven.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanDef {
    /// Where its file was when the program was built; empty: there was none.
    pub path: String,
    /// The profile that was chosen; empty: none.
    pub profile: String,
    /// The plan's own name, `plan_id`; empty: it has none.
    pub id: String,
    /// The CRC-32C of the text that was in force.
    pub checksum: u32,
    /// What is known of the text.
    pub state: PlanState,
    /// The text that was in force, as far as it is known.
    pub text: String,
}

/// In a line: ``/home/me/scope.toml (profile `deep`, plan_id `shop`, checksum 00c0ffee): its text is in the log``.
impl std::fmt::Display for PlanDef {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { path, profile, id, checksum, state, .. } = self;
        if path.is_empty() {
            return write!(f, "{state}");
        }
        let named = |what: &str, name: &str| if name.is_empty() { String::new() } else { format!("{what} `{name}`, ") };
        write!(f, "{path} ({}{}checksum {checksum:08x}): {state}", named("profile", profile), named("plan_id", id))
    }
}

/// What a log knows of the text of a plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum PlanState {
    /// There was no file: the built-in plan was in force.
    #[default]
    BuiltIn,
    /// It is in the log.
    Known,
    /// It is not: the functions that were called have not taken it along, and the file has changed since the program was built.
    Changed,
    /// It is not: … and the file can't be read where the program runs.
    Unreadable,
    /// It is not: it is too large for the log.
    LeftOut,
    /// What a newer version knows.
    Other(u8),
}

impl PlanState {
    const ALL: [Self; 5] = [Self::BuiltIn, Self::Known, Self::Changed, Self::Unreadable, Self::LeftOut];

    pub(crate) fn to_byte(self) -> u8 {
        match self {
            Self::Other(byte) => byte,
            known => Self::ALL.into_iter().position(|state| state == known).unwrap_or_default() as u8,
        }
    }

    #[cfg(feature = "reader")]
    pub(crate) fn from_byte(byte: u8) -> Self {
        Self::ALL.get(usize::from(byte)).copied().unwrap_or(Self::Other(byte))
    }
}

impl std::fmt::Display for PlanState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::BuiltIn => "built in, of no file",
            Self::Known => "its text is in the log",
            Self::Changed => "its text is not in the log: the file has changed since the program was built",
            Self::Unreadable => "its text is not in the log: the file can't be read where the program ran",
            Self::LeftOut => "its text is not in the log: it is too large",
            Self::Other(_) => "as a newer version of scope knows",
        })
    }
}

/// A thread of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreadDef {
    /// Its number in this log.
    pub id: ThreadId,
    /// Its name.
    pub name: Option<String>,
    /// The operating system's number for it; 0: not known.
    pub os_id: u64,
}

/// How many events there are of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Entries.
    pub entries: u64,
    /// Exits that were recorded.
    pub exits: u64,
    /// Lines.
    pub lines: u64,
    /// Values of variables and expressions.
    pub values: u64,
    /// Suspensions.
    pub suspended: u64,
    /// Resumptions.
    pub resumed: u64,
    /// Marks of losses.
    pub loss_marks: u64,
    /// Exits that were lost, and inferred from what followed.
    pub inferred: u64,
}

impl Counts {
    /// Events that were recorded: all but inferred exits and marks of losses.
    pub fn recorded(&self) -> u64 {
        let parts = [self.entries, self.exits, self.lines, self.values, self.suspended, self.resumed];
        parts.into_iter().fold(0, u64::saturating_add)
    }

    /// All events.
    pub fn all(&self) -> u64 {
        self.recorded().saturating_add(self.loss_marks).saturating_add(self.inferred)
    }

    /// Adds those of `other`.
    pub fn add(&mut self, other: &Self) {
        self.entries += other.entries;
        self.exits += other.exits;
        self.lines += other.lines;
        self.values += other.values;
        self.suspended += other.suspended;
        self.resumed += other.resumed;
        self.loss_marks += other.loss_marks;
        self.inferred += other.inferred;
    }
}

/// The totals of a log, as its end frame tells them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Events that were recorded and are in the log.
    pub events: u64,
    /// Records that the log says were lost, refused ones not included.
    pub lost: u64,
    /// Events and lost records that the writer was given and could not store: the log was full, or a write failed.
    pub refused: u64,
    /// The events by kind.
    pub counts: Counts,
}

impl Totals {
    /// Adds those of `other`.
    pub fn add(&mut self, other: &Self) {
        self.events = self.events.saturating_add(other.events);
        self.lost = self.lost.saturating_add(other.lost);
        self.refused = self.refused.saturating_add(other.refused);
        self.counts.add(&other.counts);
    }
}
