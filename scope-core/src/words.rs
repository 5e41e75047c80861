//! The memory of a ring: words that producer and consumer reach at the same time, never the same ones.

#[cfg(not(loom))]
pub(crate) use plain::Words;

#[cfg(loom)]
pub(crate) use checked::Words;

/// The bytes of `words`, in the order in which they lie in memory.
pub fn bytes_of(words: &[u64]) -> &[u8] {
    // SAFETY: a `u64` has no padding and any byte of it may be read; the length is that of the slice in bytes.
    unsafe { &*std::ptr::slice_from_raw_parts(words.as_ptr().cast(), size_of_val(words)) }
}

#[cfg(not(loom))]
mod plain {
    use std::ptr::NonNull;

    /// A power of two of words, reached by stream positions: position `p` is word `p % len`.
    #[derive(Debug)]
    #[repr(C)]
    pub(crate) struct Words {
        base: NonNull<u64>,
        len: usize,
    }

    // SAFETY: the words are plain memory that nobody else has; who may touch which of them when is the caller's
    // promise on every method below.
    unsafe impl Send for Words {}
    // SAFETY: as for `Send`.
    unsafe impl Sync for Words {}

    impl Words {
        /// No words at all: for a ring that takes no record.
        pub(crate) const EMPTY: Self = Self { base: NonNull::dangling(), len: 0 };

        /// `len` zeroed words of their own; `len` is a power of two. `None` where there is no memory.
        #[cfg(test)]
        pub(crate) fn new(len: usize) -> Option<Self> {
            let base = crate::pages::get(len.checked_mul(size_of::<u64>())?)?;
            // SAFETY: zeroed, and never given back: tests are short.
            Some(unsafe { Self::of(base.cast(), len) })
        }

        /// The `len` words at `base`; `len` is a power of two.
        ///
        /// # Safety
        /// They are initialised, outlive what is returned, and nobody else uses them.
        pub(crate) unsafe fn of(base: NonNull<u64>, len: usize) -> Self {
            assert!(len.is_power_of_two(), "a ring has a power of two of words");
            Self { base, len }
        }

        pub(crate) const fn len(&self) -> usize {
            self.len
        }

        #[inline(always)]
        pub(crate) fn at(&self, position: u64) -> *mut u64 {
            debug_assert!(self.len > 0);
            // In bounds, by the mask; callers never ask for a word of `EMPTY`, whose ring has no room. Wrapping, and no method of
            // pointers where an operator does: what std checks in an unoptimised build takes longer than a probe.
            self.base.as_ptr().wrapping_add(position as usize & (self.len - 1))
        }

        /// Writes one word.
        ///
        /// # Safety
        /// The word at `position` belongs to the caller alone, and `len` is not 0.
        #[inline(always)]
        pub(crate) unsafe fn write(&self, position: u64, word: u64) {
            // SAFETY: in bounds by `at`, and nobody else's by this function's contract.
            unsafe { *self.at(position) = word }
        }

        /// The `count` words from `position` on.
        ///
        /// # Safety
        /// Nobody writes them for `'a`, they do not wrap round the end, and `len` is not 0.
        pub(crate) unsafe fn read<R>(&self, position: u64, count: usize, see: impl FnOnce(&[u64]) -> R) -> R {
            debug_assert!((position as usize & (self.len - 1)) + count <= self.len);
            // SAFETY: in bounds, since it does not wrap; nobody writes them by the contract.
            see(unsafe { std::slice::from_raw_parts(self.at(position), count) })
        }
    }
}

#[cfg(loom)]
mod checked {
    use loom::cell::UnsafeCell;

    /// The same as the plain one, word for word under loom's eyes.
    #[derive(Debug)]
    pub(crate) struct Words(Vec<UnsafeCell<u64>>);

    // SAFETY: loom checks each access to each cell.
    unsafe impl Send for Words {}
    // SAFETY: as for `Send`.
    unsafe impl Sync for Words {}

    impl Words {
        pub(crate) const EMPTY: Self = Self(Vec::new());

        pub(crate) fn new(len: usize) -> Option<Self> {
            Some(Self((0..len).map(|_| UnsafeCell::new(0)).collect()))
        }

        pub(crate) fn len(&self) -> usize {
            self.0.len()
        }

        pub(crate) unsafe fn write(&self, position: u64, word: u64) {
            // SAFETY: the contract of the plain `write`; loom checks it.
            self.0[position as usize & (self.0.len() - 1)].with_mut(|p| unsafe { p.write(word) });
        }

        pub(crate) unsafe fn read<R>(&self, position: u64, count: usize, see: impl FnOnce(&[u64]) -> R) -> R {
            let words: Vec<u64> = (position..position + count as u64)
                // SAFETY: the contract of the plain `read`; loom checks it.
                .map(|p| self.0[p as usize & (self.0.len() - 1)].with(|p| unsafe { p.read() }))
                .collect();
            see(&words)
        }
    }
}
