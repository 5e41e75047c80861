//! Types with pointers that a `Debug` which was written by hand may follow: to nowhere, where a function has changed only a part of a value.

use super::found::add;
use super::marks::Marks;
use super::parts::Parts;
use super::text::name_is_in;

/// What was found of them. Types are kept with the number of their file.
#[derive(Default)]
pub(super) struct Pointers {
    files: usize,
    /// Other names of pointers.
    pub(super) aliases: Vec<String>,
    pointing: Vec<(String, usize)>,
    /// What holds which of them.
    holding: Vec<(String, String, usize)>,
    /// Types with a `Debug` that was written by hand, or that is as dangerous.
    by_hand: Vec<String>,
    /// What all this comes to.
    pub(super) fragile: Vec<String>,
}

impl Pointers {
    pub(super) fn shown_by_hand(&mut self, name: &str) {
        add(&mut self.by_hand, name);
    }

    /// `type Link = *mut Node`
    pub(super) fn alias(&mut self, name: &str, ty: &str, marks: &Marks) {
        if self.are_in(ty, marks) && !ty.contains("fn(") {
            add(&mut self.aliases, name);
        }
    }

    /// Whether a pointer is part of a type, or what only a length says is there.
    pub(super) fn are_in(&self, ty: &str, marks: &Marks) -> bool {
        marks.pointer || self.aliases.iter().any(|alias| name_is_in(ty, alias))
    }

    /// References that live for ever by what unsafe code of the file says are pointers: what they are of may be a part of the same value.
    pub(super) fn for_ever(&mut self, text: &str, parts: &mut Parts<'_>) {
        let makes = || ["transmute", "&*(", "from_raw_parts"].iter().any(|call| text.contains(call));
        if parts.for_ever.is_empty() || !text.contains("unsafe ") || !makes() {
            return;
        }
        parts.for_ever.iter().for_each(|name| add(&mut self.by_hand, name));
        parts.pointing.append(&mut parts.for_ever);
    }

    /// A file was read: a type has the pointers of what it holds.
    pub(super) fn file(&mut self, parts: &Parts<'_>) {
        if parts.pointing.is_empty() {
            return;
        }
        self.files += 1;
        let pointing = parts.with_holders(&parts.pointing);
        let holding = parts.holding().filter(|(_, held)| pointing.contains(held));
        self.holding.extend(holding.map(|(holder, held)| (holder.to_owned(), held.to_owned(), self.files)));
        self.pointing.extend(pointing.into_iter().map(|name| (name.to_owned(), self.files)));
    }

    /// When all is read. Where nobody wrote a type's `Debug`, it is as good as that of what it holds, and may be found half changed by functions
    /// that see its parts' parts: by those of the file.
    pub(super) fn settle(&mut self) {
        let by_hand = self.pointing.iter().filter(|(name, _)| self.by_hand.contains(name));
        let mut fragile: Vec<(&str, usize)> = by_hand.map(|(name, file)| (name.as_str(), *file)).collect();
        loop {
            let before = fragile.len();
            for (holder, held, file) in &self.holding {
                if fragile.contains(&(held, *file)) && !fragile.contains(&(holder, *file)) {
                    fragile.push((holder, *file));
                }
            }
            if fragile.len() == before {
                break;
            }
        }
        let mut names: Vec<String> = fragile.into_iter().map(|(name, _)| name.to_owned()).collect();
        names.sort_unstable();
        names.dedup();
        self.fragile = names;
    }
}
