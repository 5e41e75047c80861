//! The filter of the run time: which of the woven functions record at all.
//!
//! A list of globs with commas between, over the paths that a log shows: `my_app::orders, my_app::db::*, !**::Order::hash`. What a glob names,
//! it names with all that is inside; only a last segment `*` asks for one level and no more. `*` stands for any characters but `:`, `**` for any number of
//! segments. Behind a `!` a glob leaves out, which is stronger; where all globs do, everything else records.
//!
//! A function is asked about when its first probe is hit, in whatever place that is: nothing is allocated then. So it is text that
//! is compared, and paths are written as logs have them.

use crate::lock::patiently;
use crate::site::Sites;
use crate::{local, registry};
use std::fmt;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// Whether there is a filter.
static IS_SET: AtomicBool = AtomicBool::new(false);
static CURRENT: Mutex<Option<&'static Filter>> = Mutex::new(None);
/// Held while a filter is set: of two at once one is in force everywhere.
static SETTING: Mutex<()> = Mutex::new(());
/// The longest glob in bytes: one state for each, and one more.
const LONGEST: usize = 255;

/// See the module's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    text: String,
    globs: Vec<Glob>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Glob {
    leaves_out: bool,
    /// What it names is named with all that is inside.
    covers: bool,
    tokens: Vec<Token>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Token {
    Byte(u8),
    /// `*`
    Any,
    /// `**::`, or `**` at the end: segments as a whole.
    Segments,
}

/// Why a text is no filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    glob: String,
    problem: &'static str,
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.glob, self.problem)
    }
}

impl std::error::Error for FilterError {}

impl Filter {
    /// Reads globs with commas between.
    ///
    /// # Errors
    /// One of them can't be meant: the error names it.
    pub fn new(text: &str) -> Result<Self, FilterError> {
        let globs = commas(text).map(Glob::new).collect::<Result<_, _>>()?;
        Ok(Self { text: text.trim().to_owned(), globs })
    }

    /// The text that it was made of.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the function `name` in `module` records.
    pub fn admits(&self, module: &str, name: &str) -> bool {
        let matches = |glob: &&Glob| glob.matches(module.bytes().chain(*b"::").chain(name.bytes()));
        let (mut out, mut within) =
            (self.globs.iter().filter(|g| g.leaves_out), self.globs.iter().filter(|g| !g.leaves_out));
        !out.any(|glob| matches(&glob)) && (within.clone().next().is_none() || within.any(|glob| matches(&glob)))
    }
}

/// The pieces between commas that are outside of brackets.
fn commas(text: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0_i32;
    let pieces = text.split(move |c| {
        depth += i32::from(matches!(c, '<' | '(' | '[')) - i32::from(matches!(c, '>' | ')' | ']'));
        c == ',' && depth == 0
    });
    pieces.map(str::trim).filter(|piece| !piece.is_empty())
}

impl Glob {
    fn new(glob: &str) -> Result<Self, FilterError> {
        let error = |problem| Err(FilterError { glob: glob.to_owned(), problem });
        let (leaves_out, text) = match glob.strip_prefix('!') {
            Some(text) => (true, text.trim()),
            None => (false, glob),
        };
        if text.is_empty() || text.starts_with("::") || text.ends_with("::") || text.contains("::::") {
            return error("has an empty segment; write names between `::`, as in `my_app::orders`");
        }
        if text.len() > LONGEST {
            return error("is longer than 255 bytes");
        }
        if matches!(text.split("::").next(), Some("crate" | "self" | "super" | "Self")) {
            return error("begins with a word that is no name; paths begin with the name of the crate");
        }
        let covers = text != "*" && !text.ends_with("::*");
        let mut tokens = Vec::new();
        let mut rest = text;
        while let Some(byte) = rest.bytes().next() {
            let (token, length) = match byte {
                b'*' if rest == "**" => (Token::Segments, 2),
                b'*' if rest.starts_with("**::") => (Token::Segments, 4),
                b'*' if rest.starts_with("**") => return error("has a `**` that does not stand alone between `::`"),
                b'*' => (Token::Any, 1),
                b'-' if !text.contains('<') => {
                    return error("has a `-`, which is no part of a path; the crate `my-app` is `my_app` there");
                }
                byte => (Token::Byte(byte), 1),
            };
            let begins = matches!(tokens.last(), None | Some(Token::Byte(b':') | Token::Segments));
            if token == Token::Segments && !begins {
                return error("has a `**` that does not stand alone between `::`");
            }
            tokens.push(token);
            rest = &rest[length..];
        }
        Ok(Self { leaves_out, covers, tokens })
    }

