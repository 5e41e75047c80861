//! Types with pointers that a `Debug` which was written by hand may follow: to nowhere, where a function has changed only a part of a value.

use super::found::add;
use super::text::{name_is_in, path};
use std::collections::HashSet;

/// What was found of them. Types are kept with the number of their file.
#[derive(Default)]
pub(super) struct Pointers {
    file: usize,
    /// Whether there is one at all: only then does it matter what holds what.
    pub(super) any: bool,
    /// Other names of pointers.
    aliases: Vec<String>,
    pointing: Vec<(String, usize)>,
    /// What holds what else.
    holding: Vec<(String, String, usize)>,
    /// Types with a `Debug` that was written by hand.
    by_hand: Vec<String>,
    /// What all this comes to.
    pub(super) fragile: Vec<String>,
}

impl Pointers {
    /// What comes is in another file.
    pub(super) fn next_file(&mut self) {
        self.file += 1;
    }

    pub(super) fn shown_by_hand(&mut self, name: &str) {
        add(&mut self.by_hand, name);
    }

    /// `type Link = *mut Node`
    pub(super) fn alias(&mut self, name: &str, ty: &str) {
        if !ty.contains("fn(") && self.has_one(ty) {
            self.any = true;
            add(&mut self.aliases, name);
        }
        if self.any {
            self.holding.extend(held(ty).map(|held| (name.to_owned(), held.to_owned(), self.file)));
        }
    }

    /// A line of a type's.
    pub(super) fn part(&mut self, of: &str, line: &str) {
        if self.has_one(line) {
            self.any = true;
            self.pointing.push((of.to_owned(), self.file));
        }
        if self.any {
            let held = held(line).filter(|held| *held != of);
            self.holding.extend(held.map(|held| (of.to_owned(), held.to_owned(), self.file)));
        }
    }

    fn has_one(&self, ty: &str) -> bool {
        ["*mut ", "*const ", "NonNull<", "AtomicPtr<"].iter().any(|pointer| ty.contains(pointer))
            || self.aliases.iter().any(|alias| name_is_in(ty, alias))
    }

    /// When all is read: a type has the pointers of what it holds. Where nobody wrote its `Debug`, it is as good as that of what it holds, and may be
    /// found half changed by functions that see its parts' parts: by those of one file.
    pub(super) fn settle(&mut self) {
        if !self.any {
            return;
        }
        let mut pointing: HashSet<&str> = self.pointing.iter().map(|(name, _)| name.as_str()).collect();
        let holds = |pointing: &HashSet<&str>, held: &str, _| pointing.contains(held);
        while self.more(&mut pointing, holds, |holder, _| holder) {}
        let files = self.pointing.iter().map(|(name, file)| (name.as_str(), *file));
        let files = files.chain(self.holding.iter().map(|(holder, _, file)| (holder.as_str(), *file)));
        let is_fragile = |name: &str| pointing.contains(name) && self.by_hand.iter().any(|known| known == name);
        let mut fragile: HashSet<(&str, usize)> = files.filter(|(name, _)| is_fragile(name)).collect();
        let holds = |fragile: &HashSet<(&str, usize)>, held, file| fragile.contains(&(held, file));
        while self.more(&mut fragile, holds, |holder, file| (holder, file)) {}
        let mut names: Vec<String> = fragile.into_iter().map(|(name, _)| name.to_owned()).collect();
        names.sort_unstable();
        names.dedup();
        self.fragile = names;
    }

    /// Adds what holds one of these. Whether there was anything to add.
    fn more<'s, K: std::hash::Hash + Eq>(
        &'s self,
        known: &mut HashSet<K>,
        holds: impl Fn(&HashSet<K>, &'s str, usize) -> bool,
        key: impl Fn(&'s str, usize) -> K,
    ) -> bool {
        let before = known.len();
        for (holder, held, file) in &self.holding {
            if holds(known, held, *file) {
                known.insert(key(holder, *file));
            }
        }
        known.len() > before
    }
}

/// The types in a line that are not lent to be looked at: what it begins with is the name of a field or a variant.
pub(super) fn held(line: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let capitals = line.match_indices(|c: char| c.is_ascii_uppercase()).map(|(at, _)| line.split_at(at));
    capitals.filter_map(move |(before, behind)| {
        let is_lent = || {
            let before = before.trim_end();
            let lifetime = before.trim_end_matches(|c| is_part(c) || c == ':' || c == ' ').trim_end_matches('\'');
            !before.ends_with("mut") && lifetime.ends_with('&')
        };
        let is_type = !before.ends_with(is_part) && !before.trim_start().is_empty() && !is_lent();
        is_type.then(|| path(behind).split("::").next().unwrap_or_default())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_line_holds() {
        for (line, expected) in [
            ("raw: Raw,", "Raw"),
            ("struct Map<K>(Option<raw::Raw>, K);", "Map K Option Raw K"),
            ("List,", ""),
            ("List(Raw),", "Raw"),
            ("list: &'a List, other: &m::List", ""),
            ("list: &'a mut List<Node>,", "List Node"),
            ("größeR: Raw", "Raw"),
        ] {
            assert_eq!(held(line).collect::<Vec<_>>().join(" "), expected, "{line}");
        }
    }
}
