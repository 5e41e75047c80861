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
    matches(pattern.as_bytes(), name.as_bytes(), false)
}

/// `exact`: whether the case of letters counts.
pub(crate) fn matches(pattern: &[u8], name: &[u8], exact: bool) -> bool {
    // Most names are too short for most patterns.
    let (mut p, mut n) = (0, 0);
    while p < pattern.len() {
        n += (pattern[p] != b'*') as usize;
        p += 1;
    }
    if n > name.len() {
        return false;
    }
    (p, n) = (0, 0);
    // Where to go on when a later character does not fit: behind the last `*`, one character further.
    let mut retry = None;
    while n < name.len() {
        if p < pattern.len() && pattern[p] == b'*' {
            p += 1;
            retry = Some((p, n));
        } else if p < pattern.len() && (pattern[p] == name[n] || !exact && lower(pattern[p]) == lower(name[n])) {
            (p, n) = (p + 1, n + 1);
        } else if let Some((after, from)) = retry {
            (p, n) = (after, from + 1);
            retry = Some((after, from + 1));
        } else {
            return false;
        }
    }
    pattern[p..].iter().all(|c| *c == b'*')
}

#[inline(always)]
fn lower(byte: u8) -> u8 {
    if let b'A'..=b'Z' = byte { byte | 0x20 } else { byte }
}

/// The longest name whose answer is kept, in bytes.
const LONGEST: usize = 32;
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

impl Seen {
    const NOTHING: Self = Self { name: [0; LONGEST], len: 0, list: (0, 0), hit: false };

    fn is(&self, list: (usize, usize), name: &[u8]) -> bool {
        let mut same = self.len == name.len() && self.list.0 == list.0 && self.list.1 == list.1;
        let mut at = 0;
        while same && at < name.len() {
            same = self.name[at] == name[at];
            at += 1;
        }
        same
    }
}

thread_local! {
    static ANSWERS: [Cell<Seen>; KEPT] = const { [const { Cell::new(Seen::NOTHING) }; KEPT] };
}

/// Whether one of the globs matches the name. Names come again and again: each thread keeps what it found.
pub(super) fn redacts(list: &'static [&'static str], name: &[u8]) -> bool {
    let find = || list.iter().any(|pattern| matches(pattern.as_bytes(), name, false));
    if list.is_empty() || name.len() > LONGEST {
        return !list.is_empty() && find();
    }
    let key = (list.as_ptr().addr(), list.len());
    let mut hash = 0u32;
    let mut at = 0;
    // Loops, not iterators: they are what an unoptimised build is slow at, and this is asked for each field that is printed.
    while at < name.len() {
        hash = (hash ^ u32::from(name[at])).wrapping_mul(0x0100_0193);
        at += 1;
    }
    let slot = (hash ^ hash >> 15) as usize % KEPT;
    let found = ANSWERS.try_with(|answers| {
        // Two places, the first for the newer name: names that are used in turn may have the same ones.
        let (first, second) = (&answers[slot & !1], &answers[slot | 1]);
        let seen = first.get();
        if seen.is(key, name) {
            return seen.hit;
        }
        let seen = second.get();
        if seen.is(key, name) {
            return seen.hit;
        }
        let mut seen = Seen { len: name.len(), list: key, hit: find(), ..Seen::NOTHING };
        seen.name[..name.len()].copy_from_slice(name);
        second.set(first.get());
        first.set(seen);
        seen.hit
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
                assert_eq!(redacts(&["password"], name.as_bytes()), name == "password");
                assert_eq!(redacts(&["token", "x"], name.as_bytes()), name == "token");
                assert!(!redacts(&[], name.as_bytes()));
            }
        }
    }
}
