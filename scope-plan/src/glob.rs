//! Globs over paths: `my_app::orders::*`, `my_app::**`, `**::Order::place`, `<impl my_app::Shape for *>::area`.
//!
//! Written here because globset's separator is `/`, a path's is `::` outside `<…>`, and it would bring a
//! regex engine onto the build path of every user. No glob takes longer than its length times the path's.

use std::fmt;

use crate::path::{self, Depth, Segment};

/// A glob over function paths.
#[derive(Clone, Debug)]
pub struct PathGlob {
    text: String,
    parts: Vec<Part>,
}

/// What one segment of a glob matches.
#[derive(Clone, Debug)]
enum Part {
    /// `**`: any number of segments, also none.
    AnyDepth,
    /// One segment, in which `*` stands for any characters.
    One(Segment),
}

/// How precisely a glob says what it means: the more, the stronger its rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Specificity {
    /// Segments without any `*`; they count first.
    pub literal_segments: u32,
    /// Characters other than `*`, in all segments.
    pub literal_characters: u32,
}

/// Why a text is no glob.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlobError {
    message: String,
}

impl GlobError {
    pub(crate) fn new(message: String) -> Self {
        Self { message }
    }
}

impl fmt::Display for GlobError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for GlobError {}

impl PathGlob {
    /// Reads a glob.
    ///
    /// # Errors
    /// The text can match no path; the error says why and what to write.
    pub fn new(text: &str) -> Result<Self, GlobError> {
        let mut depth = Depth::default();
        for c in text.chars() {
            depth.step(c);
        }
        if depth.is_open() || depth.stray {
            return error(format!("the brackets in `{text}` don't pair up"));
        }
        let mut parts = Vec::new();
        for (i, piece) in path::split(text).into_iter().enumerate() {
            let piece = piece.trim();
            check(text, piece, i == 0)?;
            // A path has its module before the impl. Whoever leaves that out means any module.
            if i == 0 && piece.starts_with('<') {
                parts.push(Part::AnyDepth);
            }
            parts.push(if piece == "**" { Part::AnyDepth } else { Part::One(path::segment(piece)) });
        }
        Ok(Self { text: text.to_owned(), parts })
    }

    /// The glob as it was written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether the glob matches `path` as a whole.
    pub fn matches(&self, path: &str) -> bool {
        self.run(&path::segments(path)).last() == Some(&true)
    }

    /// Whether the glob matches `path` or anything that encloses it: of `a::b::c` also `a` and `a::b`.
    pub fn covers(&self, path: &str) -> bool {
        self.run(&path::segments(path)).contains(&true)
    }

    /// Whether the glob, in an `include` or `exclude` list, lets `path` in.
    ///
    /// What a glob names, it names with all that is inside: `my_app::orders` is the whole module. Only a last segment `*`
    /// asks for one level and no more.
    pub fn filters(&self, path: &str) -> bool {
        match self.parts.last() {
            Some(Part::One(Segment::Name(name))) if name == "*" => self.matches(path),
            _ => self.covers(path),
        }
    }

    /// How precise the glob is.
    pub fn specificity(&self) -> Specificity {
        let mut sum = Specificity { literal_segments: 0, literal_characters: 0 };
        for part in &self.parts {
            let Part::One(segment) = part else { continue };
            let names: Vec<&String> = match segment {
                Segment::Name(name) => vec![name],
                Segment::Impl { of, tr } => of.iter().chain(tr).collect(),
            };
            sum.literal_segments += u32::from(names.iter().all(|name| !name.contains('*')));
            let characters = names.iter().flat_map(|name| name.chars()).filter(|c| *c != '*').count();
            sum.literal_characters += u32::try_from(characters).unwrap_or(u32::MAX);
        }
        sum
    }

    /// For each number of leading segments from 1 on, whether the glob matches those.
    fn run(&self, path: &[Segment]) -> Vec<bool> {
        // `live[i]`: the segments seen so far can be matched by the first `i` parts.
        let mut live = vec![false; self.parts.len() + 1];
        live[0] = true;
        self.skip_any_depth(&mut live);
        let mut accepted = Vec::with_capacity(path.len());
        for segment in path {
            let mut next = vec![false; live.len()];
            for (i, part) in self.parts.iter().enumerate().filter(|(i, _)| live[*i]) {
                match part {
                    Part::AnyDepth => next[i] = true,
                    Part::One(pattern) => next[i + 1] |= segment_matches(pattern, segment),
                }
            }
            self.skip_any_depth(&mut next);
            live = next;
            accepted.push(live[self.parts.len()]);
        }
        accepted
    }

