//! What the heads of items tell, as they are written: implementations above all.

use super::learnt::Names;
use super::maps;
use crate::weave::futures::{handed, hidden};
use crate::weave::variables::chains;
use std::borrow::Cow;
use std::str::Lines;

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    /// Traits with a `Debug` for those of their objects that live for ever.
    pub(crate) traits: Vec<String>,
    /// Types with a `Debug` for some lifetimes only, and how often it wants something to live for ever.
    types: Vec<(String, usize)>,
    /// Types that want it themselves, and how often.
    strict: Vec<(String, usize)>,
    /// Other names of those types, also as associated ones.
    aliases: Vec<String>,
    /// Types with a part whose type another one's trait says: `kids: P::Kids`.
    projected: Vec<String>,
    /// Those of them that such a part may be made of: whether they have a `Debug` is a question without an end.
    pub(crate) endless: Vec<String>,
    /// Types with pointers in them, and those with a `Debug` that was written by hand.
    pointing: Vec<String>,
    by_hand: Vec<String>,
    /// Types with a part whose value may be dropped before they are.
    pub(crate) outlived: Vec<String>,
    /// Functions that give back the guard of a lock; of a `RefCell`; and what else is known by names.
    names: Names,
    cell_givers: Vec<String>,
    /// Other names of the types of maps.
    map_types: Vec<String>,
    /// Whether something has another `Index` than by `usize`.
    pub(crate) indexed: bool,
    /// Whether a `Debug` borrows from a `RefCell`.
    pub(crate) borrows: bool,
}

impl Found {
    /// Nothing yet, in a crate that may have maps whose entries are locks or not.
    pub(crate) fn new(has_maps: bool) -> Self {
        Self { names: Names { has_maps, ..Names::default() }, ..Self::default() }
    }

    /// Whether types were found whose names say something where they are used.
    pub(crate) fn has_types(&self) -> bool {
        let knows_types = !self.types.is_empty() || !self.traits.is_empty() || !self.projected.is_empty();
        knows_types || !self.names.holders.is_empty() || !self.map_types.is_empty()
    }

