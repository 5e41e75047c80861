//! Which keys each table has, and which it will have.

/// A table of the plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    Top,
    Profile,
    Defaults,
    Module,
    Function,
    Capture,
    Runtime,
}

/// Keys of the design that no version obeys yet, and the tables in which they are looked for.
const LATER: [(&str, &[Table]); 7] = [
    ("probe", &[Table::Top, Table::Profile]),
    ("min_duration", RULES),
    ("on", RULES),
    ("when", RULES),
    ("sample", RULES),
    ("limit", RULES),
    ("code", RULES),
];

const RULES: &[Table] = &[Table::Defaults, Table::Module, Table::Function, Table::Capture];

impl Table {
    const ALL: [Self; 7] =
        [Self::Defaults, Self::Module, Self::Function, Self::Capture, Self::Runtime, Self::Top, Self::Profile];

    /// Where the table is, in a message.
    pub(crate) fn place(self) -> &'static str {
        match self {
            Self::Top => "at the top of the plan",
            Self::Profile => "in `[profile.NAME]`",
            Self::Defaults => "in `[defaults]`",
            Self::Module => "in `[[module]]`",
            Self::Function => "in `[[function]]`",
            Self::Capture => "in `capture`",
            Self::Runtime => "in `[runtime]`",
        }
    }

    /// The keys that it may have.
    pub(crate) fn keys(self) -> &'static [&'static str] {
        match self {
            Self::Top => {
                &["schema_version", "plan_id", "metadata", "defaults", "module", "function", "runtime", "profile"]
            }
            Self::Profile => &["defaults", "module", "function", "runtime"],
            Self::Defaults => &["level", "clock", "snapshot_over", "include", "exclude", "capture"],
            Self::Module => &["path", "level", "clock", "snapshot_over", "include", "exclude", "capture"],
            Self::Function => &["path", "level", "clock", "snapshot_over", "capture"],
            Self::Capture => &[
                "args",
                "return_value",
                "lines",
                "variables",
                "expressions",
                "line_times",
                "max_depth",
                "max_string",
                "max_items",
                "max_bytes",
                "debug",
                "opaque",
                "redact",
                "redact_defaults",
                "embed_source",
            ],
            Self::Runtime => &[
                "log",
                "ring_size",
                "ring_sizes",
                "rings",
                "overflow",
                "flush_interval",
                "max_size",
                "max_age",
                "keep",
                "keep_logs",
                "compression",
                "threads",
                "filter",
                "snapshot_signal",
                "snapshot_on_panic",
                "max_snapshots",
            ],
        }
    }

    /// Whether a later version will know `key` here.
    pub(crate) fn comes_later(self, key: &str) -> bool {
        LATER.iter().any(|(later, tables)| *later == key && tables.contains(&self))
    }

    /// The other tables that have `key`, for a message; `None` if no table has it.
    pub(crate) fn homes_of(self, key: &str) -> Option<String> {
        let homes = Self::ALL.into_iter().filter(|table| *table != self && table.keys().contains(&key));
        let places: Vec<&str> = homes.map(Self::place).collect();
        if places.is_empty() { None } else { Some(places.join(" or ")) }
    }
}
