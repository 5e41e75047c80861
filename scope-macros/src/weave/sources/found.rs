//! What was found in the sources, and what heads of items add to it: implementations above all.

use super::heads::Heads;
use super::learnt::{COMMON, Names};
use super::marks::Marks;
use super::pointers::Pointers;
use super::text::{is_any_twice, name, name_is_in, path, shown, wants};
use crate::weave::futures::handed;
use crate::weave::variables::chains;

/// What was found.
#[derive(Default)]
pub(crate) struct Found {
    /// Traits with a `Debug` for those of their objects that live for ever.
    pub(crate) traits: Vec<String>,
    /// Types with a `Debug` for some lifetimes only, and how often it wants something to live for ever.
    pub(super) types: Vec<(String, usize)>,
    /// Types that want it themselves, and how often.
    pub(super) strict: Vec<(String, usize)>,
    /// Other names of those types, also as associated ones.
    pub(super) aliases: Vec<String>,
    /// Other names of what lives for ever, or of objects, in the file that is read; whether any has some; and macros that implement `Debug`.
    pub(super) renamed: Vec<(String, String)>,
    pub(super) has_renamed: bool,
    pub(super) showing: Vec<String>,
    /// Types with a part whose type another one's trait says: `kids: P::Kids`.
    pub(super) projected: Vec<String>,
    /// Those of them that such a part may be made of: whether they have a `Debug` is a question without an end.
    pub(crate) endless: Vec<String>,
    pub(super) pointers: Pointers,
    /// Other names of guards of locks, and of what holds one.
    pub(super) guards: Vec<String>,
    /// Types with a part whose value may be dropped before they are.
    pub(crate) outlived: Vec<String>,
    /// Functions that give back the guard of a lock; of a `RefCell`; and what else is known by names.
    pub(super) names: Names,
    pub(super) cell_givers: Vec<String>,
    /// The same, by names that many types have functions of, and those that give back something else.
    pub(super) common_givers: Vec<String>,
    pub(super) common_others: Vec<String>,
    /// Functions that have to do with locks by their names, and give back something that is none.
    pub(super) plain: Vec<String>,
    /// Other names of the types of maps.
    pub(super) map_types: Vec<String>,
    /// Whether something has another `Index` than by `usize`.
    pub(crate) indexed: bool,
    /// Whether a `Debug` waits for a lock, as far as its own lines tell.
    pub(super) waits: bool,
    /// Whether a `Debug` borrows from a `RefCell`.
    pub(crate) borrows: bool,
}

impl Found {
    /// Nothing yet, in a crate that may have maps whose entries are locks or not.
    pub(crate) fn new(has_maps: bool) -> Self {
        Self { names: Names { has_maps, ..Names::default() }, ..Self::default() }
    }