    /// The types with a `Debug` for some lifetimes only. One that wants no more than its type does is for all that there are.
    pub(crate) fn types(&self) -> impl Iterator<Item = &str> {
        let is_strict = |name: &str, count| self.strict.iter().any(|(other, least)| other == name && *least >= count);
        let types = self.types.iter().filter(move |(name, count)| !is_strict(name, *count));
        types.map(|(name, _)| name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// The types with pointers that a `Debug` may follow: to nowhere, where a function has changed only a part of a value.
    pub(crate) fn fragile(&self) -> impl Iterator<Item = &str> {
        self.pointing.iter().filter(|name| self.by_hand.contains(name)).map(String::as_str)
    }

    /// The names that are the crate's own.
    pub(crate) fn names(&self) -> Names {
        let mut names = self.names.clone();
        if self.borrows {
            names.givers.extend_from_slice(&self.cell_givers);
        }
        names
    }

    /// Reads a text.
    pub(crate) fn read(&mut self, text: &str) {
        // Line by line, and by bytes: unoptimised, a search through all of the text takes ten times as long.
        let mut lines = text.lines();
        let is_scc = self.names.has_maps && text.contains("scc::");
        // How far the `Debug` is indented that the line is a part of.
        let mut inside = None;
        // The same for a type, with its name and its parameters.
        let mut of: Option<(usize, &str, Vec<String>)> = None;
        let mut function = "";
        // An implementation for what a lock gives back: how far it is indented.
        let mut results = None;
        // A macro.
        let mut made: Option<(usize, &str)> = None;
        while let Some(line) = lines.next() {
            let indent = line.bytes().position(|byte| byte != b' ').unwrap_or_default();
            let line = &line[indent..];
            let begins = line.starts_with("fn ") || line.starts_with("pub");
            if begins && let Some((_, behind)) = line.split_once("fn ") {
                function = path(behind);
            }
            if (begins || line.starts_with(')'))
                && let Some((before, ty)) = line.split_once("->")
            {
                self.giver(function, before, ty);
            }
            if self.names.has_maps {
                maps::add_named(&mut self.names.maps, &mut self.map_types, is_scc, function, line);
            }
            if begins && line.contains("self") {
                self.method(function, line);
            }
            if let Some(behind) = line.strip_prefix("macro_rules! ") {
                made = Some((indent, path(behind)));
            }
            if let Some((outer, name)) = made {
                if hidden::hides(name, line) {
                    add(&mut self.names.leaving, name);
                }
                made = made.filter(|_| outer != indent || !line.starts_with(['}', ')']) && !is_in_one_line(line));
            }
            if line.starts_with("impl") {
                let head = head(line, &mut lines);
                inside = shown(&head).is_some().then_some(indent);
                results = is_for_locked(&head).then_some(indent);
                self.implementation(&head);
            }
            if results.is_some_and(|outer| outer < indent) && line.starts_with("fn ") {
                add(&mut self.names.givers, function);
            }
            results = results.filter(|outer| *outer != indent || !line.starts_with('}'));
            if inside.is_some() {
                self.borrows |= line.contains(".borrow()") || line.contains(".borrow_mut()");
                inside = inside.filter(|outer| *outer != indent || !line.starts_with('}') && !is_in_one_line(line));
            } else if let Some(behind) = behind_struct(line) {
                let head = head(behind, &mut lines);
                of = Some((indent, path(behind), names(&head).into_iter().map(str::to_owned).collect()));
                self.structure(&head);
            } else if let Some(behind) = behind_word(line, &["type "]) {
                self.alias(&head(behind, &mut lines));
            }
            if let Some((outer, name, params)) = &of {
                let (outer, name) = (*outer, *name);
                if line.contains("::") && params.iter().any(|param| is_projected(line, param)) {
                    add(&mut self.projected, name);
                }
                if line.contains("*mut ") || line.contains("*const ") || line.contains("NonNull<") {
                    add(&mut self.pointing, name);
                }
                if line.contains("ManuallyDrop<") {
                    add(&mut self.outlived, name);
                }
                if is_guard_of_lock(line) && !line.starts_with("impl") {
                    add(&mut self.names.holders, name);
                }
                of = of.filter(|_| {
                    outer != indent || !line.starts_with('}') && !line.ends_with(';') && !is_in_one_line(line)
                });
            }
        }
    }

    /// A function that gives back a `ty`. (Such a `new` or `get` says nothing of others.)
    fn giver(&mut self, name: &str, before: &str, ty: &str) {
        let is_common = |name: &str| before.contains(name);
        if ["fn new(", "fn get(", "fn iter(", "fn next(", "fn clone(", "fn default("].into_iter().any(is_common) {
            return;
        }
        let Names { givers, holders, has_maps, .. } = &mut self.names;
        let of_map = || *has_maps && ["Ref<", "RefMut<", "OccupiedEntry<"].iter().any(|part| ty.contains(part));
        let holds = || holders.iter().any(|holder| name_is_in(ty, holder));
        if is_guard_of_lock(ty) || of_map() || holds() {
            add(givers, name);
        } else if ty.contains("RefMut<") {
            add(&mut self.cell_givers, name);
        }
    }

    /// One with a `self`.
    fn method(&mut self, name: &str, line: &str) {
        let takes = |this: &str| line.split_once('(').is_some_and(|(_, behind)| behind.starts_with(this));
        let matters = chains::READS.contains(&name) || handed::BOXES.contains(&name);
        if matters && (takes("self") || takes("mut self")) {
            add(&mut self.names.taking, name);
        }
    }

    /// `type Item = Row<'a>`
    fn alias(&mut self, head: &str) {
        let Some((left, right)) = head.split_once('=') else { return };
        let name = path(left);
        // `Box<dyn Plug + 'a>`
        let is_object =
            || right.replace("'static", "").contains('\'') && self.traits.iter().any(|of| name_is_in(right, of));
        if self.types().any(|ty| name_is_in(right, ty)) || right.contains("dyn ") && is_object() {
            add(&mut self.aliases, name);
        }
        let endless: Vec<_> = self.projected.iter().filter(|ty| name_is_in(right, ty)).cloned().collect();
        endless.iter().for_each(|ty| add(&mut self.endless, ty));
    }

    fn structure(&mut self, head: &str) {
        let head = head.split('(').next().unwrap_or_default();
        let wanted = wants(head);
        if wanted > 0 {
            self.strict.push((path(head).to_owned(), wanted));
        }
    }

    fn implementation(&mut self, head: &str) {
        self.indexed |= indexes(head);
        let Some((params, behind)) = shown(head) else { return };
        let (this, bounds) = behind.split_once(" where ").unwrap_or((behind, ""));
        if this.contains("dyn ") {
            // With a lifetime it is for all of them.
            let objects = this.split("dyn ").skip(1).filter(|_| !this.replace("'static", "").contains('\''));
            objects.map(name).for_each(|name| add(&mut self.traits, name));
            return;
        }
        add(&mut self.by_hand, name(this.trim_start_matches('&').trim_start()));
        let wanted = wants(params) + wants(bounds);
        let never = usize::MAX;
        let wanted = if this.contains("'static") || is_any_twice(params, this) { never } else { wanted };
        let name = name(this.trim_start_matches('&').trim_start_matches("'static").trim_start());
        if wanted > 0 && !name.is_empty() {
            self.types.push((name.to_owned(), wanted));
        }
    }
}

/// What is before and behind the trait of an implementation that shows values.
fn shown(head: &str) -> Option<(&str, &str)> {
    head.split_once("Debug for ").or_else(|| head.split_once("Serialize for "))
}

fn is_guard_of_lock(ty: &str) -> bool {
    ty.contains("Guard") && (ty.contains("Mutex") || ty.contains("RwLock"))
}

/// Whether an implementation is for a lock that was perhaps taken: what its methods give back is mostly the guard.
fn is_for_locked(head: &str) -> bool {
    let of = head.split_once(" for ").map_or("", |(_, of)| of);
    of.starts_with("LockResult<") || of.starts_with("Result<") && is_guard_of_lock(of)
}

fn name_is_in(text: &str, name: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}

/// Whether an item ends in the line that it begins in.
fn is_in_one_line(line: &str) -> bool {
    line.contains('{') && line.trim_end().ends_with('}')
}

/// The head of an item, which may take several lines.
fn head<'t>(first: &'t str, lines: &mut Lines<'t>) -> Cow<'t, str> {
    const MOST: usize = 30;
    let cut = |line: &'t str| line.split_once(['{', ';']).map_or((line, false), |(part, _)| (part, true));
    let (part, mut ended) = cut(first);
    let mut head = Cow::Borrowed(part);
    for line in lines.take(if ended { 0 } else { MOST }) {
        let part;
        (part, ended) = cut(line);
        head = (head.into_owned() + " " + part.trim()).into();
        if ended {
            break;
        }
    }
    head
}

/// Whether a type is one of a parameter's: `P::Kids`.
fn is_projected(line: &str, param: &str) -> bool {
    line.match_indices(param).any(|(at, _)| {
        let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '\'' || c == ':';
        !line[..at].ends_with(is_part) && line[at + param.len()..].starts_with("::")
    })
}

/// What is behind `pub struct`.
fn behind_struct(line: &str) -> Option<&str> {
    behind_word(line, &["struct ", "enum ", "union "])
}

/// What is behind `pub` and one of these words.
fn behind_word<'t>(line: &'t str, words: &[&str]) -> Option<&'t str> {
    let line = match line.strip_prefix("pub") {
        Some(behind) => behind.strip_prefix('(').and_then(|scope| scope.split_once(')')).map_or(behind, |(_, b)| b),
        None => line,
    };
    let line = line.trim_start();
    words.iter().find_map(|word| line.strip_prefix(word))
}

/// How often bounds say that something lives for ever, or longer than another thing.
fn wants(bounds: &str) -> usize {
    let mut before = "";
    let words = bounds.split([' ', ',', '<', '>']).filter(|word| !word.is_empty());
    let count = words.filter(|word| {
        let is_bound = before.ends_with(':') || before == "+";
        let is_of_lifetime = before.starts_with('\'') && before.ends_with(':');
        before = word;
        let is_longer = is_of_lifetime && word.starts_with('\'');
        is_longer || is_bound && (*word == "'static" || *word == "Any" || word.ends_with("::Any"))
    });
    count.count()
}

/// Whether a type has one of the parameters of its implementation twice.
fn is_any_twice(params: &str, this: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '\'' || c == ':';
    let is_twice = |name: &str| this.split(|c| !is_part(c)).filter(|word| *word == name).count() > 1;
    names(params).into_iter().any(is_twice)
}

/// The names in `impl<'a, T: Debug, const N: usize>`.
fn names(params: &str) -> Vec<&str> {
    let (mut names, mut depth, mut begins, mut before) = (Vec::new(), 0, false, ' ');
    for (at, c) in params.char_indices() {
        match c {
            '<' | '(' | '[' => (depth, begins) = (depth + 1, depth == 0),
            '>' if before == '-' => {}
            '>' | ')' | ']' => depth -= 1,
            ',' => begins = depth == 1,
            ' ' => {}
            _ if begins => {
                let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '\'';
                names.extend(params[at..].split(|c| !is_part(c)).next());
                begins = false;
            }
            _ => {}
        }
        if depth < 0 {
            break;
        }
        before = c;
    }
    names
}

/// Whether an implementation is of `Index`, and by what a number without a type may be.
fn indexes(head: &str) -> bool {
    let mut before = "";
    head.split("Index<").any(|behind| {
        let is_other = before.is_empty() || before.ends_with(char::is_alphanumeric);
        before = behind;
        let by = behind.split(['<', '>', ' ']).next().unwrap_or_default();
        let last = by.rsplit("::").next().unwrap_or_default();
        !is_other && !["usize", "Range", "&", "("].iter().any(|other| last.starts_with(other))
    })
}

pub(super) fn add(names: &mut Vec<String>, name: &str) {
    if !name.is_empty() && !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

/// The name that a text begins with, behind its path.
fn name(text: &str) -> &str {
    path(text).rsplit("::").next().unwrap_or_default()
}

/// The path that a text begins with.
pub(crate) fn path(text: &str) -> &str {
    let is_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    &text[..text.find(|c| !is_path(c)).unwrap_or(text.len())]
}

#[cfg(test)]
mod tests;
