//! What a text has in it, by one walk through its bytes: unoptimised, each search for a word takes as long.

/// What was seen, as a part of any word if not said otherwise.
#[derive(Default)]
pub(super) struct Marks {
    /// `Guard`, and `Mutex` or `RwLock`.
    guard: bool,
    lock: bool,
    /// `impl ` or `dyn `.
    pub(super) some: bool,
    /// `RefMut<`.
    pub(super) ref_mut: bool,
    /// `lock`, `read` or `write`.
    pub(super) says_lock: bool,
    /// A pointer, or what only a length says is there.
    pub(super) pointer: bool,
    /// `&'static `.
    pub(super) for_ever: bool,
    /// `ManuallyDrop<`.
    pub(super) outlived: bool,
    /// `::`.
    pub(super) path: bool,
}

impl Marks {
    pub(super) fn of(text: &str) -> Self {
        let mut marks = Self::default();
        let mut bytes = text.as_bytes();
        while let [first, behind @ ..] = bytes {
            match first {
                b'G' => marks.guard |= behind.starts_with(b"uard"),
                b'M' => {
                    marks.lock |= behind.starts_with(b"utex");
                    marks.outlived |= behind.starts_with(b"anuallyDrop<");
                    marks.pointer |= behind.starts_with(b"aybeUninit<");
                }
                b'R' => {
                    marks.lock |= behind.starts_with(b"wLock");
                    marks.ref_mut |= behind.starts_with(b"efMut<");
                }
                b'N' => marks.pointer |= behind.starts_with(b"onNull<"),
                b'A' => marks.pointer |= behind.starts_with(b"tomicPtr<"),
                b'*' => marks.pointer |= behind.starts_with(b"mut ") || behind.starts_with(b"const "),
                b'&' => marks.for_ever |= behind.starts_with(b"'static "),
                b':' => marks.path |= behind.starts_with(b":"),
                b'i' => marks.some |= behind.starts_with(b"mpl "),
                b'd' => marks.some |= behind.starts_with(b"yn "),
                b'l' => marks.says_lock |= behind.starts_with(b"ock"),
                b'r' => marks.says_lock |= behind.starts_with(b"ead"),
                b'w' => marks.says_lock |= behind.starts_with(b"rite"),
                _ => {}
            }
            bytes = behind;
        }
        marks
    }

    /// Whether the guard of a lock is named.
    pub(super) fn is_guard_of_lock(&self) -> bool {
        self.guard && self.lock
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_seen() {
        for (text, expected) in [
            ("&mut sync::MutexGuard<'a, u8>", "guard path"),
            ("RwLockReadGuard<u8>", "guard"),
            ("Guard<Ref<u8>>", ""),
            ("impl Fn() -> RefMut<u8>", "some ref_mut"),
            ("&'static dyn Any", "some for_ever"),
            ("read_all(", "says_lock"),
            ("[MaybeUninit<*mut u8>]", "pointer"),
            ("ManuallyDrop<u8>", "outlived"),
            ("lo re wr M R *m", ""),
        ] {
            let marks = Marks::of(text);
            let all = [
                ("guard", marks.is_guard_of_lock()),
                ("some", marks.some),
                ("ref_mut", marks.ref_mut),
                ("says_lock", marks.says_lock),
                ("pointer", marks.pointer),
                ("for_ever", marks.for_ever),
                ("outlived", marks.outlived),
                ("path", marks.path),
            ];
            let seen: Vec<_> = all.into_iter().filter(|(_, is_there)| *is_there).map(|(name, _)| name).collect();
            assert_eq!(seen.join(" "), expected, "{text}");
        }
    }
}
