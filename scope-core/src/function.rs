//! What is known of a function: at compile time, and as it goes to the log.

use crate::site::Origin;
use crate::value::Limits;

/// What a probe inside a function looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PlaceKind {
    /// A line is about to be executed.
    Line,
    /// One variable or more, at a point where they may be looked at.
    Variables,
    /// An expression and its value.
    Expression,
    /// A `return`, or the end of the body: where a function gives its value back.
    Return,
    /// A `?` that may leave the function early.
    Question,
    /// A branch was taken: of an `if`, a `match` or a `let … else`. Its one name is the text of the condition or the pattern.
    Branch,
    /// A round of a loop begins. Its one name is the text of the loop's head.
    Iteration,
    /// An event of the program's own: the first name is its name, the others are its fields'.
    Custom,
    /// Something is measured: its one name says what.
    Metric,
    /// A state changes: its one name says which. Two values, the old one and the new one.
    State,
    /// A message is sent: the first name is that of the channel, the others are those of fields. The first value is what the message is
    /// known by on both sides.
    Sent,
    /// A message is received: as [`PlaceKind::Sent`].
    Received,
    /// What follows is a part of an operation: its one value is the number that the 16 bytes of its id are, 0 for none.
    Correlation,
}

/// The plan that a function was woven by. All empty: the built-in one, of no file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PlanDef<'a> {
    /// Where its file was.
    pub path: &'a str,
    /// The profile that was chosen; empty: none.
    pub profile: &'a str,
    /// The plan's own name; empty: it has none.
    pub id: &'a str,
    /// The CRC-32C of its text.
    pub checksum: u32,
    /// Its text. Empty: it is not in this function.
    pub text: &'a str,
}

/// One probe inside a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// What is looked at.
    pub kind: PlaceKind,
    /// The line in [`FunctionInfo::file`], from 1.
    pub line: u32,
    /// The names of the values in a record of this place, in their order: variables, or the text of an expression.
    pub names: &'static [&'static str],
}

/// What is known of a function at compile time.
#[derive(Debug)]
pub struct FunctionInfo {
    /// The module's path, as `module_path!()` gives it.
    pub module: &'static str,
    /// The path inside the module: `place`, `Order::place`, `<Order as Shape>::area`, `outer::inner`.
    pub name: &'static str,
    /// The source file, as `file!()` gives it.
    pub file: &'static str,
    /// The line of the function's name, from 1.
    pub line: u32,
    /// The arguments whose values an entry record carries, in order.
    pub args: &'static [&'static str],
    /// The probes inside, in the order of their ids.
    pub places: &'static [Place],
    /// Where captured values are cut, and what is never captured.
    pub limits: Limits,
    /// What the code that was woven brings along.
    pub origin: Origin,
}

#[cfg(test)]
impl FunctionInfo {
    /// A function without anything in it, for tests.
    pub(crate) const fn in_module(module: &'static str) -> Self {
        let origin = Origin { start: |_| {}, runtime: "" };
        Self { module, name: "f", file: "f.rs", line: 1, args: &[], places: &[], limits: Limits::DEFAULT, origin }
    }
}

/// What is known of a function, as it goes to the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionDef<'a> {
    /// The module's path.
    pub module: &'a str,
    /// The path inside the module.
    pub name: &'a str,
    /// The source file.
    pub file: &'a str,
    /// The line of the function's name, from 1.
    pub line: u32,
    /// The arguments whose values an entry record carries, in order.
    pub args: Vec<&'a str>,
    /// The probes inside, in the order of their ids.
    pub places: Vec<PlaceDef<'a>>,
}

/// One probe inside a function, as it goes to the log: see [`Place`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceDef<'a> {
    /// What is looked at.
    pub kind: PlaceKind,
    /// The line in the function's file, from 1.
    pub line: u32,
    /// The names of the values.
    pub names: Vec<&'a str>,
}

impl From<&FunctionInfo> for FunctionDef<'static> {
    fn from(info: &FunctionInfo) -> Self {
        let place = |p: &Place| PlaceDef { kind: p.kind, line: p.line, names: p.names.to_vec() };
        Self {
            module: info.module,
            name: info.name,
            file: info.file,
            line: info.line,
            args: info.args.to_vec(),
            places: info.places.iter().map(place).collect(),
        }
    }
}