    /// Follows all ways at once: a state for each token that may be next.
    fn matches(&self, path: impl Iterator<Item = u8> + Clone) -> bool {
        let end = self.tokens.len();
        let mut states = States::default();
        states.add(0);
        self.skip(&mut states, true);
        let mut path = path.peekable();
        let mut colons = 0;
        while let Some(byte) = path.next() {
            colons = if byte == b':' { colons + 1 } else { 0 };
            let mut next = States::default();
            for (state, token) in self.tokens.iter().enumerate().filter(|(state, _)| states.has(*state)) {
                match token {
                    Token::Byte(wanted) if *wanted == byte => next.add(state + 1),
                    Token::Any if byte != b':' => next.add(state),
                    Token::Segments => next.add(state),
                    Token::Byte(_) | Token::Any => {}
                }
            }
            // A segment begins behind two colons.
            self.skip(&mut next, colons == 2);
            states = next;
            // What is named ends here, or something inside of it follows.
            if states.has(end) && (path.peek().is_none() || self.covers && path.clone().take(2).eq(*b"::")) {
                return true;
            }
        }
        // `**` takes all that is left.
        states.has(end) || self.tokens.last() == Some(&Token::Segments) && states.has(end - 1)
    }

    /// `*` may be nothing, and `**` too where a segment begins.
    fn skip(&self, states: &mut States, begins: bool) {
        for (state, token) in self.tokens.iter().enumerate() {
            if states.has(state) && (*token == Token::Any || begins && *token == Token::Segments) {
                states.add(state + 1);
            }
        }
    }
}

/// Some of the numbers from 0 to 255.
#[derive(Clone, Copy, Default)]
struct States([u64; 4]);

impl States {
    fn add(&mut self, state: usize) {
        self.0[state / 64] |= 1 << (state % 64);
    }

    fn has(&self, state: usize) -> bool {
        self.0[state / 64] & 1 << (state % 64) != 0
    }
}

/// Lets only those functions record that `filter` admits, from now on; `None`: all. A call that has begun still ends.
///
/// The filter before is kept in memory, for whoever is asking it now: this is for a person's use, not for a loop's.
pub fn set(filter: Option<Filter>) {
    let _mute = local::mute();
    let filter = filter.filter(|filter| !filter.globs.is_empty()).map(|filter| &*Box::leak(Box::new(filter)));
    let Some(_alone) = patiently(&SETTING) else { return };
    match patiently(&CURRENT) {
        Some(mut current) => *current = filter,
        None => return,
    }
    IS_SET.store(filter.is_some(), Ordering::Relaxed);
    // Those that are registered meanwhile ask for themselves.
    registry::registered_after(None).for_each(|sites| sites.set_filtered(refused(sites, filter)));
}

/// Whether these sites may not record. A function that was not hit yet is registered for that.
#[inline]
pub(crate) fn refuses(sites: &'static Sites) -> bool {
    IS_SET.load(Ordering::Relaxed) && refuses_now(sites)
}

/// The same where the recorder has just been started, and has brought a filter.
pub(crate) fn refuses_first(sites: &'static Sites) -> bool {
    IS_SET.load(Ordering::Relaxed) && {
        registry::register(sites);
        sites.is_filtered()
    }
}

#[cold]
fn refuses_now(sites: &'static Sites) -> bool {
    // In a signal handler or a capture nothing records anyway, and its thread may hold the lock.
    if sites.first().is_none() && !local::is_muted() {
        let _mute = local::mute();
        registry::register(sites);
    }
    sites.is_filtered()
}

