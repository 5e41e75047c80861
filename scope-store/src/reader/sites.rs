//! The definitions of sites in a log.

use crate::event::{PlaceKind, SiteId};
use crate::format::{StoredFunction, Undecodable};
use crate::info::{SiteDef, SiteKind};
use std::collections::BTreeMap;

/// Bytes of text that all definitions together may take: they repeat the function's names for each place.
const TEXT: usize = 1 << 30;

/// Ids up to which sites are found by their place: a log may claim any.
const DENSE: u32 = 1 << 20;

/// All sites that were defined.
#[derive(Debug, Default)]
pub(crate) struct Sites {
    dense: Vec<Option<Site>>,
    others: BTreeMap<u32, Site>,
    text: usize,
}

#[derive(Debug)]
struct Site {
    def: SiteDef,
    /// A function that shows the values it gives back.
    shows_return: bool,
}

impl Sites {
    #[inline]
    fn site(&self, id: u32) -> Option<&Site> {
        match self.dense.get(id as usize) {
            Some(site) => site.as_ref(),
            None if id < DENSE => None,
            None => self.others.get(&id),
        }
    }

    fn insert(&mut self, id: u32, site: Site) {
        if id >= DENSE {
            self.others.insert(id, site);
            return;
        }
        if id as usize >= self.dense.len() {
            self.dense.resize_with(id as usize + 1, || None);
        }
        self.dense[id as usize] = Some(site);
    }

    #[inline]
    pub fn get(&self, id: u32) -> Option<&SiteDef> {
        self.site(id).map(|site| &site.def)
    }

    pub fn iter(&self) -> impl Iterator<Item = &SiteDef> {
        self.dense.iter().flatten().chain(self.others.values()).map(|site| &site.def)
    }

    #[inline]
    pub fn shows_return(&self, id: u32) -> bool {
        self.site(id).is_some_and(|site| site.shows_return)
    }

    /// Adds functions and their places: all, or none if there is one among them that can't be.
    pub fn add(&mut self, functions: Vec<StoredFunction<'_>>) -> Result<(), Undecodable> {
        let mut text = self.text;
        for StoredFunction { first, module, name, file, places, .. } in &functions {
            let each = path(module, name).len() + module.len() + name.len() + file.len();
            text = text.saturating_add(each.saturating_mul(places.len() + 1));
            if text > TEXT || first.checked_add(places.len() as u32).is_none() {
                return Err(Undecodable);
            }
        }
        self.text = text;
        functions.into_iter().for_each(|function| self.add_one(function));
        Ok(())
    }

    /// Adds a function whose ids are known to be in range.
    fn add_one(&mut self, function: StoredFunction<'_>) {
        let StoredFunction { first, module, name, file, line, args, places } = function;
        let path = path(module, name);
        let def = |id: u32, line: u32, kind: SiteKind, names: &[&str]| SiteDef {
            id: SiteId(id),
            function: path.clone(),
            module: module.to_owned(),
            name: name.to_owned(),
            file: file.to_owned(),
            line,
            kind,
            names: owned(names),
        };
        let shows_return = places.iter().any(|place| place.place_kind() == Some(PlaceKind::Return));
        let site = def(first, line, SiteKind::Function { args: owned(&args) }, &args);
        self.insert(first, Site { def: site, shows_return });
        for (index, place) in places.iter().enumerate() {
            let id = first + 1 + index as u32;
            let kind = place.place_kind().map_or(SiteKind::Other(place.kind), SiteKind::Place);
            self.insert(id, Site { def: def(id, place.line, kind, &place.names), shows_return: false });
        }
    }
}

/// An event of the program's own is in a module, and in no function that is known.
fn path(module: &str, name: &str) -> String {
    match (module, name) {
        (module, "") => module.to_owned(),
        ("", name) => name.to_owned(),
        (module, name) => format!("{module}::{name}"),
    }
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}
