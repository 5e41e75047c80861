//! Did you mean …?

/// The candidate that `word` was probably meant to be: the closest one, if it is close.
///
/// Close is one typing slip in a short word and up to a third of a long one; a dash counts as an underscore and
/// upper as lower case.
///
/// ```
/// assert_eq!(scope_plan::closest("detaild", ["none", "detailed"]), Some("detailed"));
/// assert_eq!(scope_plan::closest("xyz", ["none", "detailed"]), None);
/// ```
pub fn closest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A long word is no slip of the keyboard, and its distance would cost time.
    if word.len() > 64 {
        return None;
    }
    let word: Vec<char> = word.to_lowercase().replace('-', "_").chars().collect();
    let measured = candidates.into_iter().map(|candidate| {
        let chars: Vec<char> = candidate.chars().collect();
        (distance(&word, &chars), (word.len().max(chars.len()) / 3).max(1), candidate)
    });
    let close = measured.filter(|(distance, bound, _)| distance <= bound);
    close.min_by_key(|(distance, ..)| *distance).map(|(_, _, candidate)| candidate)
}

/// How many insertions, deletions, replacements and swaps of neighbours lead from `a` to `b`.
fn distance(a: &[char], b: &[char]) -> usize {
    // Three rows of the usual table: two back (for swaps), one back, and the one being filled.
    let mut before: Vec<usize> = vec![0; b.len() + 1];
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let replaced = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            row[j] = replaced.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()]
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn slips_are_recognised() {
        let keys = ["level", "include", "exclude", "max_depth", "return_value"];
        assert_eq!(closest("levle", keys), Some("level"));
        assert_eq!(closest("max-depth", keys), Some("max_depth"));
        assert_eq!(closest("return", keys), None);
        assert_eq!(closest("return_val", keys), Some("return_value"));
        assert_eq!(closest("Include", keys), Some("include"));
        assert_eq!(closest("", keys), None);
        assert_eq!(closest("", ["a"]), Some("a"), "one slip away, odd but harmless");
    }
}
