//! How deep code is nested: a parse, and each walk through what it gives, goes as deep on rustc's stack.

/// Brackets in more than so many brackets are not looked into. In debug builds 250 are too many.
const DEEPEST: usize = 100;

/// Whether code, as rustc prints it, is nested too deep. `brackets`: how many it opens, those in texts among them.
pub(super) fn is_deep(code: &str, brackets: usize) -> bool {
    brackets > DEEPEST && of(code) > DEEPEST
}

/// How many brackets are in each other, but for those in literals.
fn of(code: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    let mut bytes = code.as_bytes();
    while let [first, behind @ ..] = bytes {
        bytes = behind;
        match (first, behind) {
            (b'(' | b'[' | b'{', _) => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            (b')' | b']' | b'}', _) => depth = depth.saturating_sub(1),
            (b'"', _) => bytes = behind_text(behind),
            // `'('` and `'\''`; not a lifetime.
            (b'\'', [b'\\', _, behind @ ..] | [_, b'\'', behind @ ..]) => bytes = behind,
            (b'r', [b'"' | b'#', ..]) => bytes = behind_raw(behind),
            _ => {}
        }
    }
    deepest
}

/// What is behind `a \" b"`.
fn behind_text(mut bytes: &[u8]) -> &[u8] {
    loop {
        bytes = match bytes {
            [b'"', behind @ ..] => return behind,
            [b'\\', _, behind @ ..] | [_, behind @ ..] => behind,
            [] => return bytes,
        }
    }
}

/// What is behind `#"a \ " b"#`, or `#type`.
fn behind_raw(mut bytes: &[u8]) -> &[u8] {
    let mut marks = 0;
    while let [b'#', behind @ ..] = bytes {
        marks += 1;
        bytes = behind;
    }
    let [b'"', behind @ ..] = bytes else { return bytes };
    bytes = behind;
    while let [first, behind @ ..] = bytes {
        bytes = behind;
        if *first == b'"' && behind.len() >= marks && behind[..marks].iter().all(|byte| *byte == b'#') {
            return &behind[marks..];
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_literals_are_none() {
        for (code, expected) in [
            ("f(a[0]) { }", 2),
            ("(((", 3),
            (")) ( )", 1),
            ("", 0),
            (r#"f("((", '(', b'(', "\"((", '\'', '(')"#, 1),
            (r###"f(r"(\", r#"(" ("#, br##"("# ("##, [r#type])"###, 2),
            ("f::<'a, (u8,)>('a: loop { })", 2),
            (r#"w(")", w(")", w(")", x)))"#, 3),
        ] {
            assert_eq!(of(code), expected, "{code}");
        }
    }
}