    /// Has texts read. Some names say more once others are known.
    /// Gives the heads of each of them.
    pub(super) fn learn<'t>(&mut self, texts: impl Iterator<Item = &'t str> + Clone) -> Vec<Heads> {
        let mut files: Vec<_> = texts.clone().map(|text| self.read(text)).collect();
        if !self.showing.is_empty() {
            texts.for_each(|text| self.shown_by_macros(text));
        }
        if self.has_types() {
            self.common_others.clear();
            files.iter_mut().for_each(|file| self.read_again(file));
        }
        self.pointers.settle();
        files.into_iter().map(|file| file.heads).collect()
    }

    /// Whether types were found whose names say something where they are used.
    pub(super) fn has_types(&self) -> bool {
        let knows_types = !self.types.is_empty() || !self.traits.is_empty() || !self.projected.is_empty();
        knows_types
            || !self.pointers.aliases.is_empty()
            || self.has_renamed
            || !self.outlived.is_empty()
            || !self.names.holders.is_empty()
            || !self.map_types.is_empty()
    }

    /// The types with a `Debug` for some lifetimes only. One that wants no more than its type does is for all that there are.
    pub(crate) fn types(&self) -> impl Iterator<Item = &str> {
        let is_strict = |name: &str, count| self.strict.iter().any(|(other, least)| other == name && *least >= count);
        let types = self.types.iter().filter(move |(name, count)| !is_strict(name, *count));
        types.map(|(name, _)| name.as_str()).chain(self.aliases.iter().map(String::as_str))
    }

    /// The types with pointers that a `Debug` may follow, see [`super::pointers`].
    pub(crate) fn fragile(&self) -> &[String] {
        &self.pointers.fragile
    }

    /// The names that are the crate's own.
    pub(crate) fn names(&self) -> Names {
        let mut names = self.names.clone();
        names.statics.settle();
        let gives = |name: &String| names.givers.contains(name) || self.cell_givers.contains(name);
        names.plain = self.plain.iter().filter(|name| !gives(name)).cloned().collect();
        // A `get` or an `iter` of the crate's own is one where all of them are, and where it matters: std's are many.
        if self.waits {
            names.givers.extend(self.common_givers.iter().filter(|name| !self.common_others.contains(name)).cloned());
        }
        if self.borrows {
            names.givers.extend_from_slice(&self.cell_givers);
            names.holders.push("RefMut".to_owned());
        }
        names
    }

    /// Whether the value of a function that gives back a guard may be shown by code that waits for it.
    pub(crate) fn may_wait(&self) -> bool {
        self.waits || self.borrows
    }

    /// A function that gives back a `ty`. (Such a `new` or `iter` says nothing of others.)
    pub(super) fn giver(&mut self, name: &str, before: &str, ty: &str, marks: &Marks) {
        let Names { givers, holders, has_maps, .. } = &mut self.names;
        let of_map = || *has_maps && ["Ref<", "RefMut<", "OccupiedEntry<"].iter().any(|part| ty.contains(part));
        let holds = || holders.iter().any(|holder| name_is_in(ty, holder));
        // `impl Deref<Target = u8> + '_`
        let derefs = |some: &str| ty.split(some).skip(1).any(|of| self::name(of).starts_with("Deref"));
        let is_some = || marks.some && ["impl ", "dyn "].into_iter().any(derefs);
        if marks.is_guard_of_lock() || of_map() || holds() || is_some() {
            if !COMMON.contains(&name) {
                add(givers, name);
            } else if ["get", "iter"].contains(&name) {
                add(&mut self.common_givers, name);
            }
            if name == "get" && ["fn get(&self)", "fn get(&mut self)"].iter().any(|get| before.contains(get)) {
                self.names.gets = true;
            }
        } else {
            if marks.ref_mut {
                add_uncommon(&mut self.cell_givers, name);
            }
            if COMMON.contains(&name) {
                add(&mut self.common_others, name);
            } else if says_lock(name) && is_plain(ty) {
                add(&mut self.plain, name);
            }
        }
    }

    /// A function with this name and the parameters behind it, which may be a method.
    pub(super) fn method(&mut self, name: &str, behind: &str) {
        let takes = |this: &str| behind.split_once('(').is_some_and(|(_, inputs)| inputs.starts_with(this));
        let matters = chains::READS.contains(&name) || handed::BOXES.contains(&name);
        if matters && (takes("self") || takes("mut self")) {
            add(&mut self.names.taking, name);
        }
    }

    /// `type Item = Row<'a>`, which may be associated with another type.
    pub(super) fn alias(&mut self, head: &str, is_associated: bool) {
        if let Some((left, right)) = head.split_once('=') {
            let marks = Marks::of(right);
            let right = right.trim();
            // A `Box` of an object has its `Debug` by itself.
            let is_of_others = right.starts_with("dyn ") || right.contains("'static") && !marks.some;
            if !is_associated && is_of_others && right.starts_with(|c: char| c.is_alphabetic()) {
                self.renamed.push((path(left).to_owned(), right.to_owned()));
            }
            self.renamed(path(left), right, &marks);
            // Such a name has many meanings, as `Output` has.
            if !is_associated || path(left).ends_with("Guard") {
                self.renamed_here(path(left), right, &marks);
            }
        }
    }

    /// A type of any value has another name, and not as an associated one.
    fn renamed_here(&mut self, name: &str, ty: &str, marks: &Marks) {
        if self.outlived.iter().any(|of| name_is_in(ty, of)) {
            add(&mut self.outlived, name);
        }
        let holds = marks.is_guard_of_lock() || self.names.holders.iter().any(|of| name_is_in(ty, of));
        if holds && name != "Result" && !ty.contains("fn(") {
            add(&mut self.names.holders, name);
            add(&mut self.guards, name);
        }
    }

    /// `use db::{Row as R}`, or a line of it.
    pub(super) fn imported(&mut self, line: &str) {
        for (left, right) in line.split([',', '{', '}', ';']).filter_map(|part| part.split_once(" as ")) {
            let (of, name) = (left.rsplit([' ', ':']).next().unwrap_or_default(), path(right.trim_start()));
            if name == "_" {
                continue;
            }
            if self.traits.iter().any(|known| known == of) {
                add(&mut self.traits, name);
            }
            // Its parameters are not told.
            let ty = format!("{of}<");
            let marks = Marks::of(&ty);
            self.renamed(name, &ty, &marks);
            self.renamed_here(name, &ty, &marks);
        }
    }

    /// A type has another name.
    fn renamed(&mut self, name: &str, ty: &str, marks: &Marks) {
        // `Box<dyn Plug + 'a>`
        let is_object = || ty.replace("'static", "").contains('\'') && self.traits.iter().any(|of| name_is_in(ty, of));
        if self.types().any(|of| name_is_in(ty, of)) || marks.some && ty.contains("dyn ") && is_object() {
            add(&mut self.aliases, name);
        }
        self.pointers.alias(name, ty, marks);
        let endless: Vec<_> = self.projected.iter().filter(|of| name_is_in(ty, of)).cloned().collect();
        endless.iter().for_each(|of| add(&mut self.endless, of));
    }

    pub(super) fn structure(&mut self, head: &str) {
        let head = head.split('(').next().unwrap_or_default();
        let name = path(head);
        self.names.types.push(name.to_owned());
        if head.strip_prefix(name).is_some_and(|behind| behind.starts_with("<'")) {
            add(&mut self.names.lent, name);
        }
        let wanted = wants(head);
        if wanted > 0 {
            self.strict.push((name.to_owned(), wanted));
        }
    }

    pub(super) fn implementation(&mut self, head: &str) {
        let Some((params, behind)) = shown(head) else { return };
        let (this, bounds) = behind.split_once(" where ").unwrap_or((behind, ""));
        let renamed = self.renamed.iter().find(|(name, _)| name == this.trim()).map(|(_, of)| of.clone());
        let this = renamed.as_deref().unwrap_or(this);
        if this.contains("dyn ") {
            // With a lifetime it is for all of them.
            let objects = this.split("dyn ").skip(1).filter(|_| !this.replace("'static", "").contains('\''));
            objects.map(name).for_each(|name| add(&mut self.traits, name));
            return;
        }
        self.pointers.shown_by_hand(name(this.trim_start_matches('&').trim_start()));
        let wanted = wants(params) + wants(bounds);
        let never = usize::MAX;
        let wanted = if this.contains("'static") || is_any_twice(params, this) { never } else { wanted };
        let name = name(this.trim_start_matches('&').trim_start_matches("'static").trim_start());
        let shown = (name.to_owned(), wanted);
        if wanted > 0 && !name.is_empty() && !self.types.contains(&shown) {
            self.types.push(shown);
        }
    }
}

