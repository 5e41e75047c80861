//! Maps whose entries are locks, and whose `Debug` waits for them all (`dashmap`, `scc`): what a crate that depends on them calls its own.

use super::found::add;
use super::text::path;

/// Whether a manifest names one of these crates.
pub(super) fn are_in(manifest: &str) -> bool {
    let is_dependency = |line: &str| ["dashmap", "scc"].iter().any(|name| names(line, name));
    manifest.lines().any(is_dependency)
}

/// `dashmap = "6"`, `dashmap.workspace = true`, `[dependencies.dashmap]`, `package = "dashmap"`.
fn names(line: &str, name: &str) -> bool {
    let is_end = |text: &str| !text.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
    let at_begin = line.trim_start().strip_prefix(name).is_some_and(is_end);
    at_begin || line.contains(&format!(".{name}]")) || line.contains(&format!("\"{name}\""))
}

/// Adds what in a line is such a map: fields, variables and functions, and other names of the type.
///
/// A type is known by its name; `HashMap` where the text says `scc`.
pub(super) fn add_named(maps: &mut Vec<String>, types: &mut Vec<String>, is_scc: bool, function: &str, line: &str) {
    const KINDS: [&str; 3] = ["DashMap", "DashSet", "scc::"];
    const OF_SCC: [&str; 5] = ["HashMap", "HashSet", "HashIndex", "HashCache", "TreeIndex"];
    let own = types.clone();
    let of_scc = OF_SCC.iter().filter(|_| is_scc).copied();
    for kind in KINDS.into_iter().chain(of_scc).chain(own.iter().map(String::as_str)) {
        for (at, _) in line.match_indices(kind) {
            let (before, behind) = (&line[..at], &line[at + kind.len()..]);
            if let Some(name) = before.trim_start().trim_start_matches("pub ").strip_prefix("type ") {
                add(types, path(name));
            } else if let Some(name) = behind.strip_prefix(" as ") {
                add(types, path(name));
            } else if let Some(name) = named(before, behind, function) {
                add(maps, name);
            }
        }
    }
}

/// The name of what has the type, or the value, that stands between these two.
fn named<'t>(before: &'t str, behind: &str, function: &'t str) -> Option<&'t str> {
    if before.contains("->") {
        return Some(function);
    }
    let colon = before.rmatch_indices(':').map(|(at, _)| at).find(|at| {
        let is_path = before[at + 1..].starts_with(':') || before[..*at].ends_with(':');
        !is_path
    });
    if let Some(at) = colon.or_else(|| before.rfind(" = ")) {
        let left = before[..at].trim_end();
        return left.rsplit(|c: char| !c.is_alphanumeric() && c != '_').next();
    }
    // `struct Registry(DashMap<u32, u8>);`
    let fields = before.contains("struct ").then(|| before.split_once('(')).flatten()?.1;
    (behind.starts_with('<') && !fields.contains(',')).then_some("0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dependency_is_seen() {
        for (text, expected) in [
            ("dashmap = \"6\"", true),
            ("dashmap.workspace = true", true),
            ("[dependencies.scc]", true),
            ("maps = { package = \"dashmap\", version = \"6\" }", true),
            ("name = \"dashmap-like\"", false),
            ("sccache = \"1\"\nscc-like = \"1\"", false),
        ] {
            assert_eq!(are_in(text), expected, "{text}");
        }
    }

    #[test]
    fn names_of_maps() {
        for (text, is_scc, expected) in [
            ("use dashmap::DashMap;", false, ""),
            ("pub users: DashMap<String, User>,", false, "users"),
            ("users: Arc<dashmap::DashMap<String, User>>,", false, "users"),
            ("static USERS: LazyLock<DashMap<u8, u8>> = LazyLock::new(DashMap::new);", false, "USERS"),
            ("let users = Arc::new(DashMap::new());", false, "users"),
            ("users: DashMap::new(),", false, "users"),
            ("fn f(a: &DashMap<u8, u8>, b: &DashSet<u8>) {", false, "a b"),
            ("fn map(&self) -> &DashMap<u8, u8> {", false, "function"),
            ("struct Registry(Arc<DashMap<u8, u8>>);", false, "0"),
            ("map: scc::HashMap<u8, u8>,", false, "map"),
            ("map: HashMap<u8, u8>,", false, ""),
            ("map: HashMap<u8, u8>,", true, "map"),
            ("let x = self.map.len();", true, ""),
            ("use dashmap::{DashMap as Map, DashSet};", false, ""),
            ("// the map of …users: DashMap of names", false, "users"),
            ("// „users“: DashMap of names", false, ""),
            ("größe: DashMap<u8, u8>, // “", false, "größe"),
        ] {
            let (mut maps, mut types) = (Vec::new(), Vec::new());
            add_named(&mut maps, &mut types, is_scc, "function", text);
            assert_eq!(maps.join(" "), expected, "{text}");
        }
        let (mut maps, mut types) = (Vec::new(), Vec::new());
        add_named(&mut maps, &mut types, false, "", "pub type Users = Arc<DashMap<u8, User>>;");
        add_named(&mut maps, &mut types, false, "", "all: Users,");
        add_named(&mut maps, &mut types, false, "", "use dashmap::{DashMap as Map, DashSet};");
        add_named(&mut maps, &mut types, false, "", "more: Map<u8, u8>,");
        assert_eq!((types.join(" "), maps.join(" ")), ("Users Map".to_owned(), "all more".to_owned()));
    }
}