    /// `**` may also match nothing: where one can start, what follows it can start.
    fn skip_any_depth(&self, live: &mut [bool]) {
        for (i, part) in self.parts.iter().enumerate() {
            live[i + 1] |= live[i] && matches!(part, Part::AnyDepth);
        }
    }
}

impl PartialEq for PathGlob {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for PathGlob {}

impl fmt::Display for PathGlob {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Refuses what can match nothing, or was surely meant otherwise.
fn check(glob: &str, piece: &str, first: bool) -> Result<(), GlobError> {
    if piece.is_empty() {
        let what = if glob.trim().is_empty() {
            "a glob is empty".to_owned()
        } else {
            format!("`{glob}` has an empty segment")
        };
        return error(format!("{what}; write names between `::`, as in `my_app::orders::*`"));
    }
    if piece.starts_with(['<', '(', '[', '&']) {
        return Ok(());
    }
    if piece != "**" && piece.contains("**") {
        return error(format!("`**` in `{glob}` must stand alone between `::`; `*` matches within a segment"));
    }
    if first && matches!(piece, "crate" | "self" | "super" | "Self") {
        return error(format!("`{piece}` in `{glob}` is not known to a plan; paths start with the name of the crate"));
    }
    let name = piece.find('<').map_or(piece, |at| &piece[..at]).trim_end();
    let name = name.strip_prefix("r#").unwrap_or(name);
    match name.chars().find(|c| !(c.is_alphanumeric() || matches!(c, '_' | '*'))) {
        None => Ok(()),
        Some('-') => error(format!("`-` in `{glob}` can't be in a path; the crate `my-app` is `my_app` in paths")),
        Some(c) => {
            error(format!("`{c}` in `{glob}` can't be in a path; segments are names between `::`, with `*` and `**`"))
        }
    }
}

fn error<T>(message: String) -> Result<T, GlobError> {
    Err(GlobError::new(message))
}

fn segment_matches(pattern: &Segment, segment: &Segment) -> bool {
    match (pattern, segment) {
        (Segment::Name(pattern), Segment::Name(name)) => name_matches(pattern, name),
        (Segment::Impl { of, tr }, Segment::Impl { of: real_of, tr: real_tr }) => {
            tail_matches(of, real_of) && tail_matches(tr, real_tr)
        }
        // `*` is any one segment, an impl too; `<*>` is any impl of a trait.
        (Segment::Name(pattern), Segment::Impl { .. }) => matches!(pattern.as_str(), "*" | "<*>"),
        (Segment::Impl { .. }, Segment::Name(_)) => false,
    }
}

/// Compares as many names as both sides have, from the end: a macro sees `Shape` or `my_app::Shape`, as the source has it.
fn tail_matches(pattern: &[String], names: &[String]) -> bool {
    pattern.iter().rev().zip(names.iter().rev()).all(|(pattern, name)| name_matches(pattern, name))
}

/// A pattern that says nothing of generic arguments does not look at them: `Order` matches `Order<T>`.
fn name_matches(pattern: &str, name: &str) -> bool {
    let bare = name.find('<').filter(|at| *at > 0 && name.ends_with('>')).map_or(name, |at| &name[..at]);
    wildcard(pattern, if pattern.contains('<') { name } else { bare })
}

/// Whether `text` is `pattern`, in which `*` stands for any characters, also none.
///
/// On a mismatch only the last `*` takes one character more: earlier ones need never be looked at again.
pub(crate) fn wildcard(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    // By indices: it runs unoptimised, for each name that is woven.
    while t < text.len() {
        if p < pattern.len() && pattern[p] == b'*' {
            star = Some((p, t));
            p += 1;
        } else if p < pattern.len() && pattern[p] == text[t] {
            (p, t) = (p + 1, t + 1);
        } else if let Some((at, taken)) = star {
            star = Some((at, taken + 1));
            (p, t) = (at + 1, taken + 1);
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests;