/// Whether a name has one of a lock's words in it, and others.
fn says_lock(name: &str) -> bool {
    Marks::of(name).says_lock
        && name.contains('_')
        && name.split('_').any(|word| ["lock", "read", "write"].contains(&word))
        && !name.starts_with("try_")
}

/// Whether a type is one that holds no lock, as it is written: no reference, nothing that may be anything.
fn is_plain(ty: &str) -> bool {
    let ty = ty.split(['{', ';']).next().unwrap_or_default();
    let ty = ty.split(" where ").next().unwrap_or_default();
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let of_parameter = |(at, _): (usize, &str)| {
        let before = ty[..at].rsplit(|c| !is_part(c)).next().unwrap_or_default();
        before.starts_with(|first: char| first.is_ascii_uppercase())
    };
    let holds = ["impl ", "dyn ", "&", "'", "Guard", "Self", " as "].iter().any(|part| ty.contains(part));
    !ty.trim().is_empty() && !holds && !ty.match_indices("::").any(of_parameter)
}

/// The same, but for names that many types have functions of.
pub(super) fn add_uncommon(names: &mut Vec<String>, name: &str) {
    if !COMMON.contains(&name) {
        add(names, name);
    }
}

pub(super) fn add(names: &mut Vec<String>, name: &str) {
    if !name.is_empty() && !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}

#[cfg(test)]
mod tests;
