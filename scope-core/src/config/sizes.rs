//! The sizes of rings by the names of their threads.

use super::{MAX_RING, size};
use crate::value::matches;
use std::fmt;

/// Sizes of rings in bytes, by the names of threads: globs, in which `*` stands for any characters. The first that matches counts.
///
/// As text: `worker-*=4 MiB,main=64 KiB`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RingSizes(Vec<(String, u64)>);

impl RingSizes {
    /// Adds a size behind those that are there.
    pub fn push(&mut self, name: impl Into<String>, bytes: u64) {
        self.0.push((name.into(), bytes.min(MAX_RING)));
    }

    /// The size for a thread of this name; `None` where none is given.
    pub fn find(&self, thread: &str) -> Option<u64> {
        self.0.iter().find(|(glob, _)| matches(glob.as_bytes(), thread.as_bytes(), true)).map(|(_, bytes)| *bytes)
    }

    /// All of them.
    pub fn sizes(&self) -> impl Iterator<Item = u64> {
        self.0.iter().map(|(_, bytes)| *bytes)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Reads the text; what is wrong with it.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let mut sizes = Self::default();
        for item in text.split(',').filter(|item| !item.trim().is_empty()) {
            // The last one: a name may have others.
            let (name, bytes) = item.rsplit_once('=').unwrap_or((item, ""));
            if name.trim().is_empty() || bytes.trim().is_empty() {
                return Err(format!(
                    "`{}` is no name and size; names with sizes are wanted, as in `worker-*=4 MiB,main=64 KiB`",
                    item.trim()
                ));
            }
            sizes.push(name.trim(), size(bytes.trim(), MAX_RING)?);
        }
        Ok(sizes)
    }
}

impl fmt::Display for RingSizes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, bytes)) in self.0.iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            write!(f, "{comma}{name}={bytes}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_matches_counts() {
        let sizes = RingSizes::parse(" worker-1 = 8 KiB, worker-*=4 MiB ,main=65536,").expect("sizes");
        assert_eq!(sizes.to_string(), "worker-1=8192,worker-*=4194304,main=65536");
        assert_eq!(RingSizes::parse(&sizes.to_string()), Ok(sizes.clone()));
        let found = ["worker-1", "worker-2", "main", "other"].map(|name| sizes.find(name));
        assert_eq!(found, [Some(8192), Some(4 << 20), Some(65536), None]);
        assert_eq!(RingSizes::parse("a=b=4k").expect("a size").find("a=b"), Some(4096));
        for wrong in ["main", "main=", "=4k", "main=4 furlongs", "main=1 TiB"] {
            assert!(RingSizes::parse(wrong).is_err(), "{wrong}");
        }
    }
}
