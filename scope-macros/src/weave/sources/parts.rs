//! What the types of one file hold: further types with that are found here alone, since names are only told apart by files.

use super::text::path;

/// The lines of a file's types.
#[derive(Default)]
pub(super) struct Parts<'t> {
    lines: Vec<(&'t str, &'t str)>,
    /// Types with pointers.
    pub(super) pointing: Vec<&'t str>,
    /// Types with references that live for ever.
    pub(super) for_ever: Vec<&'t str>,
    /// Types with the guard of a lock.
    pub(super) guarding: Vec<&'t str>,
}

impl<'t> Parts<'t> {
    pub(super) fn line(&mut self, of: &'t str, line: &'t str) {
        self.lines.push((of, line));
    }

    /// These types, and those that hold one of them.
    pub(super) fn with_holders(&self, types: &[&'t str]) -> Vec<&'t str> {
        let mut known = types.to_vec();
        while !known.is_empty() {
            let before = known.len();
            for (holder, held) in self.holding() {
                if known.contains(&held) && !known.contains(&holder) {
                    known.push(holder);
                }
            }
            if known.len() == before {
                break;
            }
        }
        known
    }

    /// What holds what else.
    pub(super) fn holding(&self) -> impl Iterator<Item = (&'t str, &'t str)> {
        self.lines.iter().flat_map(|&(of, line)| held(line).filter(move |held| *held != of).map(move |held| (of, held)))
    }
}

/// The types in a line that are not lent to be looked at: what it begins with is the name of a field or a variant.
fn held(line: &str) -> impl Iterator<Item = &str> {
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
