//! Names whose values are never captured.

use std::cell::Cell;

/// Whether a glob matches a name: `*` stands for any run of characters, ASCII case does not matter.
///
/// ```
/// use scope_core::value::name_matches;
/// assert!(name_matches("*password*", "old_Password"));
/// assert!(!name_matches("token", "next_token"));
/// ```
pub fn name_matches(pattern: &str, name: &str) -> bool {
    let (pattern, name) = (pattern.as_bytes(), name.as_bytes());
    match pattern {
        // What most patterns are, and what most names are too short for.
        [b'*', part @ .., b'*'] if !part.contains(&b'*') => {
            part.is_empty() || name.windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
        }
        _ if !pattern.contains(&b'*') => pattern.eq_ignore_ascii_case(name),
        _ => glob_matches(pattern, name, u8::eq_ignore_ascii_case),
    }
}

/// `same`: whether two characters are the same.
pub(super) fn glob_matches(pattern: &[u8], name: &[u8], same: fn(&u8, &u8) -> bool) -> bool {
    let (mut p, mut n) = (0, 0);
    // Where to go on when a later character does not fit: behind the last `*`, one character further.
    let mut retry = None;
    while n < name.len() {
        match pattern.get(p) {
            Some(b'*') => {
                p += 1;
                retry = Some((p, n));
            }
            Some(c) if same(c, &name[n]) => (p, n) = (p + 1, n + 1),
            _ => match retry {
                Some((after, from)) => {
                    (p, n) = (after, from + 1);
                    retry = Some((after, from + 1));
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|c| *c == b'*')
}

/// The longest name whose answer is kept, in bytes.
const LONGEST: usize = 24;
/// How many answers a thread keeps.
const KEPT: usize = 64;

/// An answer that was found before.
#[derive(Clone, Copy)]
struct Seen {
    name: [u8; LONGEST],
    len: usize,
    /// Where the list is: it is there for good, so that this says which it is.
    list: (usize, usize),
    hit: bool,
}

/// Whether one of the globs matches the name. Names come again and again: each thread keeps what it found.
pub(super) fn redacts(list: &'static [&'static str], name: &str) -> bool {
    thread_local! {
        static ANSWERS: [Cell<Seen>; KEPT] =
            const { [const { Cell::new(Seen { name: [0; LONGEST], len: 0, list: (0, 0), hit: false }) }; KEPT] };
    }
    let find = || list.iter().any(|pattern| name_matches(pattern, name));
    let bytes = name.as_bytes();
    if list.is_empty() || bytes.len() > LONGEST {
        return !list.is_empty() && find();
    }
    let key = (list.as_ptr().addr(), list.len());
    let slot = bytes.iter().fold(bytes.len(), |hash, byte| hash.wrapping_mul(31).wrapping_add(usize::from(*byte)));
    let found = ANSWERS.try_with(|answers| {
        // Two places, the first for the newer name: names that are used in turn may have the same one.
        let places = [slot % KEPT, (slot % KEPT) ^ 1].map(|place| &answers[place]);
        for place in places {
            let seen = place.get();
            if seen.list == key && seen.name.get(..seen.len) == Some(bytes) {
                return seen.hit;
            }
        }
        let mut name = [0; LONGEST];
        name[..bytes.len()].copy_from_slice(bytes);
        let hit = find();
        places[1].set(places[0].get());
        places[0].set(Seen { name, len: bytes.len(), list: key, hit });
        hit
    });
    // A thread that ends has no answers any more.
    found.unwrap_or_else(|_| find())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_names() {
        for (pattern, name, hit) in [
            ("password", "password", true),
            ("password", "PassWord", true),
            ("password", "passwords", false),
            ("*password*", "passwords", true),
            ("*key", "api_key", true),
            ("*key", "keys", false),
            ("a*b*c", "aXXbYbZc", true),
            ("a*b*c", "aXXbYbZ", false),
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
            ("**", "ab", true),
        ] {
            assert_eq!(name_matches(pattern, name), hit, "{pattern} {name}");
        }
    }

    #[test]
    fn what_is_kept_is_kept_for_its_list() {
        let names = ["password", "token", "id", "", "a name that is rather too long to be kept"];
        for _ in 0..3 {
            for name in names {
                assert_eq!(redacts(&["password"], name), name == "password");
                assert_eq!(redacts(&["token", "x"], name), name == "token");
                assert!(!redacts(&[], name));
            }
        }
    }
}
