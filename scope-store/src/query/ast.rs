//! What a condition consists of. Its `Display` is text that reads as the same again.

use std::collections::BTreeSet;

/// A condition.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Expr {
    /// One of them holds; two or more: `a or b`.
    Any(Vec<Expr>),
    /// All of them hold; two or more: `a and b`.
    All(Vec<Expr>),
    /// It does not hold: `not a`.
    Not(Box<Expr>),
    /// There is such a thing, and it isn't `false`: `args.ok`, `panicked`.
    Holds(Path),
    /// It is this variant, or of this type: `ret is Err`.
    Is(Path, String),
    /// `args.qty > 10`
    Compare(Path, Comparison, Operand),
    /// A text has this in it, or a collection this item: `name contains "x"`.
    Contains(Path, Literal),
    /// The text matches a pattern in which `*` stands for any text: `name ~ "a*"`.
    Like(Path, String),
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// What a value is compared with.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// A value that the condition has itself.
    Literal(Literal),
    /// Another value of the same event or call.
    Path(Path),
}

/// A value in a condition.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// `10`
    Int(i128),
    /// `1.5`: finite.
    Float(f64),
    /// `"text"`
    Text(String),
    /// `true`
    Bool(bool),
    /// `5ms`, in nanoseconds.
    Duration(u64),
}

/// Where a value is: `args.order.items[0].price`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// Where it begins.
    pub root: Root,
    /// The way from there.
    pub steps: Vec<Step>,
}

/// Where a path begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Root {
    /// An argument, a variable, or a field of an own event.
    Name(String),
    /// The arguments of a call: `args`.
    Args,
    /// Variables, and expressions by their text: `vars`.
    Vars,
    /// The fields of an own event: `fields`.
    Fields,
    /// What the call gave back, or left with: `ret`.
    Ret,
    /// What the call failed with: `error`.
    Error,
    /// `returned`, `early`, `left`, `panicked`, `cancelled` or `unknown`: `outcome`.
    Outcome,
    /// The call ended by a panic: `panicked`.
    Panicked,
    /// From the call's entry to its exit: `duration`.
    Duration,
    /// How many calls were open around it: `depth`.
    Depth,
    /// The thread's name, or its number: `thread`.
    Thread,
    /// The function's path: `function`.
    Function,
    /// The source file: `file`.
    File,
    /// The line in it: `line`.
    Line,
    /// The name of the event's kind: `kind`.
    Kind,
}

impl Root {
    /// The words that are no names.
    pub(super) const WORDS: [(&'static str, Root); 14] = [
        ("args", Root::Args),
        ("vars", Root::Vars),
        ("fields", Root::Fields),
        ("ret", Root::Ret),
        ("error", Root::Error),
        ("outcome", Root::Outcome),
        ("panicked", Root::Panicked),
        ("duration", Root::Duration),
        ("depth", Root::Depth),
        ("thread", Root::Thread),
        ("function", Root::Function),
        ("file", Root::File),
        ("line", Root::Line),
        ("kind", Root::Kind),
    ];
}

/// A part of a value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// A field, an argument of this name, or what a map has for this key: `.name`.
    Field(String),
    /// An item, by its place from 0: `[0]`, `.0`.
    Item(u64),
    /// Each of them: `.*`. What is said of it has to hold for one.
    Every,
}

impl Comparison {
    pub(super) const ALL: [(&'static str, Self); 6] = [
        ("=", Self::Equal),
        ("!=", Self::NotEqual),
        ("<", Self::Less),
        ("<=", Self::LessOrEqual),
        (">", Self::Greater),
        (">=", Self::GreaterOrEqual),
    ];
}

impl Expr {
    pub(super) fn names<'a>(&'a self, names: &mut BTreeSet<&'a str>) {
        match self {
            Self::Any(parts) | Self::All(parts) => parts.iter().for_each(|part| part.names(names)),
            Self::Not(part) => part.names(names),
            Self::Compare(path, _, operand) => {
                names.extend(path.name());
                if let Operand::Path(path) = operand {
                    names.extend(path.name());
                }
            }
            Self::Holds(path) | Self::Is(path, _) | Self::Contains(path, _) | Self::Like(path, _) => {
                names.extend(path.name());
            }
        }
    }
}

impl Path {
    /// The name of the argument, variable or field that it begins with.
    pub fn name(&self) -> Option<&str> {
        match (&self.root, self.steps.first()) {
            (Root::Name(name), _) | (Root::Args | Root::Vars | Root::Fields, Some(Step::Field(name))) => Some(name),
            _ => None,
        }
    }
}