/// For the registry: of sites that are new.
pub(crate) fn ask(sites: &'static Sites) -> bool {
    IS_SET.load(Ordering::Relaxed) && refused(sites, patiently(&CURRENT).and_then(|current| *current))
}

fn refused(sites: &Sites, filter: Option<&Filter>) -> bool {
    let (module, name) = sites.path();
    // What is in no module is no function's: which operation goes on is told, whatever records.
    !module.is_empty() && filter.is_some_and(|filter| !filter.admits(module, name))
}

/// For tests: the filter is the process's.
#[cfg(test)]
pub(crate) static ALONE: Mutex<()> = Mutex::new(());

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::FunctionInfo;

    fn admits(filter: &str, path: &str) -> bool {
        let (module, name) = path.split_once("::").expect("a module");
        Filter::new(filter).expect(filter).admits(module, name)
    }

    #[test]
    fn what_is_named_is_named_with_all_that_is_inside() {
        for (filter, path, expected) in [
            ("a", "a::b", true),
            ("a::b", "a::b::c::d", true),
            ("a::b", "a::bc", false),
            ("a::b", "x::a::b", false),
            ("a::*", "a::b", true),
            ("a::*", "a::b::c", false),
            ("a::**", "a::b::c", true),
            ("a::b*", "a::bcd::e", true),
            ("a::b*d", "a::bcd", true),
            ("a::b*d", "a::b::d", false),
            ("**::d", "a::b::d", true),
            ("**::d", "d::e", true),
            ("**::d", "a::bd", false),
            ("a::**::d", "a::d", true),
            ("a::**::d", "a::b::c::d::e", true),
            ("a::**::d", "b::d", false),
            ("**", "a::b", true),
            ("a::<Order as Shape>::area", "a::<Order as Shape>::area", true),
            ("**::<* as Shape>::*", "a::b::<Order as Shape>::area", true),
            ("a, b", "b::c", true),
            ("!a::b", "a::c", true),
            ("!a::b", "a::b", false),
            ("a, !a::b", "a::b::c", false),
            ("a, !a::b", "c::d", false),
            ("", "a::b", true),
            (" , ", "a::b", true),
            ("a::f<A, B>", "a::f<A, B>", true),
        ] {
            assert_eq!(admits(filter, path), expected, "{filter} of {path}");
        }
    }

    #[test]
    fn of_two_set_at_once_one_is_in_force_everywhere() {
        static INFO: FunctionInfo = FunctionInfo::in_module("filter_test");
        const ROUNDS: usize = 3_000;
        let _alone = ALONE.lock();
        let sites: Vec<&'static Sites> = (0..50).map(|_| &*Box::leak(Box::new(Sites::new(&INFO)))).collect();
        sites.iter().for_each(|sites| _ = registry::register(sites));
        let turn = std::sync::Barrier::new(2);
        let mut disagree = 0;
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for _ in 0..ROUNDS {
                    turn.wait();
                    set(Some(Filter::new("!filter_test").expect("a filter")));
                    turn.wait();
                }
            });
            for _ in 0..ROUNDS {
                turn.wait();
                set(None);
                turn.wait();
                let next = ask(sites[0]);
                // Those that were hit before, and one that is hit next.
                disagree += usize::from(sites.iter().any(|sites| sites.is_filtered() != next));
            }
        });
        set(None);
        assert_eq!(disagree, 0);
    }

    #[test]
    fn what_can_not_be_meant_is_an_error() {
        for filter in ["::a", "a::", "a::::b", "!", "a**", "a::b**::c", "crate::a", "my-app::a", &"x".repeat(256)] {
            assert!(Filter::new(filter).is_err(), "{filter}");
        }
        let error = Filter::new("a, my-app").expect_err("a dash").to_string();
        assert_eq!(error, "`my-app` has a `-`, which is no part of a path; the crate `my-app` is `my_app` there");
    }
}
